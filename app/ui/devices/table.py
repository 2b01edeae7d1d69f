"""The table of devices as a widget: columns, hover, and a scroll position that stays put."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from app.ui.delegates import DeviceDelegate
from app.ui.devices.columns import USUAL, WIDTHS
from app.ui.devices.model import ROW_ROLE, DeviceModel
from app.ui.devices.row import Column, DeviceRow
from app.ui.row_table import RowTable

_NEEDS_WIDTH = {Column.ADDRESS: 620, Column.SUPPLIES: 470}
_NARROWEST = 60
_LEAST_PLACE = 180
_Index = QModelIndex | QPersistentModelIndex


class DeviceTable(RowTable):
    """Shows a ``DeviceModel``. ``picked`` gives the key of the device that became current;
    ``chosen_changed`` when other rows are selected; ``menu_asked`` where a menu is wanted for them.
    """

    picked = Signal(str)
    activated_key = Signal(str)
    chosen_changed = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, model: DeviceModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._devices = model
        self._held: tuple[list[str], str, int] = ([], "", 0)
        self._columns = set(USUAL)
        self._delegate = DeviceDelegate(self)
        # Before setModel: these must run before the view's own handlers move anything.
        model.layoutAboutToBeChanged.connect(self._remember)
        self.setModel(model)
        model.layoutChanged.connect(self._restore)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Devices"))
        self._behave()
        self._size_columns()
        self.activated.connect(self._activate)
        self.horizontalHeader().sortIndicatorChanged.connect(self.show_from_selection)

    def _behave(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setSortingEnabled(True)
        self.sortByColumn(Column.PLACE, Qt.SortOrder.AscendingOrder)

    def _size_columns(self) -> None:
        heads = self.horizontalHeader()
        # Its own, in which nothing is selected: for every head it paints, Qt asks of all rows
        # whether they are selected, which takes 100 ms where 10,000 are.
        heads.setSelectionModel(QItemSelectionModel(self._devices, heads))
        heads.setMinimumSectionSize(_NARROWEST)
        heads.setSectionResizeMode(Column.PLACE, QHeaderView.ResizeMode.Stretch)
        heads.setSectionsMovable(True)
        heads.setTextElideMode(Qt.TextElideMode.ElideRight)
        for column, width in WIDTHS.items():
            heads.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            heads.resizeSection(column, width)

    # --- selection ------------------------------------------------------------------------------

    @property
    def chosen(self) -> list[str]:
        """The keys of the selected devices, in the order of the table."""
        ranges = self.selectionModel().selection().toList()
        places = {row for part in ranges for row in range(part.top(), part.bottom() + 1)}
        keys = (self._devices.key_at(place) for place in sorted(places))
        return [key for key in keys if key is not None]

    def choose(self, keys: Iterable[str]) -> None:
        """Select these devices, as far as they are shown."""
        selection = QItemSelection()
        last = self._devices.columnCount() - 1
        for first, final in _ranges(self._devices.places(keys)):
            selection.select(self._devices.index(first, 0), self._devices.index(final, last))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell that other rows are selected."""
        super().selectionChanged(selected, deselected)
        self.chosen_changed.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu, by pointer or by key."""
        at = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        if self.chosen:
            self.menu_asked.emit(at)

    @property
    def current_key(self) -> str | None:
        """The key of the current device."""
        row = self.currentIndex().data(ROW_ROLE)
        return row.key if isinstance(row, DeviceRow) else None

    def show_from_selection(self) -> None:
        """Bring the current device into sight, else the top: after sorting and filtering."""
        current = self.currentIndex()
        if current.isValid():
            self.scrollTo(current)
        else:
            self.scrollToTop()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Tell which device is current now."""
        super().currentChanged(current, previous)
        row = current.data(ROW_ROLE)
        if isinstance(row, DeviceRow) and not self._same_row(current, previous):
            self.picked.emit(row.key)

    @staticmethod
    def _same_row(current: _Index, previous: _Index) -> bool:
        return previous.isValid() and previous.row() == current.row()

    def _activate(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, DeviceRow):
            self.activated_key.emit(row.key)

    # --- room -----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what the details show anyway, before everything is cut short."""
        super().resizeEvent(event)
        self.fit_columns()

    @property
    def columns(self) -> list[Column]:
        """The columns that a person wants to see, in their order."""
        heads = self.horizontalHeader()
        order = (Column(heads.logicalIndex(place)) for place in range(len(Column)))
        return [column for column in order if column in self._columns]

    def show_columns(self, columns: Iterable[Column]) -> None:
        """Show these columns in this order; the first one, with the name, always."""
        wanted = list(dict.fromkeys(columns)) or list(USUAL)
        self._columns = {Column.PLACE, *wanted}
        heads = self.horizontalHeader()
        order = wanted if Column.PLACE in wanted else [Column.PLACE, *wanted]
        for place, column in enumerate(order):
            heads.moveSection(heads.visualIndex(column), place)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Hide what is not wanted, and of the usual ones what there is no room for."""
        room = self.viewport().width()
        usual = self._columns <= set(USUAL)
        for column in Column:
            short = usual and room < _NEEDS_WIDTH.get(column, 0)
            self.setColumnHidden(column, column not in self._columns or short)
        heads = self.horizontalHeader()
        others = [c for c in WIDTHS if not self.isColumnHidden(c)]
        cramped = room - sum(heads.sectionSize(c) for c in others) < _LEAST_PLACE
        fixed = cramped and not usual
        modes = QHeaderView.ResizeMode
        heads.setSectionResizeMode(Column.PLACE, modes.Interactive if fixed else modes.Stretch)
        if fixed:
            heads.resizeSection(Column.PLACE, _LEAST_PLACE)

    # --- scroll and selection while rows move ---------------------------------------------------

    def _remember(self) -> None:
        self.remember_anchor()
        chosen = self.chosen
        self._held = (chosen, self.current_key or "", len(chosen))
        # By key instead of by cell: ten thousand selected rows are 150,000 cells to follow.
        self.selectionModel().reset()

    def _restore(self) -> None:
        chosen, current, before = self._held
        index = self._devices.index_of(current)
        model = self.selectionModel()
        quiet = model.blockSignals(True)
        self.choose(chosen)
        if index.isValid():
            model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        model.blockSignals(quiet)
        self.restore_anchor()
        if len(self._devices.places(chosen)) != before:
            self.chosen_changed.emit()

    # --- pointer --------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lift the row under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        """Let the lifted row down."""
        super().leaveEvent(event)
        self._hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right scroll nothing here: rows are walked. Escape leaves one selected."""
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.ignore()
            return
        if event.key() == Qt.Key.Key_Escape and self.current_key and len(self.chosen) > 1:
            self.choose([self.current_key])
            return
        super().keyPressEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered_row:
            self._delegate.hovered_row = row
            self.viewport().update()


def _ranges(places: list[int]) -> Iterable[tuple[int, int]]:
    """Put rising places together: (first, last) of each unbroken row of them."""
    first = last = -1
    for place in places:
        if first >= 0 and place != last + 1:
            yield first, last
            first = place
        first = place if first < 0 else first
        last = place
    if first >= 0:
        yield first, last
