"""Printers on a cable, through the agent's actions. The system's answers are made up here."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.agent import Agent
from core.discovery.local.endpoint import finding_of
from core.discovery.local.errors import LocalPortError
from core.discovery.local.printer import LocalPrinter
from core.jobs import local
from core.model.action import CollectArguments, DiscoverArguments, Origin
from core.model.device import DeviceSummary
from core.model.event import EventKind, Finished, ReadingFailed
from core.model.evidence import Evidence
from core.model.identity import Identity
from core.model.jsonio import from_json, to_json
from core.model.provenance import Source
from core.model.segment import Segment
from tests.support.ipp_attributes import values
from tests.support.ipp_messages import answer
from tests.support.odd_http import always, http, odd_http

PRINTER = LocalPrinter(
    connection="usb",
    name="ECOSYS P3155dn",
    uri="usb://Kyocera/ECOSYS%20P3155dn?serial=R4B1972571",
    device_id="MFG:Kyocera;MDL:ECOSYS P3155dn;SN:R4B1972571;",
    identity=Identity(vendor="Kyocera", model="ECOSYS P3155dn", serial="R4B1972571"),
    queues=(),
    port=None,
    evidence=Evidence(Source.USB, "IEEE 1284 id at a USB port"),
    provenance={},
)


class System:
    name = "made up"

    def __init__(self) -> None:
        self.connected: tuple[LocalPrinter, ...] = (PRINTER,)

    async def printers(self):
        return self.connected

    async def counters(self, printer):
        raise LocalPortError("local_port_busy", "The port is busy.", "Try again later.")


@pytest.fixture
def system(monkeypatch):
    made = System()
    monkeypatch.setattr(local, "local_printers", lambda tell: made)
    return made


async def do(agent, kind, arguments):
    subscription = agent.do("a", kind, to_json(arguments), Origin.CONSOLE)
    return [event async for event in subscription]


async def test_a_printer_that_speaks_ipp_over_its_cable_is_read(tmp_path, system):
    says = answer(printer_make_and_model="Kyocera ECOSYS P3155dn", printer_state=values(3))
    agent = await Agent.open(
        tmp_path, clock=lambda: datetime.now(UTC), random=random.SystemRandom(), version="t"
    )
    try:
        async with odd_http(always(http(200, says)), address="127.0.0.1") as daemon:
            system.connected = (replace(PRINTER, connection="ipp-usb", ipp_port=daemon.port),)
            await agent._tools.store.save_finding(finding_of(PRINTER), "2026-01-05T08:00:00Z")
            await do(agent, "collect", CollectArguments())
            assert len(daemon.requests) == 1
        page = await agent.query("devices", "", "", 0)
        row = from_json(page.items[0], DeviceSummary)
        assert row.problem is None
        assert row.device.endpoint.address == "usb:R4B1972571"
        assert row.device.identity.serial == "R4B1972571"
        assert row.latest.status.state == "idle"
    finally:
        await agent.close()


async def test_a_printer_on_a_cable_is_found_and_its_failure_named(tmp_path, system):
    agent = await Agent.open(
        tmp_path, clock=lambda: datetime.now(UTC), random=random.SystemRandom(), version="t"
    )
    try:
        nowhere = Segment("nowhere", ("127.29.9.9",), (), 1161, timeout=0.1)
        events = await do(agent, "discover", DiscoverArguments((nowhere,), fast=True))
        assert from_json(events[-1].body, Finished).counts["found"] == 1
        page = await agent.query("devices", "", "", 0)
        row = from_json(page.items[0], DeviceSummary)
        assert row.device.endpoint.address == "usb:R4B1972571"
        assert row.device.evidence == (PRINTER.evidence,)
        for connected, code in (((PRINTER,), "local_port_busy"), ((), "local_port_gone")):
            system.connected = connected
            events = await do(agent, "collect", CollectArguments())
            (said,) = (e for e in events if e.kind is EventKind.READING_FAILED)
            assert from_json(said.body, ReadingFailed).problem.code == code
    finally:
        await agent.close()
