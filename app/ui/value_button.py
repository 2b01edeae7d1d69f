"""Values that can be asked where they come from."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from app.ui import fonts
from app.ui.origin import Origin, explain
from app.ui.widgets import button, label
from core.model.reading import Reading


def _offer_copy(result: QPushButton, text: str) -> None:
    """Let the menu of a value copy it."""
    action = QAction(QCoreApplication.translate("Values", "Copy"), result)
    action.triggered.connect(lambda: QGuiApplication.clipboard().setText(text))
    result.addAction(action)
    result.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)


def _roles(strong: bool, faint: bool, short: bool) -> tuple[tuple[str, bool], ...]:
    return (("strong", strong), ("short", short), ("small", faint))


class Values(QObject):
    """Makes the values of one reading: a button where the origin is known, else plain text.

    ``asked`` gives the path of the value that a person clicked.
    """

    asked = Signal(str)

    def __init__(self, reading: Reading | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading = reading
        self._buttons: dict[str, QPushButton] = {}
        self._shown: dict[str, str] = {}

    def make(
        self,
        text: str,
        path: str,
        name: str,
        *,
        strong: bool = False,
        faint: bool = False,
        short: bool = False,
        number: str = "",
    ) -> QWidget:
        """Make the widget of one value.

        ``number`` is how the question names it, if not ``text``; ``strong`` is for the total,
        ``faint`` for words in place of a number, ``short`` for what runs out.
        """
        role = next((r for r, on in _roles(strong, faint, short) if on), "figures")
        if not path or self._reading is None or path not in self._reading.provenance:
            return self._plain(text, name, role)
        result = button(text, "value")
        result.setCheckable(True)
        result.setFont(fonts.figures())
        result.setProperty("value", role)
        result.setAccessibleName(name)
        tip = QCoreApplication.translate("Values", "Where does this come from?")
        result.setToolTip(tip)
        result.setAccessibleDescription(tip)
        result.clicked.connect(lambda: self.asked.emit(path))
        _offer_copy(result, number or text)
        self._buttons[path] = result
        self._shown[path] = number or text
        return result

    @staticmethod
    def _plain(text: str, name: str, role: str) -> QWidget:
        result = label(text, role, select=role != "small")
        result.setContentsMargins(6, 3, 6, 3)
        result.setAccessibleName(name)
        return result

    def origin(self, path: str) -> Origin | None:
        """Explain the value at ``path``; ``None`` where it is not shown or its origin not known."""
        if self._reading is None or path not in self._shown:
            return None
        return explain(self._reading, path, self._shown[path])

    def button(self, path: str | None) -> QPushButton | None:
        """Give the button of a value; ``None`` where it has none."""
        return self._buttons.get(path) if path else None

    def path_of(self, widget: QWidget | None) -> str | None:
        """Give the path of the value that this is the button of."""
        return next((path for path, made in self._buttons.items() if made is widget), None)

    def mark(self, path: str | None) -> None:
        """Mark the value that is being explained."""
        for other, shown in self._buttons.items():
            shown.setChecked(other == path)
