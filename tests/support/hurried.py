"""Starts the agent so that its time runs faster: ``python -m tests.support.hurried SPEED SINCE
COMMAND...``.

``SINCE`` (seconds since 1970) is when time began to run faster: two agents with the same see the
same time. Only what the schedule goes by is hurried; printers and hub are asked at their own pace.
"""

from __future__ import annotations

import asyncio
import sys
import time
from datetime import UTC, datetime
from typing import Any

from core.host import clock


def hurry(speed: float, since: float) -> None:
    """Let the wall clock and the time awake run ``speed`` times as fast."""

    def now() -> datetime:
        return datetime.fromtimestamp(since + (time.time() - since) * speed, UTC)

    # Before anybody takes them for their own: the schedule's clocks are defaults of a class.
    clock.now, clock.monotonic = now, lambda: time.monotonic() * speed
    time.__dict__.pop("CLOCK_BOOTTIME", None)  # a system without that clock

    from core.jobs import scheduled, timetable
    from core.schedule.scheduler import Around

    async def sleep(seconds: float) -> None:
        await asyncio.sleep(seconds / speed)

    def around(clocks: Any, zone: Any, _: Any, offline: Any, settle: Any) -> Around:
        return Around(clocks, zone, sleep, offline, settle)

    timetable.Around = around  # type: ignore[assignment,misc]
    scheduled._SPREAD_EACH = 0.0


def main() -> None:
    """Hurry, and run the command."""
    speed, since, *command = sys.argv[1:]
    hurry(float(speed), float(since))
    from app.cli import main as run

    sys.argv = ["hurried", *command]
    run()


if __name__ == "__main__":
    main()
