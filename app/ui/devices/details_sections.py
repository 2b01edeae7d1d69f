"""The parts of the details pane, made from ``Facts``; one with nothing to say is ``None``."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui import wording, words
from app.ui.banner import Notice
from app.ui.cards import NoticeCard
from app.ui.devices import words as device_words
from app.ui.devices.details_connection import connection
from app.ui.devices.standing import standing as standing_of
from app.ui.facts import Facts, engine_life, engine_life_label, notes_about
from app.ui.long_words import breakable
from app.ui.mono_label import MonoLabel
from app.ui.tokens import XS, M, S, Tone
from app.ui.value_button import Values
from app.ui.widgets import ChipLabel, ElidedLabel, LevelBar, frame, label, plain_tip
from core.model.reading import Alert, LevelState, Severity, Supply, Tray

_LABEL_WIDTH = 92
_SHORT_BAR = 28
_SHORT = {LevelState.LOW, LevelState.EMPTY}
Section = Callable[[Facts, Values], QWidget | None]


def _holder() -> tuple[QWidget, QVBoxLayout]:
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(XS)
    return box, layout


def _grid(title: str = "") -> tuple[QWidget, QGridLayout]:
    box, outer = _holder()
    if title:
        outer.addWidget(label(title, "section"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(S)
    grid.setVerticalSpacing(1)
    grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
    grid.setColumnStretch(1, 1)
    outer.addLayout(grid)
    return box, grid


def standing(facts: Facts, _values: Values) -> QWidget | None:
    """Tell of a printer that is stale, offline or ignored: since when, and what to do."""
    found = standing_of(facts.summary)
    return None if found is None else NoticeCard(found)


def problem(facts: Facts, _values: Values) -> QWidget | None:
    """Tell the failure since the last reading: cause, remedy, when."""
    found = facts.summary.problem
    if found is None or (standing_of(facts.summary) and device_words.is_silence(found)):
        return None  # that it does not answer is said already
    form = QCoreApplication.translate("Details", "The last visit failed (%1)")
    when = wording.moment(facts.summary.problem_at)
    remedy = f"{found.text} {found.remedy}".strip()
    return NoticeCard(Notice(Tone.WARNING, form.replace("%1", when, 1), remedy))


def supplies(facts: Facts, values: Values) -> QWidget | None:
    """Every supply with its bar and what is left in words."""
    if not facts.supplies:
        return None
    box, grid = _grid()
    for row, supply in enumerate(facts.supplies):
        name = ElidedLabel(words.supply_name(supply))
        name.setToolTip(plain_tip(_supply_tip(supply)))
        grid.addWidget(name, 2 * row, 0)
        _supply_level(grid, 2 * row, supply, values)
        if supply.remaining_pages is not None:
            grid.addWidget(
                label(_pages_left(supply.remaining_pages), "small"), 2 * row + 1, 1, 1, 2
            )
    _remark(facts, "supplies", grid)
    return box


def _pages_left(count: int) -> str:
    said = QCoreApplication.translate("Details", "good for about %n page(s)", "", count)
    return wording.counted(said, count)


def _remark(facts: Facts, place: str, grid: QGridLayout) -> None:
    """Say what is remarkable of some values right under them."""
    for note in notes_about(facts.notes, place):
        row = grid.rowCount()
        grid.addWidget(label(breakable(note.text), "small", wrap=True, select=True), row, 0, 1, 3)


def _supply_level(grid: QGridLayout, row: int, supply: Supply, values: Values) -> None:
    said = words.level(supply.state, supply.level_percent)
    if supply.level_percent is not None and supply.state in _SHORT:
        said = f"{words.level(supply.state, None)} · {said}"
    name = f"{words.supply_name(supply)}: {said}"
    path = f"supplies[{supply.index}].level_percent"
    right = Qt.AlignmentFlag.AlignRight
    bar = LevelBar(supply.color, supply.state, supply.level_percent)
    bar.setAccessibleName(name)
    if supply.level_percent is None:
        bar.setFixedWidth(_SHORT_BAR)
        line = QHBoxLayout()
        line.setSpacing(XS)
        line.addWidget(bar)
        line.addWidget(values.make(said, path, name, faint=True))
        line.addStretch(1)
        grid.addLayout(line, row, 1, 1, 2)
        return
    grid.addWidget(bar, row, 1)
    short = supply.state in _SHORT
    grid.addWidget(values.make(said, path, name, short=short), row, 2, right)


def _supply_tip(supply: Supply) -> str:
    parts = [supply.description or ""]
    if supply.part:
        parts.append(QCoreApplication.translate("Details", "Part %1").replace("%1", supply.part, 1))
    if supply.serial:
        form = QCoreApplication.translate("Details", "Serial %1")
        parts.append(form.replace("%1", supply.serial, 1))
    return "\n".join(part for part in parts if part)


def meters(facts: Facts, values: Values) -> QWidget | None:
    """Every meter that is known, and the engine's life."""
    box, grid = _grid()
    if not facts.meters and facts.engine_life is None:
        if facts.taken_at is None:
            return None
        text = QCoreApplication.translate("Details", "This printer tells no page counts.")
        grid.addWidget(label(text, "muted", wrap=True), 0, 0, 1, 2)
        return box
    row = 0
    for key, value in facts.meters:
        text = wording.number(value)
        if key == "total":
            form = QCoreApplication.translate("Details", "%1 pages")
            text = form.replace("%1", text, 1)
        path = f"meters.{key}"
        name = f"{words.meter(key)}: {text}"
        shown = values.make(text, path, name, strong=key == "total", number=wording.number(value))
        _pair(grid, row, words.meter(key), shown)
        row += 1
    if facts.engine_life is not None:
        text = engine_life(facts.engine_life)
        name = f"{engine_life_label()}: {text}"
        _pair(grid, row, engine_life_label(), values.make(text, "engine_life", name))
    _remark(facts, "meters", grid)
    return box


