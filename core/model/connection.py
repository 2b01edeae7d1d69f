"""One step of the connection test: what was looked at, how it went, what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class StepResult(StrEnum):
    """How a step went."""

    OK = "ok"
    WARNING = "warning"  # it works, and something is odd or soon will be
    FAILED = "failed"
    SKIPPED = "skipped"  # it could not be looked at: ``cause`` says why


class StepName(StrEnum):
    """The steps of the connection test, in their order."""

    PROXY = "proxy"
    DNS = "dns"
    TCP = "tcp"
    TLS = "tls"
    CERTIFICATE = "certificate"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class ConnectionStep:
    """A step that has ended. ``title`` and ``cause`` are for a person; ``remedy`` is empty where
    nothing is to be done; ``took_ms`` is in milliseconds.
    """

    name: StepName
    title: str
    result: StepResult
    cause: str
    remedy: str = ""
    took_ms: float = 0.0
