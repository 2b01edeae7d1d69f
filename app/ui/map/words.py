"""What stands on the map in words: distances, and what is known of a segment."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.ui import wording
from core.model.event import SegmentProgress


def ring(hops: int | None) -> str:
    """Name a distance: how many routers lie on the way."""
    if hops is None:
        return QCoreApplication.translate("Map", "distance not known")
    if hops == 0:
        return QCoreApplication.translate("Map", "this network")
    said = QCoreApplication.translate("Map", "%n hop(s)", "", hops)
    return wording.counted(said, hops)


def distance(hops: int | None) -> str:
    """Say how far a printer is, in a few words."""
    if hops is None:
        return QCoreApplication.translate("Map", "not known")
    if hops == 0:
        return QCoreApplication.translate("Map", "on this PC's own network")
    said = QCoreApplication.translate("Map", "%n router(s) away", "", hops)
    return wording.counted(said, hops)


def segment(count: int, share: float, progress: SegmentProgress | None) -> str:
    """Say how a segment stands: while it is searched how far that is, else its printers."""
    if progress is not None and share < 1:
        return _searched(share, progress)
    if not count:
        if share < 1:
            return QCoreApplication.translate("Map", "not searched yet")
        return QCoreApplication.translate("Map", "no printers found")
    said = QCoreApplication.translate("Map", "%n printer(s)", "", count)
    return wording.counted(said, count)


def _searched(share: float, progress: SegmentProgress) -> str:
    form = QCoreApplication.translate("Map", "%1 asked")
    parts = [form.replace("%1", wording.percent(100 * share), 1)]
    if progress.answered:
        said = QCoreApplication.translate("Map", "%n answer(s)", "", progress.answered)
        parts.append(wording.counted(said, progress.answered))
    if progress.found:
        form = QCoreApplication.translate("Map", "%1 found")
        parts.append(form.replace("%1", wording.number(progress.found), 1))
    return " · ".join(parts)
