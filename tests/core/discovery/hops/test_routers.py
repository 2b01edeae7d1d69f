"""Real routers in network namespaces, real datagrams, the command as a person types it."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from core.discovery.discover import discover
from core.discovery.hops.atlas import Atlas, distance
from core.discovery.hops.distance import Distance, How
from core.discovery.hops.question import Question
from core.discovery.interfaces import Interface
from core.discovery.pace import Pacer, Rate, SystemClock
from core.discovery.plan import SegmentPlan
from core.host.routes import parse_linux
from core.model.evidence import Finding, Rejection
from core.model.identity import Endpoint
from core.model.segment import Segment
from core.snmp.network import SnmpNetwork
from tests.support.mibs import printer_mib
from tests.support.responders import Manners, Responders
from tests.support.routed import (
    FARTHEST,
    NETWORKS,
    PORT,
    PRINTERS,
    PRINTERS_SIX,
    Chain,
    chain,
    stand,
)

PLATEN = str(Path(sys.executable).with_name("platen"))


@pytest.fixture(scope="module")
def routed() -> Iterator[Chain]:
    with chain() as built:
        yield built


@pytest.fixture(scope="module")
def muted() -> Iterator[Chain]:
    """The same with routers that send nothing of their own."""
    with chain() as built:
        for number in range(1, FARTHEST + 1):
            built.router(number).mute("10.77.0.0/16")
        yield built


@pytest.fixture
async def agents(routed: Chain) -> AsyncIterator[Responders]:
    async with Responders() as made:
        for hops in range(FARTHEST + 1):
            stand(routed, made, hops)
        yield made


async def command(built: Chain, *arguments: str) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Search from the PC; gives what was found by serial, and the reasons of refusals."""
    line = (PLATEN, "discover", *arguments, "--json", "--all", "--timeout", "0.6")
    done = await asyncio.to_thread(built.pc.run, *line)
    assert done.returncode in {0, 1}, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    found = {row["serial"]: row for row in rows if "rejected" not in row}
    return found, [row["rejected"] for row in rows if "rejected" in row]


async def search(
    built: Chain, *targets: str, max_hops: int | None = None
) -> tuple[dict[str | None, Finding], list[str]]:
    """Search from the PC by SNMP alone, in this process."""
    plan = SegmentPlan(Segment("here", targets, timeout=0.6, max_hops=max_hops))
    table = built.pc.run("cat", "/proc/net/route").stdout
    with built.pc.inside():
        async with SnmpNetwork() as network:
            found = discover([plan], network, routes=lambda: parse_linux(table))
            async with aclosing(found):
                items = [item async for item in found]
    findings = {item.identity.serial: item for item in items if isinstance(item, Finding)}
    return findings, [item.reason for item in items if isinstance(item, Rejection)]


def why(finding: Finding) -> str:
    return f"{finding.provenance['hops'].refs[0]}: {finding.provenance['hops'].rule}"


async def measure(built: Chain, *addresses: str, patience: float = 0.6) -> Distance:
    """Measure from the PC, in this process."""
    clock = SystemClock()
    table = built.pc.run("cat", "/proc/net/route").stdout
    with built.pc.inside():
        async with Atlas(
            [Interface("far", "10.77.0.1", 24)],
            Pacer(Rate(None, 0), clock),
            clock,
            Random(2),
            routes=lambda: parse_linux(table),
        ) as atlas:
            sample = [Endpoint(address, PORT) for address in addresses]
            return await distance(sample, Question(patience=patience), atlas)


async def test_every_printer_is_found_with_its_distance(routed: Chain, agents: Responders) -> None:
    found, _ = await command(routed, *PRINTERS)
    assert {serial: row["hops"] for serial, row in found.items()} == {
        "FAR0": 0, "FAR1": 1, "FAR2": 2, "FAR3": 3,
    }  # fmt: skip
    assert found["FAR0"]["hops_by"].startswith("route: on this machine's network 10.77.0.0/24")
    assert found["FAR3"]["hops_by"] == "probe: router 10.77.2.253 is the last on the way"


