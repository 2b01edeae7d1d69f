"""The table of alerts as a widget: check boxes, keys, and a scroll position that stays put."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui import delegates, fonts, icons, paint
from app.ui.alerts import short as alert_short
from app.ui.alerts import words as alert_words
from app.ui.alerts.model import ALERT_ROLE, NAMES_ROLE, AlertColumn, AlertModel
from app.ui.row_table import RowTable
from app.ui.theme import tokens
from app.ui.tokens import ROW_HEIGHT, XS, M, S
from core.model.occurrence import Occurrence

_Index = QModelIndex | QPersistentModelIndex
_CHECK, _SIGN, _CHIP, _WHEN = 40, 44, 108, 146
_NARROW = 560  # of the table: the pane beside says in words what is left out then
_DEVICE_SHARE, _DEVICE_LEAST, _DEVICE_MOST = 0.27, 132, 320
_BOX = 16.0


class AlertDelegate(QStyledItemDelegate):
    """Paints the cells of the table."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell."""
        item = index.data(ALERT_ROLE)
        if not isinstance(item, Occurrence):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        column = AlertColumn(index.column())
        _ground(painter, option, column)
        box = option.rect.adjusted(M, 0, -XS, -1)
        if column is AlertColumn.CHECK:
            _check(painter, box, index.data(Qt.ItemDataRole.CheckStateRole))
        elif column is AlertColumn.WEIGHT:
            word, tone = alert_words.weight(item.weight)
            at = QPointF(box.left(), box.center().y() + 0.5)
            if box.width() < _CHIP - M - XS:
                paint.draw_sign(painter, at + QPointF(S, 0), tone)
            else:
                width = min(paint.chip_width(word), float(box.width()))
                paint.draw_chip(painter, at, word, tone, width)
        elif column is AlertColumn.WHAT:
            _what(painter, box, item)
        else:
            first, second = _lines(item, column, index.data(NAMES_ROLE))
            strong = column is AlertColumn.DEVICE
            font = fonts.strong() if strong else fonts.body()
            delegates.two_lines(painter, box, first, second, font)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Rows have one height."""
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)


def _lines(item: Occurrence, column: AlertColumn, names: tuple[str, str]) -> tuple[str, str]:
    if column is AlertColumn.DEVICE:
        return names
    return alert_words.raised(item), alert_words.standing(item)


def _what(painter: QPainter, box: QRect, item: Occurrence) -> None:
    """Draw the words, cut off where they must be, and the figure behind them, whole."""
    words, figure = alert_short.short(item)
    delegates.two_lines(painter, box, "", alert_short.below(item), fonts.body())
    upper = QRect(box.left(), box.top() + XS, box.width(), box.height() // 2 - XS)
    metrics, side = QFontMetrics(fonts.body()), Qt.AlignmentFlag.AlignVCenter
    shown = fitting(words, figure, box.width())
    painter.setPen(QColor(tokens().text))
    painter.setFont(fonts.body())
    painter.drawText(upper, side | Qt.AlignmentFlag.AlignLeft, shown)
    painter.setFont(fonts.strong())
    upper.setLeft(upper.left() + (metrics.horizontalAdvance(shown) + S if shown else 0))
    painter.drawText(upper, side | Qt.AlignmentFlag.AlignLeft, figure)


def _ground(painter: QPainter, option: QStyleOptionViewItem, column: AlertColumn) -> None:
    colors = tokens()
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    if selected:
        painter.fillRect(option.rect, QColor(colors.accent_tint))
    line = QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1)
    painter.fillRect(line, QColor(colors.border))
    if selected and column is AlertColumn.CHECK and option.widget.hasFocus():
        mark = QRect(option.rect.left(), option.rect.top(), 3, option.rect.height() - 1)
        painter.fillRect(mark, QColor(colors.accent))


def _check(painter: QPainter, box: QRect, state: Qt.CheckState) -> None:
    colors = tokens()
    square = QRectF(box.left(), box.center().y() - _BOX / 2 + 0.5, _BOX, _BOX)
    on = state == Qt.CheckState.Checked
    painter.setPen(QPen(QColor(colors.accent if on else colors.outline)))
    painter.setBrush(QColor(colors.accent if on else colors.surface))
    painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    if on:
        icons.draw(painter, "check", colors.on_accent, square.adjusted(2, 2, -2, -2), stroke=3.0)


def fitting(words: str, figure: str, room: int) -> str:
    """Give as much of the words as leaves room (pixels) for the whole figure behind them."""
    wide = QFontMetrics(fonts.strong()).horizontalAdvance(figure) + S if figure else 0
    left = max(room - wide, 0)
    return QFontMetrics(fonts.body()).elidedText(words, Qt.TextElideMode.ElideRight, left)


class AlertTable(RowTable):
    """Shows an ``AlertModel``. ``picked`` gives the key of the alert that became current,
    ``opened`` one whose device is asked for (Enter, a double click).
    """

    picked = Signal(str)
    opened = Signal(str)

    def __init__(self, model: AlertModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._alerts = model
        # Before setModel: these must run before the view's own handlers move anything.
        model.layoutAboutToBeChanged.connect(self.remember_anchor)
        self.setModel(model)
        model.layoutChanged.connect(self.restore_anchor)
        self.setItemDelegate(AlertDelegate(self))
        self.setAccessibleName(self.tr("Alerts"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._size_columns()
        self.activated.connect(self._open)

    def _size_columns(self) -> None:
        heads = self.horizontalHeader()
        heads.setMinimumSectionSize(_CHECK)
        heads.setSectionResizeMode(AlertColumn.WHAT, QHeaderView.ResizeMode.Stretch)
        heads.resizeSection(AlertColumn.CHECK, _CHECK)
        heads.resizeSection(AlertColumn.WHEN, _WHEN)
        self._share_room(_NARROW)

    @property
    def current_key(self) -> str | None:
        """The key of the current alert."""
        return self._alerts.key_at(self.currentIndex().row())

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Tell which alert is current now."""
        super().currentChanged(current, previous)
        key = self._alerts.key_at(current.row()) if current.isValid() else None
        if key is None:
            return
        if not self.selectionModel().isSelected(current):
            # Qt makes the first row current when the keyboard comes, and leaves it unmarked.
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(current, flags.ClearAndSelect | flags.Rows)
        self.picked.emit(key)

    def _open(self, index: QModelIndex) -> None:
        key = self._alerts.key_at(index.row())
        if key is not None and index.column() != AlertColumn.CHECK:
            self.opened.emit(key)

    # --- keys and pointer -----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space checks the row, Ctrl+A all of them; left and right scroll nothing here."""
        key = self.current_key
        if event.key() == Qt.Key.Key_Space and key is not None:
            self._alerts.toggle([key])
        elif (
            event.key() == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._alerts.check_all(on=True)
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Check the row where its first column is clicked."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        key = self._alerts.key_at(index.row()) if index.isValid() else None
        if key is not None and index.column() == AlertColumn.CHECK:
            self._alerts.toggle([key])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each column its share."""
        super().resizeEvent(event)
        self._share_room(event.size().width())

    def _share_room(self, room: int) -> None:
        narrow = room < _NARROW
        self._alerts.set_narrow(narrow)
        device = min(max(int(room * _DEVICE_SHARE), _DEVICE_LEAST), _DEVICE_MOST)
        self.setColumnHidden(AlertColumn.WHEN, narrow)
        self.setColumnWidth(AlertColumn.WEIGHT, _SIGN if narrow else _CHIP)
        self.setColumnWidth(AlertColumn.DEVICE, device)
