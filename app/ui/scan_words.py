"""How a search goes, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.ui import wording
from app.workers.scan import Scan


def title(scan: Scan) -> str:
    """Say what a search is doing, or how it ended."""
    if scan.running:
        if scan.reading:
            return QCoreApplication.translate("Scan", "Reading what was found")
        return QCoreApplication.translate("Scan", "Scan in progress")
    if scan.problem is not None:
        return QCoreApplication.translate("Scan", "The scan stopped")
    if scan.cancelled:
        return QCoreApplication.translate("Scan", "Scan cancelled")
    return QCoreApplication.translate("Scan", "Scan finished")


def figures(scan: Scan, seconds_left: float | None) -> str:
    """Give the figures on one or two lines: asked, answers, found, time left."""
    if scan.running and scan.reading:
        form = QCoreApplication.translate("Scan", "%1 of %2 printers read")
        said = form.replace("%1", wording.number(scan.read), 1)
        return said.replace("%2", wording.number(scan.to_read), 1)
    form = (
        QCoreApplication.translate("Scan", "%1 of %2 addresses asked")
        if scan.addresses
        else QCoreApplication.translate("Scan", "Getting ready")
    )
    asked = form.replace("%1", wording.number(scan.asked), 1)
    parts = [asked.replace("%2", wording.number(scan.addresses), 1)]
    if scan.answered:
        said = QCoreApplication.translate("Scan", "%n answer(s)", "", scan.answered)
        parts.append(wording.counted(said, scan.answered))
    said = QCoreApplication.translate("Scan", "%n printer(s) found", "", scan.found)
    parts.append(wording.counted(said, scan.found))
    if seconds_left is not None:
        parts.append(_left(seconds_left))
    return " · ".join(parts)


def _left(seconds: float) -> str:
    if seconds < 60:
        form = QCoreApplication.translate("Scan", "about %1 s left")
        return form.replace("%1", str(max(1, round(seconds))), 1)
    form = QCoreApplication.translate("Scan", "about %1 min left")
    return form.replace("%1", str(round(seconds / 60)), 1)