@pytest.mark.parametrize("limit", [0, 1, 2])
async def test_nothing_goes_behind_more_routers_than_allowed(
    routed: Chain, agents: Responders, limit: int
) -> None:
    before = routed.forwarded()
    found, refused = await search(routed, *NETWORKS, max_hops=limit)
    assert set(found) == {f"FAR{hops}" for hops in range(limit + 1)}
    assert any(f"{limit + 1} hop" in r and f"more than the limit of {limit}" in r for r in refused)
    passed = [now - then for now, then in zip(routed.forwarded(), before, strict=True)]
    assert all(passed[:limit]), "the routers within the limit pass questions on"
    assert not any(passed[limit:]), "the first router beyond it passes on nothing at all"
    beyond = {Endpoint(address, PORT) for address in PRINTERS[limit + 1 :]}
    assert not beyond & {heard.endpoint for heard in agents.heard}


async def test_the_command_keeps_the_limit_by_every_way_of_asking(
    routed: Chain, agents: Responders
) -> None:
    before = routed.forwarded()
    found, refused = await command(routed, *PRINTERS, "--max-hops", "1")
    assert {serial: row["hops"] for serial, row in found.items()} == {"FAR0": 0, "FAR1": 1}
    assert "more than the limit of 1" in "".join(refused)
    passed = [now - then for now, then in zip(routed.forwarded(), before, strict=True)]
    assert passed[0] > 0
    assert passed[1:] == [0, 0]


async def test_routers_without_a_word_leave_the_answer_s_time_to_live(muted: Chain) -> None:
    async with Responders() as made:
        stand(muted, made, 3)
        found, _ = await search(muted, PRINTERS[3])
    assert found["FAR3"].hops == 3
    assert why(found["FAR3"]) == (
        "ttl: the last router on the way says nothing; the answer came with a TTL of 61 out of 64"
    )


async def test_the_limit_holds_where_routers_say_nothing(muted: Chain) -> None:
    async with Responders() as made:
        stand(muted, made, 3)
        before = muted.forwarded()
        found, _ = await search(muted, PRINTERS[3], "10.77.2.0/28", max_hops=1)
        assert found == {}
        assert made.heard == []
        passed = [now - then for now, then in zip(muted.forwarded(), before, strict=True)]
    assert passed[0] > 0
    assert passed[1:] == [0, 0]


async def test_ipv6_is_measured_the_same_way(routed: Chain, agents: Responders) -> None:
    for hops, address in enumerate(PRINTERS_SIX):
        found = await measure(routed, address)
        assert (found.hops, found.how, found.exact) == (hops, How.PROBE, True)
    assert found.detail.startswith("router fd77:2::")
    rows, refused = await search(routed, PRINTERS_SIX[3], PRINTERS_SIX[1], max_hops=2)
    assert set(rows) == {"FAR1"}
    (reason,) = refused
    assert reason.startswith("at least 3 hops away, more than the limit of 2: router fd77:2::")


async def test_an_address_without_a_host_tells_the_last_router(routed: Chain) -> None:
    found = await measure(routed, "10.77.2.77")
    assert (found.hops, found.how, found.at_least) == (2, How.PROBE, True)
    assert found.detail == "router 10.77.1.253 is the last that was heard of"


async def test_a_closed_port_tells_as_much_as_an_answer(routed: Chain) -> None:
    found = await measure(routed, "10.77.3.253")
    assert (found.hops, found.how, found.exact) == (3, How.PROBE, True)


async def test_a_sample_goes_on_to_an_address_that_answers(
    routed: Chain, agents: Responders
) -> None:
    found = await measure(routed, "10.77.3.77", PRINTERS[3])
    assert (found.hops, found.how, found.exact) == (3, How.PROBE, True)


async def test_a_wall_of_silence_leaves_the_routes(muted: Chain) -> None:
    found = await measure(muted, "10.77.3.77", patience=0.1)
    assert (found.hops, found.how, found.at_least) == (1, How.ROUTE, True)
    assert "by router 10.77.0.253" in found.detail


async def test_a_printer_that_sends_with_an_odd_time_to_live_is_placed_all_the_same(
    muted: Chain,
) -> None:
    muted.places[FARTHEST + 1].set("net/ipv4/ip_default_ttl", 60)
    try:
        async with Responders() as made:
            stand(muted, made, 3, Manners(mib=printer_mib("ODD")))
            found = await measure(muted, PRINTERS[3])
    finally:
        muted.places[FARTHEST + 1].set("net/ipv4/ip_default_ttl", 64)
    assert (found.hops, found.how) == (3, How.PROBE)
    assert found.detail.endswith("answers where 3 may be crossed, not where 2 may")
