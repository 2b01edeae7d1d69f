"""The header: what matters always, whichever view is open."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from app.ui.search_button import SearchButton
from app.ui.tokens import XL, M, Tone
from app.ui.widgets import ChipLabel, ElidedLabel, IconButton, button, label

_HEIGHT = 52


class Header(QFrame):
    """Product, customer, agent state, last read, what waits to be delivered; the way to support.

    ``support_asked`` gives the button that was pressed; ``palette_asked`` when a person wants to
    search, or to run a command.
    """

    support_asked = Signal(QWidget)
    palette_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "header")
        self.setFixedHeight(_HEIGHT)
        self._customer = ElidedLabel(role="muted")
        self._chip = ChipLabel()
        self._facts = ElidedLabel(role="small")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(XL, 0, XL, 0)
        layout.setSpacing(M)
        layout.addWidget(label("Platen", "product"))
        layout.addWidget(self._customer)
        layout.addWidget(self._chip)
        layout.addWidget(self._facts)
        layout.addStretch(1)
        self.search = SearchButton(self.tr("Search or run a command"), "Ctrl+K")
        self.search.clicked.connect(self.palette_asked)
        layout.addWidget(self.search)
        self.support = button(self.tr("Send logs to support"))
        self.support.clicked.connect(lambda: self.support_asked.emit(self.support))
        layout.addWidget(self.support)
        self._note = ElidedLabel(role="small")
        self._note.hide()
        layout.addWidget(self._note)
        self._menu = IconButton("more", self.tr("The agent: pause, quit and more"))
        self._menu.hide()
        layout.addWidget(self._menu)

    def set_menu(self, menu: QMenu, note: str = "") -> None:
        """Offer the agent's commands behind a button at the right, with a word beside it."""
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._menu.setMenu(menu)
        self._menu.show()

    def show_agent(self, word: str, tone: Tone) -> None:
        """Show the agent's state."""
        self._chip.show_state(word, tone)
        form = self.tr("Agent: %1")
        self._chip.setAccessibleName(form.replace("%1", word, 1))

    def show_customer(self, name: str) -> None:
        """Show whose network this is."""
        self._customer.setText(name)
        self._customer.setVisible(bool(name))

    def show_facts(self, text: str, tip: str = "") -> None:
        """Show the line of facts: last read, what waits."""
        self._facts.setText(text)
        if tip:
            self._facts.setToolTip(tip)

    @property
    def note(self) -> str:
        """The word beside the agent's menu."""
        return self._note.full_text()

    def texts(self) -> tuple[str, str, str]:
        """Give customer, agent state and facts, as shown."""
        return self._customer.full_text(), self._chip.word, self._facts.full_text()
