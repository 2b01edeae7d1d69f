"""The agent whole, in this process, on simulated printers: actions in, events out."""

from __future__ import annotations

import asyncio

import pytest

from core.host.errors import AlreadyRunningError
from core.model.action import (
    ActionKind,
    CancelArguments,
    CollectArguments,
    DiscoverArguments,
    NoArguments,
    Origin,
    ReadArguments,
)
from core.model.device import DeviceSummary
from core.model.event import AddressRejected, DeviceChanged, EventKind, Finished, ReadingFailed
from core.model.jsonio import from_json, to_json
from core.model.problem import Problem
from core.model.reading import Reading
from core.model.segment import Segment
from core.model.status import AgentStatus
from tests.support.simulated import simulated
from tests.support.whole_agent import agent_on

NETWORK = "127.29.3.0/24"
# No more than one of the models that make a client wait: these are tests of the agent.
COUNT = 6


@pytest.fixture(scope="module")
def printers():
    with simulated(NETWORK, COUNT, port=1161) as served:
        yield served


async def do(agent, kind, arguments, origin=Origin.CONSOLE, action_id="a"):
    events = [e async for e in agent.do(action_id, kind.value, to_json(arguments), origin)]
    return events, events[-1]


def bodies(events, kind, body):
    return [from_json(event.body, body) for event in events if event.kind is kind]


def segment(*targets, exclusions=(), timeout=1.0):
    return Segment("here", targets or (NETWORK,), exclusions, 1161, timeout=timeout)


async def status(agent):
    return from_json((await agent.query("status", "", "", 0)).items[0], AgentStatus)


async def devices(agent):
    page = await agent.query("devices", "", "", 0)
    return [from_json(item, DeviceSummary) for item in page.items]


async def test_a_search_finds_stores_and_reads(tmp_path, printers):
    arguments = DiscoverArguments((segment(),), remember=True, fast=True, read_found=True)
    async with agent_on(tmp_path) as agent:
        events, last = await do(agent, ActionKind.DISCOVER, arguments)
        counts = from_json(last.body, Finished).counts
        assert last.kind is EventKind.ACTION_FINISHED
        assert counts["found"] == counts["new"] == counts["read"] == COUNT
        assert len(bodies(events, EventKind.DEVICE_FOUND, DeviceChanged)) == COUNT
        assert len([e for e in events if e.kind is EventKind.READING_STORED]) == COUNT
        rows = await devices(agent)
        assert {row.device.identity.serial for row in rows} == {p.serial for p in printers}
        assert all(row.latest is not None for row in rows)
        now = await status(agent)
        assert (now.state, now.devices) == ("idle", COUNT)
        # Each reading waits for the hub, and so does what they made known.
        assert now.waiting >= COUNT
        assert now.last_scan is not None
        assert [s.name for s in now.segments] == ["here"]
    async with agent_on(tmp_path) as agent:
        # All of it is there after a restart, and the second search finds nothing new.
        events, last = await do(agent, ActionKind.DISCOVER, DiscoverArguments(fast=True))
        assert from_json(last.body, Finished).counts["new"] == 0
        assert len(await devices(agent)) == COUNT


async def test_exclusions_are_not_asked_and_other_origins_name_no_segments(tmp_path, printers):
    out = printers[0]
    async with agent_on(tmp_path) as agent:
        arguments = DiscoverArguments((segment(exclusions=(out.address,)),), fast=True)
        _, last = await do(agent, ActionKind.DISCOVER, arguments)
        assert from_json(last.body, Finished).counts["found"] == COUNT - 1
        _, last = await do(agent, ActionKind.DISCOVER, arguments, Origin.HUB)
        assert from_json(last.body, Problem).code == "segment_not_approved"


async def test_wrong_targets_are_named_before_anything_is_kept(tmp_path):
    async with agent_on(tmp_path) as agent:
        arguments = DiscoverArguments((segment("10.0.0.300"),), remember=True)
        _, last = await do(agent, ActionKind.DISCOVER, arguments)
        assert from_json(last.body, Problem).code == "bad_target"
        assert (await status(agent)).segments == ()


async def test_the_communities_given_go_to_the_secrets_and_nowhere_else(tmp_path, printers):
    canary = "c4n4ry-community"
    arguments = DiscoverArguments((segment(),), (canary, "public"), remember=True, fast=True)
    async with agent_on(tmp_path) as agent:
        events, last = await do(agent, ActionKind.DISCOVER, arguments)
        assert from_json(last.body, Finished).counts["found"] == COUNT
        assert all(row.device.community_index == 1 for row in await devices(agent))
        _, last = await do(agent, ActionKind.COLLECT, CollectArguments())
        assert from_json(last.body, Finished).counts["read"] == COUNT
        assert canary not in "".join(event.body for event in events)
    holders = {p.name for p in tmp_path.iterdir() if p.is_file() and canary in _text(p)}
    assert holders == {"secrets.json"}


def _text(path):
    return path.read_bytes().decode("latin-1")


