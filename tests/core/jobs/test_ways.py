"""Which ways a printer is asked: by SNMP, by IPP beside it, by IPP in its place."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from core.ipp.ways import Way
from core.model.event import EventKind, ReadingFailed
from core.model.identity import Endpoint
from core.model.jsonio import from_json
from core.model.provenance import Source
from core.model.reading import DeviceState
from core.store.ways import KnownWay
from tests.support.ipp_attributes import values
from tests.support.ipp_messages import answer
from tests.support.ippeveprinter import run_ippeveprinter
from tests.support.odd_agent import serve
from tests.support.odd_http import always, http, odd_http
from tests.support.two_ways import SERIAL, knowing, snmp_values

HERE = "127.42.0.4"
SHUT = Way(1, tls=False)  # nothing listens there
BOTH = (Source.SNMP, Source.IPP)


def says(level: int | None = 62, **more) -> bytes:
    """An answer of IPP: one black toner, and a serial number that fits."""
    given = {
        "printer_make_and_model": "Kyocera ECOSYS P3155dn",
        "printer_device_id": f"MFG:Kyocera;MDL:ECOSYS P3155dn;SN:{SERIAL};",
        "printer_state": values(3),
        **more,
    }
    if level is not None:
        given |= {"marker_names": "Black Toner", "marker_types": "toner"}
        given |= {"marker_levels": values(level)}
    return http(200, answer(**given))


async def test_ipp_fills_what_snmp_does_not_know_and_is_asked_again(tmp_path) -> None:
    async with (
        serve(snmp_values(-3), address=HERE) as snmp,
        odd_http(always(says()), address=HERE) as ipp,
        knowing(tmp_path, Way(ipp.port, tls=False)) as site,
    ):
        key = await site.find(snmp.endpoint, *BOTH, version="2c")
        for visits in (1, 2, 3):
            await site.collect()
            reading = await site.latest(key)
            assert len(ipp.requests) == visits
            assert reading.sources == BOTH
            [supply] = reading.supplies
            assert (supply.index, supply.level_percent, supply.state) == ("1.1", 62.0, "ok")
            assert reading.provenance["supplies[1.1].level_percent"].source is Source.IPP
            assert reading.meters == {"total": 5000}
            assert reading.cost is not None
            assert reading.cost.bytes_in > 200
        way = await site.tools.store.ways.of(key)
        assert way is not None
        assert (way.port, way.path, way.adds) == (ipp.port, "/ipp/print", ("levels",))


async def test_ipp_that_adds_nothing_is_asked_once_a_week(tmp_path) -> None:
    async with (
        serve(snmp_values(60), address=HERE) as snmp,
        odd_http(always(says()), address=HERE) as ipp,
        knowing(tmp_path, Way(ipp.port, tls=False)) as site,
    ):
        key = await site.find(snmp.endpoint, *BOTH, version="2c")
        for _ in range(3):
            await site.collect()
        assert len(ipp.requests) == 1
        assert (await site.latest(key)).sources == (Source.SNMP,)
        site.now += timedelta(days=7)
        await site.collect()
        assert len(ipp.requests) == 2


async def test_a_disagreement_is_shown_at_every_visit(tmp_path) -> None:
    async with (
        serve(snmp_values(30), address=HERE) as snmp,
        odd_http(always(says(62)), address=HERE) as ipp,
        knowing(tmp_path, Way(ipp.port, tls=False)) as site,
    ):
        key = await site.find(snmp.endpoint, *BOTH, version="2c")
        for _ in range(2):
            await site.collect()
            reading = await site.latest(key)
            assert [note.code for note in reading.notes] == ["sources_disagree"]
            assert reading.supplies[0].level_percent == 30.0


async def test_without_evidence_of_a_door_ipp_is_left_alone(tmp_path) -> None:
    async with (
        serve(snmp_values(-3), address=HERE) as snmp,
        odd_http(always(says()), address=HERE) as ipp,
        knowing(tmp_path, Way(ipp.port, tls=False)) as site,
    ):
        key = await site.find(snmp.endpoint, Source.SNMP, version="2c")
        await site.collect()
        assert ipp.requests == []
        assert (await site.latest(key)).sources == (Source.SNMP,)


async def test_a_printer_without_snmp_is_read_by_ipp_and_snmp_coming_back_is_noticed(
    tmp_path,
) -> None:
    gone = {"yes": True}

    def manners(agent, request):
        return [] if gone["yes"] else [agent.good(request)]

    body = says(printer_impressions_completed=values(5100))
    async with (
        serve(snmp_values(60), manners, address=HERE) as snmp,
        odd_http(always(body), address=HERE) as ipp,
        knowing(tmp_path, SHUT, Way(ipp.port, tls=False)) as site,
    ):
        key = await site.find(snmp.endpoint, Source.IPP)
        await site.collect()
        reading = await site.latest(key)
        assert reading.sources == (Source.IPP,)
        assert reading.meters == {"total": 5100}
        assert (reading.port, reading.identity.serial) == (snmp.endpoint.port, SERIAL)
        assert reading.cost is not None
        assert reading.cost.requests > 1  # what SNMP was asked for nothing counts
        asked = len(snmp.requests)
        await site.collect()
        assert 0 < len(snmp.requests) - asked < asked  # one try where IPP stood in
        gone["yes"] = False
        await site.collect()
        reading = await site.latest(key)
        assert Source.SNMP in reading.sources
        assert reading.supplies[0].index == "1.1"
        way = await site.tools.store.ways.of(key)
        assert way is not None
        assert way.snmp_silent_since is None


async def test_snmp_falling_silent_keeps_rows_and_lets_no_counter_fall(tmp_path) -> None:
    silent = {"yes": False}

    def manners(agent, request):
        return [] if silent["yes"] else [agent.good(request)]

    body = says(printer_impressions_completed=values(40), printer_media_sheets_completed=values(9))
    async with (
        serve(snmp_values(60), manners, address=HERE) as snmp,
        odd_http(always(body), address=HERE) as ipp,
        knowing(tmp_path, Way(ipp.port, tls=False)) as site,
    ):
        key = await site.find(snmp.endpoint, *BOTH, version="2c")
        await site.collect()
        silent["yes"] = True
        for _ in range(2):
            await site.collect()
            reading = await site.latest(key)
            assert reading.sources == (Source.IPP,)
            assert reading.supplies[0].index == "1.1"
            assert reading.meters == {"sheets": 9}
            assert [n.code for n in reading.notes] == ["snmp_silent", "sources_disagree"]
        assert (await site.tools.store.devices()).total == 1


async def test_two_silences_name_both_causes(tmp_path) -> None:
    async with knowing(tmp_path, SHUT) as site:
        key = await site.find(Endpoint("127.42.0.5", 40161), Source.IPP, version="2c")
        events = await site.collect()
        [said] = [e for e in events if e.kind is EventKind.READING_FAILED]
        problem = from_json(said.body, ReadingFailed).problem
        assert problem.code.startswith("snmp_")
        assert "127.42.0.5:40161" in problem.text
        assert "nothing listens on TCP port 1" in problem.text
        assert "IPP" in problem.remedy
        summary = await site.tools.store.device(key)
        assert summary is not None
        assert summary.problem == problem


async def test_ipp_of_another_printer_is_not_taken(tmp_path) -> None:
    other = says(printer_device_id="MFG:Kyocera;MDL:X;SN:ZZZ9999999;")
    async with (
        serve(snmp_values(-3), address=HERE) as snmp,
        odd_http(always(other), address=HERE) as ipp,
        knowing(tmp_path, Way(ipp.port, tls=False)) as site,
    ):
        key = await site.find(snmp.endpoint, *BOTH, version="2c")
        await site.collect()
        reading = await site.latest(key)
        assert reading.supplies[0].level_percent is None
        assert [note.code for note in reading.notes] == ["ipp_other_printer"]


async def endless(_, writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\n\r\n")
    while True:
        writer.write(bytes(65_536))
        await writer.drain()


@pytest.mark.parametrize(
    ("answering", "words"),
    [
        (endless, "more than 1048576 octets"),
        (always(http(302, Location="http://192.0.2.200/ipp")), "not followed"),
        (always(http(200, b"<html>", "text/html")), "it sent a page"),
        (always(b"\x16\x03\x01\x00\x00"), "HTTP cannot be read"),
    ],
    ids=["endless", "elsewhere", "page", "tls"],
)
async def test_hostile_servers_cost_a_reading_nothing(tmp_path, answering, words) -> None:
    async with (
        serve(snmp_values(-3), address=HERE) as snmp,
        odd_http(answering, address=HERE) as ipp,
        knowing(tmp_path, Way(ipp.port, tls=False)) as site,
    ):
        key = await site.find(snmp.endpoint, *BOTH, version="2c")
        # As if it had added something once: now it is asked at every visit, and says why not.
        known = KnownWay("2026-01-05T08:00:00Z", ipp.port, adds=("levels",))
        await site.tools.store.ways.save(key, known)
        began = time.monotonic()
        await site.collect()
        assert time.monotonic() - began < 10
        reading = await site.latest(key)
        assert reading.sources == (Source.SNMP,)
        [note] = reading.notes
        assert note.code == "ipp_silent"
        assert words in note.text


async def test_a_real_ipp_printer_beside_snmp_and_alone(tmp_path) -> None:
    with run_ippeveprinter() as real:
        async with (
            serve(snmp_values(-3), address=real.address) as snmp,
            knowing(tmp_path, Way(real.port, tls=True)) as site,
        ):
            key = await site.find(snmp.endpoint, *BOTH, version="2c")
            await site.collect()
            reading = await site.latest(key)
            assert reading.sources == BOTH
            assert reading.supplies[0].level_percent == 75.0
            assert len(reading.trays) >= 4
            assert reading.identity.uuid is not None
            snmp._manners = lambda agent, request: []
            await site.collect()
            alone = await site.latest(key)
            assert alone.sources == (Source.IPP,)
            assert alone.status.state is DeviceState.IDLE
            assert {s.index for s in alone.supplies} == {"1.1", "ipp.1"}
