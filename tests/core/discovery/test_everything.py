from __future__ import annotations

import asyncio
import errno
import time
from contextlib import AsyncExitStack, aclosing, asynccontextmanager

import pytest

from core.discovery import doors as doors_module
from core.discovery import searching as searching_module
from core.discovery.doors import Doors
from core.discovery.everything import Others, Search
from core.discovery.interfaces import Interface
from core.discovery.pace import SystemClock
from core.discovery.plan import SegmentPlan
from core.ipp.network import IppNetwork
from core.model.event import SegmentProgress
from core.model.evidence import Finding
from core.model.problem import BadInputError
from core.model.provenance import Source
from core.model.segment import Segment
from core.snmp.network import SnmpNetwork
from tests.support.evidence import dns_sd
from tests.support.ipp_messages import answer
from tests.support.mibs import printer_mib
from tests.support.odd_http import always, http, odd_http
from tests.support.private_network import HERE, THERE
from tests.support.responders import Manners, Responders
from tests.support.site_search import ON_LINK, search
from tests.support.ws_device import UUID as REFERENCE
from tests.support.ws_device import WsResponder

U1, U2 = f"urn:uuid:{REFERENCE[:-1]}1", f"urn:uuid:{REFERENCE[:-1]}2"
OTHER = "192.0.2.6"
QUIET = Others(announcements=False)
ROUTED = (Interface("wire0", "198.51.100.1", 24),)  # as if the other host were behind a router


def sources(finding):
    return [evidence.source for evidence in finding.evidence]


@asynccontextmanager
async def ipp_at(network, *addresses, port=631, **attributes):
    attributes = {"printer_make_and_model": "Kyocera ECOSYS P3155dn"} | attributes
    page = always(http(200, answer(**attributes)))
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(odd_http(page, sock=network.listener(address, port)))
            for address in addresses
        ]


async def test_a_printer_with_two_addresses_is_one(network):
    network.add_address(OTHER)
    async with ipp_at(network, THERE, OTHER, printer_uuid=U1):
        told = await search(THERE, OTHER, others=QUIET)
    (printer,) = told.found
    assert printer.endpoint.address == THERE
    assert sources(printer) == [Source.IPP, Source.IPP]
    assert {one.endpoint.address for one in told.kind(Finding)} == {THERE, OTHER}


async def test_a_printer_is_asked_where_its_web_page_is(network):
    page = f"https://{THERE}/start"
    async with ipp_at(network, THERE, printer_uuid=U1, printer_more_info=page):
        told = await search(THERE, others=QUIET)
    assert told.found[0].evidence[0].url == page


async def test_ipv6_where_it_is_a_target(network):
    network.add_address("fd00::5", 64)
    async with ipp_at(network, "fd00::5", printer_uuid=U1):
        with network.there():
            device = WsResponder(THERE, xaddrs=f"http://[fd00::5]/ http://{THERE}/")
        async with device:
            here = await search("fd00::5", others=Others(interfaces=(HERE,), seconds=0.4))
    # That wire has no route to it from here: it is known by what was announced.
    (printer,) = here.found
    assert printer.endpoint.address == "fd00::5"
    assert Source.WS_DISCOVERY in sources(printer)
    assert THERE not in repr(here.found)


async def test_an_open_door_without_a_printer_says_why(network):
    async def serve(reader, writer):
        await reader.read(100)
        writer.write(http(404, b"", "text/html"))
        writer.close()

    async with await asyncio.start_server(serve, sock=network.listener(THERE, 631)):
        told = await search(THERE, others=QUIET)
    assert told.found == ()
    assert told.reasons[THERE].startswith("takes connections as a printer does, but: ipp://")
    assert "404" in told.reasons[THERE]


async def test_a_wide_search_asks_no_silent_address_unless_told_to(network):
    async with ipp_at(network, THERE, printer_uuid=U1) as (served,):
        wide = ("192.0.2.0/28", "127.30.8.0/24")
        told = await search(*wide, others=QUIET)
        assert (told.found, served.requests) == ((), [])
        assert not [packet for packet in network.sent() if packet.protocol == "tcp"]
        told = await search(*wide, others=Others(announcements=False, silent=True))
        assert [one.endpoint.address for one in told.found] == [THERE]


async def test_what_is_behind_routers_is_asked_by_a_probe_of_its_own(network):
    with network.there():
        device = WsResponder(THERE)
    async with device:
        told = await search(THERE, interfaces=ROUTED)
        assert [sources(one) for one in told.found] == [[Source.WS_DISCOVERY]]
        assert told.found[0].hops is None
        assert {packet.target for packet in network.sent()} == {THERE}
        # With a limit of hops nothing goes where only the sweep finds out how far it is.
        before = len(device.probes)
        limited = await search(THERE, interfaces=ROUTED, max_hops=3)
        assert limited.found == ()
        assert len(device.probes) == before


