"""Finding printers on the map: the field, the figures beside it, and walking along the matches."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui import wording
from app.ui.map.scene import MapScene
from app.ui.search_box import SearchBox
from app.ui.tokens import S
from app.ui.widgets import label
from core.model.device import DeviceSummary

_FIELD_WIDTHS = (112, 236)


def words_of(summary: DeviceSummary) -> str:
    """Give what a printer is found by: names, place, model, serial, MAC, address."""
    device, identity = summary.device, summary.device.identity
    parts = (
        identity.name,
        identity.location,
        identity.hostname,
        identity.vendor,
        identity.model,
        identity.serial,
        identity.mac,
        str(device.endpoint),
    )
    return "\n".join(part for part in parts if part).casefold()


def matches(text: str, summary: DeviceSummary) -> bool:
    """Say whether every word of a search is in what a printer is found by."""
    haystack = words_of(summary)
    return all(word in haystack for word in text.casefold().split())


class MapFinder(QWidget):
    """Rings every match. ``found`` gives the key of the match that is shown, ``left`` when the
    keyboard should go back to the map.
    """

    found = Signal(str)
    left = Signal()

    def __init__(self, scene: MapScene, scope: QWidget | None = None) -> None:
        super().__init__()
        self._map = scene
        self._keys: list[str] = []
        self._at = 0
        self._sought = ""
        hint = self.tr("Find a printer")
        self.field = SearchBox(self.tr("Find on the map"), hint, keys="Ctrl+F", scope=scope)
        self.field.take_room(*_FIELD_WIDTHS)
        self._figures = label(role="small")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(S)
        layout.addWidget(self._figures)
        layout.addWidget(self.field)
        self.field.searched.connect(lambda _text: self._search())
        self.field.installEventFilter(self)

    def room(self) -> tuple[int, int]:
        """Give the least width and a comfortable one, for a row where room is short."""
        beside = self._figures.sizeHint().width() + S if self._figures.text() else S
        least, comfortable = self.field.room()
        return beside + least, beside + comfortable

    @property
    def figures(self) -> str:
        """What stands beside the field: which match of how many."""
        return self._figures.text()

    def begin(self) -> None:
        """Take the keyboard, ready to type."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the next match and Shift+Enter back, Down to the map, Escape ends."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._step(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Down:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.field.clear()
            self._search()
            self.left.emit()
        else:
            return super().eventFilter(watched, event)
        return True

    def _step(self, step: int) -> None:
        if self.field.text().strip() != self._sought:
            self._search()
        elif self._keys:
            self._at = (self._at + step) % len(self._keys)
            self._show()

    def _search(self) -> None:
        text = self._sought = self.field.text().strip()
        nodes = self._map.nodes if text else ()
        self._keys = self._map.in_order([n.key for n in nodes if matches(text, n.summary)])
        self._at = 0
        self._map.match(self._keys)
        if not text:
            self._figures.clear()
            return
        self._show()

    def _show(self) -> None:
        if not self._keys:
            self._tell(self.tr("Nothing matches"))
            return
        form = self.tr("%1 of %2").replace("%1", wording.number(self._at + 1), 1)
        self._tell(form.replace("%2", wording.number(len(self._keys)), 1))
        self.found.emit(self._keys[self._at])

    def _tell(self, text: str) -> None:
        self._figures.setText(text)
        self.field.setAccessibleDescription(text)
