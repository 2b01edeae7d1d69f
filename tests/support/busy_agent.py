"""What keeps a real agent busy: sweeps of a network, and readings at so many a minute."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from core.channel.client import AgentClient
from core.model.action import ActionKind, CollectArguments, DiscoverArguments
from core.model.event import EventKind, Finished
from core.model.jsonio import from_json
from core.model.segment import Segment


@dataclass
class Done:
    """How many sweeps have ended, the addresses of the last one, and readings stored."""

    sweeps: int = 0
    addresses: int = 0
    readings: int = 0


@asynccontextmanager
async def busy(folder: Path, network: str, per_minute: float) -> AsyncIterator[Done]:
    """Sweep ``network`` again and again, and read what was found there, while the block runs."""
    done = Done()
    client = await AgentClient.connect(folder)
    work = asyncio.gather(_sweep(client, network, done), _read(client, network, per_minute, done))
    try:
        yield done
    finally:
        if work.done():
            work.result()  # it never ends by itself: say why
        work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work
        await client.close()


async def _sweep(client: AgentClient, network: str, done: Done) -> None:
    wanted = DiscoverArguments((Segment("all", (network,), port=1161),), ("public",))
    while True:
        async for event in client.do(ActionKind.DISCOVER, wanted):
            assert event.kind is not EventKind.ACTION_FAILED, event.body
            if event.kind is EventKind.ACTION_FINISHED:
                done.sweeps += 1
                done.addresses = from_json(event.body, Finished).counts["addresses"]


async def _read(client: AgentClient, network: str, per_minute: float, done: Done) -> None:
    start = network.split(".0.0/", maxsplit=1)[0]
    keys: list[str] = []
    while not done.sweeps or not keys:
        await asyncio.sleep(0.3)
        devices = [each.device async for each in client.devices()]
        keys = [each.key for each in devices if each.endpoint.address.startswith(f"{start}.")]
    wanted = CollectArguments(tuple(keys), spread=60 * len(keys) / per_minute)
    while True:
        async for event in client.do(ActionKind.COLLECT, wanted):
            done.readings += event.kind is EventKind.READING_STORED
