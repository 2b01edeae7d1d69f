"""What is open for the printer whose details are shown: the first thing to see of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui import wording
from app.ui.alerts import words as alert_words
from app.ui.banner import ToneIcon
from app.ui.tokens import XS, S
from app.ui.widgets import ElidedLabel, button, clear, label
from core.model.occurrence import Occurrence

MOST = 3  # more would push the printer's own values out of sight
_WEIGHT = {"critical": 0, "warning": 1, "info": 2}


class AlertRow(QPushButton):
    """One open alert in two lines: what, and since when by which rule."""

    def __init__(self, item: Occurrence) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(False)
        word, tone = alert_words.weight(item.weight)
        form = QCoreApplication.translate("Details", "%1 · since %2")
        if not item.lasting:
            form = "%1 · %2"
        since = form.replace("%1", item.name, 1).replace("%2", wording.moment(item.raised_at), 1)
        self.setAccessibleName(f"{word}: {item.text} {since}")
        tip = QCoreApplication.translate("Details", "Show it among the alerts")
        self.setAccessibleDescription(tip)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        for text, role in ((item.text, ""), (since, "small")):
            shown = ElidedLabel(text, role)
            shown.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            lines.addWidget(shown)
        icon = ToneIcon(tone)
        icon.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(XS, 2, XS, 2)
        layout.setSpacing(S)
        layout.addWidget(icon)
        layout.addLayout(lines, 1)


class DetailsAlerts(QWidget):
    """Shows what is open, heaviest and newest first; nothing where nothing is.

    ``asked`` gives the key of the alert that was pressed, ``all_asked`` when the rest is wanted.
    """

    asked = Signal(str)
    all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Occurrence, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(XS)
        self.hide()

    @property
    def shown(self) -> tuple[Occurrence, ...]:
        """What is open, in the order in which it is shown."""
        return self._shown

    def show_alerts(self, items: Sequence[Occurrence]) -> None:
        """Show these; the same ones again change nothing, so that the keyboard stays."""
        newest = sorted(items, key=lambda item: item.raised_at, reverse=True)
        found = tuple(sorted(newest, key=lambda item: _WEIGHT[item.weight.value]))
        if found == self._shown:
            return
        self._shown = found
        clear(self._layout)
        self.setVisible(bool(found))
        if found:
            self._fill(found)

    def _fill(self, found: tuple[Occurrence, ...]) -> None:
        self._layout.addWidget(label(alert_words.open_count(len(found)), "section"))
        for item in found[:MOST]:
            row = AlertRow(item)
            row.clicked.connect(lambda _=False, key=item.key: self.asked.emit(key))
            self._layout.addWidget(row)
        more = len(found) - MOST
        if more > 0:
            said = QCoreApplication.translate("Details", "and %n more", "", more)
            rest = button(wording.counted(said, more), "link")
            rest.clicked.connect(self.all_asked)
            self._layout.addWidget(rest, 0, Qt.AlignmentFlag.AlignLeft)