async def test_a_printer_that_is_gone_is_said_and_its_record_kept(tmp_path, printers):
    async with agent_on(tmp_path) as agent:
        with simulated("127.29.4.0/24", 1, port=1161) as (gone,):
            target = ReadArguments(gone.address, gone.port)
            _, last = await do(agent, ActionKind.READ, target)
            assert last.kind is EventKind.ACTION_FINISHED
        events, last = await do(agent, ActionKind.COLLECT, CollectArguments())
        assert from_json(last.body, Finished).counts == {"devices": 1, "read": 0, "failed": 1}
        (failed,) = bodies(events, EventKind.READING_FAILED, ReadingFailed)
        assert failed.problem.code in ("snmp_port_closed", "snmp_timeout")
        (row,) = await devices(agent)
        assert row.problem == failed.problem
        assert row.latest is not None  # what was known stays known
        page = await agent.query("readings", f'{{"device":"{row.device.key}"}}', "", 0)
        (reading,) = (from_json(item, Reading) for item in page.items)
        assert reading.identity.serial == gone.serial


async def test_reading_an_address_where_nobody_is_fails_with_the_cause(tmp_path):
    async with agent_on(tmp_path) as agent:
        _, last = await do(agent, ActionKind.READ, ReadArguments("127.29.5.1", 1161))
        assert from_json(last.body, Problem).code == "snmp_port_closed"


async def test_a_host_that_is_no_printer_is_rejected_with_the_reason(tmp_path, snmpd):
    host = snmpd.endpoint
    place = Segment("hosts", (host.address,), (), host.port, timeout=0.5)
    async with agent_on(tmp_path) as agent:
        events, last = await do(agent, ActionKind.DISCOVER, DiscoverArguments((place,), fast=True))
        assert from_json(last.body, Finished).counts["found"] == 0
        (rejected,) = bodies(events, EventKind.ADDRESS_REJECTED, AddressRejected)
        assert rejected.reason


async def test_a_search_can_be_cancelled_at_once(tmp_path):
    async with agent_on(tmp_path) as agent:
        arguments = DiscoverArguments((segment("127.29.64.0/18", timeout=5),))
        subscription = agent.do("slow", "discover", to_json(arguments), Origin.CONSOLE)
        events = []
        started = asyncio.get_running_loop().time()
        async for event in subscription:
            events.append(event)
            if event.kind is EventKind.ACTION_PROGRESS and len(events) < 50:
                await do(agent, ActionKind.CANCEL, CancelArguments("slow"), action_id="c")
        assert events[-1].kind is EventKind.ACTION_CANCELLED
        assert asyncio.get_running_loop().time() - started < 10
        assert (await status(agent)).running == ()


async def test_delivering_without_a_hub_is_refused_with_what_to_do(tmp_path):
    async with agent_on(tmp_path) as agent:
        _, last = await do(agent, ActionKind.DELIVER, NoArguments())
        problem = from_json(last.body, Problem)
        assert problem.code == "not_enrolled"
        assert "platen enrol" in problem.remedy


async def test_a_second_agent_on_the_folder_is_refused(tmp_path):
    async with agent_on(tmp_path):
        with pytest.raises(AlreadyRunningError):
            async with agent_on(tmp_path):
                pass


async def test_wrong_settings_are_the_statuss_problem_and_the_agent_runs(tmp_path):
    (tmp_path / "settings.toml").write_text("[collection]\nretries = 'many'\n")
    async with agent_on(tmp_path) as agent:
        now = await status(agent)
        assert now.state == "attention"
        assert now.problem is not None
        assert "collection.retries" in now.problem.text
        assert "line 2" in now.problem.text


async def test_unknown_queries_are_named(tmp_path):
    from core.model.problem import BadInputError

    async with agent_on(tmp_path) as agent:
        with pytest.raises(BadInputError, match="no query"):
            await agent.query("secrets", "", "", 0)


async def test_watching_begins_with_the_status(tmp_path):
    async with agent_on(tmp_path) as agent:
        subscription = agent.watch()
        async for event in subscription:
            assert event.kind is EventKind.AGENT_STATUS
            agent.unsubscribe(subscription)


async def test_communities_that_are_gone_fail_their_devices_and_no_others(tmp_path, printers):
    async with agent_on(tmp_path) as agent:
        one = Segment("one", (printers[0].address,), (), 1161)
        rest = Segment("rest", (NETWORK,), (printers[0].address,), 1161)
        for place, words in ((one, ("public",)), (rest, ())):
            arguments = DiscoverArguments((place,), words, remember=True, fast=True)
            await do(agent, ActionKind.DISCOVER, arguments)
        await agent._tools.secrets.delete("segment one")
        events, last = await do(agent, ActionKind.COLLECT, CollectArguments())
        counts = from_json(last.body, Finished).counts
        assert (counts["read"], counts["failed"]) == (COUNT - 1, 1)
        (said,) = bodies(events, EventKind.READING_FAILED, ReadingFailed)
        assert said.problem.code == "secret_missing"


async def test_a_damaged_enrolment_is_what_delivering_names(tmp_path):
    (tmp_path / "hub.json").write_text("{")
    async with agent_on(tmp_path) as agent:
        _, last = await do(agent, ActionKind.DELIVER, NoArguments())
        problem = from_json(last.body, Problem)
        assert problem.code == "certificate_file"
        assert "hub.json" in problem.text
