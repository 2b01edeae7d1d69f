from __future__ import annotations

import asyncio
import socket
import time
from contextlib import aclosing
from random import Random

import pytest

from core.discovery import discover as module
from core.discovery.discover import discover
from core.discovery.errors import TargetError
from core.discovery.interfaces import Interface
from core.discovery.plan import SegmentPlan
from core.model.event import SegmentProgress
from core.model.evidence import Finding, Rejection
from core.model.identity import Endpoint
from core.model.problem import BadInputError
from core.model.provenance import Source
from core.model.segment import Segment
from core.snmp.access import Version
from core.snmp.network import SnmpNetwork
from tests.support.mibs import host_mib, printer_mib
from tests.support.responders import Manners, Responders


async def no_names(host):
    raise socket.gaierror(-2, "Name or service not known")


def plan(name, targets, port, exclude=(), communities=("public",), timeout=0.15):
    segment = Segment(name, tuple(targets), tuple(exclude), port=port, timeout=timeout)
    return SegmentPlan(segment, communities)


async def search(*plans, **options):
    return [item async for item in _searching(*plans, **options)]


async def _searching(*plans, **options):
    async with SnmpNetwork() as network:
        items = discover(
            plans,
            network,
            random=Random(3),
            resolver=no_names,
            interfaces=lambda: [Interface("lo", "127.0.0.1", 8)],
            **options,
        )
        async with aclosing(items):
            async for item in items:
                yield item


def kinds(items, kind):
    return [item for item in items if isinstance(item, kind)]


async def test_printers_are_findings_and_the_rest_are_rejections():
    async with Responders() as agents:
        port = agents.add("127.23.5.1", 0, Manners(mib=printer_mib("VXY1234567")))
        agents.add("127.23.5.2", port, Manners(mib=host_mib("Linux gateway 6.1")))
        agents.add("127.23.5.3", port, Manners((Version.V1,), mib=printer_mib("VXY7654321")))
        items = await search(plan("office", ["127.23.5.0/28"], port))
    found = {f.identity.serial: f for f in kinds(items, Finding)}
    assert set(found) == {"VXY1234567", "VXY7654321"}
    one = found["VXY1234567"]
    assert one.endpoint == Endpoint("127.23.5.1", port)
    assert (one.segment, one.version, one.community_index, one.device_index) == (
        "office", "2c", 0, None,
    )  # fmt: skip
    assert one.identity.vendor == "Kyocera"
    assert one.provenance["identity.serial"].refs
    (evidence,) = one.evidence
    assert evidence.source is Source.SNMP
    assert evidence.detail.startswith("SNMP v2c: hrDeviceType says printer")
    assert evidence.detail.endswith("; Kyocera Printing System")
    assert found["VXY7654321"].version == "1"
    (rejected,) = kinds(items, Rejection)
    assert (rejected.endpoint.address, rejected.segment) == ("127.23.5.2", "office")
    assert "Linux gateway" in rejected.reason
    assert items[-1] == SegmentProgress("office", 14, 14, 3, 2, hops=0)


async def test_several_printers_behind_one_address():
    async with Responders() as agents:
        port = agents.add("127.23.5.1", 0, Manners(mib=printer_mib("AAA0000001", "BBB0000002")))
        items = await search(plan("server", ["127.23.5.1"], port))
    found = kinds(items, Finding)
    assert [(f.device_index, f.identity.serial) for f in found] == [
        (1, "AAA0000001"), (2, "BBB0000002"),
    ]  # fmt: skip
    assert items[-1].found == 2


async def test_an_answer_and_then_silence_is_a_rejection_with_its_reason():
    async with Responders() as agents:
        port = agents.add("127.23.5.1", 0, Manners(deaf=lambda count, _: count > 2))
        items = await search(plan("office", ["127.23.5.1"], port, timeout=0.03))
    (rejected,) = kinds(items, Rejection)
    assert rejected.reason.startswith("answered the sweep, then fell silent: No answer from")


async def test_the_community_of_each_segment_and_which_of_them_answered():
    async with Responders() as agents:
        mib = printer_mib("CCC0000001")
        port = agents.add("127.23.5.1", 0, Manners(communities=("second",), mib=mib))
        agents.add("127.23.5.2", port, Manners(communities=("third",), mib=mib))
        items = await search(
            plan("one", ["127.23.5.1"], port, communities=("first", "second")),
            plan("two", ["127.23.5.2"], port, communities=("third",)),
        )
        heard = {h.community for h in agents.asked(Endpoint("127.23.5.2", port))}
    assert {f.segment: f.community_index for f in kinds(items, Finding)} == {"one": 1, "two": 0}
    assert heard == {"third"}
    assert not any(word in repr(items) for word in ("first", "second", "third"))


