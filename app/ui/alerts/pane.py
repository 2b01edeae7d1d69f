"""One alert: what it says, of which device, its numbers with their reading, and why it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.ui import wording
from app.ui.alerts import words as alert_words
from app.ui.origin import explain
from app.ui.provenance_card import ProvenanceCard
from app.ui.rules import words as rule_words
from app.ui.tokens import XS, L, M, S
from app.ui.widgets import ChipLabel, button, clear, frame, label
from core.model.occurrence import Occurrence
from core.model.reading import Reading
from core.model.rule import Rule


class AlertPane(QFrame):
    """Shows one alert. ``opened`` gives its device's key, ``acknowledged`` and ``skip_asked`` the
    alert, ``change_asked`` its rule's id, ``reading_asked`` the alert whose reading is wanted.
    """

    opened = Signal(str)
    acknowledged = Signal(object)
    skip_asked = Signal(object)
    change_asked = Signal(str)
    reading_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._item: Occurrence | None = None
        self._rule: Rule | None = None
        self._make_words()
        self._make_buttons()
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(M)
        self._facts.setVerticalSpacing(S)
        self._facts.setColumnStretch(1, 1)
        self._card = ProvenanceCard()
        self._card.closed.connect(self._card.hide)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._make_hint())
        self._stack.addWidget(self._make_content())

    # --- making ---------------------------------------------------------------------------------

    def _make_words(self) -> None:
        self._chip = ChipLabel()
        self._when = label(role="small")
        self._text = label(role="heading", wrap=True, select=True)
        self._model = label(role="small")
        self._stands = label(role="muted", wrap=True)
        self._why = label(wrap=True)
        self._lost = label(role="small", wrap=True)

    def _make_buttons(self) -> None:
        self._device = button("", "link", tip=self.tr("Open the device"))
        self._device.clicked.connect(self._open)
        self._source = button(self.tr("Where does this come from?"), "link")
        self._source.clicked.connect(lambda: self.reading_asked.emit(self._item))
        self._change = button(self.tr("Change the rule"))
        self._change.clicked.connect(self._ask_change)
        self._acknowledge = button(self.tr("Acknowledge"), "primary")
        self._acknowledge.clicked.connect(lambda: self.acknowledged.emit(self._item))
        tip = alert_words.skip_tip()
        self._skip = button(self.tr("Skip once"), tip=tip)
        self._skip.clicked.connect(lambda: self.skip_asked.emit(self._item))

    def _open(self) -> None:
        if self._item is not None:
            self.opened.emit(self._item.device)

    def _ask_change(self) -> None:
        if self._item is not None:
            self.change_asked.emit(self._item.rule)

    def _make_hint(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(L, L, L, L)
        text = self.tr("Choose an alert to see its numbers, and why it is there.")
        hint = label(text, "muted", wrap=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(hint)
        return page

    def _make_content(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(L, L, L, L)
        layout.setSpacing(M)
        layout.addWidget(self._make_scroll(), 1)
        foot = QHBoxLayout()
        foot.setSpacing(S)
        foot.addWidget(self._acknowledge)
        foot.addWidget(self._skip)
        foot.addStretch(1)
        layout.addLayout(foot)
        return page

    def _make_scroll(self) -> QScrollArea:
        inner = QWidget()
        body = QVBoxLayout(inner)
        body.setContentsMargins(0, 0, S, 0)
        body.setSpacing(M)
        head = QHBoxLayout()
        head.addWidget(self._chip)
        head.addWidget(self._when, 1)
        body.addLayout(head)
        body.addWidget(self._text)
        place = QHBoxLayout()
        place.setSpacing(S)
        place.addWidget(self._device)
        place.addWidget(self._model, 1)
        body.addLayout(place)
        body.addWidget(self._stands)
        body.addLayout(self._facts)
        body.addWidget(self._source, 0, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(self._card)
        body.addWidget(self._lost)
        body.addWidget(self._make_why())
        body.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return scroll

    def _make_why(self) -> QFrame:
        layout = QVBoxLayout()
        layout.setContentsMargins(M, M, M, M)
        layout.setSpacing(XS)
        layout.addWidget(label(self.tr("Why this alert?"), "strong"))
        layout.addWidget(self._why)
        layout.addSpacing(XS)
        layout.addWidget(self._change, 0, Qt.AlignmentFlag.AlignLeft)
        return frame("inset", layout)

    # --- what is shown --------------------------------------------------------------------------

    @property
    def item(self) -> Occurrence | None:
        """The alert that is shown."""
        return self._item

    @property
    def change(self) -> QPushButton:
        """The button that leads to the rule."""
        return self._change

    @property
    def card(self) -> ProvenanceCard:
        """The card with the origin of the number."""
        return self._card

    def clear(self) -> None:
        """Show no alert."""
        self._item = None
        self._stack.setCurrentIndex(0)

    def show_alert(self, item: Occurrence, names: tuple[str, str], rule: Rule | None) -> None:
        """Show an alert, the names of its device and its rule (``None``: it is no more)."""
        if self._item is None or self._item.key != item.key:
            self._card.hide()
            self._lost.hide()
        fresh = self._item != item
        self._item, self._rule = item, rule
        self._chip.show_state(*alert_words.weight(item.weight))
        self._when.setText(alert_words.when(item))
        self._text.setText(item.text)
        self._device.setText(names[0])
        self._model.setText(names[1])
        self._stands.setText(alert_words.standing(item))
        self._stands.setVisible(not item.open)
        self._acknowledge.setVisible(item.acknowledged_at is None and not item.skipped)
        self._skip.setEnabled(rule is not None)
        self._show_rule(rule)
        if fresh:
            self._show_facts(item)
        self._stack.setCurrentIndex(1)

    def _show_rule(self, rule: Rule | None) -> None:
        gone = self.tr("The rule behind this alert has been deleted.")
        self._why.setText(rule_words.why(rule) if rule is not None else gone)
        self._change.setVisible(rule is not None)

    def _show_facts(self, item: Occurrence) -> None:
        clear(self._facts)
        level = alert_words.of_level(item)
        for row, (key, value) in enumerate(item.facts.items()):
            figure = alert_words.fact(key, value, level=level)
            self._facts.addWidget(label(alert_words.fact_name(key), "muted"), row, 0)
            self._facts.addWidget(label(figure, "figures"), row, 1)
        self._source.setVisible(bool(alert_words.path_of(item)))

    def show_reading(self, key: str, reading: Reading | None) -> None:
        """Show where the number of this alert came from, if it is still the one that is shown."""
        item = self._item
        if item is None or item.key != key:
            return
        path = alert_words.path_of(item)
        shown = alert_words.shown_number(item)
        origin = explain(reading, path, shown) if reading is not None else None
        if origin is not None:
            self._lost.hide()
            self._card.explain(origin)
            return
        form = self.tr("The reading of %1 is no longer kept, or does not hold this value.")
        self._lost.setText(form.replace("%1", wording.moment(item.raised_at), 1))
        self._lost.show()
