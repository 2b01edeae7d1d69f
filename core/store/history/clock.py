"""Whether a reading's time can be right.

The rule, in order:

1. Before ``EARLIEST`` (Platen did not exist): wrong.
2. From ``SLACK`` before the newest trusted time to ``AHEAD`` after it: right, and the new trusted
   time if it is newer. The first time ever is right.
3. Anything else is in doubt: the clock is behind, or suddenly far ahead. A stretch of doubt goes
   on as long as its own times run on in the same way. When it has lasted ``SETTLES`` by its own
   clock, the clock has evidently been put right, and it was the former time that was wrong: the
   stretch is trusted from then on (``settled``), and what claims to be later is in doubt.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

EARLIEST = 1_735_689_600  # 2025-01-01
SLACK = 3600
AHEAD = 92 * 86_400
SETTLES = 2 * 86_400


@dataclass(frozen=True, slots=True)
class Clock:
    """What is known of the clock. Unix seconds; ``None``: never, or not now."""

    trusted: int | None = None
    doubt_from: int | None = None
    doubt_to: int | None = None
    settled: int | None = None


def judge(clock: Clock, at: int) -> tuple[bool, Clock]:
    """Say whether a reading at ``at`` has a time to be trusted, and what is known afterwards."""
    if at < EARLIEST:
        return False, _doubt(clock, at)
    if clock.trusted is None:
        return True, replace(clock, trusted=at)
    if _follows(clock.trusted, at):
        return True, replace(clock, trusted=max(clock.trusted, at), doubt_from=None, doubt_to=None)
    after = _doubt(clock, at)
    if after.doubt_from is not None and at - after.doubt_from >= SETTLES:
        return True, Clock(trusted=at, settled=after.doubt_from)
    return False, after


def _follows(last: int, at: int) -> bool:
    return last - SLACK <= at <= last + AHEAD


def _doubt(clock: Clock, at: int) -> Clock:
    if clock.doubt_from is None or clock.doubt_to is None or not _follows(clock.doubt_to, at):
        return replace(clock, doubt_from=at, doubt_to=at)
    return replace(clock, doubt_to=max(clock.doubt_to, at))
