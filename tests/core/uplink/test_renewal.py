"""Certificates are renewed at a real hub, whose clock is the test's."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import json
import random
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import grpc
import pytest

from core.agent import Agent
from core.model.action import ActionKind, EnrolArguments, NoArguments, Origin
from core.model.event import Event, EventKind, Finished
from core.model.jsonio import from_json, to_json
from core.model.problem import PlatenError, Problem
from core.pki.certificates import make_authority, make_request, new_key
from core.pki.pem import certificate_pem, key_pem, load_certificate
from core.uplink import connection, renewal
from core.uplink.connection import Enrolment
from core.uplink.line import Line
from hub.authority import HubFacts, init
from hub.listening import Listening
from hub.serve import HubServer
from proto.platen.v1 import hub_pb2
from tests.support.hub import DAY, Hub, now
from tests.support.need import ROOT
from tests.support.odd_hub import OddHub, enrolment_at


class Site:
    """A hub in this process. ``ago`` is how far its clock is behind: certificates are made then."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.agent = folder, folder / "agent"
        self.hub = Hub(folder / "hub")
        self.ago = dt.timedelta()
        self.server: Any = None

    def clock(self) -> dt.datetime:
        return now() - self.ago

    async def enrolled(self, ago: dt.timedelta) -> Enrolment:
        """Enrol an agent whose certificate was made so long ago."""
        self.ago = ago
        await self.hub.enrolled(self.agent)
        self.ago = dt.timedelta()
        return self.enrolment()

    def enrolment(self) -> Enrolment:
        found = connection.load(self.agent)
        assert found is not None
        return found

    def serials(self) -> tuple[str, str | None]:
        with self.hub.store() as store:
            (row,) = store.agents()
        return row["certificate_serial"], row["renewed_serial"]

    async def open_agent(self, clock: Any = now) -> Agent:
        return await Agent.open(
            self.agent, clock=clock, random=random.SystemRandom(), version="test"
        )


@pytest.fixture
async def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    made = Site(tmp_path)
    names = HubFacts("Dealer", ("127.61.1.1", "127.0.0.1"))
    init(made.hub.folder, names, now() - 100 * DAY)
    made.server = HubServer(made.hub.folder, Listening("127.61.1.1:0", "127.61.1.1:0"), made.clock)
    await made.server.start()
    made.hub.enrolment = made.server.enrolment_address
    # The wire checks a certificate's time by this machine's clock, and enrolment compares clocks.
    monkeypatch.setattr("tests.support.hub.now", made.clock)
    yield made
    await made.server.stop()


def serial(enrolment: Enrolment) -> str:
    return format(load_certificate(enrolment.certificate.encode()).serial_number, "x")


async def check_in(enrolment: Enrolment) -> None:
    line = Line(enrolment, 10)
    try:
        await line.call("CheckIn", hub_pb2.CheckInRequest())
    finally:
        await line.close()


async def refused(enrolment: Enrolment, request: bytes = b"") -> Problem:
    line = Line(enrolment, 10)
    try:
        with pytest.raises(PlatenError) as caught:
            await line.call("Renew", hub_pb2.RenewRequest(request_pem=request))
    finally:
        await line.close()
    return caught.value.problem


async def renew(agent: Agent, origin: Origin = Origin.SCHEDULE) -> Event:
    stream = agent.do("renew-1", ActionKind.RENEW.value, to_json(NoArguments()), origin)
    return [event async for event in stream][-1]


async def test_at_two_thirds_of_its_life_the_agent_renews_and_goes_on(site: Site) -> None:
    old = await site.enrolled(61 * DAY)
    agent = await site.open_agent()
    try:
        event = await renew(agent)
        done = from_json(event.body, Finished)
        assert done.counts == {"renewed": 1}, event
        new = site.enrolment()
        assert f"good until {renewal.lapses(new):%Y-%m-%d}" in done.text
        assert abs(renewal.lapses(new) - now() - 90 * DAY) < dt.timedelta(minutes=5)
        assert new.key != old.key
        assert new.installation == old.installation
        assert site.serials() == (serial(old), serial(new))
        # The next word to the hub goes by the new one, over a new connection.
        stream = agent.do("c", ActionKind.CHECK_IN.value, "{}", Origin.SCHEDULE)
        assert [e async for e in stream][-1].kind is EventKind.ACTION_FINISHED
        assert site.serials() == (serial(new), None)
    finally:
        await agent.close()
    assert (await refused(old)).code == "agent_replaced"


async def test_before_that_it_is_left_alone(site: Site) -> None:
    old = await site.enrolled(59 * DAY)
    agent = await site.open_agent()
    try:
        done = from_json((await renew(agent)).body, Finished)
    finally:
        await agent.close()
    assert (done.counts, site.enrolment()) == ({}, old)
    assert site.serials() == (serial(old), None)


