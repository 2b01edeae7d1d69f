"""Why the list of alerts is empty, in words, and the next step."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.ui import wording
from app.workers.connection import LinkState


@dataclass(frozen=True, slots=True)
class Emptiness:
    """How things stand: the link, whether the list has come, what is there."""

    link: LinkState
    loaded: bool
    filtered: bool
    devices: int
    rules: int
    only_open: bool


def _say(text: str) -> str:
    return QCoreApplication.translate("Alerts", text)


def why(state: Emptiness) -> tuple[str, str, str]:
    """Give title, sentence, and the word on the button (empty: nothing can be done here)."""
    if state.link is LinkState.AWAY:
        text = _say("The background agent keeps the alerts, and it does not answer.")
        return _say("No agent"), text, ""
    if not state.loaded:
        return _say("One moment"), _say("The alerts are being loaded."), ""
    if state.filtered:
        text = _say("The filter looks at printer names and at the words of alerts.")
        return _say("Nothing matches"), text, _say("Clear the filter")
    if not state.devices:
        text = _say("Rules watch the printers that a search finds.")
        return _say("No printers yet"), text, _say("Scan network")
    title = _say("No open alerts") if state.only_open else _say("No alerts yet")
    return title, watching(state.rules, state.devices), _say("See the rules")


def watching(rules: int, devices: int) -> str:
    """Say how many rules watch how many devices."""
    first = QCoreApplication.translate("Alerts", "%n rule(s)", "", rules)
    second = QCoreApplication.translate("Alerts", "%n printer(s)", "", devices)
    form = _say("%1 watches %2.") if rules == 1 else _say("%1 watch %2.")
    said = form.replace("%1", wording.counted(first, rules), 1)
    return said.replace("%2", wording.counted(second, devices), 1)
