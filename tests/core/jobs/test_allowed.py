"""SNMPv3 through the agent: searched, stored, read again, and only where it is allowed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from core.jobs.allowed import access_for, check_named, plan_for
from core.model.action import (
    ActionKind,
    CollectArguments,
    DiscoverArguments,
    Origin,
    ReadArguments,
    SetCredentialsArguments,
)
from core.model.event import AddressRejected, EventKind, Finished, ReadingFailed
from core.model.jsonio import from_json, to_builtins
from core.model.problem import Problem, ProblemKind, RefusedError
from core.model.segment import Segment
from core.secrets import CredentialSet
from core.snmp.access import Version
from tests.core.test_agent import agent_on, bodies, devices, do
from tests.support.v3_printer import ANN, SERIAL, v3_printer

WRONG = replace(ANN, auth_password="c4n4ry-wrong")
USERS = CredentialSet(users=(WRONG, ANN))


@pytest.fixture(scope="module")
def printer():
    with v3_printer("127.46.1.1") as endpoint:
        yield endpoint


def segment(endpoint, *versions, credentials="office"):
    target = endpoint.address
    return Segment(
        "office", (target,), (), endpoint.port, credentials, timeout=0.5, versions=versions
    )


async def keep(agent, found=USERS):
    arguments = SetCredentialsArguments("office", to_builtins(found))
    _, last = await do(agent, ActionKind.SET_CREDENTIALS, arguments)
    assert last.kind is EventKind.ACTION_FINISHED


async def test_a_printer_of_version_3_is_found_stored_and_read_again(tmp_path, printer):
    where = segment(printer, "3")
    told = []
    async with agent_on(tmp_path) as agent:
        await keep(agent)
        arguments = DiscoverArguments((where,), remember=True, fast=True, read_found=True)
        events, last = await do(agent, ActionKind.DISCOVER, arguments)
        told += events
        assert from_json(last.body, Finished).counts["read"] == 1
        (row,) = await devices(agent)
        assert row.device.identity.serial == SERIAL
        assert (row.device.version, row.device.community_index) == ("3", 1)
    async with agent_on(tmp_path) as agent:
        events, last = await do(agent, ActionKind.COLLECT, CollectArguments())
        told += events
        assert from_json(last.body, Finished).counts["read"] == 1
        arguments = ReadArguments(printer.address, printer.port)
        events, last = await do(agent, ActionKind.READ, arguments)
        assert from_json(last.body, Finished).counts["read"] == 1
        # The permission is taken back: the printer is not asked, and that is said.
        arguments = DiscoverArguments((replace(where, versions=("2c", "1")),), remember=True)
        events, last = await do(agent, ActionKind.DISCOVER, arguments)
        told += events
        assert _code(last) == "v3_not_allowed"
    assert "c4n4ry" not in "".join(event.body for event in told)


async def test_a_permission_taken_back_holds_for_known_devices(tmp_path, printer):
    async with agent_on(tmp_path) as agent:
        await keep(agent, replace(USERS, communities=("public",)))
        where = segment(printer, "3")
        arguments = DiscoverArguments((where,), remember=True, fast=True)
        await do(agent, ActionKind.DISCOVER, arguments)
        settings = agent._tools.settings
        without = replace(where, versions=("2c", "1"))
        agent._tools.settings = settings.with_segments([without])
        events, _ = await do(agent, ActionKind.COLLECT, CollectArguments())
        (failed,) = bodies(events, EventKind.READING_FAILED, ReadingFailed)
        assert failed.problem.code == "v3_not_allowed"
        assert failed.problem.remedy


@pytest.mark.parametrize("origin", [Origin.HUB, Origin.SCHEDULE])
async def test_nobody_else_can_allow_it(tmp_path, printer, origin):
    async with agent_on(tmp_path) as agent:
        await keep(agent)
        arguments = DiscoverArguments((segment(printer, "3"),), fast=True)
        _, last = await do(agent, ActionKind.DISCOVER, arguments, origin)
        assert _code(last) == "segment_not_approved"


async def test_a_user_that_is_refused_is_a_rejection_with_its_name(tmp_path, printer):
    async with agent_on(tmp_path) as agent:
        await keep(agent, CredentialSet(users=(WRONG,)))
        arguments = DiscoverArguments((segment(printer, "3"),), fast=True)
        events, _ = await do(agent, ActionKind.DISCOVER, arguments)
        reasons = [r.reason for r in bodies(events, EventKind.ADDRESS_REJECTED, AddressRejected)]
        assert any("wrong digest" in reason for reason in reasons)
        assert "c4n4ry" not in json.dumps(reasons)


def _code(event) -> str:
    problem = from_json(event.body, Problem)
    assert problem.text
    return problem.code


HERE = Segment("here", ("10.0.0.0/24",), credentials="office")
V3 = replace(HERE, versions=("3", "2c"))
BOTH = replace(USERS, communities=("one",))


def test_users_beside_communities_are_left_out_where_they_are_not_allowed():
    assert plan_for(HERE, BOTH).users == ()
    assert plan_for(V3, BOTH).users == USERS.users
    assert plan_for(V3, BOTH).access.versions == (Version.V3, Version.V2C)
    assert access_for(None, BOTH, None).versions == (Version.V2C, Version.V1)


def test_users_alone_are_refused_with_reason_and_remedy():
    with pytest.raises(RefusedError) as caught:
        plan_for(HERE, USERS)
    problem = caught.value.problem
    assert (problem.code, problem.kind) == ("v3_not_allowed", ProblemKind.REFUSED)
    assert "here" in problem.text
    assert problem.remedy
    with pytest.raises(RefusedError):
        access_for(HERE, BOTH, "3")
    assert access_for(V3, BOTH, "3").users


def test_a_named_set_speaks_for_the_segments_that_use_it():
    check_named("office", [])
    check_named("office", [HERE, V3])
    with pytest.raises(RefusedError):
        check_named("office", [HERE])