def _pair(grid: QGridLayout, row: int, name: str, value: QWidget) -> None:
    grid.addWidget(ElidedLabel(name, "muted"), row, 0)
    grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignLeft)


def trays(facts: Facts, values: Values) -> QWidget | None:
    """Tell what is in the trays and how much."""
    if not facts.trays:
        return None
    box, grid = _grid(QCoreApplication.translate("Details", "Trays"))
    for row, tray in enumerate(facts.trays):
        grid.addWidget(ElidedLabel(_tray_name(tray), "muted"), 2 * row, 0)
        grid.addLayout(_tray_level(tray, values), 2 * row, 1)
        if tray.media:
            media = ElidedLabel(tray.media, "small")
            media.setContentsMargins(_SHORT_BAR + XS + 6, 0, 0, XS)
            grid.addWidget(media, 2 * row + 1, 1)
    return box


def _tray_level(tray: Tray, values: Values) -> QHBoxLayout:
    said = words.tray_level(tray)
    bar = LevelBar(None, tray.state, tray.level_percent)
    bar.setFixedWidth(_SHORT_BAR)
    bar.setAccessibleName(f"{_tray_name(tray)}: {said}")
    faint = tray.level is None and tray.level_percent is None
    line = QHBoxLayout()
    line.setSpacing(XS)
    line.addWidget(bar)
    line.addWidget(values.make(said, f"trays[{tray.index}].level", said, faint=faint))
    line.addStretch(1)
    return line


def _tray_name(tray: Tray) -> str:
    form = QCoreApplication.translate("Details", "Tray %1")
    return tray.name or tray.description or form.replace("%1", tray.index, 1)


def alerts(facts: Facts, _values: Values) -> QWidget | None:
    """Tell what the printer complains of, and the conditions it is in."""
    conditions = facts.status.conditions if facts.status else ()
    if not facts.alerts and not conditions:
        return None
    box, layout = _holder()
    layout.addWidget(
        label(QCoreApplication.translate("Details", "Alerts and conditions"), "section")
    )
    for alert in facts.alerts:
        layout.addLayout(_alert(alert))
    if conditions:
        form = QCoreApplication.translate("Details", "Conditions: %1")
        said = form.replace("%1", ", ".join(words.condition(c) for c in conditions), 1)
        layout.addWidget(label(said, "muted", wrap=True))
    return box


def _alert(alert: Alert) -> QHBoxLayout:
    severities = {
        Severity.CRITICAL: (QCoreApplication.translate("Details", "Critical"), Tone.ERROR),
        Severity.WARNING: (QCoreApplication.translate("Details", "Warning"), Tone.WARNING),
        Severity.OTHER: (QCoreApplication.translate("Details", "Notice"), Tone.NEUTRAL),
    }
    line = QHBoxLayout()
    line.setSpacing(S)
    line.addWidget(ChipLabel(*severities[alert.severity]), 0, Qt.AlignmentFlag.AlignTop)
    silent = QCoreApplication.translate("Details", "The printer says nothing more.")
    text = alert.description or silent
    if alert.code is not None:
        form = QCoreApplication.translate("Details", "%1 (code %2)")
        text = form.replace("%1", text, 1).replace("%2", str(alert.code), 1)
    line.addWidget(label(breakable(text), wrap=True, select=True), 1)
    return line


def panel(facts: Facts, _values: Values) -> QWidget | None:
    """Show the lines of the printer's own display."""
    lines = [line for line in (facts.status.display if facts.status else ()) if line.strip()]
    if not lines:
        return None
    box, layout = _holder()
    layout.addWidget(label(QCoreApplication.translate("Details", "On its panel"), "section"))
    inner = QVBoxLayout()
    inner.setContentsMargins(M, S, M, S)
    for line in lines:
        inner.addWidget(MonoLabel(line))
    layout.addWidget(frame("inset", inner))
    return box


def remarks(facts: Facts, _values: Values) -> QWidget | None:
    """Remarks about the reading."""
    found = notes_about(facts.notes, "")
    if not found:
        return None
    box, layout = _holder()
    layout.addWidget(label(QCoreApplication.translate("Details", "Remarks"), "section"))
    for note in found:
        layout.addWidget(label(breakable(note.text), "muted", wrap=True, select=True))
    return box


def identity(facts: Facts, values: Values) -> QWidget | None:
    """Who the device is, and where it is."""
    box, grid = _grid(QCoreApplication.translate("Details", "Identity"))
    row = 0
    for row, (name, text, path) in enumerate(facts.identity_lines()):
        _pair(grid, row, name, values.make(text, path, f"{name}: {text}"))
    if facts.summary.device.provisional:
        text = QCoreApplication.translate(
            "Details",
            "This printer has told neither serial, MAC nor UUID yet: it is known by its address.",
        )
        grid.addWidget(label(text, "small", wrap=True), row + 1, 0, 1, 2)
    _remark(facts, "identity", grid)
    return box


SECTIONS: tuple[Section, ...] = (
    standing,
    problem,
    supplies,
    meters,
    alerts,
    panel,
    trays,
    remarks,
    identity,
    connection,
)
