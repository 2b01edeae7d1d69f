"""The user guide in a window of its own, at the place that belongs to what a person looks at."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

from PySide6.QtCore import QEvent, QRegularExpression, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QKeySequence,
    QShortcut,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QVBoxLayout, QWidget

from app.ui.theme import tokens
from app.ui.tokens import XL, S

_FILE = "guide.md"
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)]+)\)")
_LINES = 125.0  # per cent
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
_SINGLE = QTextBlockFormat.LineHeightTypes.SingleHeight.value
_SIZE = (760, 820)
#: The heading at which the guide opens, by the key of a view.
PLACES = {
    "first_run": "Setting up",
    "map": "The map",
    "devices": "Your printers",
    "history": "History",
    "alerts": "Alerts",
    "settings": "Settings",
    "support": "Sending logs to support",
    "origin": "Where a number comes from",
    "background": "In the background",
    "keys": "Keys",
}


def guide_file() -> Path:
    """Name the guide: packed with the program, or in the documentation of a checkout."""
    packed = Path(str(resources.files("resources"))) / _FILE
    return packed if packed.exists() else packed.parents[1] / "docs" / _FILE


class Guide(QFrame):
    """Shows the guide. Escape closes it; links to other places in it are followed."""

    def __init__(self, parent: QWidget | None = None, file: Path | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Platen guide"))
        self.setAccessibleName(self.windowTitle())
        self.setProperty("role", "guide")
        self._file = file or guide_file()
        self.text = QTextBrowser()
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        self.text.setAccessibleName(self.windowTitle())
        self.text.document().setDocumentMargin(XL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)
        self.resize(*_SIZE)
        self._load()

    def open_at(self, place: str) -> None:
        """Show the guide at a heading; one that is not there shows its beginning."""
        self.show()
        self.raise_()
        self.activateWindow()
        block = self._heading(place)
        cursor = QTextCursor(block) if block is not None else QTextCursor(self.text.document())
        self.text.setTextCursor(cursor)
        top = self.text.document().documentLayout().blockBoundingRect(cursor.block()).top()
        self.text.verticalScrollBar().setValue(int(top) - XL if block is not None else 0)
        self.text.setFocus()

    def headings(self) -> list[str]:
        """Give all headings, in their order."""
        found, block = [], self.text.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel():
                found.append(block.text())
            block = block.next()
        return found

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colour scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._load()

    def _load(self) -> None:
        try:
            words = self._file.read_text("utf-8")
        except OSError:
            words = self.tr("# The guide is missing\n\nInstall Platen again, or ask your dealer.")
        document = self.text.document()
        self.text.setSearchPaths([str(self._file.parent)])
        document.setDefaultStyleSheet(f"a {{ color: {tokens().accent}; }}")
        document.setBaseUrl(QUrl.fromLocalFile(str(self._file)))
        # What stands between these marks is for readers on the web.
        words = words.partition("<!-- end -->")[0]
        document.setMarkdown(_without_missing(words, self._file.parent))
        self._space_out()
        self._fit_pictures()

    def _space_out(self) -> None:
        """Give lines and headings the room that a page to be read has."""
        block = self.text.document().begin()
        while block.isValid():
            shape = QTextBlockFormat()
            shape.setLineHeight(_LINES, _PROPORTIONAL)
            if block.blockFormat().headingLevel():
                shape.setTopMargin(XL)
                shape.setBottomMargin(S)
            elif block.textList() is None:
                shape.setBottomMargin(S)
            QTextCursor(block).mergeBlockFormat(shape)
            block = block.next()

    def _fit_pictures(self) -> None:
        """Keep pictures of whole windows inside this one."""
        block = self.text.document().begin()
        while block.isValid():
            parts = block.begin()
            while not parts.atEnd():
                piece = parts.fragment()
                shape = piece.charFormat().toImageFormat()
                if shape.isValid():
                    shape.setWidth(_SIZE[0] - 4 * XL)
                    cursor = QTextCursor(self.text.document())
                    cursor.setPosition(piece.position())
                    cursor.setPosition(
                        piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor
                    )
                    cursor.setCharFormat(shape)
                    single = QTextBlockFormat()  # a part of a picture's height would be a hole
                    single.setLineHeight(0, _SINGLE)
                    cursor.mergeBlockFormat(single)
                parts += 1
            block = block.next()

    def _heading(self, place: str) -> QTextBlock | None:
        wanted = _slug(place)
        block = self.text.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and _slug(block.text()) == wanted:
                return block
            block = block.next()
        return None

    def _follow(self, url: QUrl) -> None:
        if url.hasFragment() and not url.scheme().startswith("http"):
            self.open_at(url.fragment())
        elif url.scheme() in {"http", "https"}:
            QDesktopServices.openUrl(url)


def _without_missing(words: str, folder: Path) -> str:
    """Leave out pictures that are not there: a sign for a broken one helps nobody."""
    return _PICTURE.sub(lambda m: m[0] if (folder / m[1]).is_file() else "", words)


def _slug(text: str) -> str:
    """Write a heading as links to it do: small, with dashes."""
    plain = QRegularExpression("[^\\w\\- ]")
    bare = text.strip().casefold()
    kept = "".join(c for c in bare if not plain.match(c).hasMatch())
    return kept.replace(" ", "-")
