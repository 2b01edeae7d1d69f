"""A list of printers to be ticked, with a search once they are many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.ui import wording
from app.ui.fields import TextField
from app.ui.tokens import XS
from app.ui.widgets import label

_FEW = 8  # that many are seen at once
_KEY = Qt.ItemDataRole.UserRole


@dataclass(slots=True)
class _Line:
    key: str
    words: str  # what a search looks through
    item: QListWidgetItem
    hidden: bool = False


class TickList(QWidget):
    """``changed`` when a person ticked one or took a tick away; what a search hides keeps its tick.

    ``height`` is that of the list, in pixels.
    """

    changed = Signal()

    def __init__(self, name: str, entries: Sequence[tuple[str, str]], height: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._lines: list[_Line] = []
        self._ticked: set[str] = set()
        self._hits = 0
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setFixedHeight(height)
        self.list.setUniformItemSizes(True)
        for key, said in entries:
            self.add(key, said)
        self.search = TextField(
            self.tr("Search printers"), self.tr("Search: name, address"), search=True
        )
        self.search.textChanged.connect(lambda _text: self._filter())
        self.search.setHidden(self.list.count() <= _FEW)
        self._count = label(role="small")
        self.list.itemChanged.connect(self._heed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(XS)
        for part in (self.search, self.list, self._count):
            layout.addWidget(part)
        self.setFocusProxy(self.list if self.search.isHidden() else self.search)
        self._tell()

    def add(self, key: str, said: str) -> None:
        """Put one more at the end, not ticked."""
        item = QListWidgetItem(said)
        item.setData(_KEY, key)
        item.setCheckState(Qt.CheckState.Unchecked)
        self._lines.append(_Line(key, said.casefold(), item))
        self.list.addItem(item)

    def keys(self) -> list[str]:
        """Give all, ticked or not."""
        return [line.key for line in self._lines]

    def ticked(self) -> list[str]:
        """Give the keys of those that are ticked, in sight or not, in the order of the list."""
        return [line.key for line in self._lines if line.key in self._ticked]

    def tick(self, keys: Sequence[str]) -> None:
        """Tick these alone, without a word."""
        wanted = {line.key for line in self._lines} & set(keys)
        self.list.blockSignals(True)
        for line in self._lines:
            if (line.key in wanted) is not (line.key in self._ticked):
                on = line.key in wanted
                line.item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._ticked = wanted
        self._tell()

    def _heed(self, item: QListWidgetItem) -> None:
        on = item.checkState() is Qt.CheckState.Checked
        (self._ticked.add if on else self._ticked.discard)(str(item.data(_KEY)))
        self._tell()
        self.changed.emit()

    def _filter(self) -> None:
        words = self.search.text().casefold().split()
        self._hits = 0
        for line in self._lines:
            hit = all(word in line.words for word in words)
            self._hits += hit
            if hit is line.hidden:  # of thousands, only those that come or go are touched
                line.hidden = not hit
                line.item.setHidden(line.hidden)
        self._tell()

    def _tell(self) -> None:
        chosen = len(self._ticked)
        said = self.tr("%n printer(s) ticked", "", chosen)
        parts = [wording.counted(said, chosen)] if chosen else []
        if self.search.text().strip():
            form = self.tr("%1 of %2 match the search")
            form = form.replace("%1", wording.number(self._hits), 1)
            parts.append(form.replace("%2", wording.number(len(self._lines)), 1))
        self._count.setText(wording.listed(parts))
        self._count.setVisible(bool(parts))
