"""The gallery's page of content: chips, levels, cards, rows of a table, what stands for nothing."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui import paint
from app.ui.cards import StatCard
from app.ui.devices.model import DeviceModel
from app.ui.devices.row import Column
from app.ui.devices.table import DeviceTable
from app.ui.empty_state import EmptyState
from app.ui.gallery.devices import devices
from app.ui.gallery.parts import captioned, columns, group, right_to_left, row
from app.ui.origin import Origin
from app.ui.page_header import PageHeader
from app.ui.provenance_card import ProvenanceCard
from app.ui.skeleton import Skeleton
from app.ui.theme import tokens
from app.ui.tokens import M, S, Tone
from app.ui.widgets import ChipLabel, ElidedLabel, LevelBar, button, label
from core.model.reading import LevelState

_LEVELS: tuple[tuple[str, LevelState, float | None], ...] = (
    ("fine", LevelState.OK, 62.0),
    ("full", LevelState.OK, 100.0),
    ("low", LevelState.LOW, 8.0),
    ("under 1 %", LevelState.LOW, 0.4),
    ("empty", LevelState.EMPTY, 0.0),
    ("not known", LevelState.UNKNOWN, None),
    ("some left", LevelState.SOME_REMAINING, None),
    ("no limit", LevelState.UNLIMITED, None),
)
_COLORS = ("black", "cyan", "magenta", "yellow", None)


def content() -> QWidget:
    """Make the page."""
    return columns(
        (_chips(), _levels(), _words(), _nothing()),
        (_stats(), _table(), _origin(), _loading()),
    )


class _Standing(QWidget):
    """Standing bars, one a colour, as the table draws them."""

    def __init__(self, state: LevelState, percent: float | None) -> None:
        super().__init__()
        self._state, self._percent = state, percent
        self.setFixedSize(QSize(60, 22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, color in enumerate(_COLORS):
            box = QRectF(number * 12, 1, 9, 20)
            paint.draw_level(painter, box, tokens().toner(color), self._state, self._percent)


class _Signs(QWidget):
    """The signs of all tones, alone."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(100, 16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, tone in enumerate(Tone):
            paint.draw_sign(painter, QPointF(8 + number * 20, 8), tone)


def _chips() -> QWidget:
    words = {
        Tone.GOOD: "Idle",
        Tone.ACCENT: "Starting",
        Tone.NEUTRAL: "Offline 2 d",
        Tone.WARNING: "Toner low",
        Tone.ERROR: "Paper jam",
    }
    long = ChipLabel("Waiting for the network to come back since yesterday", Tone.NEUTRAL)
    long.setFixedWidth(180)
    chips = row(*(ChipLabel(word, tone) for tone, word in words.items()))
    return group("Chips: a word and a shape, never colour alone", chips, row(long, _Signs()))


def _levels() -> QWidget:
    result = QWidget()
    grid = QGridLayout(result)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(M)
    grid.setVerticalSpacing(S)
    for number, (name, state, percent) in enumerate(_LEVELS):
        grid.addWidget(label(name, "muted"), number, 0)
        grid.addWidget(LevelBar(_COLORS[number % 4], state, percent), number, 1)
        grid.addWidget(_Standing(state, percent), number, 2)
    grid.setColumnStretch(1, 1)
    return group("Levels: unknown is hatched, never empty", result)


def _words() -> QWidget:
    figures = label("76,064  11,111  90,909", "figures")
    roles = ("title", "heading", "section", "strong", "", "muted", "small", "mono")
    texts = [label(f"{role or 'body'}: counted since Monday", role) for role in roles]
    long = ElidedLabel("A line that ends in an ellipsis where there is no room for all of it " * 2)
    field = label("The name of a field", "field")
    return group("Words", *texts, field, figures, long)


def _nothing() -> QWidget:
    nothing = EmptyState("devices")
    nothing.say(
        "No printers yet",
        "Scan the network: every printer that answers is shown here with its counters.",
        "Scan network",
    )
    nothing.setFixedHeight(220)
    return group("Empty, with the next step", nothing)


def _stats() -> QWidget:
    cards = (
        StatCard("Pages in this range", "11,842", "+6 % on the six weeks before"),
        StatCard("Yellow toner", "about 9 days", "between 6 and 14"),
        StatCard("Scans", "not known"),
    )
    header = PageHeader("History", "24 printers · 2 need attention")
    header.head.addWidget(button("Export"))
    header.head.addWidget(button("Scan network", "primary"))
    return group("Page head, cards that answer", header, row(*cards, stretch=False))


def _table() -> QWidget:
    model = DeviceModel()
    model.update(list(devices()))
    table = DeviceTable(model)
    table.show_columns((Column.PLACE, Column.STATE, Column.SUPPLIES))
    table.select_key("two")
    table.setFixedHeight(38 + 55 * model.rowCount())
    return group("Rows of a table", table)


def _origin() -> QWidget:
    card = ProvenanceCard()
    card.explain(
        Origin(
            "Where does 76,064 come from?",
            "Kyocera's own value, known to its profile, read by SNMP at 14:02.",
            ("1.3.6.1.4.1.1347.43.10.1.1.12.1.1 = 76064",),
            "Rule: profile kyocera",
            ("The engine's life count differs (76,498): it also counts test pages.",),
        )
    )
    return group("Where a value comes from", card)


def _loading() -> QWidget:
    turned = right_to_left(
        row(ChipLabel("Idle", Tone.GOOD), LevelBar("cyan", LevelState.OK, 40.0), stretch=False)
    )
    return group("Loading, and right to left", Skeleton(3), captioned("turned round", turned))
