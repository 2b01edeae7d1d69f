"""The way from the settings back to the steps of the first start."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from app.ui.cards import Card
from app.ui.widgets import button, label


class SetUpCard(Card):
    """``asked`` when the steps are to be gone through again."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("Setting up"))
        said = self.tr(
            "Go through the steps of the first start again: the dealer's address and code, the "
            "networks, a search. What is set and what was found stays. The dealer's server is "
            "reached directly, without a proxy."
        )
        self._words = " ".join(
            (
                self.tr("Setting up"),
                said,
                self.tr(
                    "set up setup first run wizard install enrol connect hub dealer code proxy"
                ),
            )
        ).casefold()
        self.body.addWidget(label(said, "muted", wrap=True))
        self.button = button(self.tr("Run first-run set-up again"))
        self.button.clicked.connect(self.asked)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def filter(self, wanted: str) -> int:
        """Show itself where a search means it; gives 1 if so."""
        hit = all(word in self._words for word in wanted.casefold().split())
        self.setHidden(not hit)
        return int(hit)
