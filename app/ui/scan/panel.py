"""The small panel that starts a search; not modal, and nothing typed in it is lost by closing."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.ui.choices import CheckBox
from app.ui.fields import HopField, PortField, TextField
from app.ui.popover import Popover
from app.ui.scan import words as scan_words
from app.ui.scan.form import USUAL_PORT, ScanForm
from app.ui.tokens import XS, L, M, S, Tone
from app.ui.widgets import IconButton, button, frame, label, restyle
from app.workers.reckon import Reckoned
from app.workers.typed import split_targets
from core.model.problem import Problem
from core.model.segment import Segment

_WIDTH = 384
_SHOWN_SEGMENTS = 4
_PAUSE_MS = 200  # of typing, before the size of the search is figured out


class ScanPanel(Popover):
    """Asks what to search. ``asked`` gives the ``DiscoverArguments``; ``considered`` gives them and
    the approved segments while they are being typed, for ``show_size``.
    """

    asked = Signal(object)
    considered = Signal(object, tuple)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _WIDTH)
        self.setAccessibleName(self.tr("Scan network"))
        self._approved: tuple[Segment, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._consider)
        self._make_fields()
        self._wrong = label(wrap=True)
        self._remedy = label(role="small", wrap=True)
        self._lay_out()

    # --- making ---------------------------------------------------------------------------------

    def _make_fields(self) -> None:
        hint = self.tr("192.168.4.0/24, 10.0.0.1-50, printer.local")
        self._targets = TextField(self.tr("Targets"), hint)
        self._targets.textEdited.connect(lambda: self.refuse(None))
        self._port = PortField(self.tr("SNMP port"), USUAL_PORT)
        self._community = TextField(self.tr("SNMP name"), self.tr("the stored ones"))
        self._community.setEchoMode(QLineEdit.EchoMode.Password)
        self._remember = CheckBox(self.tr("Keep these networks for later scans"))
        # Whoever names a network mostly wants it searched again; nothing named is nothing to keep.
        self._remember.setChecked(True)
        self._remember.setEnabled(False)
        self._targets.textChanged.connect(self._follow_targets)
        self._hops = HopField(self.tr("Hop limit"), self.tr("no limit"))
        self._hops.setToolTip(
            self.tr("At most so many routers away; 0 is this PC's own networks, empty is no limit")
        )
        self._fast = CheckBox(self.tr("In a hurry: ask at a technician's pace"))
        self._start = button(self.tr("Start scan"), "primary")
        self._start.clicked.connect(self._ask)
        for field in (self._targets, self._port, self._hops, self._community):
            field.returnPressed.connect(self._ask)
            field.textChanged.connect(self._pause_start)
        self._fast.toggled.connect(self._pause_start)
        self._hint = label(role="small", wrap=True)
        self._size = label(role="small", wrap=True)

    def _lay_out(self) -> None:
        close = IconButton("close", self.tr("Close"))
        close.clicked.connect(self.hide)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Scan network"), "heading"), 1)
        head.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(L, M, L, L)
        layout.setSpacing(S)
        layout.addLayout(head)
        layout.addWidget(self._buddy(self.tr("Targets"), self._targets))
        layout.addWidget(self._targets)
        layout.addWidget(self._hint)
        layout.addWidget(self._make_refusal())
        layout.addSpacing(XS)
        layout.addLayout(self._make_row())
        layout.addSpacing(XS)
        layout.addWidget(self._remember)
        layout.addWidget(self._fast)
        layout.addSpacing(XS)
        layout.addWidget(self._size)
        layout.addWidget(self._start)

    def _make_row(self) -> QGridLayout:
        row = QGridLayout()
        row.setHorizontalSpacing(M)
        row.setVerticalSpacing(XS)
        named: tuple[tuple[str, QWidget, int], ...] = (
            (self.tr("SNMP port"), self._port, 84),
            (self.tr("Hop limit"), self._hops, 84),
            (self.tr("SNMP name"), self._community, 0),
        )
        for column, (name, field, width) in enumerate(named):
            row.addWidget(self._buddy(name, field), 0, column)
            row.addWidget(field, 1, column)
            if width:
                field.setFixedWidth(width)
        row.setColumnStretch(2, 1)
        return row

    def _buddy(self, text: str, field: QWidget) -> QWidget:
        result = label(text, "field")
        result.setBuddy(field)
        return result

    def _make_refusal(self) -> QWidget:
        inner = QVBoxLayout()
        inner.setContentsMargins(M, S, M, S)
        inner.setSpacing(XS)
        inner.addWidget(self._wrong)
        inner.addWidget(self._remedy)
        self._refusal = frame("notice", inner, tone=Tone.ERROR)
        self._refusal.hide()
        return self._refusal

    # --- for the views --------------------------------------------------------------------------

    def set_approved(self, segments: tuple[Segment, ...]) -> None:
        """Take the approved segments: they are what an empty field means."""
        self._approved = segments
        if not segments:
            self._hint.setText(self.tr("Empty: this PC's own networks."))
            self._pause_start()
            return
        names = [segment.name for segment in segments[:_SHOWN_SEGMENTS]]
        more = len(segments) - len(names)
        if more:
            names.append(self.tr("%1 more").replace("%1", str(more), 1))
        form = self.tr("Empty: the approved networks (%1).")
        self._hint.setText(form.replace("%1", ", ".join(names), 1))
        self._pause_start()

    def open_at(self, opener: QWidget) -> None:
        """Open under the button that asked for it, its right edge under the button's."""
        self._consider()
        super().open_at(opener)
        self._targets.setFocus(Qt.FocusReason.PopupFocusReason)

    def refuse(self, problem: Problem | None) -> None:
        """Show in place why the agent would not search; ``None`` takes that away."""
        self._refusal.setVisible(problem is not None)
        restyle(self._targets, "wrong", "true" if problem is not None else "false")
        self._start.setEnabled(True)
        if problem is not None:
            self._wrong.setText(problem.text)
            self._remedy.setText(problem.remedy)
            self._remedy.setVisible(bool(problem.remedy))
        self.adjustSize()

    def accept(self) -> None:
        """Close: the search runs, and the panel has done its work."""
        self._start.setEnabled(True)
        self._community.clear()
        self.hide()

    def show_targets(self, targets: list[str]) -> None:
        """Take targets from a file, in place of what is typed."""
        self._targets.setText(", ".join(targets))
        self.refuse(None)
        self._consider()

    def form(self) -> ScanForm:
        """Give what is typed."""
        return ScanForm(
            targets=self._targets.text(),
            port=self._port.value(),
            community=self._community.text(),
            remember=self._remember.isChecked() and bool(split_targets(self._targets.text())),
            fast=self._fast.isChecked(),
            max_hops=self._hops.value(),
        )

    def show_size(self, found: Reckoned | None) -> None:
        """Say how large the search will be; nothing where that cannot be said."""
        self._size.setText(scan_words.beforehand(found) if found is not None else "")
        self.fit()

    def _follow_targets(self, text: str) -> None:
        self._remember.setEnabled(bool(split_targets(text)))

    def _pause_start(self) -> None:
        if self.isVisible():
            self._pause.start()

    def _consider(self) -> None:
        self.considered.emit(self.form().arguments(self._approved), self._approved)

    def _ask(self) -> None:
        if not self._start.isEnabled():
            return
        self.refuse(None)
        self._start.setEnabled(False)
        self.asked.emit(self.form().arguments(self._approved))

    def _heeds(self, watched: QObject) -> bool:
        """Whether a click there may close it: in another window, too."""
        del watched
        return True
