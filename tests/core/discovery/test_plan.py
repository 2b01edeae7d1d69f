from __future__ import annotations

import pytest

from core.discovery.errors import TargetError
from core.discovery.interfaces import Interface, Path
from core.discovery.pace import Pace
from core.discovery.plan import SegmentPlan, estimate, lay_out
from core.model.segment import Segment

ETH = Interface("eth0", "10.1.2.3", 24)


async def no_names(host):
    raise OSError(host)


def plan(name, *targets, communities=("public",)):
    return SegmentPlan(Segment(name, targets), communities)


async def test_lanes_by_path_and_each_address_once():
    one, two = await lay_out(
        [plan("one", "10.1.2.0/25"), plan("two", "10.1.2.0/24", "10.9.0.0/24", "127.0.0.1")],
        no_names,
        [ETH],
    )
    assert {path: len(targets) for path, targets in one.lanes.items()} == {Path.ON_LINK: 126}
    assert {path: len(targets) for path, targets in two.lanes.items()} == {
        Path.ON_LINK: 128,
        Path.ROUTED: 254,
        Path.LOOPBACK: 1,
    }
    assert two.addresses == 383


async def test_how_long_a_search_takes_is_known_beforehand():
    options = {"resolver": no_names, "interfaces": lambda: [ETH]}
    eight = await estimate([plan("wide", "10.0.0.0/8")], **options)
    assert eight.addresses == (1 << 24) - 2
    assert 18 < eight.seconds / 3600 < 19
    hurried = await estimate([plan("wide", "10.0.0.0/8")], Pace.FAST, **options)
    assert 0.9 < hurried.seconds / 3600 < 1
    two = await estimate([plan("a", "10.9.0.0/16", communities=("x", "y"))], **options)
    assert two.addresses == 65534
    assert 500 < two.seconds < 550
    with pytest.raises(TargetError):
        await estimate([plan("bad", "10.0.0.300")], **options)


def test_communities_are_not_shown():
    assert "hidden" not in repr(plan("one", "10.0.0.1", communities=("hidden",)))
