"""The table of alerts: live, newest first, filtered in the model itself; checked rows by key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.ui.alerts import short as alert_short
from app.ui.alerts import words as alert_words
from app.ui.keyed_model import KeyedModel
from app.ui.widgets import plain_tip
from core.model.occurrence import Occurrence

ALERT_ROLE = Qt.ItemDataRole.UserRole
NAMES_ROLE = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
Names = tuple[str, str]


class AlertColumn(IntEnum):
    """The columns of the table."""

    CHECK = 0
    WEIGHT = 1
    WHAT = 2
    DEVICE = 3
    WHEN = 4


@dataclass(frozen=True, slots=True)
class AlertFilter:
    """Which alerts are shown: open or all, of one kind, of one device, with these words.

    ``group`` is "device" or "kind": what belongs together then stands together.
    """

    only_open: bool = True
    kind: str = ""
    device: str = ""
    words: tuple[str, ...] = ()
    group: str = ""


class AlertModel(KeyedModel):
    """Alerts by key. ``names`` gives the two lines of a device (key); ``checked`` when the checked
    rows change; ``older_wanted`` when the end of what is loaded has come into sight.
    """

    checked = Signal()
    older_wanted = Signal()

    def __init__(self, names: Callable[[str], Names], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._items: dict[str, Occurrence] = {}
        self._checked: set[str] = set()
        self._filter = AlertFilter()
        self._open: set[str] = set()
        self._more = False
        self._narrow = False

    # --- what the view asks ---------------------------------------------------------------------

    @property
    def total(self) -> int:
        """How many alerts are loaded."""
        return len(self._items)

    @property
    def open_count(self) -> int:
        """How many somebody should still see to."""
        return len(self._open)

    @property
    def filter(self) -> AlertFilter:
        """Which alerts are shown."""
        return self._filter

    def item(self, key: str) -> Occurrence | None:
        """Give an alert, filtered out or not."""
        return self._items.get(key)

    def checked_items(self) -> list[Occurrence]:
        """Give the checked alerts that are in sight, in their order."""
        return [self._items[key] for key in self._visible if key in self._checked]

    # --- changes --------------------------------------------------------------------------------

    def update(self, items: Sequence[Occurrence]) -> None:
        """Take new and changed alerts in one go."""
        for item in items:
            self._items[item.key] = item
            (self._open.add if item.open else self._open.discard)(item.key)
        self._settle([item.key for item in items])

    def remove(self, keys: Iterable[str]) -> None:
        """Drop alerts that are no more."""
        for key in keys:
            self._items.pop(key, None)
            self._open.discard(key)
        self._settle([])

    def set_filter(self, wanted: AlertFilter) -> None:
        """Show these alerts."""
        if wanted != self._filter:
            self._filter = wanted
            self._settle([])

    def set_narrow(self, narrow: bool) -> None:
        """Give the column of signs no head where it is too narrow for a word."""
        if narrow != self._narrow:
            self._narrow = narrow
            column = AlertColumn.WEIGHT
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, column, column)

    def set_more(self, more: bool) -> None:
        """Say whether there are older alerts to be asked for."""
        self._more = more

    def rename(self) -> None:
        """Take that devices have other names now."""
        if self._filter.words:
            self._settle([])
        self._tell(0, len(self._visible) - 1)

    def toggle(self, keys: Sequence[str]) -> None:
        """Check these rows, or uncheck them where all are checked."""
        if set(keys) <= self._checked:
            self._checked.difference_update(keys)
        else:
            self._checked.update(keys)
        self._after_checking()

    def check_all(self, on: bool) -> None:
        """Check every row in sight, or none."""
        self._checked = set(self._visible) if on else set()
        self._after_checking()

    def _after_checking(self) -> None:
        self._tell(0, len(self._visible) - 1)
        self.checked.emit()

    def _settle(self, touched: list[str]) -> None:
        shown = [item for item in self._items.values() if self._shows(item)]
        shown.sort(key=_age, reverse=True)
        order = [item.key for item in _grouped(shown, self._filter.group)]
        before = len(self._checked)
        self._checked.intersection_update(order)
        if order == self._visible:
            self._tell_changed(touched)
        else:
            self._rearrange(order)
        if len(self._checked) != before:
            self.checked.emit()

    def _shows(self, item: Occurrence) -> bool:
        wanted = self._filter
        if (wanted.only_open and not item.open) or (wanted.kind and item.kind != wanted.kind):
            return False
        if wanted.device and item.device != wanted.device:
            return False
        if not wanted.words:
            return True
        said = (*alert_short.short(item), item.text, item.name)
        hay = "\n".join((*said, *self._names(item.device))).casefold()
        return all(word in hay for word in wanted.words)

    # --- QAbstractTableModel --------------------------------------------------------------------

    def canFetchMore(self, parent: _Index = _NOWHERE) -> bool:
        """Say whether there are older alerts."""
        return self._more and not self._filter.only_open and not parent.isValid()

    def fetchMore(self, parent: _Index = _NOWHERE) -> None:
        """Ask for older alerts."""
        if self.canFetchMore(parent):
            self.older_wanted.emit()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Count the alerts in sight."""
        return 0 if parent.isValid() else len(self._visible)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(AlertColumn)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the alert for the delegate, words for tool tips and screen readers."""
        key = self.key_at(index.row()) if index.isValid() else None
        if key is None:
            return None
        item, column = self._items[key], AlertColumn(index.column())
        if role == ALERT_ROLE:
            return item
        if role == NAMES_ROLE:
            return self._names(item.device)
        found: Any = None
        if role == Qt.ItemDataRole.CheckStateRole and column is AlertColumn.CHECK:
            on = key in self._checked
            found = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        elif role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            found = self._said(item, column, role)
        elif role == Qt.ItemDataRole.ToolTipRole:
            found = self._tip(item, column)
        return found

    def _tip(self, item: Occurrence, column: AlertColumn) -> str | None:
        """Give in full what a narrow column may have cut off."""
        tips = {
            AlertColumn.WEIGHT: alert_words.weight(item.weight)[0],
            AlertColumn.WHAT: f"{item.text}\n{item.name}",
            AlertColumn.DEVICE: "\n".join(filter(None, self._names(item.device))),
            AlertColumn.WHEN: alert_words.when(item),
        }
        return plain_tip(tips.get(column, "")) or None

    def _said(self, item: Occurrence, column: AlertColumn, role: int) -> str:
        if column is AlertColumn.CHECK:
            if role == Qt.ItemDataRole.DisplayRole:
                return ""
            on = item.key in self._checked
            return self.tr("Selected") if on else self.tr("Not selected")
        texts = {
            AlertColumn.WEIGHT: alert_words.weight(item.weight)[0],
            AlertColumn.WHAT: f"{item.text} {item.name}",
            AlertColumn.DEVICE: ", ".join(filter(None, self._names(item.device))),
            AlertColumn.WHEN: ", ".join(
                (alert_words.when(item), *([] if item.open else [alert_words.standing(item)]))
            ),
        }
        return texts[column]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Give the column heads."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            hidden = self._narrow and section == AlertColumn.WEIGHT
            return "" if hidden else _heads()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def _age(item: Occurrence) -> tuple[str, str]:
    return item.raised_at, item.key


def _grouped(items: list[Occurrence], group: str) -> list[Occurrence]:
    """Put together what belongs together; the group with the newest alert stands first."""
    if not group:
        return items
    groups: dict[str, list[Occurrence]] = {}
    for item in items:
        groups.setdefault(item.device if group == "device" else item.kind, []).append(item)
    return [item for members in groups.values() for item in members]


def _heads() -> tuple[str, ...]:
    return (
        "",
        QCoreApplication.translate("Alerts", "Severity"),
        QCoreApplication.translate("Alerts", "What"),
        QCoreApplication.translate("Alerts", "Printer"),
        QCoreApplication.translate("Alerts", "When"),
    )
