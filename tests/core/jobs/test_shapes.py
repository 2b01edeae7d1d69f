"""The real agent reads simulated printers twice: the second time it asks for what changes."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from core.agent import Agent
from core.model.action import ActionKind, CollectArguments, DiscoverArguments, Origin
from core.model.device import DeviceSummary
from core.model.event import EventKind, Finished
from core.model.jsonio import from_json, to_json
from core.model.query import QueryKind, ReadingsArguments
from core.model.reading import Reading
from core.model.segment import Segment
from tests.support.simulated import simulated

NETWORK = "127.41.7.0/24"
COUNT = 3  # a Kyocera, an HP, and a Brother


async def do(agent, kind, arguments):
    events = agent.do(kind.value, kind.value, to_json(arguments), Origin.CONSOLE)
    last = [event async for event in events][-1]
    assert last.kind is EventKind.ACTION_FINISHED
    return from_json(last.body, Finished).counts


async def readings(agent):
    """The readings of every device, by key, newest first."""
    found = {}
    for row in (await agent.query(QueryKind.DEVICES.value, "", "", 0)).items:
        key = from_json(row, DeviceSummary).device.key
        arguments = to_json(ReadingsArguments(key))
        page = await agent.query(QueryKind.READINGS.value, arguments, "", 10)
        found[key] = [from_json(item, Reading) for item in page.items]
    return found


async def test_the_second_collection_costs_little(tmp_path):
    moment = [datetime(2026, 1, 1, tzinfo=UTC)]

    async def once(work):
        agent = await Agent.open(
            tmp_path, clock=lambda: moment[0], random=random.SystemRandom(), version="test"
        )
        try:
            return await work(agent)
        finally:
            await agent.close()

    async def find_and_read(agent):
        segment = Segment("here", (NETWORK,), (), 1161)
        arguments = DiscoverArguments((segment,), remember=True, fast=True, read_found=True)
        assert (await do(agent, ActionKind.DISCOVER, arguments))["read"] == COUNT

    async def collect(agent):
        assert (await do(agent, ActionKind.COLLECT, CollectArguments()))["read"] == COUNT
        return await readings(agent)

    with simulated(NETWORK, COUNT, port=1161):
        await once(find_and_read)
        moment[0] += timedelta(hours=1)
        # Another process's life: what was learned is in the store.
        found = await once(collect)
    assert len(found) == COUNT
    for second, first in found.values():
        assert second.cost is not None
        assert first.cost is not None
        assert second.cost.requests <= 3 < first.cost.requests
        assert second.identity == first.identity
        assert second.meters.keys() == first.meters.keys()
        learned = {origin.learned_at for origin in second.provenance.values()}
        assert learned == {None, first.taken_at}
