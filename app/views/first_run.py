"""Setting up for the first time: four steps on one page, each put right where it stands."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.first_run.connect import ConnectStep
from app.ui.first_run.done import DoneStep, found
from app.ui.first_run.networks import NetworksStep
from app.ui.first_run.parts import StepPage
from app.ui.first_run.scan import ScanStep
from app.ui.first_run.stepper import Step, Stepper
from app.ui.tokens import XL
from app.workers.discovery import DiscoveryWorker
from app.workers.first_run import FirstRunWorker
from app.workers.scan import Scan
from core.model.problem import Problem
from core.model.status import AgentStatus

_WIDEST = 720


def wanted(status: AgentStatus) -> bool:
    """Say whether setting up has not come to its end: no networks, no printers.

    With a dealer and nothing else, somebody stopped after the first step.
    """
    return not status.segments and not status.devices


class FirstRunView(QFrame):
    """``left`` gives the view to open when a person is through, or puts it off (then ``later`` is
    true); ``settings_asked`` when a person wants SNMPv3.
    """

    left = Signal(str, bool)
    settings_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAccessibleName(QCoreApplication.translate("FirstRun", "Set up Platen"))
        self.step = Step.CONNECT
        self._done: frozenset[Step] = frozenset()
        self._skipped: frozenset[Step] = frozenset()
        self._searching = False
        self._scan: Scan | None = None
        self._discovery: DiscoveryWorker | None = None
        self.enrolled = False
        self.stepper = Stepper()
        self.connect_step = ConnectStep()
        self.networks = NetworksStep()
        self.scan = ScanStep()
        self.done = DoneStep()
        self._pages: dict[Step, StepPage] = {
            Step.CONNECT: self.connect_step,
            Step.NETWORKS: self.networks,
            Step.SCAN: self.scan,
            Step.DONE: self.done,
        }
        self._lay_out()
        self._connect_steps()
        self.go(Step.CONNECT)

    def _lay_out(self) -> None:
        inner = QWidget()
        pages = QVBoxLayout(inner)
        pages.setContentsMargins(0, 0, XL, XL)
        for page in self._pages.values():
            page.setMaximumWidth(_WIDEST)
            pages.addWidget(page)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * XL, 2 * XL, XL, 0)
        layout.setSpacing(3 * XL)
        layout.addWidget(self.stepper)
        layout.addWidget(scroll, 1)

    def _connect_steps(self) -> None:
        self.stepper.chosen.connect(lambda key: self.go(Step(key)))
        self.stepper.left.connect(lambda: self.left.emit("", True))
        self.connect_step.without.connect(self._go_on)
        self.scan.opened.connect(lambda view: self.left.emit(view, False))
        self.networks.settings_asked.connect(self.settings_asked)
        self.scan.back.connect(lambda: self.go(Step.NETWORKS))
        self.done.back.connect(lambda: self.go(Step.NETWORKS))
        self.done.connect_asked.connect(lambda: self.go(Step.CONNECT))
        self.done.opened.connect(lambda view: self.left.emit(view, False))

    def join(self, worker: FirstRunWorker, discovery: DiscoveryWorker) -> None:
        """Connect to the workers that do it."""
        connect, networks = self.connect_step, self.networks
        connect.asked.connect(worker.join)
        worker.stepped.connect(connect.take)
        worker.failed.connect(connect.fail)
        worker.joined.connect(self._take_joined)
        networks.typed.connect(worker.add)
        networks.dropped.connect(worker.add_file)
        worker.suggested.connect(networks.show_own)
        worker.added.connect(networks.add)
        worker.refused.connect(networks.refuse)
        networks.asked.connect(discovery.start)
        self.scan.cancelled.connect(discovery.cancel)
        discovery.refused.connect(self._refuse_scan)
        discovery.begun.connect(self._begin_scan)
        self._discovery = discovery
        discovery.changed.connect(self._show_scan)

    # --- for the window -------------------------------------------------------------------------

    def begin(self) -> None:
        """Start at the first step that is still to be done; a search of these steps goes on."""
        if self._searching:
            self.go(Step.SCAN)
            return
        if self.step in {Step.SCAN, Step.DONE}:
            self._done = self._skipped = frozenset()
        if self.enrolled:
            self._done |= {Step.CONNECT}
        past = self._done | self._skipped
        self.go(Step.NETWORKS if Step.CONNECT in past else Step.CONNECT)

    def go(self, step: Step) -> None:
        """Show a step."""
        self.step = step
        if step is Step.NETWORKS:
            self._done &= {Step.CONNECT}
        self.stepper.show_step(step, self._done, self._skipped)
        for each, page in self._pages.items():
            page.setVisible(each is step)
        if step is Step.NETWORKS:
            self.networks.refuse(None)
        self._pages[step].focus_first()

    def focus_first(self) -> None:
        """Give the keyboard to the present step."""
        self._pages[self.step].focus_first()

    def take_status(self, status: AgentStatus) -> None:
        """Take whether there is a dealer."""
        self.enrolled = status.hub.enrolled
        self.connect_step.show_hub(status.hub)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape do nothing: nobody loses what is typed by it."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)

    # --- inside ---------------------------------------------------------------------------------

    def _take_joined(self) -> None:
        self.enrolled = True
        self.connect_step.succeed()
        if self.step is Step.CONNECT:
            self._go_on()

    def _go_on(self) -> None:
        """Leave the first step, with a dealer or without; back to the end where that was before."""
        if self.enrolled:
            self._done |= {Step.CONNECT}
        else:
            self._skipped |= {Step.CONNECT}
        if Step.SCAN not in self._done or self._scan is None:
            self.go(Step.NETWORKS)
            return
        self.done.show_end(self._scan, enrolled=self.enrolled)
        self.go(Step.DONE)

    def _refuse_scan(self, problem: Problem) -> None:
        if self.step is Step.NETWORKS:
            self.networks.more.clear()
            self.networks.refuse(problem)

    def _begin_scan(self) -> None:
        if self.isVisible() and self.step in {Step.NETWORKS, Step.DONE}:
            self._done |= {Step.NETWORKS}
            self._searching = True
            self.go(Step.SCAN)

    def _show_scan(self) -> None:
        discovery = self._discovery
        scan = discovery.scan if discovery is not None else None
        if discovery is None or scan is None or self.step is not Step.SCAN:
            return
        self.scan.show_scan(scan, discovery.seconds_left())
        if scan.running:
            return
        self._searching = False
        if scan.problem is not None:
            return
        if scan.cancelled and not scan.found:
            self.go(Step.NETWORKS)
            return
        self._scan = scan
        self._done |= {Step.SCAN, Step.DONE} if found(scan) else frozenset()
        self.done.show_end(scan, enrolled=self.enrolled)
        self.go(Step.DONE)
