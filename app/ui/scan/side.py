"""Beside the map: how the search goes, what was just found, and what needs a look."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.ui import evidence_words, wording
from app.ui.devices import words as device_words
from app.ui.map.legend import MapLegend
from app.ui.map.overview import MapOverview
from app.ui.map.scene import MapScene
from app.ui.progress_bar import ProgressBar
from app.ui.scan import words as scan_words
from app.ui.scan.strip import show_share
from app.ui.tokens import XS, L, M, S, Tone
from app.ui.two_lines import TwoLines
from app.ui.widgets import ChipLabel, button, clear, frame, label
from app.workers.scan import Scan
from core.model.device import DeviceSummary
from core.model.event import AddressRejected
from core.model.status import AgentStatus

_MOST_FOUND = 8
_MOST_REJECTED = 40


class ScanSide(QFrame):
    """``cancelled`` stops the search, ``picked`` gives the key of a find that was clicked,
    ``scan_asked`` the button that asked for the scan panel.
    """

    cancelled = Signal()
    picked = Signal(str)
    scan_asked = Signal(QWidget)

    def __init__(self, scene: MapScene, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._map = scene
        self._last_scan: str | None = None
        self._did: dict[str, int] = {}
        self._shown: tuple[object, ...] = ()
        self._title = label(role="section")
        self._bar = ProgressBar()
        self._bar.setAccessibleName(self.tr("Progress of the scan"))
        self._figures = label(role="small", wrap=True)
        self._cancel = button(self.tr("Cancel"), tip=self.tr("Cancel the scan"))
        self._cancel.clicked.connect(self.cancelled)
        self._lists = QVBoxLayout()
        self._lists.setSpacing(S)
        self.overview = MapOverview(scene)
        self.overview.picked.connect(self.picked)
        self._lay_out()
        self.show_scan(None, None)

    def _lay_out(self) -> None:
        inner = QWidget()
        body = QVBoxLayout(inner)
        body.setContentsMargins(L, L, L, L)
        body.setSpacing(M)
        body.addWidget(self._title)
        body.addWidget(self._bar)
        body.addWidget(self._figures)
        body.addWidget(self._cancel, 0, Qt.AlignmentFlag.AlignLeft)
        body.addLayout(self._lists)
        body.addWidget(self.overview)
        body.addStretch(1)
        body.addWidget(frame("divider"))
        body.addWidget(MapLegend())
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        scroll.setAccessibleName(self.tr("The last search, and what the marks mean"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(scroll)

    # --- what is shown --------------------------------------------------------------------------

    def set_last_scan(self, when: str | None, did: dict[str, int] | None = None) -> None:
        """Take when the network was searched last, and what that search did, as far as known."""
        self._last_scan = when
        self._did = did or {}

    def take_status(self, status: AgentStatus) -> None:
        """Take from the agent's status when the network was searched last, and what that did."""
        self.set_last_scan(status.last_scan, scan_words.did(status))

    def show_scan(self, scan: Scan | None, seconds_left: float | None) -> None:
        """Show a search, or when the last one was."""
        running = scan is not None and scan.running
        self._bar.setVisible(running)
        self._cancel.setVisible(running)
        if scan is None:
            self._show_none()
            return
        self._title.setText(scan_words.title(scan))
        self._figures.show()
        show_share(self._bar, scan)
        self._figures.setText(scan_words.figures(scan, seconds_left))
        self._show_lists(scan)

    def _show_none(self) -> None:
        self._figures.show()
        if self._last_scan is None:
            self._title.setText(self.tr("Not searched yet"))
            self._figures.setText(
                self.tr("Scan network asks every address for a printer and fills this map live.")
            )
            return
        form = self.tr("Last scan %1")
        self._title.setText(form.replace("%1", wording.moment(self._last_scan), 1))
        parts = [scan_words.done(self._did)]
        if not self._map.nodes:
            parts.append(
                self.tr(
                    "No printer has answered yet. Those in a network that is not listed are not "
                    "asked: scan again, with other networks. One that sleeps deeply may have to "
                    "be switched on."
                )
            )
        self._figures.setText("\n".join(part for part in parts if part))
        self._figures.setVisible(bool(self._figures.text()))

    def _show_lists(self, scan: Scan) -> None:
        found = list(scan.newest)[:_MOST_FOUND]
        rejected = list(scan.rejected.values())
        now = (tuple(map(id, found)), len(rejected), scan.problem)
        if now == self._shown:
            return
        self._shown = now
        clear(self._lists)
        if scan.problem is not None:
            self._lists.addWidget(_problem_card(scan))
        if found:
            self._lists.addWidget(frame("divider"))
            self._lists.addWidget(label(self.tr("Just found"), "section"))
            for summary in found:
                self._lists.addWidget(self._found(summary))
        if rejected:
            self._show_rejected(rejected)

    def _show_rejected(self, rejected: list[AddressRejected]) -> None:
        self._lists.addWidget(frame("divider"))
        self._lists.addWidget(label(self.tr("Needs a look"), "section"))
        for each in rejected[:_MOST_REJECTED]:
            self._lists.addWidget(_rejected(each))
        more = len(rejected) - _MOST_REJECTED
        if more > 0:
            said = self.tr("and %1 more addresses").replace("%1", wording.number(more), 1)
            self._lists.addWidget(label(said, "small"))

    def _found(self, summary: DeviceSummary) -> QWidget:
        key = summary.device.key
        name = device_words.model_name(summary.device.identity) or summary.device.endpoint.address
        result = TwoLines(name, _found_line(summary))
        result.clicked.connect(lambda _=False: self.picked.emit(key))
        return result


def _found_line(summary: DeviceSummary) -> str:
    device = summary.device
    parts = (device.endpoint.address, evidence_words.ways(device))
    return " · ".join(part for part in parts if part)


def _rejected(each: AddressRejected) -> QWidget:
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, XS)
    layout.setSpacing(XS)
    layout.addWidget(ChipLabel(each.address, Tone.WARNING))
    why, remedy = evidence_words.sentence(each.reason), evidence_words.remedy(each.reason)
    layout.addWidget(label(why, wrap=True, select=True))
    layout.addWidget(label(remedy, "small", wrap=True, select=True))
    return box


def _problem_card(scan: Scan) -> QWidget:
    layout = QVBoxLayout()
    layout.setContentsMargins(M, S, M, S)
    layout.setSpacing(XS)
    if scan.problem is not None:
        layout.addWidget(label(scan.problem.text, wrap=True, select=True))
        if scan.problem.remedy:
            layout.addWidget(label(scan.problem.remedy, "small", wrap=True, select=True))
    return frame("notice", layout, tone=Tone.ERROR)
