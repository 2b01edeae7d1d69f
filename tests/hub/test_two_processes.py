"""Two hub processes on one folder: what happens at one moment happens once."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.model.problem import PlatenError
from core.uplink.connection import Enrolment
from core.uplink.enrolment import enrol
from core.uplink.line import Line
from proto.platen.v1 import hub_pb2
from tests.support.hub import Hub, applicant, now
from tests.support.hub_nursery import Nursery, nursery
from tests.support.outbox import item


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hub, list[Nursery]]]:
    hub = Hub(tmp_path_factory.mktemp("hub"))
    hub.make()
    with nursery() as one, nursery() as other:
        for process in (one, other):
            process.start(hub.folder)
        yield hub, [one, other]


async def test_one_code_at_both_at_one_moment(
    pair: tuple[Hub, list[Nursery]], tmp_path: Path
) -> None:
    hub, processes = pair
    for turn in range(4):
        code = hub.code()
        ends = await asyncio.gather(
            *(
                enrol(process.enrolment, code, tmp_path / f"{turn}{n}", applicant(), now)
                for n, process in enumerate(processes * 3)
            ),
            return_exceptions=True,
        )
        assert sum(isinstance(end, Enrolment) for end in ends) == 1
        lost = [end.problem.code for end in ends if isinstance(end, PlatenError)]
        assert lost == ["code_used"] * 5


async def test_one_batch_at_both_at_one_moment(
    pair: tuple[Hub, list[Nursery]], tmp_path: Path
) -> None:
    """As when an agent gives up waiting for one and asks the other."""
    hub, processes = pair
    hub.enrolment, hub.uplink = processes[0].enrolment, processes[0].uplink
    enrolment = await hub.enrolled(tmp_path)
    lines = [Line(moved(enrolment, process.uplink), 20) for process in processes * 2]
    for turn in range(5):
        made = [item(turn * 20 + number) for number in range(20)]
        request = hub_pb2.DeliverRequest(
            items=[
                hub_pb2.OutboxItem(key=i.key, kind=i.kind, device=i.device, body=i.body)
                for i in made
            ]
        )
        answers = await asyncio.gather(*(line.call("Deliver", request) for line in lines))
        assert all(list(answer.stored) == [i.key for i in made] for answer in answers)
    for line in lines:
        await line.close()
    assert sorted(hub.keys_of(enrolment)) == sorted(f"k{number}" for number in range(100))


def moved(enrolment: Enrolment, address: str) -> Enrolment:
    return dataclasses.replace(enrolment, uplink_address=address)
