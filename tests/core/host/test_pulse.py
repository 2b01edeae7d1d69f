from __future__ import annotations

import asyncio
import time
from pathlib import Path

from core.host.pulse import EXIT_HUNG, STACKS, Pulse


async def test_a_loop_that_turns_is_left_alone(tmp_path: Path) -> None:
    ended: list[int] = []
    with Pulse(tmp_path, limit=0.2, every=0.02, end=ended.append):
        await asyncio.sleep(0.5)
    assert ended == []
    assert not (tmp_path / STACKS).exists()


async def test_a_loop_that_hangs_is_ended_and_the_place_is_kept(tmp_path: Path) -> None:
    ended: list[int] = []
    with Pulse(tmp_path, limit=0.1, every=0.02, end=ended.append):
        await asyncio.sleep(0.05)
        time.sleep(0.6)  # noqa: ASYNC251 - this is the fault
    assert ended == [EXIT_HUNG]
    assert "test_a_loop_that_hangs" in (tmp_path / STACKS).read_text()
