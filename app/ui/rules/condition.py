"""A person's own condition: typed, checked as it is typed, tried before it is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QPlainTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.ui import fonts, wording
from app.ui.forms import FormRow
from app.ui.pickers import ComboBox
from app.ui.rules import words as rule_words
from app.ui.rules.verdicts import VerdictList
from app.ui.tokens import L
from app.ui.widgets import label, plain_tip
from core.model.occurrence import RuleVerdict
from core.model.problem import BadInputError, Problem
from core.model.rule import Custom
from core.telemetry.rules.condition import check_condition

_PAUSE_MS = 200  # of typing, before the condition is looked at
_LONGEST_VALUE = 60
_QUOTED = re.compile(r"'(.+?)'")
_LISTS = frozenset({"supplies", "levels", "trays", "alerts", "notes"})
_WORDS = frozenset("_abcdefghijklmnopqrstuvwxyz0123456789")


class ConditionField(QPlainTextEdit):
    """The condition, in letters of one width. Tab leaves it; Return is no part of a condition."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFont(fonts.mono())
        self.setTabChangesFocus(True)
        self.setFixedHeight(84)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Return to whoever saves."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
            return
        super().keyPressEvent(event)

    def expression(self) -> str:
        """Give the condition on one line."""
        return " ".join(self.toPlainText().split("\n")).strip()


class ConditionForm(QWidget):
    """``changed`` when the condition is another one; ``device_chosen`` gives the key of the device
    whose present values are to be shown.
    """

    changed = Signal()
    device_chosen = Signal(str)

    def __init__(self, when: Custom | None, devices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._tried = ""
        self.field = ConditionField(self.tr("Condition"))
        self.field.setPlaceholderText(self.tr("for example: meters.total > 100000"))
        if when is not None:
            self.field.setPlainText(when.expression)
            self._tried = when.expression  # it is in use: saving it again needs no trial
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._check)
        self.field.textChanged.connect(self._edited)
        self.row = FormRow(
            self.tr("Condition"),
            self.field,
            self.tr(
                "An alert is raised while this is true. A value that is not known raises none."
            ),
        )
        self.device = ComboBox(self.tr("Values of printer"), tuple(devices))
        self.device.currentIndexChanged.connect(self._choose)
        self.tree = _make_tree(self.tr("Fields with their present values"))
        self.tree.itemActivated.connect(lambda item, _column: self._insert(item))
        self.tree.itemClicked.connect(lambda item, _column: self._insert(item))
        self.verdicts = VerdictList()
        self._lay_out(bool(devices))

    def _lay_out(self, any_devices: bool) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(L)
        layout.addWidget(self.row)
        layout.addWidget(self.verdicts)
        help_ = self.tr("Click a field to put it into the condition.")
        layout.addWidget(
            FormRow(self.tr("Fields, with the values of this printer"), self.device, help_)
        )
        layout.addWidget(self.tree)
        self.device.setEnabled(any_devices)
        if not any_devices:
            text = self.tr("There are no printers yet whose values could be shown.")
            layout.addWidget(label(text, "small", wrap=True))

    # --- the condition --------------------------------------------------------------------------

    @property
    def tried(self) -> bool:
        """Whether the condition as it stands was tried."""
        return bool(self._tried) and self._tried == self.field.expression()

    @property
    def flaw(self) -> str:
        """What is wrong with the condition; empty where nothing is."""
        return _flaw(self.field.expression())

    def value(self) -> Custom:
        """Give the condition as it is entered."""
        return Custom(self.field.expression())

    def refuse(self, expression: str, problem: Problem) -> None:
        """Show why a condition could not be tried."""
        if expression == self.field.expression():
            self.row.refuse(problem.text)

    def show_verdicts(
        self, expression: str, verdicts: Sequence[RuleVerdict], name: Callable[[str], str]
    ) -> None:
        """Show what the condition says of each device, if it is still the one that was tried."""
        if expression != self.field.expression():
            return
        self._tried = expression
        self.verdicts.show_verdicts(verdicts, name)
        self.changed.emit()

    def _edited(self) -> None:
        self.verdicts.fade(self.field.expression() != self._tried)
        self._pause.start()
        self.changed.emit()

    def _check(self) -> None:
        text = self.field.expression()
        self.row.refuse(_flaw(text) if text else "")

    # --- the fields -----------------------------------------------------------------------------

    def ask_fields(self) -> None:
        """Ask for the values of the device that is chosen."""
        self._choose()

    def show_fields(self, key: str, fields: dict[str, Any]) -> None:
        """Show the fields of a device, if it is still the one that is chosen."""
        if key != self.device.value():
            return
        self.tree.clear()
        if not fields:
            QTreeWidgetItem(self.tree, [self.tr("This printer has not been read yet."), ""])
        for name in sorted(fields):
            top = QTreeWidgetItem(self.tree, [name, ""])
            top.setData(0, Qt.ItemDataRole.UserRole, name)
            for path, said in _paths(name, fields[name]):
                item = QTreeWidgetItem(top, [path, said])
                item.setData(0, Qt.ItemDataRole.UserRole, path)
                item.setToolTip(1, plain_tip(said))
            if not top.childCount():
                top.setText(1, _said(fields[name]))
        self._open_meters()
        self.tree.resizeColumnToContents(0)

    def _open_meters(self) -> None:
        for item in self.tree.findItems("meters", Qt.MatchFlag.MatchExactly):
            item.setExpanded(True)

    def _choose(self) -> None:
        if self.device.value():
            self.device_chosen.emit(self.device.value())

    def _insert(self, item: QTreeWidgetItem) -> None:
        path = item.data(0, Qt.ItemDataRole.UserRole)
        if path is None or item.childCount():
            item.setExpanded(not item.isExpanded())
            return
        self.field.insertPlainText(str(path))
        self.field.setFocus()


