"""What a person reads of an alert: how severe, since when, how it stands, what numbers it names."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.ui import wording, words
from app.ui.i18n import QT_TRANSLATE_NOOP
from app.ui.tokens import Tone
from app.workers.alerts import Noted
from core.model.occurrence import Fact, Occurrence
from core.model.rule import Weight

_WEIGHTS = {
    Weight.INFO: (QT_TRANSLATE_NOOP("Alerts", "Info"), Tone.ACCENT),
    Weight.WARNING: (QT_TRANSLATE_NOOP("Alerts", "Warning"), Tone.WARNING),
    Weight.CRITICAL: (QT_TRANSLATE_NOOP("Alerts", "Critical"), Tone.ERROR),
}
_FACTS = {
    "level_percent": QT_TRANSLATE_NOOP("Alerts", "Level then"),
    "threshold": QT_TRANSLATE_NOOP("Alerts", "Alert at or below"),
    "before": QT_TRANSLATE_NOOP("Alerts", "Before"),
    "after": QT_TRANSLATE_NOOP("Alerts", "After"),
    "value": QT_TRANSLATE_NOOP("Alerts", "Page count then"),
    "passed": QT_TRANSLATE_NOOP("Alerts", "Limit passed"),
    "minutes": QT_TRANSLATE_NOOP("Alerts", "Lasted, in minutes"),
    "most": QT_TRANSLATE_NOOP("Alerts", "Possible at most"),
    "said": QT_TRANSLATE_NOOP("Alerts", "Printer says"),
    "sum": QT_TRANSLATE_NOOP("Alerts", "Parts add up to"),
    "above": QT_TRANSLATE_NOOP("Alerts", "Early is above"),
    "serial_before": QT_TRANSLATE_NOOP("Alerts", "Serial number before"),
    "serial_after": QT_TRANSLATE_NOOP("Alerts", "Serial number after"),
    "misses": QT_TRANSLATE_NOOP("Alerts", "Visits without an answer"),
    "last_reading": QT_TRANSLATE_NOOP("Alerts", "Last reading"),
    "address": QT_TRANSLATE_NOOP("Alerts", "Address"),
}
_PERCENT = {"level_percent", "threshold", "above"}


def translate(text: str) -> str:
    """Translate a text of the alerts."""
    return QCoreApplication.translate("Alerts", text)


def weight(value: Weight) -> tuple[str, Tone]:
    """Give the word and the tone of a weight."""
    word, tone = _WEIGHTS[value]
    return translate(word), tone


def standing(item: Occurrence) -> str:
    """Say how an alert stands, and since when; "" for one that happened, and nobody has seen."""
    if item.skipped:
        return translate("Skipped, as asked")
    if item.acknowledged_at is not None:
        form = translate("Acknowledged %1")
        return form.replace("%1", wording.moment(item.acknowledged_at), 1)
    if item.cleared_at is not None:
        return translate("Resolved %1").replace("%1", wording.moment(item.cleared_at), 1)
    return translate("Ongoing") if item.lasting else ""


def raised(item: Occurrence) -> str:
    """Say when an alert was raised."""
    return wording.moment(item.raised_at)


def when(item: Occurrence) -> str:
    """Say when an alert was raised, and until when it lasted."""
    begun = wording.moment(item.raised_at)
    if not item.lasting:
        return translate("Happened %1").replace("%1", begun, 1)
    if item.cleared_at is None:
        return translate("Since %1").replace("%1", begun, 1)
    form = translate("From %1 to %2")
    return form.replace("%1", begun, 1).replace("%2", wording.moment(item.cleared_at), 1)


def fact_name(key: str) -> str:
    """Name a value of an alert."""
    text = _FACTS.get(key)
    return translate(text) if text is not None else words.plain(key)


def fact(key: str, value: Fact, *, level: bool = False) -> str:
    """Write a value of an alert (a figure as a ``level``, in per cent); unknown is said so."""
    if value is None:
        return words.not_known()
    if isinstance(value, str):
        return wording.moment(value) if wording.parse(value) else value
    if level or key in _PERCENT:
        return wording.percent(float(value))
    return wording.number(value) if isinstance(value, int) else wording.locale().toString(value)


def of_level(item: Occurrence) -> bool:
    """Whether the figures of an alert are levels."""
    return item.subject.startswith("supplies[")


def path_of(item: Occurrence) -> str:
    """Give the path of the value that an alert is about; empty where it is about none."""
    if of_level(item):
        return f"{item.subject}.level_percent"
    return item.subject if item.subject.startswith("meters.") else ""


def shown_number(item: Occurrence) -> str:
    """Write the number that an alert is about, for the question where it comes from."""
    for key in ("level_percent", "after", "value"):
        if item.facts.get(key) is not None:
            return fact(key, item.facts[key], level=of_level(item))
    return translate("this")


def skip_tip() -> str:
    """Say what skipping does."""
    return translate(
        "Skip once: the next alert of this rule for this printer is not shown. The one after it is."
    )


def noted(note: Noted, name: Callable[[str], str]) -> str:
    """Say what was done with alerts; "" where the list says it by itself."""
    first = note.items[0] if note.items else None
    if note.skipped and len(note.items) == 1 and first is not None:
        said = translate("“%1” will be skipped once for %2.").replace("%1", first.name, 1)
        return said.replace("%2", name(first.device), 1)
    if note.skipped:
        said = QCoreApplication.translate(
            "Alerts", "%n rule(s) will be skipped once for the selected printers.", "", note.done
        )
        return wording.counted(said, note.done)
    if note.done < 2:
        return ""
    said = QCoreApplication.translate("Alerts", "%n alert(s) acknowledged.", "", note.done)
    return wording.counted(said, note.done)


def partly(note: Noted, why: str) -> str:
    """Say how much was done before something went wrong."""
    if not note.done:
        return why
    form = translate("Done for %1 of %2, then: %3")
    said = form.replace("%1", wording.number(note.done), 1)
    return said.replace("%2", wording.number(note.of), 1).replace("%3", why, 1)


def open_count(count: int) -> str:
    """Count what is open."""
    said = QCoreApplication.translate("Alerts", "%n open alert(s)", "", count)
    return wording.counted(said, count)
