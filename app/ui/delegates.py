"""How the cells of the device table are painted: two lines, chips, level bars, figures."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from app.ui import fonts, paint
from app.ui.devices.columns import RIGHT, missing_text, plain_text
from app.ui.devices.model import ROW_ROLE
from app.ui.devices.row import Column, DeviceRow
from app.ui.theme import tokens
from app.ui.tokens import ROW_HEIGHT, XS, L, M
from app.ui.widgets import plain_tip

_Index = QModelIndex | QPersistentModelIndex
_BAR = QRectF(0, 0, 9, 20)
_GAP = 3
_LEFT = Qt.AlignmentFlag.AlignLeft


class DeviceDelegate(QStyledItemDelegate):
    """Paints every column of the device table; the row under the pointer is lifted a little."""

    hovered_row = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, DeviceRow):
            return
        painter.save()
        column = Column(index.column())
        # Without smoothing: at 150 % it would leave a seam between the cells of a row.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self._ground(painter, option, index.row(), column)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(M, 0, -M, -1)
        if column is Column.PLACE:
            two_lines(painter, box, row.title, row.subtitle, fonts.strong())
        elif column is Column.STATE:
            _chip(painter, box, row)
        elif column is Column.SUPPLIES:
            _bars(painter, box, row)
        elif column is Column.TOTAL:
            _total(painter, box, row)
        elif column is Column.ADDRESS:
            two_lines(painter, box, row.address, row.serial, fonts.figures())
        else:
            _plain(painter, box, row, column)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Rows have one height; columns may be fitted to their words."""
        return QSize(super().sizeHint(option, index).width() + 2 * L, ROW_HEIGHT)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        """Tell all of a cell that is cut off; the model knows what else there is to say."""
        row, told = index.data(ROW_ROLE), index.data(Qt.ItemDataRole.ToolTipRole)
        if event.type() is QEvent.Type.ToolTip and told is None and isinstance(row, DeviceRow):
            lines = _lines(row, Column(index.column()))
            room = option.rect.width() - 2 * M
            if any(QFontMetrics(font).horizontalAdvance(text) > room for text, font in lines):
                told = plain_tip("\n".join(text for text, _ in lines))
                QToolTip.showText(event.globalPos(), told, view)
                return True
        return super().helpEvent(event, view, option, index)

    def _ground(
        self, painter: QPainter, option: QStyleOptionViewItem, row: int, column: Column
    ) -> None:
        colors = tokens()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(option.rect, QColor(colors.accent_tint))
        elif row == self.hovered_row:
            painter.fillRect(option.rect, QColor(colors.background))
        line = QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1)
        painter.fillRect(line, QColor(colors.border))
        if selected and column is Column.PLACE and option.widget.hasFocus():
            mark = QRect(option.rect.left(), option.rect.top(), 3, option.rect.height() - 1)
            painter.fillRect(mark, QColor(colors.accent))


def _lines(row: DeviceRow, column: Column) -> list[tuple[str, QFont]]:
    """Give the lines of a cell as they would stand there with room enough."""
    if column is Column.PLACE:
        return [(row.title, fonts.strong()), (row.subtitle, fonts.small())]
    if column is Column.ADDRESS:
        return [(row.address, fonts.figures()), (row.serial, fonts.small())]
    if column is Column.TOTAL:
        return [(row.total, fonts.figures()), (row.total_note, fonts.small())]
    if column is Column.STATE:
        return [(f"{row.chip.word}    ", fonts.body())]  # the chip's own dot and edges
    if column is Column.SUPPLIES:
        return []
    text = plain_text(row.summary, column) or missing_text(row.summary, column)
    return [(text, fonts.figures())]


def two_lines(
    painter: QPainter,
    box: QRect,
    first: str,
    second: str,
    font: QFont,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    *,
    faint: bool = False,
) -> None:
    """Draw a name and, smaller under it, what explains it; ``faint`` is for what is not known."""
    colors = tokens()
    half = box.height() // 2
    upper = QRect(box.left(), box.top() + XS, box.width(), half - XS)
    lower = QRect(box.left(), box.top() + half, box.width(), half - XS)
    _line(painter, upper, first, font, colors.muted if faint else colors.text, side)
    _line(painter, lower, second, fonts.small(), colors.muted, side)


def _line(
    painter: QPainter, box: QRect, text: str, font: QFont, color: str, side: Qt.AlignmentFlag
) -> None:
    painter.setFont(font)
    painter.setPen(QColor(color))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)


def _chip(painter: QPainter, box: QRect, row: DeviceRow) -> None:
    width = min(paint.chip_width(row.chip.word), float(box.width()))
    at = QPointF(box.left(), box.center().y() + 0.5)
    paint.draw_chip(painter, at, row.chip.word, row.chip.tone, width)


def _bars(painter: QPainter, box: QRect, row: DeviceRow) -> None:
    colors = tokens()
    if not row.supplies:
        _line(painter, box, row.no_supplies, fonts.small(), colors.muted, _LEFT)
    x, top = float(box.left()), box.center().y() - _BAR.height() / 2 + 0.5
    most = int((box.width() + _GAP) // (_BAR.width() + _GAP))
    for supply in row.supplies[:most]:
        bar = QRectF(x, top, _BAR.width(), _BAR.height())
        color = colors.toner(supply.color)
        paint.draw_level(painter, bar, color, supply.state, supply.level_percent)
        x += _BAR.width() + _GAP


def _plain(painter: QPainter, box: QRect, row: DeviceRow, column: Column) -> None:
    text = plain_text(row.summary, column)
    side = Qt.AlignmentFlag.AlignRight if column in RIGHT else Qt.AlignmentFlag.AlignLeft
    color = tokens().muted if text is None else tokens().text
    _line(painter, box, text or missing_text(row.summary, column), fonts.figures(), color, side)


def _total(painter: QPainter, box: QRect, row: DeviceRow) -> None:
    latest = row.summary.latest
    known = latest is not None and "total" in latest.meters
    side = Qt.AlignmentFlag.AlignRight
    two_lines(painter, box, row.total, row.total_note, fonts.figures(), side, faint=not known)
