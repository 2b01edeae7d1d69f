"""A certificate that comes to its end says so in time, with why it is not renewed."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import grpc
import pytest

from app.commands import tables
from core.agent import Agent
from core.model.action import ActionKind, Origin
from core.model.event import EventKind
from core.model.problem import PlatenError, Problem
from core.model.status import AgentStatus
from core.pki.certificates import make_authority
from core.uplink import connection
from core.uplink.line import Line
from core.uplink.standing import certificate_problem
from proto.platen.v1 import hub_pb2
from tests.support.hub import DAY, now
from tests.support.odd_hub import OddHub, agent_pair, enrolment_at

BORN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
AUTHORITY = make_authority("Dealer", BORN - DAY)
MINE = enrolment_at(AUTHORITY, "127.0.0.1:1", agent_pair(AUTHORITY, "one", BORN))
FAILED = Problem("hub_refused", "Nothing listens at hub:1.", "Check host and port.")


@pytest.mark.parametrize(
    ("day", "failed", "said"),
    [
        (59, None, None),
        (59, FAILED, None),  # of the time before: nothing is due
        (61, FAILED, None),  # a weekend is no reason to worry
        (62.5, None, None),
        (64, FAILED, "ends in 26 days, on 2026-04-01, and its renewal fails: Nothing listens"),
        (75, None, None),
        (77, None, "ends in 13 days, on 2026-04-01, and it has not been renewed"),
        (88.5, FAILED, "ends in 1 day, "),
        (89.5, FAILED, "ends in less than a day, "),
        (91, FAILED, "lapsed on 2026-04-01"),
        (-2, None, "is valid only from "),
    ],
)
def test_it_is_said_in_time_and_not_before(
    day: float, failed: Problem | None, said: str | None
) -> None:
    found = certificate_problem(MINE, failed, BORN + dt.timedelta(days=day))
    if said is None:
        assert found is None
        return
    assert found is not None
    assert said in found.text
    assert found.remedy
    if failed and found.code == "certificate_ending":
        assert failed.remedy in found.remedy


class First(OddHub):
    """A hub of the time before certificates were renewed."""

    async def Renew(self, request: Any, context: Any) -> Any:  # noqa: N802
        await context.abort(grpc.StatusCode.UNIMPLEMENTED, "Method not found!")


@pytest.fixture
async def first() -> AsyncIterator[First]:
    async with First().listening() as hub:
        yield hub


async def renewed_at(hub: OddHub) -> Problem:
    line = Line(enrolment_at(hub.authority, hub.address), 10)
    try:
        with pytest.raises(PlatenError) as caught:
            await line.call("Renew", hub_pb2.RenewRequest())
    finally:
        await line.close()
    return caught.value.problem


async def test_a_hub_that_cannot_renew_is_not_taken_for_a_wrong_port(first: First) -> None:
    problem = await renewed_at(first)
    assert problem.code == "hub_too_old"
    assert "it cannot renew certificates" in problem.text
    assert problem.remedy == "Ask the dealer to update the hub."


async def test_another_service_is_a_wrong_port_still(first: First) -> None:
    first.deliver = None  # type: ignore[assignment]
    assert (await renewed_at(first)).code == "hub_wrong_port"


async def ask_to_renew(agent: Agent) -> EventKind:
    stream = agent.do("r", ActionKind.RENEW.value, "{}", Origin.SCHEDULE)
    return [event async for event in stream][-1].kind


async def opened(folder: Path) -> Agent:
    return await Agent.open(folder, clock=now, random=random.SystemRandom(), version="t")


async def test_what_fails_is_in_the_status_and_outlives_a_restart(
    first: First, tmp_path: Path
) -> None:
    mine = enrolment_at(first.authority, first.address, at=now() - 70 * DAY)
    connection.save(tmp_path, mine)
    shown: list[AgentStatus] = []
    agent = await opened(tmp_path)
    shown.append(await agent.status())
    assert await ask_to_renew(agent) is EventKind.ACTION_FAILED
    shown.append(await agent.status())
    await agent.close()
    agent = await opened(tmp_path)
    shown.append(await agent.status())
    await agent.close()
    assert shown[0].hub.certificate_ends is not None
    assert [status.hub.certificate_problem is None for status in shown] == [True, False, False]
    for status in shown[1:]:
        assert status.state == "attention"
        assert status.problem is not None
        assert status.problem.code == "certificate_ending"
        assert "19 days" in status.problem.text or "20 days" in status.problem.text
        assert "it cannot renew certificates" in status.problem.text
        row = next(cells for cells in rows(status) if cells[0] == "certificate")
        assert "cannot renew certificates" in row[1]


def rows(status: AgentStatus) -> list[tuple[str, str]]:
    table = tables.status(status)
    names, values = (list(column.cells) for column in table.columns)
    return [(str(name), str(value)) for name, value in zip(names, values, strict=True)]
