"""What a person reads of an alert: its weight, since when, how it stands, the numbers it names."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.ui import wording, words
from app.ui.i18n import QT_TRANSLATE_NOOP
from app.ui.tokens import Tone
from core.model.occurrence import Fact, Occurrence
from core.model.rule import Weight

_WEIGHTS = {
    Weight.INFO: (QT_TRANSLATE_NOOP("Alerts", "Info"), Tone.ACCENT),
    Weight.WARNING: (QT_TRANSLATE_NOOP("Alerts", "Warning"), Tone.WARNING),
    Weight.CRITICAL: (QT_TRANSLATE_NOOP("Alerts", "Critical"), Tone.ERROR),
}
_FACTS = {
    "level_percent": QT_TRANSLATE_NOOP("Alerts", "Level then"),
    "threshold": QT_TRANSLATE_NOOP("Alerts", "Told at or below"),
    "before": QT_TRANSLATE_NOOP("Alerts", "Before"),
    "after": QT_TRANSLATE_NOOP("Alerts", "After"),
    "value": QT_TRANSLATE_NOOP("Alerts", "Count then"),
    "passed": QT_TRANSLATE_NOOP("Alerts", "Passed"),
    "minutes": QT_TRANSLATE_NOOP("Alerts", "Minutes so far"),
    "misses": QT_TRANSLATE_NOOP("Alerts", "Visits without an answer"),
    "last_reading": QT_TRANSLATE_NOOP("Alerts", "Last reading"),
    "address": QT_TRANSLATE_NOOP("Alerts", "Address"),
}
_PERCENT = {"level_percent", "threshold"}


def translate(text: str) -> str:
    """Translate a text of the alerts."""
    return QCoreApplication.translate("Alerts", text)


def weight(value: Weight) -> tuple[str, Tone]:
    """Give the word and the tone of a weight."""
    word, tone = _WEIGHTS[value]
    return translate(word), tone


def standing(item: Occurrence) -> str:
    """Say how an alert stands, and since when."""
    if item.skipped:
        return translate("Passed over, as asked")
    if item.acknowledged_at is not None:
        form = translate("Acknowledged %1")
        return form.replace("%1", wording.moment(item.acknowledged_at), 1)
    if item.cleared_at is not None:
        return translate("Over since %1").replace("%1", wording.moment(item.cleared_at), 1)
    return raised(item)


def raised(item: Occurrence) -> str:
    """Say since when an alert is there, or when it happened."""
    form = translate("since %1") if item.lasting else translate("at %1")
    return form.replace("%1", wording.moment(item.raised_at), 1)


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


def fact(key: str, value: Fact) -> str:
    """Write a value of an alert; what is not known is said so."""
    if value is None:
        return words.not_known()
    if isinstance(value, str):
        return wording.moment(value) if wording.parse(value) else value
    if key in _PERCENT:
        return wording.percent(float(value))
    return wording.number(value) if isinstance(value, int) else wording.locale().toString(value)


def path_of(item: Occurrence) -> str:
    """Give the path of the value that an alert is about; empty where it is about none."""
    if item.subject.startswith("supplies["):
        return f"{item.subject}.level_percent"
    return item.subject if item.subject.startswith("meters.") else ""


def shown_number(item: Occurrence) -> str:
    """Write the number that an alert is about, for the question where it comes from."""
    for key in ("level_percent", "after", "value"):
        if item.facts.get(key) is not None:
            return fact(key, item.facts[key])
    return translate("this")


def open_count(count: int) -> str:
    """Count what is open."""
    said = QCoreApplication.translate("Alerts", "%n open alert(s)", "", count)
    return wording.counted(said, count)
