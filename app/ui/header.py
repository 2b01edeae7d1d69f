"""The header: what matters always, whichever view is open."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from app.ui import wording
from app.ui.buttons import TextButton
from app.ui.fitting import FittingRow
from app.ui.search_button import SearchButton
from app.ui.tokens import XL, Tone
from app.ui.widgets import ChipLabel, ElidedLabel, IconButton, label, plain_tip

_HEIGHT = 52
_LEAST_CUSTOMER, _MOST_CUSTOMER = 64, 220


class Header(QFrame):
    """Product, customer, agent state; when was read last and is read next, and under that what
    waits to be delivered; the way to support. Where room is short, all but these facts gives way.

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
        self._customer.setMinimumWidth(_LEAST_CUSTOMER)
        self._customer.setMaximumWidth(_MOST_CUSTOMER)
        self._customer.hide()
        self._chip = ChipLabel()
        self._reads, self._waits = label(role="small"), label(role="small")
        self._facts = self._make_facts()
        self.search = SearchButton(self.tr("Search or run a command"), "Ctrl+K")
        self.search.clicked.connect(self.palette_asked)
        self.support = TextButton(self.tr("Send logs to support")).give_way("support")
        self.support.clicked.connect(lambda: self.support_asked.emit(self.support))
        self._note = ElidedLabel(role="small")
        self._note.hide()
        self._menu = IconButton("more", self.tr("The agent: pause, quit and more"))
        self._menu.hide()
        # What the note says stands in the menu, too.
        row = FittingRow(self._note, kept=False)
        row.setContentsMargins(XL, 0, XL, 0)
        for each in (label("Platen", "product"), self._customer, self._chip, self._facts):
            row.addWidget(each)
        row.addStretch(1)
        for each in (self.search, self.support, self._note, self._menu):
            row.addWidget(each)
        self.setLayout(row)

    def _make_facts(self) -> QWidget:
        facts = QWidget()
        column = QVBoxLayout(facts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._reads)
        column.addWidget(self._waits)
        column.addStretch(1)
        return facts

    def set_menu(self, menu: QMenu, note: str = "") -> None:
        """Offer the agent's commands behind a button at the right, with a word beside it."""
        self._note.setText(note)
        self._note.setVisible(bool(note))
        if note:
            self._menu.setToolTip(plain_tip(f"{self._menu.accessibleName()}\n{note}"))
            self._menu.setAccessibleDescription(note)
        self._menu.setMenu(menu)
        self._menu.show()

    def show_agent(self, word: str, tone: Tone) -> None:
        """Show the agent's state."""
        self._chip.show_state(word, tone)
        self._chip.setMinimumWidth(self._chip.sizeHint().width())
        form = self.tr("Agent: %1")
        self._chip.setAccessibleName(form.replace("%1", word, 1))

    def show_customer(self, name: str) -> None:
        """Show whose network this is."""
        self._customer.setText(name)
        self._customer.setVisible(bool(name))

    def show_facts(self, reads: str, waits: str, *, tip: str = "") -> None:
        """Show when was read and will be read, and what waits; ``tip`` is all of it."""
        for each, text in ((self._reads, reads), (self._waits, waits)):
            each.setText(text)
            each.setVisible(bool(text))
        self._facts.setToolTip(plain_tip(tip))
        self._facts.setAccessibleName(wording.listed([reads, waits]))
        self._facts.setAccessibleDescription(tip)

    @property
    def agent(self) -> QWidget:
        """The button of the agent's menu."""
        return self._menu

    @property
    def note(self) -> str:
        """The word beside the agent's menu."""
        return self._note.full_text()

    def texts(self) -> tuple[str, str, str]:
        """Give customer, agent state and facts, as shown."""
        facts = wording.listed([self._reads.text(), self._waits.text()])
        return self._customer.full_text(), self._chip.word, facts
