"""The command palette: type a few letters of what you want, Enter does it."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtCore import QPersistentModelIndex as _Persistent
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.ui import fonts
from app.ui.commands import Command, Commands
from app.ui.fields import TextField
from app.ui.theme import tokens
from app.ui.tokens import RADIUS_CONTROL, M, S
from app.ui.widgets import label

_WIDTH, _ROW, _SHOWN, _TOP = 560, 40, 9, 72
_COMMAND = Qt.ItemDataRole.UserRole
_Index = QModelIndex | _Persistent
_NOWHERE = QModelIndex()
_WALK = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class CommandList(QAbstractListModel):
    """What fits."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._commands: list[Command] = []

    def show(self, commands: list[Command]) -> None:
        """Take these."""
        self.beginResetModel()
        self._commands = commands
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Count them."""
        return 0 if parent.isValid() else len(self._commands)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the command for the delegate, the words for a screen reader."""
        if not index.isValid():
            return None
        command = self._commands[index.row()]
        if role == _COMMAND:
            return command
        if role == Qt.ItemDataRole.DisplayRole:
            return command.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (command.title, command.group, command.keys) if part)
        return None


class CommandDelegate(QStyledItemDelegate):
    """A line: what it does, what it belongs to, its keys."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Every line has one height."""
        return QSize(_WIDTH - 2 * S, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the line."""
        command = index.data(_COMMAND)
        if not isinstance(command, Command):
            return
        colors, box = tokens(), QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.accent_tint))
            painter.drawRoundedRect(QRectF(box), RADIUS_CONTROL, RADIUS_CONTROL)
        inside = box.adjusted(M, 0, -M, 0)
        inside.setRight(inside.right() - self._draw_keys(painter, inside, command.keys))
        painter.setFont(fonts.small())
        beside = painter.fontMetrics().horizontalAdvance(command.group)
        painter.setPen(QColor(colors.muted))
        painter.drawText(inside, _RIGHT, command.group)
        inside.setRight(inside.right() - beside - M)
        painter.setFont(fonts.body())
        painter.setPen(QColor(colors.text))
        shown = painter.fontMetrics().elidedText(
            command.title, Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, _LEFT, shown)
        painter.restore()

    @staticmethod
    def _draw_keys(painter: QPainter, box: QRect, keys: str) -> int:
        if not keys:
            return 0
        colors = tokens()
        written = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        painter.setFont(fonts.small())
        width = painter.fontMetrics().horizontalAdvance(written) + 2 * S
        cap = QRectF(box.right() - width, box.center().y() - 10, width, 21)
        painter.setPen(QPen(QColor(colors.border)))
        painter.setBrush(QColor(colors.surface))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(QColor(colors.muted))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, written)
        return width + M


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class Palette(QFrame):
    """Lies over the window, near its top. Escape or a click elsewhere closes it."""

    def __init__(self, home: QWidget, commands: Commands) -> None:
        super().__init__(home)
        self.setProperty("role", "popover")
        self.setAccessibleName(self.tr("Commands"))
        self.setFixedWidth(_WIDTH)
        self._commands = commands
        self._back: QWidget | None = None
        hint = self.tr("What do you want to do? Or a printer, an address, a setting")
        self.field = TextField(self.tr("Search or run a command"), hint, search=True)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.model = CommandList(self)
        self.list = QListView()
        self.list.setProperty("role", "commands")
        self.list.setModel(self.model)
        self.list.setItemDelegate(CommandDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.viewport().setAutoFillBackground(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("What fits"))
        self.list.clicked.connect(self._run)
        self._nothing = label(self.tr("Nothing is called so."), "muted")
        self._nothing.setContentsMargins(M, S, M, S)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(S, S, S, S)
        layout.setSpacing(S)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        layout.addWidget(self._nothing)
        self.hide()

    def open(self) -> None:
        """Show it with nothing typed; open already, close it."""
        if self.isVisible():
            self.leave()
            return
        self._back = QApplication.focusWidget()
        self.field.clear()
        self._search("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Close it, and give the keyboard back to where it came from."""
        inside = self.field.hasFocus()
        self.hide()
        if inside and self._back is not None:
            self._back.setFocus(Qt.FocusReason.PopupFocusReason)

    def shown(self) -> list[str]:
        """Give the titles that are shown."""
        rows = range(self.model.rowCount())
        return [str(self.model.data(self.model.index(row))) for row in rows]

    # --- inside ---------------------------------------------------------------------------------

    def _search(self, text: str) -> None:
        found = self._commands.search(text)
        self.model.show(found)
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self.list.setFixedHeight(min(len(found), _SHOWN) * _ROW + 2)
        if found:
            self.list.setCurrentIndex(self.model.index(0))
        self.adjustSize()
        self._place()

    def _run(self, index: QModelIndex) -> None:
        command = index.data(_COMMAND)
        if isinstance(command, Command):
            self.leave()
            command.act()

    def _place(self) -> None:
        home = self.parentWidget()
        if home is not None:
            self.move((home.width() - self.width()) // 2, _TOP)

    # --- behaving as a popover ------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Look for clicks outside while open."""
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more."""
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the list by the keys of the field; close on a click outside."""
        if watched is self.field and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._press(event)
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            if not self.rect().contains(self.mapFromGlobal(event.globalPosition().toPoint())):
                self.hide()
        elif event.type() == QEvent.Type.Resize and watched is self.parent():
            self._place()
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        if event.key() in _WALK:
            self._walk(Qt.Key(event.key()))
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._run(self.list.currentIndex())
            return True
        return False

    def _walk(self, key: Qt.Key) -> None:
        count = self.model.rowCount()
        if not count:
            return
        row = self.list.currentIndex().row()
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            row = (row + (1 if key == Qt.Key.Key_Down else -1)) % count
        else:
            step = _SHOWN if key == Qt.Key.Key_PageDown else -_SHOWN
            row = max(0, min(count - 1, row + step))
        self.list.setCurrentIndex(self.model.index(row))
