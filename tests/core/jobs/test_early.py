"""What a search finds is read before the search is over, each printer once."""

from __future__ import annotations

import random
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.agent import Agent
from core.jobs import discover
from core.model.action import ActionKind, DiscoverArguments, Origin
from core.model.event import EventKind, Finished
from core.model.jsonio import from_json, to_json
from core.model.segment import Segment
from tests.support.simulated import simulated

NETWORK, PORT, COUNT = "127.81.1.0/28", 1161, 3
SILENT = "127.81.3.1"


@pytest.fixture
def printers():
    with (
        simulated(NETWORK, COUNT, port=PORT) as served,
        socket.socket(type=socket.SOCK_DGRAM) as one,
    ):
        one.bind((SILENT, PORT))  # nobody answers here: for it the search listens to its end
        yield served


@pytest.mark.parametrize("read_found", [True, False])
async def test_printers_are_read_while_the_search_waits_for_those_that_sleep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, printers: object, read_found: bool
) -> None:
    monkeypatch.setattr(discover, "SLEEPERS", 3.0)
    agent = await Agent.open(
        tmp_path, clock=lambda: datetime.now(UTC), random=random.SystemRandom(), version="test"
    )
    try:
        here = Segment("here", (NETWORK, SILENT), (), PORT)
        arguments = to_json(DiscoverArguments((here,), read_found=read_found))
        seen = [
            (event.kind, event.body)
            async for event in agent.do("search", ActionKind.DISCOVER, arguments, Origin.CONSOLE)
        ]
    finally:
        await agent.close()
    kinds = [kind for kind, _ in seen]
    counts = from_json(seen[-1][1], Finished).counts
    assert counts["found"] == COUNT
    assert kinds.count(EventKind.READING_STORED) == COUNT * read_found
    assert EventKind.READING_FAILED not in kinds
    if read_found:
        assert (counts["read"], counts["failed"]) == (COUNT, 0)
        end = max(n for n, kind in enumerate(kinds) if kind is EventKind.SEGMENT_PROGRESS)
        assert max(n for n, k in enumerate(kinds) if k is EventKind.READING_STORED) < end
