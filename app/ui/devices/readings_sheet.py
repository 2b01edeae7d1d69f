"""The sheet with the last ten readings of a device: a column each, changes with their sign."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.ui import fonts, wording
from app.ui.delegates import two_lines
from app.ui.devices import words as device_words
from app.ui.devices.readings_beside import Beside, Cell, beside
from app.ui.sheet import Sheet
from app.ui.theme import tokens
from app.ui.tokens import S
from app.ui.widgets import button, label, plain_tip
from core.model.device import DeviceSummary
from core.model.reading import Reading

MOST = 10
_WIDTH = 980
_COLUMN, _WIDEST = 124, 160
_ROW = 46
_CELL = Qt.ItemDataRole.UserRole


class _Painter(QStyledItemDelegate):
    """Paints a cell: the value, and under it the change on a tint."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        cell = index.data(_CELL)
        if not isinstance(cell, Cell):
            return
        painter.save()
        colors = tokens()
        if cell.change:
            painter.fillRect(option.rect, QColor(colors.accent_tint))
        line = QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1)
        painter.fillRect(line, QColor(colors.border))
        box = option.rect.adjusted(S, 0, -S, -1)
        side = Qt.AlignmentFlag.AlignRight
        if cell.change:
            font = fonts.strong()
            two_lines(painter, box, cell.text, cell.change, font, side, faint=not cell.known)
        else:
            painter.setFont(fonts.figures())
            painter.setPen(QColor(colors.text if cell.known else colors.muted))
            elide = Qt.TextElideMode.ElideRight
            text = QFontMetrics(fonts.figures()).elidedText(cell.text, elide, box.width())
            painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()


class ReadingsSheet(Sheet):
    """``open_for`` shows it; ``show_readings`` fills it when they have come."""

    def __init__(self, home: QWidget) -> None:
        super().__init__(home, self.tr("Last ten readings"), width=_WIDTH)
        self._key = ""
        self.shown = Beside()
        self._note = label(role="muted", wrap=True)
        self.table = QTableWidget()
        self.table.setItemDelegate(_Painter(self.table))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setShowGrid(False)
        self.table.setCornerButtonEnabled(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setAccessibleName(self.tr("Last ten readings"))
        heads, rows = self.table.horizontalHeader(), self.table.verticalHeader()
        heads.setDefaultSectionSize(_COLUMN)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.body.addWidget(self._note)
        self.body.addWidget(self.table, 1)
        self.foot.addStretch(1)
        close = button(self.tr("Close"))
        close.clicked.connect(self.leave)
        self.foot.addWidget(close)

    def open_for(self, summary: DeviceSummary) -> None:
        """Open for a device; what it tells comes with ``show_readings``."""
        form = self.tr("Last ten readings of %1")
        self.show_title(form.replace("%1", device_words.place_name(summary), 1))
        self._key = summary.device.key
        self._fill(Beside())
        self._note.setText(self.tr("The agent is being asked."))
        self.open()

    def show_readings(self, key: str, readings: Sequence[Reading]) -> None:
        """Show them, if they are of the device that is shown."""
        if key != self._key:
            return
        self._fill(beside(readings))
        if not readings:
            self._note.setText(self.tr("It has not been read yet. Press Read now."))
            return
        said = self.tr(
            "The newest is on the left. What changed since the reading before is tinted."
        )
        if len(readings) < MOST:
            so_far = self.tr("%n reading(s) so far.", "", len(readings))
            said = f"{wording.counted(so_far, len(readings))} {said}"
        self._note.setText(said)
        self.table.setFocus()

    def _fill(self, found: Beside) -> None:
        self.shown = found
        self.table.clear()
        self.table.setVisible(bool(found.rows))
        self.table.setRowCount(len(found.rows))
        self.table.setColumnCount(len(found.times))
        self.table.horizontalHeader().setDefaultSectionSize(_width(found))
        self.table.setHorizontalHeaderLabels([wording.moment(time) for time in found.times])
        self.table.setVerticalHeaderLabels([name for name, _ in found.rows])
        for row, (name, cells) in enumerate(found.rows):
            for column, cell in enumerate(cells):
                item = QTableWidgetItem()
                item.setData(_CELL, cell)
                said = f"{name}: {cell.text} {cell.change}".strip()
                item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
                item.setToolTip(plain_tip(said))
                self.table.setItem(row, column, item)


def _width(found: Beside) -> int:
    """Give the width in which every cell is whole, as far as that is not too much."""
    metrics = QFontMetrics(fonts.strong())
    texts = (cell.text for _, cells in found.rows for cell in cells)
    widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
    return min(max(widest + 2 * S + 4, _COLUMN), _WIDEST)
