"""What a technician wants to know of many printers first: how many work, and how many do not."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QCoreApplication

from app.ui.devices import words as device_words
from app.ui.devices.words import StateChip
from app.ui.i18n import QT_TRANSLATE_NOOP
from app.ui.tokens import Tone
from core.model.device import DeviceSummary
from core.model.reading import DeviceState


class Kind(Enum):
    """Every printer is of one kind; in the order in which they are told."""

    WORKS = "works"
    SOON = "soon"
    STOPPED = "stopped"
    SILENT = "silent"
    UNREAD = "unread"
    UNTOLD = "untold"


ALWAYS = (Kind.WORKS, Kind.SOON, Kind.STOPPED, Kind.SILENT)  # told even where there is none
TONES = {
    Kind.WORKS: Tone.GOOD,
    Kind.SOON: Tone.WARNING,
    Kind.STOPPED: Tone.ERROR,
    Kind.SILENT: Tone.NEUTRAL,
    Kind.UNREAD: Tone.WARNING,
    Kind.UNTOLD: Tone.NEUTRAL,
}
_WORDS = {
    Kind.WORKS: QT_TRANSLATE_NOOP("Map", "Working"),
    Kind.SOON: QT_TRANSLATE_NOOP("Map", "Needs something soon"),
    Kind.STOPPED: QT_TRANSLATE_NOOP("Map", "Stopped"),
    Kind.SILENT: QT_TRANSLATE_NOOP("Map", "Does not answer"),
    Kind.UNREAD: QT_TRANSLATE_NOOP("Map", "Answers, cannot be read"),
    Kind.UNTOLD: QT_TRANSLATE_NOOP("Map", "Not read yet, or tells no state"),
}


def kind_of(summary: DeviceSummary, chip: StateChip) -> Kind:
    """Give the kind of a printer: what its chip says, in one of six words."""
    problem = summary.problem
    if chip.silent:
        return Kind.SILENT
    if chip.tone is Tone.GOOD:
        return Kind.WORKS
    if chip.tone is Tone.ERROR:
        return Kind.STOPPED
    if chip.tone is Tone.NEUTRAL:
        offline = summary.state is DeviceState.OFFLINE
        return Kind.SILENT if offline or summary.stale else Kind.UNTOLD
    hidden = problem is not None and not device_words.is_silence(problem)
    return Kind.UNREAD if hidden else Kind.SOON


def words(kind: Kind) -> str:
    """Name a kind."""
    return QCoreApplication.translate("Map", _WORDS[kind])
