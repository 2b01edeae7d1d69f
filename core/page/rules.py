"""Every route of the page, and what a request must bring for it. What is not listed is not served.

This one table is what the guard goes by, and what the tests attack, line by line.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Needs(Enum):
    """What a request must bring."""

    NOTHING = "nothing"  # it says nothing about this computer
    OWN_PAGE = "own page"  # it comes from the page itself; nobody is signed in yet
    SESSION = "session"  # it comes from the page itself, with cookie and key


@dataclass(frozen=True, slots=True)
class Rule:
    """One route. ``document``: a browser may open it, from wherever it comes."""

    method: str
    path: str
    name: str
    needs: Needs
    document: bool = False


RULES = (
    Rule("GET", "/", "shell", Needs.NOTHING, document=True),
    Rule("GET", "/page.css", "style", Needs.NOTHING),
    Rule("GET", "/page.js", "script", Needs.NOTHING),
    Rule("GET", "/icon.svg", "icon", Needs.NOTHING),
    Rule("POST", "/sign-in", "sign_in", Needs.OWN_PAGE),
    Rule("POST", "/sign-out", "sign_out", Needs.SESSION),
    Rule("GET", "/view", "view", Needs.SESSION),
    Rule("POST", "/do/pause", "pause", Needs.SESSION),
    Rule("POST", "/do/resume", "resume", Needs.SESSION),
    Rule("POST", "/do/test", "test", Needs.SESSION),
    Rule("POST", "/do/enrol", "enrol", Needs.SESSION),
    Rule("POST", "/do/logs", "logs", Needs.SESSION),
    Rule("POST", "/do/send", "send", Needs.SESSION),
)