async def test_rows_of_an_agent_are_told_at_once_and_keep_what_fits_all(network):
    async with Responders() as agents, ipp_at(network, THERE, printer_uuid=U2):
        with network.there():
            agents.add(THERE, 161, Manners(mib=printer_mib("AAA0000001", "BBB0000002")))
        told = await search(THERE, others=QUIET)
    assert [(one.device_index, one.identity.serial) for one in told.found] == [
        (1, "AAA0000001"), (2, "BBB0000002"),
    ]  # fmt: skip
    assert [sources(one) for one in told.found] == [[Source.SNMP, Source.IPP]] * 2
    first = told.kind(Finding)[:2]
    assert [sources(one) for one in first] == [[Source.SNMP]] * 2
    last = told.kind(SegmentProgress)[-1]
    assert (last.asked, last.answered, last.found) == (1, 1, 2)


async def test_without_the_others_it_is_the_sweep(network):
    async with Responders() as agents, ipp_at(network, THERE, printer_uuid=U2) as (served,):
        with network.there():
            agents.add(THERE, 161, Manners(mib=printer_mib("AAA0000001")))
        none = Others(announcements=False, ipp=False, silent=False)
        told = await search(others=none)
    assert [sources(one) for one in told.found] == [[Source.SNMP]]
    assert served.requests == []
    assert {packet.port for packet in network.sent()} == {161}


async def test_deafness_is_told_and_costs_nothing_else(network):
    async with Responders() as agents:
        with network.there():
            agents.add(THERE, 161, Manners(mib=printer_mib("AAA0000001")))
        told = await search(others=Others(interfaces=("192.0.2.77",), silent=False))
    assert len(told.found) == 1
    assert "DNS-SD cannot be listened to" in told.reasons["224.0.0.251"]
    assert "WS-Discovery cannot be listened to" in told.reasons["239.255.255.250"]


async def test_a_way_that_fails_costs_only_itself(network, monkeypatch, caplog):
    with network.there():
        device = WsResponder(THERE)

    async def broken(*_, **__):
        yield dns_sd(THERE, UUID=REFERENCE)
        raise ValueError("odd")

    monkeypatch.setattr("core.discovery.dns_sd.browse", broken)
    async with device:
        told = await search(THERE, others=Others(seconds=0.4, ipp=False))
    assert [sources(one) for one in told.found] == [[Source.DNS_SD, Source.WS_DISCOVERY]]
    assert told.reasons["224.0.0.251"] == "could not be listened to any longer (ValueError)"
    assert "odd" in caplog.text


async def test_a_device_that_nobody_foresaw_costs_only_itself(network, monkeypatch, caplog):
    real = searching_module.ask

    async def fails(ipp, doors, address, **options):
        if address == THERE:
            raise ValueError("odd")
        return await real(ipp, doors, address, **options)

    monkeypatch.setattr(searching_module, "ask", fails)
    network.add_address(OTHER)
    async with ipp_at(network, THERE, OTHER, printer_uuid=U1):
        told = await search(THERE, OTHER, others=QUIET)
    assert [one.endpoint.address for one in told.found] == [OTHER]
    assert "odd" in caplog.text


async def test_what_this_machine_cannot_try_is_told(monkeypatch):
    async def no_more(address, port):
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(doors_module, "system_connect", no_more)
    told = await search("127.30.9.1-3", others=QUIET, interfaces=ON_LINK[:1])
    assert told.reasons == {
        "127.30.9.1": "could not be asked by IPP: Too many open files (and 2 addresses more)"
    }


async def test_doors_of_printing_are_never_tried():
    doors = Doors(SystemClock(), None)
    for port in (515, 9100, 9107, 80):
        with pytest.raises(ValueError, match="not a port of IPP"):
            await doors.open("127.30.9.1", (631, port))


async def test_silence_is_waited_for_side_by_side_and_not_for_long(monkeypatch):
    monkeypatch.setattr(doors_module, "_PATIENCE", 0.2)
    under_way = most = 0

    async def silent(address, port):
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        try:
            await asyncio.sleep(60)
        finally:
            under_way -= 1

    doors = Doors(SystemClock(), silent)
    began = time.monotonic()
    await asyncio.gather(*(doors.open(f"127.30.9.{n}", (631,)) for n in range(40)))
    assert 0.25 < time.monotonic() - began < 2
    assert most <= 128


async def test_a_bad_target_stops_before_anything_is_sent(network):
    with pytest.raises(BadInputError):
        await search("192.0.2.300")
    assert network.sent() == []


async def test_closing_stops_all_and_a_lent_network_stays_open(network):
    async with Responders() as agents, SnmpNetwork() as snmp, IppNetwork() as ipp:
        with network.there():
            agents.add(THERE, 161, Manners(mib=printer_mib("AAA0000001")))
        plan = SegmentPlan(Segment("office", ("192.0.2.0/28",), timeout=0.2))
        work = Search((plan,), snmp, ipp=ipp, interfaces=lambda: ON_LINK)
        async with aclosing(work.items()) as items:
            async for item in items:
                if isinstance(item, Finding):
                    break
            began = time.monotonic()
        assert time.monotonic() - began < 1
    await asyncio.sleep(0)
    assert [t for t in asyncio.all_tasks() if t is not asyncio.current_task()] == []
