"""Step 4: what came of the first search, and what to do where nothing did."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app.ui import wording
from app.ui.banner import Notice
from app.ui.cards import NoticeCard
from app.ui.first_run.parts import StepPage
from app.ui.first_run.scan import FoundList, in_card, more_than_listed
from app.ui.tokens import L, M, Tone
from app.ui.widgets import button, label
from app.workers.scan import Scan

_REFUSED = 3  # addresses that are named with their reason


class DoneStep(StepPage):
    """``opened`` gives the view to open; ``back`` to search again, ``connect_asked`` to connect to
    the dealer after all.
    """

    opened = Signal(str)
    back = Signal()
    connect_asked = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("Done"), "")
        self.notice = NoticeCard()
        self.found = FoundList()
        self._card = in_card(self.found)
        self.why = _Reasons()
        for each in (self.notice, self._card, self.why):
            self.body.addWidget(each)
        self._make_buttons()

    def _make_buttons(self) -> None:
        self.devices = button(self.tr("Show the printers"), "primary")
        self.map = button(self.tr("Show the map"))
        self.anew = button(self.tr("Search again"), "primary")
        self.again = button(self.tr("Search other networks"), "link")
        self.leave = button(self.tr("Go on without printers"), "link")
        self.connect_now = button(self.tr("Connect to your dealer"), "link")
        asks: dict[QPushButton, object] = {
            self.devices: lambda: self.opened.emit("devices"),
            self.map: lambda: self.opened.emit("map"),
            self.anew: self.back,
            self.again: self.back,
            self.leave: lambda: self.opened.emit("devices"),
            self.connect_now: self.connect_asked,
        }
        for each, ask in asks.items():
            each.clicked.connect(ask)
            self.foot.addWidget(each)
        self.foot.addStretch(1)

    def show_end(self, scan: Scan, *, enrolled: bool) -> None:
        """Say what came of it, and what happens from now on."""
        some = found(scan) > 0
        self.say(said(scan), _from_now_on(enrolled=enrolled) if some else _none(scan))
        self.found.show_found(list(scan.newest), more_than_listed(scan))
        self._card.setVisible(bool(scan.newest))
        self.notice.tell(_refused(scan))
        self.why.setVisible(not some)
        for each in (self.devices, self.map, self.again):
            each.setVisible(some)
        for each in (self.anew, self.leave):
            each.setVisible(not some)
        self.connect_now.setVisible(not enrolled)

    def focus_first(self) -> None:
        """Give the keyboard to the way on."""
        (self.anew if self.devices.isHidden() else self.devices).setFocus()


class _Reasons(QFrame):
    """Why a search finds nothing, each with what to do, the likeliest first."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(L, M, L, M)
        layout.setSpacing(M)
        said = []
        for question, answer in _reasons():
            part: QWidget = QWidget()
            words = QVBoxLayout(part)
            words.setContentsMargins(0, 0, 0, 0)
            words.setSpacing(0)
            words.addWidget(label(question, "strong", wrap=True))
            words.addWidget(label(answer, "small", wrap=True))
            layout.addWidget(part)
            said.append(f"{question} {answer}")
        self.setAccessibleName(" ".join(said))


def _reasons() -> tuple[tuple[str, str], ...]:
    return (
        (
            QCoreApplication.translate("FirstRun", "Are the printers switched on, and connected?"),
            QCoreApplication.translate("FirstRun", "Switch them on, wait a minute, search again."),
        ),
        (
            QCoreApplication.translate("FirstRun", "Are they in another network?"),
            QCoreApplication.translate(
                "FirstRun",
                "The printer's own menu, or the page that it prints about itself, tells its "
                "address, such as 192.168.4.20. Add that address.",
            ),
        ),
        (
            QCoreApplication.translate("FirstRun", "Has somebody changed their SNMP name?"),
            QCoreApplication.translate(
                "FirstRun", "Ask whoever looks after the printers, and enter it before you search."
            ),
        ),
        (
            QCoreApplication.translate("FirstRun", "Is SNMP switched off in the printers?"),
            QCoreApplication.translate(
                "FirstRun",
                "SNMP is how printers tell their counts. It is switched on in the settings of the "
                "printer, on its web page.",
            ),
        ),
    )


def _refused(scan: Scan) -> Notice | None:
    refused = [each for each in scan.rejected.values() if each.reason]
    if not refused:
        return None
    text = QCoreApplication.translate(
        "FirstRun", "%n address(es) answered and could not be read.", "", len(refused)
    )
    lines = [f"{each.address}: {each.reason}" for each in refused[:_REFUSED]]
    if len(refused) > _REFUSED:
        lines.append("\u2026")
    return Notice(Tone.WARNING, wording.counted(text, len(refused)), "\n".join(lines))


def found(scan: Scan) -> int:
    """Count the printers of a search."""
    counts = scan.result.counts if scan.result is not None else {}
    return max(counts.get("found", 0), scan.found)


def said(scan: Scan) -> str:
    """Say in one line what was found and what was read of it."""
    counts = scan.result.counts if scan.result is not None else {}
    count = found(scan)
    if not count:
        return QCoreApplication.translate("FirstRun", "No printer was found")
    text = QCoreApplication.translate("FirstRun", "%n printer(s) found", "", count)
    form = QCoreApplication.translate("FirstRun", "%1, %2 read")
    read = wording.number(counts.get("read", scan.read))
    return form.replace("%1", wording.counted(text, count), 1).replace("%2", read, 1)


def _from_now_on(*, enrolled: bool) -> str:
    text = QCoreApplication.translate(
        "FirstRun",
        "Platen goes on reading every hour in the background; you can close this window.",
    )
    if enrolled:
        more = QCoreApplication.translate("FirstRun", "Your dealer gets the page counts by itself.")
    else:
        more = QCoreApplication.translate(
            "FirstRun", "Nothing leaves this computer until you connect to a dealer."
        )
    return f"{text} {more}"


def _none(scan: Scan) -> str:
    if not scan.addresses:
        return QCoreApplication.translate("FirstRun", "What may be the cause, and what to do:")
    text = QCoreApplication.translate(
        "FirstRun",
        "%n address(es) were asked, and no printer answered. What may be the cause, and what to "
        "do:",
        "",
        scan.addresses,
    )
    return wording.counted(text, scan.addresses)
