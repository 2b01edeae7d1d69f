"""How the cells of the device table are painted: two lines, chips, level bars, figures."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui import fonts, paint, words
from app.ui.device_columns import RIGHT, plain_text
from app.ui.device_model import ROW_ROLE
from app.ui.device_row import Column, DeviceRow
from app.ui.theme import tokens
from app.ui.tokens import ROW_HEIGHT, XS, L, M

_Index = QModelIndex | QPersistentModelIndex
_BAR = QRectF(0, 0, 9, 20)
_GAP = 3


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
    _line(painter, box, text or words.not_known(), fonts.figures(), color, side)


def _total(painter: QPainter, box: QRect, row: DeviceRow) -> None:
    latest = row.summary.latest
    known = latest is not None and "total" in latest.meters
    side = Qt.AlignmentFlag.AlignRight
    two_lines(painter, box, row.total, row.total_note, fonts.figures(), side, faint=not known)
