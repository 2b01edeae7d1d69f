"""What a condition says of each device: true, false, or that it cannot tell, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.ui import wording
from app.ui.rules import words as rule_words
from app.ui.theme import tokens
from app.ui.tokens import XS, Tone
from app.ui.widgets import label, plain_tip
from core.model.occurrence import RuleVerdict

MOST_SHOWN = 500
_TONE = Qt.ItemDataRole.UserRole + 1
_ORDER = {True: 0, None: 1, False: 2}
_TONES = {True: Tone.WARNING, None: Tone.NEUTRAL, False: Tone.GOOD}


def word(verdict: bool | None) -> str:
    """Name a verdict."""
    if verdict is None:
        return rule_words.translate("not known")
    return rule_words.translate("alert") if verdict else rule_words.translate("no alert")


class VerdictList(QWidget):
    """The verdicts under a sentence that counts them; the true ones first."""

    def __init__(self) -> None:
        super().__init__()
        self._said = label(role="strong", wrap=True)
        self._more = label(role="small", wrap=True)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(self.tr("What it says of each printer"))
        self.tree.setColumnCount(3)
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setFixedHeight(168)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(XS)
        for widget in (self._said, self.tree, self._more):
            layout.addWidget(widget)
        self.hide()

    @property
    def sentence(self) -> str:
        """The sentence above the list."""
        return self._said.text()

    def fade(self, old: bool) -> None:
        """Take away what was said of another condition."""
        if old:
            self.hide()

    def show_verdicts(self, verdicts: Sequence[RuleVerdict], name: Callable[[str], str]) -> None:
        """Show these; ``name`` names a device by its key."""
        count = Counter(verdict.verdict for verdict in verdicts)
        form = self.tr("Alert for %1, no alert for %2, not known for %3.")
        said = form.replace("%1", wording.number(count[True]), 1)
        said = said.replace("%2", wording.number(count[False]), 1)
        said = said.replace("%3", wording.number(count[None]), 1)
        none = self.tr("There is no printer to test it on yet.")
        self._said.setText(said if verdicts else none)
        self._fill(sorted(verdicts, key=lambda v: (_ORDER[v.verdict], name(v.device))), name)
        left = len(verdicts) - MOST_SHOWN
        self._more.setText(self.tr("and %1 more").replace("%1", wording.number(max(left, 0)), 1))
        self._more.setVisible(left > 0)
        self.tree.setVisible(bool(verdicts))
        self.show()

    def _fill(self, verdicts: Sequence[RuleVerdict], name: Callable[[str], str]) -> None:
        self.tree.clear()
        for verdict in verdicts[:MOST_SHOWN]:
            said = word(verdict.verdict)
            item = QTreeWidgetItem(self.tree, [said, name(verdict.device), verdict.why])
            item.setData(0, _TONE, _TONES[verdict.verdict].value)
            for column in (1, 2):
                item.setToolTip(column, plain_tip(item.text(column)))
            item.setData(0, Qt.ItemDataRole.UserRole, verdict.device)
        self._color()
        for column in (0, 1):
            self.tree.resizeColumnToContents(column)

    def _color(self) -> None:
        items = (self.tree.topLevelItem(row) for row in range(self.tree.topLevelItemCount()))
        for item in items:
            if item is not None:
                item.setForeground(0, QColor(tokens().ink(Tone(item.data(0, _TONE)))))

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._color()
