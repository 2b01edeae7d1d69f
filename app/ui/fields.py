"""Text fields: with a search mark, a cross that clears, or for a number."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QAction, QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui import icons
from app.ui.theme import tokens

MOST_HOPS = 30  # what the settings take


class TextField(QLineEdit):
    """A field with a cross that clears it while there is something in it."""

    def __init__(self, name: str, hint: str = "", *, search: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self._search = QAction(self) if search else None
        if self._search is not None:
            self.addAction(self._search, QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(self.tr("Clear"), self)
        self._clear.triggered.connect(self.clear)
        self._clear.setVisible(False)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))
        self._least = self._wanted = 0
        self._paint_icons()

    def take_room(self, least: int, wanted: int) -> None:
        """Be ``wanted`` wide, and where room is short as narrow as ``least``."""
        self._least, self._wanted = least, wanted
        self.setMinimumWidth(least)
        self.setMaximumWidth(wanted)

    def room(self) -> tuple[int, int]:
        """Give the least width and a comfortable one, for a row where room is short."""
        usual = self.minimumSizeHint().width()
        return (self._least, (self._least + self._wanted) // 2) if self._wanted else (usual, usual)

    def sizeHint(self) -> QSize:
        """Ask for the room that is wanted."""
        usual = super().sizeHint()
        return QSize(self._wanted or usual.width(), usual.height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colour scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_icons()

    def _paint_icons(self) -> None:
        muted = tokens().muted
        self._clear.setIcon(icons.icon("close", muted))
        if self._search is not None:
            self._search.setIcon(icons.icon("search", muted))


class PortField(QLineEdit):
    """A UDP port; what is not one counts as ``usual``."""

    def __init__(self, name: str, usual: int, parent: QWidget | None = None) -> None:
        super().__init__(str(usual), parent)
        self._usual = usual
        self.setAccessibleName(name)
        self.setValidator(QIntValidator(1, 65535, self))

    def value(self) -> int:
        """Give the port."""
        return int(self.text()) if self.hasAcceptableInput() else self._usual


class HopField(QLineEdit):
    """How many routers away a search may go; empty is no limit."""

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setValidator(QIntValidator(0, MOST_HOPS, self))

    def value(self) -> int | None:
        """Give the limit, ``None`` for none; what is more than the most counts as the most."""
        return min(int(self.text()), MOST_HOPS) if self.text() else None
