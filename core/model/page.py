"""The local page as faces see it: where it is, and how to be let in."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.model.problem import Problem

#: The port that technicians know, and the last of those that are tried.
FIRST_PORT, LAST_PORT = 1301, 1320


@dataclass(frozen=True, slots=True)
class PageStatus:
    """Where the local page is. ``url`` and ``port`` are ``None`` while there is none; ``problem``
    says why it is not at its usual port, or why there is none.
    """

    url: str | None = None
    port: int | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class PageLink:
    """The way into the local page: a link that opens it once within ``valid_for`` seconds, and the
    code for a page that was typed by hand, good once within ``code_valid_for`` seconds.
    """

    url: str = field(repr=False)
    code: str = field(repr=False)
    valid_for: float
    code_valid_for: float
