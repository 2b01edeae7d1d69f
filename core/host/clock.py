"""The system's clock, and times as text (RFC 3339)."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def now() -> datetime:
    """Give the wall clock's time, aware, in UTC. It may jump: never measure durations with it."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Give seconds since some fixed point; they never go back."""
    return time.monotonic()


def rfc3339(moment: datetime) -> str:
    """Write an aware time as "2026-01-01T00:00:00Z": UTC, whole seconds.

    One form of one length, so that times sort as text. Raises ``ValueError`` for a naive time.
    """
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be written in UTC")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_rfc3339(text: str) -> datetime:
    """Read an RFC 3339 time as aware UTC; raises ``ValueError``."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {text[:40]!r}")
    return moment.astimezone(UTC)