async def test_what_several_segments_hold_is_asked_once_and_exclusions_win():
    async with Responders() as agents:
        silent = Manners(versions=())
        port = agents.add("127.23.5.1", 0, silent)
        agents.add("127.23.5.2", port, silent)
        agents.add("127.23.5.3", port, silent)
        items = await search(
            plan("one", ["127.23.5.1-2"], port),
            plan("two", ["127.23.5.0/29"], port, exclude=["127.23.5.3"]),
        )
        heard = [len(agents.asked(Endpoint(f"127.23.5.{n}", port))) for n in (1, 2, 3)]
    assert heard == [4, 4, 0]
    last = {item.segment: item for item in kinds(items, SegmentProgress)}
    assert last["one"].addresses == 2
    assert last["two"].addresses == 3  # six hosts but .1, .2 and .3


async def test_names_that_do_not_resolve():
    async with Responders() as agents:
        port = agents.add("127.23.5.1", 0, Manners(mib=printer_mib("DDD0000001")))
        items = await search(
            plan("one", ["gone.example", "127.23.5.1"], port),
            plan("two", ["127.23.5.2"], port, exclude=["gone.example"]),
        )
    assert len(kinds(items, Finding)) == 1
    reasons = {r.segment: (r.endpoint.address, r.reason) for r in kinds(items, Rejection)}
    assert reasons["one"] == (
        "gone.example", "its name is not resolved (Name or service not known)",
    )  # fmt: skip
    assert reasons["two"][1].startswith("network not searched: 'gone.example'")
    assert {p.segment: p.addresses for p in kinds(items, SegmentProgress)} == {"one": 1, "two": 0}


async def test_what_cannot_be_sent_and_what_is_no_snmp_is_told():
    async with Responders() as agents:
        port = agents.add("127.23.5.1", 0, Manners(raw=b"\x16\x03\x01 not SNMP"))
        items = await search(plan("one", ["127.255.255.254-127.255.255.255", "127.23.5.1"], port))
    reasons = {r.endpoint.address: r.reason for r in kinds(items, Rejection)}
    assert "not SNMP v1 or v2c" in reasons["127.23.5.1"]
    assert "could not be asked: Permission denied" in reasons["127.255.255.255"]


async def test_a_bad_target_stops_before_anything_is_sent():
    async with Responders() as agents:
        port = agents.add("127.23.5.1")
        with pytest.raises(TargetError, match="300 is not"):
            await search(plan("one", ["127.23.5.1"], port), plan("two", ["10.0.0.300"], port))
        with pytest.raises(TargetError, match="prints"):
            await search(plan("one", ["127.23.5.1"], 9100))
        with pytest.raises(BadInputError, match="no community to ask the network one"):
            await search(plan("one", ["127.23.5.1"], port, communities=()))
        assert agents.heard == []


async def test_a_device_that_nobody_foresaw_costs_only_itself(monkeypatch, caplog):
    real = module.identify

    async def fails(client, address, limit):
        if address == "127.23.5.1":
            raise ValueError("odd")
        return await real(client, address, limit)

    monkeypatch.setattr(module, "identify", fails)
    async with Responders() as agents:
        port = agents.add("127.23.5.1")
        agents.add("127.23.5.2", port, Manners(mib=printer_mib("EEE0000001")))
        items = await search(plan("one", ["127.23.5.1-2"], port))
    assert len(kinds(items, Finding)) == 1
    assert "could not be understood (ValueError)" in kinds(items, Rejection)[0].reason
    assert "odd" in caplog.text


async def test_closing_stops_all():
    async with Responders() as agents:
        port = agents.add("127.23.5.1", 0, Manners(mib=printer_mib("FFF0000001")))
        searching = _searching(plan("one", ["127.23.5.0/16"], port), linger=20)
        async with aclosing(searching):
            async for item in searching:
                if isinstance(item, Finding):
                    break
            started = time.monotonic()
        assert time.monotonic() - started < 0.2
        assert [t for t in asyncio.all_tasks() if t is not asyncio.current_task()] == []
        count = len(agents.heard)
        await asyncio.sleep(0)
        assert len(agents.heard) == count


async def test_progress_is_told_twenty_times_a_second_at_most():
    times = []
    async with Responders() as agents:
        port = agents.add("127.23.5.1", 0, Manners(versions=()))
        plans = [plan(f"s{n}", [f"127.23.{n}.0/25"], port) for n in range(40, 66)]
        last = {}
        async for item in _searching(*plans):
            times.append(time.monotonic())
            last[item.segment] = item
    assert len(last) == 26
    assert all(p.asked == p.addresses == 126 for p in last.values())
    for first, twentieth in zip(times, times[20:], strict=False):
        assert twentieth - first > 0.95
