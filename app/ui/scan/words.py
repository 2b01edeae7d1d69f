"""How a search goes, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.ui import wording
from app.ui.i18n import QT_TRANSLATE_NOOP
from app.workers.reckon import Reckoned
from app.workers.scan import Scan
from core.model.action import ActionKind
from core.model.status import AgentStatus


def title(scan: Scan) -> str:
    """Say what a search is doing, or how it ended."""
    if scan.running:
        if scan.reading:
            return QCoreApplication.translate("Scan", "Reading what was found")
        if scan.listening:
            return QCoreApplication.translate("Scan", "Waiting for printers that sleep")
        return QCoreApplication.translate("Scan", "Scan in progress")
    if scan.problem is not None:
        return QCoreApplication.translate("Scan", "The scan stopped")
    if scan.cancelled:
        return QCoreApplication.translate("Scan", "Scan cancelled")
    return QCoreApplication.translate("Scan", "Scan finished")


def beforehand(found: Reckoned) -> str:
    """Say how large a search will be: addresses, host names, and the time it takes."""
    said = QCoreApplication.translate("Scan", "%n address(es)", "", found.addresses)
    what = wording.counted(said, found.addresses)
    if found.names:
        said = QCoreApplication.translate("Scan", "%n host name(s)", "", found.names)
        names = wording.counted(said, found.names)
        form = QCoreApplication.translate("Scan", "%1 and %2")
        what = form.replace("%1", what, 1).replace("%2", names, 1) if found.addresses else names
    if found.at_most:
        what = QCoreApplication.translate("Scan", "at most %1").replace("%1", what, 1)
    form = QCoreApplication.translate("Scan", "Asks %1, in about %2.")
    return form.replace("%1", what, 1).replace("%2", _time(found.whole), 1)


def size(found: Reckoned) -> str:
    """Say how large one network is, and how long it takes, for its row in a list."""
    if found.names and not found.addresses:
        said = QCoreApplication.translate("Scan", "%n host name(s)", "", found.names)
        return wording.counted(said, found.names)
    said = QCoreApplication.translate("Scan", "%n address(es)", "", found.addresses)
    form = QCoreApplication.translate("Scan", "%1 · about %2")
    what = wording.counted(said, found.addresses)
    return form.replace("%1", what, 1).replace("%2", _time(found.whole), 1)


def _time(seconds: float) -> str:
    if seconds < 90:
        form = QCoreApplication.translate("Scan", "%1 s")
        return form.replace("%1", str(max(1, round(seconds))), 1)
    if seconds < 5400:
        form = QCoreApplication.translate("Scan", "%1 min")
        return form.replace("%1", str(round(seconds / 60)), 1)
    form = QCoreApplication.translate("Scan", "%1 h")
    return form.replace("%1", wording.number(round(seconds / 3600)), 1)


def _asked(scan: Scan) -> list[str]:
    if scan.listening:
        said = QCoreApplication.translate("Scan", "All %n address(es) asked", "", scan.addresses)
        return [wording.counted(said, scan.addresses)]
    if scan.addresses:
        form = QCoreApplication.translate("Scan", "%1 of %2 addresses asked")
        asked = form.replace("%1", wording.number(scan.asked), 1)
        return [asked.replace("%2", wording.number(scan.addresses), 1)]
    started = scan.answered or scan.found
    return [] if started else [QCoreApplication.translate("Scan", "Getting ready")]


def figures(scan: Scan, seconds_left: float | None) -> str:
    """Give the figures on one or two lines: asked, answers, found, time left."""
    if scan.running and scan.reading:
        form = QCoreApplication.translate("Scan", "%1 of %2 printers read")
        said = form.replace("%1", wording.number(scan.read), 1)
        return said.replace("%2", wording.number(scan.to_read), 1)
    parts = _asked(scan)
    if scan.answered:
        said = QCoreApplication.translate("Scan", "%n answer(s)", "", scan.answered)
        parts.append(wording.counted(said, scan.answered))
    said = QCoreApplication.translate("Scan", "%n printer(s) found", "", scan.found)
    parts.append(wording.counted(said, scan.found))
    if scan.listening:
        form = QCoreApplication.translate("Scan", "they take up to %1")
        parts.append(form.replace("%1", _time(scan.LONGEST_SLEEP), 1))
    elif seconds_left is not None:
        parts.append(_left(seconds_left))
    return " · ".join(parts)


def did(status: AgentStatus) -> dict[str, int]:
    """Give the figures of the last search where the schedule has kept them: of one that somebody
    asked for it has none.
    """
    for lane in status.schedule.lanes:
        run, at = lane.last, wording.parse(status.last_scan)
        if lane.lane != ActionKind.DISCOVER or run is None or at is None:
            continue
        began, ended = wording.parse(run.started), wording.parse(run.ended)
        if began is not None and began <= at and (ended is None or at <= ended):
            return run.counts
    return {}


def done(counts: dict[str, int]) -> str:
    """Say what a search did that ended before: addresses asked, printers found, and the rest."""
    forms = {
        "addresses": QT_TRANSLATE_NOOP("Scan", "%n address(es) asked"),
        "found": QT_TRANSLATE_NOOP("Scan", "%n printer(s) found"),
        "new": QT_TRANSLATE_NOOP("Scan", "%n new"),
        "rejected": QT_TRANSLATE_NOOP("Scan", "%n refused"),
    }
    parts = []
    for key, form in forms.items():
        count = counts.get(key)
        if count or (key == "found" and count is not None):
            said = QCoreApplication.translate("Scan", form, "", count)
            parts.append(wording.counted(said, count))
    return " · ".join(parts)


def _left(seconds: float) -> str:
    form = QCoreApplication.translate("Scan", "about %1 left")
    return form.replace("%1", _time(seconds), 1)
