"""What a person should know of a device before its numbers: stale, offline, not managed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.ui import wording
from app.ui.banner import Notice
from app.ui.tokens import Tone
from core.model.device import DeviceSummary
from core.model.reading import DeviceState


def standing(summary: DeviceSummary) -> Notice | None:
    """Say since when nothing has come, and what to do; ``None`` where all is as it should be."""
    if summary.stale:
        return Notice(
            Tone.WARNING,
            _form(
                QCoreApplication.translate("Standing", "Stale since %1: off the reports."),
                summary,
            ),
            QCoreApplication.translate(
                "Standing",
                "Nothing has come for weeks. Switch it on and press Read now: then it is back. "
                "If it is gone for good, ignore it.",
            ),
        )
    if summary.state is DeviceState.OFFLINE:
        return Notice(
            Tone.ACCENT,
            _form(QCoreApplication.translate("Standing", "Offline. Last read %1."), summary),
            QCoreApplication.translate(
                "Standing",
                "It does not answer. These are the numbers of then. Is it switched on, and on "
                "the network?",
            ),
        )
    if not summary.device.managed:
        return Notice(
            Tone.ACCENT,
            QCoreApplication.translate("Standing", "Ignored: it is listed, and never read."),
            QCoreApplication.translate("Standing", "Manage it to have it read at the usual times."),
        )
    return None


def _form(form: str, summary: DeviceSummary) -> str:
    latest = summary.latest
    when = latest.taken_at if latest else summary.device.last_seen
    return form.replace("%1", wording.moment(when), 1)