def _make_tree(name: str) -> QTreeWidget:
    tree = QTreeWidget()
    tree.setAccessibleName(name)
    tree.setColumnCount(2)
    tree.setHeaderHidden(True)
    tree.setMinimumHeight(220)
    tree.setUniformRowHeights(True)
    tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    tree.setFont(fonts.mono())
    return tree


def _flaw(text: str) -> str:
    try:
        check_condition(text)
    except BadInputError as error:
        return said_flaw(error.problem.text)
    return ""


def said_flaw(text: str) -> str:
    """Say where a condition goes wrong, without the parser's own list of what it would take."""
    _before, found, after = text.partition("ERROR: <input>:1:")
    place, _, rest = after.partition(": ")
    if not found or not place.isdigit():
        return text
    what = rest.partition("\n")[0].partition(" | ")[0].partition(" expecting ")[0]
    word = _QUOTED.search(what)
    if "<EOF>" in what:
        said = rule_words.translate("something is missing at the end")
    elif word is not None:
        said = rule_words.translate("“%1” does not fit here").replace("%1", word[1], 1)
    else:
        said = what.removeprefix("Syntax error: ").rstrip(".")
    form = rule_words.translate("At character %1: %2.")
    return form.replace("%1", str(int(place) + 1), 1).replace("%2", said, 1)


def _paths(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key in sorted(value):
            if isinstance(value[key], dict):
                yield from _paths(f"{name}.{key}", value[key])
            elif set(key) <= _WORDS:
                yield f"{name}.{key}", _said(value[key])
            else:
                yield f'{name}["{key}"]', _said(value[key])
    elif name in _LISTS:
        for place, row in enumerate(value):
            yield from _paths(f"{name}[{place}]", row)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'[:_LONGEST_VALUE]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return QCoreApplication.translate("Rules", "a list of %1").replace(
            "%1", wording.number(len(value)), 1
        )
    return str(value)[:_LONGEST_VALUE]