@pytest.mark.parametrize(
    ("moment", "count", "kept"),
    [("fsync", 2, "old"), ("replace", 1, "old"), ("fsync", 3, "new"), ("end", 0, "new")],
)
async def test_killed_during_it_both_or_none(
    site: Site, moment: str, count: int, kept: str
) -> None:
    old = await site.enrolled(61 * DAY)
    script = Path(__file__).with_name("renewing_script.py")
    command = [sys.executable, str(script), moment, str(count), str(site.agent)]
    child = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stderr=subprocess.PIPE)
    _, said = await child.communicate()
    assert child.returncode == -signal.SIGKILL, said.decode()
    left = site.enrolment()  # raises for a pair that does not belong together
    assert (left == old) == (kept == "old")
    assert not connection.find_flaw(left)
    await check_in(left)  # whichever it is, the hub takes it


async def test_a_lost_answer_costs_nothing(site: Site) -> None:
    old = await site.enrolled(61 * DAY)
    for _ in range(2):
        line = Line(old, 10)
        request = make_request(new_key(), old.installation)
        await line.call("Renew", hub_pb2.RenewRequest(request_pem=request))
        await line.close()
    await check_in(old)
    assert site.serials()[0] == serial(old)


async def test_a_revoked_agent_gets_none(site: Site) -> None:
    old = await site.enrolled(61 * DAY)
    with site.hub.store() as store:
        store.revoke(site.hub.agents()[old.installation], now())
    request = make_request(new_key(), old.installation)
    assert (await refused(old, request)).code == "agent_revoked"
    agent = await site.open_agent()
    try:
        event = await renew(agent)
    finally:
        await agent.close()
    assert from_json(event.body, Problem).code == "agent_revoked"
    assert site.enrolment() == old


async def test_a_revocation_reaches_the_renewed_one_too(site: Site) -> None:
    old = await site.enrolled(61 * DAY)
    line = Line(old, 10)
    new = await renewal.renew(old, site.agent, line, now)
    await line.close()
    with site.hub.store() as store:
        store.revoke(site.hub.agents()[old.installation], now())
    assert (await refused(new)).code == "agent_revoked"


async def test_the_name_is_that_of_the_certificate_shown(site: Site) -> None:
    old = await site.enrolled(61 * DAY)
    line, key = Line(old, 10), new_key()
    request = make_request(key, "11111111-2222-4333-8444-555555555555")
    answer = await line.call("Renew", hub_pb2.RenewRequest(request_pem=request))
    await line.close()
    new = dataclasses.replace(
        old, certificate=answer.certificate_pem.decode(), key=key_pem(key).decode()
    )
    assert connection.find_flaw(new) == ""
    await check_in(new)


async def test_a_request_that_is_none(site: Site) -> None:
    old = await site.enrolled(61 * DAY)
    assert (await refused(old, b"no request")).code == "bad_request"


async def test_a_lapsed_one_says_so_and_enrols_again_with_a_code(site: Site) -> None:
    await site.enrolled(dt.timedelta())
    later = now() + 91 * DAY
    agent = await site.open_agent(lambda: later)
    try:
        problem = from_json((await renew(agent)).body, Problem)
        assert problem.code == "certificate_lapsed"
        assert "enrol again with a new code" in problem.remedy
    finally:
        await agent.close()
    agent = await site.open_agent()
    try:
        wanted = EnrolArguments(site.hub.enrolment, site.hub.code())
        stream = agent.do("e", ActionKind.ENROL.value, to_json(wanted), Origin.CONSOLE)
        assert [e async for e in stream][-1].kind is EventKind.ACTION_FINISHED
        assert (await agent.status()).hub.problem is None
    finally:
        await agent.close()
    await check_in(site.enrolment())


async def test_only_the_schedule_and_a_person_ask_for_it(site: Site) -> None:
    agent = await site.open_agent()
    try:
        assert from_json((await renew(agent, Origin.HUB)).body, Problem).code == "origin_refused"
        assert json.loads((await renew(agent)).body)["text"] == "Not enrolled at a hub."
    finally:
        await agent.close()


class Renewing(OddHub):
    """Answers a renewal with what it was given."""

    certificate = b""

    async def Renew(self, request: Any, context: Any) -> Any:  # noqa: N802
        if not self.certificate:
            await context.abort(grpc.StatusCode.UNIMPLEMENTED, "Method not found!")
        return hub_pb2.RenewResponse(certificate_pem=self.certificate)


@pytest.mark.parametrize("answer", [b"", b"rubbish", b"another authority", b"another key"])
async def test_an_answer_that_is_none_leaves_the_old_one(tmp_path: Path, answer: bytes) -> None:
    made = Renewing()
    async with made.listening() as hub:
        old = enrolment_at(hub.authority, hub.address)
        connection.save(tmp_path, old)
        Renewing.certificate = answer
        if answer == b"another authority":
            made_by = make_authority("Other", now())
            Renewing.certificate = certificate_pem(made_by.certificate)
        if answer == b"another key":
            Renewing.certificate = old.certificate.encode()
        line = Line(old, 10)
        with pytest.raises(PlatenError) as caught:
            await renewal.renew(old, tmp_path, line, now)
        await line.close()
    assert connection.load(tmp_path) == old
    assert caught.value.problem.code == ("hub_answer_bad" if answer else "hub_too_old")
