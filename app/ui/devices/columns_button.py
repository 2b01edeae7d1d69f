"""The button, and the menu of the table's head, that choose which columns are shown."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal

from app.ui.buttons import MenuButton
from app.ui.devices.columns import USUAL, Column, head
from app.ui.devices.table import DeviceTable


class ColumnsButton(MenuButton):
    """Belongs to a table. ``changed`` when a person has chosen or moved columns."""

    changed = Signal()

    def __init__(self, table: DeviceTable) -> None:
        super().__init__(self.tr("Columns"))
        self._table = table
        self.list.aboutToShow.connect(self._fill)
        heads = table.horizontalHeader()
        heads.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        heads.customContextMenuRequested.connect(self._open_at)
        self._fill()

    def choose(self, column: Column, *, shown: bool) -> None:
        """Show a column last, or show it no more."""
        columns = [each for each in self._table.columns if each is not column]
        self._table.show_columns([*columns, column] if shown else columns)
        self.changed.emit()

    def _open_at(self, at: QPoint) -> None:
        self.list.popup(self._table.horizontalHeader().mapToGlobal(at))

    def _fill(self) -> None:
        self.list.clear()
        shown = set(self._table.columns)
        for column in Column:
            self._put(column, shown=column in shown)
        self.list.addSeparator()
        self.offer(self.tr("The usual columns"), self._usual, icon="undo")

    def _put(self, column: Column, *, shown: bool) -> None:
        action = self.offer(head(column), lambda: self.choose(column, shown=not shown))
        action.setCheckable(True)
        action.setChecked(shown)
        action.setEnabled(column is not Column.PLACE)  # a row without a name is nobody's

    def _usual(self) -> None:
        self._table.show_columns(USUAL)
        self.changed.emit()
