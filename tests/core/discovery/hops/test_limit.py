from __future__ import annotations

import asyncio
from typing import cast

from core.discovery.hops.atlas import Atlas
from core.discovery.hops.limit import keep_near, time_to_live, within
from core.discovery.hops.question import Question
from core.discovery.hops.word import Kind, Word
from core.discovery.interfaces import Path
from core.discovery.plan import Laid, SegmentPlan
from core.discovery.resolve import parse_all, resolve
from core.discovery.targetset import TargetSet
from core.model.identity import Endpoint
from core.model.segment import Segment


class Ways:
    """Stands for an atlas: ``kinds`` says what is heard at an address, by its /24."""

    def __init__(self, kinds: dict[str, Kind]) -> None:
        self.kinds = kinds
        self.asked: list[tuple[str, int]] = []
        self.at_once = self.most = 0

    async def ask(self, endpoint: Endpoint, question: Question, ttl: int) -> Word:
        self.asked.append((str(endpoint), ttl))
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        await asyncio.sleep(0)
        self.at_once -= 1
        network = endpoint.address.rpartition(".")[0] or endpoint.address
        kind = self.kinds.get(endpoint.address, self.kinds.get(network, Kind.SILENCE))
        return Word(kind, f"router before {network}")


async def targets(*texts: str, exclude: tuple[str, ...] = ()) -> TargetSet:
    return (await resolve(*parse_all(texts, exclude), port=161)).targets


def laid(segment: Segment, lanes: dict[Path, TargetSet]) -> Laid:
    return Laid(SegmentPlan(segment), lanes)


async def limited(lanes: dict[Path, TargetSet], ways: Ways, max_hops: int | None = 2) -> Laid:
    segment = Segment("office", ("10.0.0.0/8",), max_hops=max_hops)
    return await keep_near(laid(segment, lanes), cast("Atlas", ways))


async def test_what_a_router_drops_is_not_searched() -> None:
    ways = Ways({"10.0.1": Kind.ANSWER, "10.0.2": Kind.EXPIRED, "10.0.3": Kind.EXPIRED})
    whole = await targets("10.0.0.0/22")
    kept = await limited({Path.ROUTED: whole}, ways)
    assert kept.lanes[Path.ROUTED] == await targets("10.0.0.1-10.0.1.255")
    (rejection,) = kept.rejections
    assert rejection.endpoint == Endpoint("10.0.2.0")
    assert rejection.segment == "office"
    assert rejection.reason == (
        "at least 3 hops away, more than the limit of 2: router router before 10.0.2 lies before "
        "it; nothing up to 10.0.3.254 was asked (511 addresses)"
    )
    assert {ttl for _, ttl in ways.asked} == {3}
    assert len(ways.asked) == 8, "two addresses of each /24"


async def test_only_targets_are_asked() -> None:
    ways = Ways({})
    whole = await targets("10.0.1.0/24", exclude=("10.0.1.1-9", "10.0.1.254"))
    await limited({Path.ROUTED: whole}, ways)
    assert {address for address, _ in ways.asked} == {"10.0.1.91:161", "10.0.1.172:161"}


async def test_what_cannot_be_proved_is_searched_and_so_is_what_disagrees() -> None:
    ways = Ways({"10.0.1.85": Kind.EXPIRED, "10.0.1.170": Kind.ANSWER, "10.0.2": Kind.NO_HOST})
    whole = await targets("10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24")
    found = await within(whole, 2, cast("Atlas", ways), Question())
    assert (found.targets, found.beyond) == (whole, ())


async def test_without_a_limit_and_on_our_own_wires_nothing_is_sent() -> None:
    ways = Ways({"10.0.1": Kind.EXPIRED})
    own = await targets("10.0.1.0/24")
    for lanes, limit in (({Path.ROUTED: own}, None), ({Path.ON_LINK: own}, 0)):
        assert (await limited(lanes, ways, limit)).lanes == lanes
    assert ways.asked == []


async def test_the_same_network_at_another_port_is_asked_once() -> None:
    ways = Ways({"10.0.1": Kind.EXPIRED})
    whole = await targets("10.0.1.7", "10.0.1.7:1161", "10.0.1.9:1161")
    found = await within(whole, 0, cast("Atlas", ways), Question())
    assert len(found.targets) == 0
    assert ways.asked == [("10.0.1.7:161", 1)]
    (beyond,) = found.beyond
    assert beyond.targets == whole


async def test_ipv6_addresses_are_asked_one_by_one() -> None:
    ways = Ways({"fd00::1": Kind.EXPIRED, "fd00::2": Kind.ANSWER})
    found = await within(await targets("fd00::1", "fd00::2"), 1, cast("Atlas", ways), Question())
    assert found.targets == await targets("fd00::2")
    (beyond,) = found.beyond
    assert list(beyond.targets) == [Endpoint("fd00::1")]


async def test_a_large_network_is_measured_a_few_at_a_time() -> None:
    ways = Ways({f"10.{a}.{b}": Kind.EXPIRED for a in range(2) for b in range(256)})
    whole = await targets("10.0.0.0/15")
    kept = await limited({Path.ROUTED: whole}, ways)
    assert kept.lanes == {}
    assert len(kept.rejections) == 1
    assert ways.most <= 64
    assert len(ways.asked) == 1024


def test_a_limit_is_one_less_than_what_a_datagram_carries() -> None:
    assert [time_to_live(limit) for limit in (None, 0, 3)] == [None, 1, 4]
