"""The table of devices as a widget: columns, hover, and a scroll position that stays put."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.ui.delegates import DeviceDelegate
from app.ui.device_model import ROW_ROLE, DeviceModel
from app.ui.device_row import Column, DeviceRow
from app.ui.tokens import ROW_HEIGHT

_WIDTHS = {Column.STATE: 136, Column.SUPPLIES: 88, Column.TOTAL: 148, Column.ADDRESS: 150}
_NEEDS_WIDTH = {Column.ADDRESS: 620, Column.SUPPLIES: 470}
_NARROWEST = 60
_Index = QModelIndex | QPersistentModelIndex


class DeviceTable(QTableView):
    """Shows a ``DeviceModel``. ``picked`` gives the key of the device that became current."""

    picked = Signal(str)
    activated_key = Signal(str)

    def __init__(self, model: DeviceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._devices = model
        self._anchor: tuple[str, int] | None = None
        self._delegate = DeviceDelegate(self)
        # Before setModel: these must run before the view's own handlers move anything.
        model.layoutAboutToBeChanged.connect(self._remember_anchor)
        self.setModel(model)
        model.layoutChanged.connect(self._restore_anchor)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Devices"))
        self._behave()
        self._size_columns()
        self.activated.connect(self._activate)
        self.horizontalHeader().sortIndicatorChanged.connect(self.show_from_selection)

    def _behave(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSortingEnabled(True)
        self.sortByColumn(Column.PLACE, Qt.SortOrder.AscendingOrder)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT)

    def _size_columns(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        heads = self.horizontalHeader()
        heads.setFixedHeight(36)
        heads.setHighlightSections(False)
        heads.setMinimumSectionSize(_NARROWEST)
        heads.setSectionResizeMode(Column.PLACE, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            heads.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            heads.resizeSection(column, width)

    # --- selection ------------------------------------------------------------------------------

    @property
    def current_key(self) -> str | None:
        """The key of the current device."""
        row = self.currentIndex().data(ROW_ROLE)
        return row.key if isinstance(row, DeviceRow) else None

    def select_key(self, key: str) -> bool:
        """Make a device current and bring it into sight; false where the filter hides it."""
        index = self._devices.index_of(key)
        if not index.isValid():
            return False
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        return True

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
        for column, least in _NEEDS_WIDTH.items():
            self.setColumnHidden(column, event.size().width() < least)

    # --- scroll ---------------------------------------------------------------------------------

    def _remember_anchor(self) -> None:
        offset = self.verticalScrollBar().value()
        index = self.indexAt(self.viewport().rect().topLeft())
        row = index.data(ROW_ROLE) if index.isValid() else None
        self._anchor = None
        # At the very top new rows may come in above; anywhere else what is read stays put.
        if offset > 0 and isinstance(row, DeviceRow):
            self._anchor = (row.key, self.rowViewportPosition(index.row()))

    def _restore_anchor(self) -> None:
        if self._anchor is None:
            return
        key, position = self._anchor
        self._anchor = None
        index = self._devices.index_of(key)
        if index.isValid():
            self.doItemsLayout()
            self.verticalScrollBar().setValue(index.row() * ROW_HEIGHT - position)

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
        """Left and right scroll nothing here: rows are what is walked."""
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.ignore()
            return
        super().keyPressEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered_row:
            self._delegate.hovered_row = row
            self.viewport().update()
