"""A search where SNMPv3 is allowed, and what it costs where it is not."""

from __future__ import annotations

from random import Random

import pytest

from core.discovery.plan import SegmentPlan, check, estimate
from core.discovery.probe import Questions
from core.model.evidence import Finding
from core.model.problem import BadInputError
from core.model.segment import Segment
from core.snmp.access import Version
from core.snmp.message import decode
from core.snmp.v3.user import V3User
from core.snmp.v3.wire import message_id
from tests.core.discovery.test_discover import kinds, search
from tests.support.sweeps import run, sweep_of
from tests.support.v3_device import serve_v3

ANN = V3User("ann")
ALL = (Version.V3, Version.V2C, Version.V1)


async def test_an_engine_that_introduces_itself_has_answered():
    async with serve_v3(ANN, address="127.46.2.1") as device:
        sweep = await sweep_of(["127.46.2.0/28"], device.endpoint.port, versions=ALL)
        found = await run(sweep)
    assert {address: a.version for address, a in found.items()} == {"127.46.2.1": Version.V3}
    assert {asked.frame.user for asked in device.asked} == {b""}


async def test_nobody_hears_version_3_where_it_is_not_allowed():
    async with serve_v3(ANN, address="127.46.2.2") as device:
        segment = Segment("here", ("127.46.2.2",), port=device.endpoint.port, timeout=0.1)
        heard = []
        device.datagram_received = lambda data, _: heard.append(message_id(data))
        await search(SegmentPlan(segment, ("public",), (ANN,)))
    assert heard
    assert set(heard) == {None}


@pytest.mark.parametrize("version", ["1", "2c"])
async def test_a_version_that_is_switched_off_is_not_spoken(version):
    async with serve_v3(ANN, address="127.46.2.4") as device:
        segment = Segment(
            "here", ("127.46.2.4",), port=device.endpoint.port, timeout=0.1, versions=(version,)
        )
        heard = []
        device.datagram_received = lambda data, _: heard.append(decode(data).version)
        await search(SegmentPlan(segment))
    assert heard
    assert set(heard) == {version}


async def test_users_are_tried_where_an_engine_answered():
    """It has something for whatever is asked: that is an answer that only a user gets."""
    async with serve_v3(ANN, address="127.46.2.3") as device:
        segment = Segment(
            "here", ("127.46.2.3",), port=device.endpoint.port, timeout=0.2, versions=("3",)
        )
        items = await search(SegmentPlan(segment, (), (V3User("bob"), ANN)))
        users = {asked.frame.user for asked in device.asked}
    assert users == {b"", b"bob", b"ann"}
    assert kinds(items, Finding)


def test_a_community_more_costs_no_question_of_version_3_more():
    questions = Questions(ALL, ("one", "two"), Random(1))
    assert [[p.version for p in probes] for probes in questions.probes] == [
        [Version.V3, Version.V2C, Version.V1],
        [Version.V2C, Version.V1],
    ]
    only = Questions((Version.V3,), ("one", "two"), Random(1))
    assert [[p.version for p in probes] for probes in only.probes] == [[Version.V3]]


def test_a_segment_for_version_3_needs_a_user():
    with pytest.raises(BadInputError) as caught:
        check([SegmentPlan(Segment("here", ("10.0.0.1",), versions=("3",)))])
    assert caught.value.problem.code == "no_v3_user"


async def test_an_estimate_needs_no_user():
    segment = Segment("here", ("10.0.0.0/24",), versions=("3",))
    assert (await estimate([SegmentPlan(segment)])).addresses == 254
