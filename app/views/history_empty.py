"""Why there is no history to show, in words, and the next step."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.workers.connection import LinkState


@dataclass(frozen=True, slots=True)
class Emptiness:
    """How things stand: the link, whether there are devices, whether one is chosen and told, and
    whether that one was ever read.
    """

    link: LinkState
    devices: bool
    chosen: bool
    nothing: bool
    ever: bool = True


def _say(text: str) -> str:
    return QCoreApplication.translate("History", text)


def why(state: Emptiness) -> tuple[str, str, str]:
    """Give title, sentence, and the word on the button (empty: nothing can be done here)."""
    if state.link is LinkState.AWAY:
        text = _say("The agent keeps the history, and none answers.")
        return _say("The agent is away"), text, ""
    if not state.devices:
        if state.link is not LinkState.CONNECTED:
            return _say("One moment"), _say("The agent is being asked."), ""
        text = _say("A search finds them; each reading of a printer becomes a part of its history.")
        return _say("No printers yet"), text, _say("Scan network")
    if not state.chosen:
        text = _say("Its volumes by day, week or month, and how its supplies went down.")
        return _say("Choose a printer"), text, ""
    if state.nothing:
        if not state.ever:
            text = _say("It was never read. Its first reading begins its history.")
        else:
            text = _say("It was not read in this period. Choose a longer one, or read it now.")
        return _say("Nothing was read"), text, _say("Read now")
    return _say("One moment"), _say("The agent is being asked."), ""
