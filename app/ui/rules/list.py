"""The list of rules: a switch, what each is about, and the way to change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.ui.alerts import words as alert_words
from app.ui.choices import Switch
from app.ui.rules import words as rule_words
from app.ui.tokens import XS, L, M
from app.ui.widgets import ChipLabel, ElidedLabel, button, frame
from core.model.rule import Rule

_WEIGHT_WIDTH = 122
_SWITCH_WIDTH = 76


class RuleRow(QWidget):
    """One rule. ``switched`` gives the rule as it should be and as it is, ``edit_asked`` its id."""

    switched = Signal(object, object)
    edit_asked = Signal(str)

    def __init__(self, rule: Rule) -> None:
        super().__init__()
        self._rule = rule
        self._switch = Switch()
        self._switch.setFixedWidth(_SWITCH_WIDTH)
        self._switch.clicked.connect(self._flip)
        self._name = ElidedLabel(role="strong")
        self._said = ElidedLabel(role="small")
        self._made = ElidedLabel(role="small")
        self._chip = ChipLabel()
        self._edit = button(self.tr("Change"))
        self._edit.clicked.connect(lambda: self.edit_asked.emit(self._rule.id))
        self._lay_out()
        self.show_rule(rule)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._said)
        weight = QWidget()
        weight.setFixedWidth(_WEIGHT_WIDTH)
        inner = QHBoxLayout(weight)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._chip)
        inner.addStretch(1)
        self._made.setFixedWidth(_WEIGHT_WIDTH)
        row = QHBoxLayout()
        row.setContentsMargins(L, XS, L, XS)
        row.setSpacing(M)
        row.addWidget(self._switch)
        row.addLayout(words, 1)
        row.addWidget(self._made)
        row.addWidget(weight)
        row.addWidget(self._edit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(frame("divider"))

    @property
    def rule(self) -> Rule:
        """The rule as it stands."""
        return self._rule

    @property
    def edit(self) -> QPushButton:
        """The button that opens the rule."""
        return self._edit

    @property
    def switch(self) -> Switch:
        """Whether the rule is on."""
        return self._switch

    @property
    def has_keyboard(self) -> bool:
        """Whether the keyboard is in this row."""
        focused = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def show_rule(self, rule: Rule) -> None:
        """Show the rule as it is now."""
        self._rule = rule
        self._switch.setChecked(rule.enabled)
        self._switch.setText(self.tr("On") if rule.enabled else self.tr("Off"))
        self._switch.setAccessibleName(self.tr("%1: on or off").replace("%1", rule.name, 1))
        self._name.setText(rule.name)
        self._said.setText(rule_words.said(rule))
        self._made.setText(_made(rule))
        self._chip.show_state(*alert_words.weight(rule.weight))
        self._edit.setAccessibleName(self.tr("Change the rule: %1").replace("%1", rule.name, 1))

    def _flip(self, on: bool) -> None:
        # As it is until the agent says that it is otherwise.
        self._switch.setChecked(self._rule.enabled)
        self.switched.emit(replace(self._rule, enabled=on), self._rule)


def _made(rule: Rule) -> str:
    if not rule.builtin:
        return rule_words.translate("Your own")
    if rule.changed:
        return rule_words.translate("Built in, changed")
    return rule_words.translate("Built in")


class RuleList(QFrame):
    """All rules. Up and Down walk them; rows stay where they are when one of them changes."""

    switched = Signal(object, object)
    edit_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._rows: dict[str, RuleRow] = {}
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        self._body.addStretch(1)
        inner = QWidget()
        inner.setLayout(self._body)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        self._scroll.setAccessibleName(self.tr("Rules"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._scroll)

    @property
    def rows(self) -> dict[str, RuleRow]:
        """The rows by the ids of their rules."""
        return self._rows

    def show_rules(self, rules: Sequence[Rule]) -> None:
        """Show these rules: a person's own ones first, then the built-in ones."""
        order = sorted(rules, key=lambda rule: rule.builtin)
        wanted = {rule.id for rule in order}
        for gone in [key for key in self._rows if key not in wanted]:
            row = self._rows.pop(gone)
            self._body.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, rule in enumerate(order):
            known = self._rows.get(rule.id)
            if known is not None:
                known.show_rule(rule)
                continue
            row = RuleRow(rule)
            row.switched.connect(self.switched)
            row.edit_asked.connect(self.edit_asked)
            self._rows[rule.id] = row
            self._body.insertWidget(place, row)

    def focus_rule(self, rule: str = "") -> None:
        """Give the keyboard to a rule's button, or to the first one's."""
        rows = self._in_order()
        row = self._rows.get(rule) or (rows[0] if rows else None)
        if row is not None:
            row.edit.setFocus()
            self._scroll.ensureWidgetVisible(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the rules with Up and Down."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        rows = self._in_order()
        at = next((place for place, row in enumerate(rows) if row.has_keyboard), None)
        step = steps.get(Qt.Key(event.key()))
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        self.focus_rule(rows[min(max(at + step, 0), len(rows) - 1)].rule.id)

    def _in_order(self) -> list[RuleRow]:
        items = (self._body.itemAt(place) for place in range(self._body.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, RuleRow)]
