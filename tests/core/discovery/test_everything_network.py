"""Searches by all ways, over a real wire, of real printers as far as there are any."""

from __future__ import annotations

from core.discovery.combine import NO_SNMP
from core.discovery.everything import Others
from core.model.event import SegmentProgress
from core.model.evidence import Finding
from core.model.identity import Endpoint
from core.model.provenance import Source
from tests.support.announced_printer import HOST, MODEL, announced_printer
from tests.support.mibs import host_mib, printer_mib
from tests.support.private_network import THERE
from tests.support.responders import Manners, Responders
from tests.support.site_search import search
from tests.support.ws_device import UUID as REFERENCE
from tests.support.ws_device import WsResponder

PRINTING = {*range(9100, 9108), 515}


def sources(finding):
    return [evidence.source for evidence in finding.evidence]


async def test_one_printer_by_four_ways_and_nothing_goes_where_bytes_are_printed(network):
    async with Responders() as agents:
        with network.there():
            agents.add(THERE, 161, Manners(mib=printer_mib("VXY1234567")))
            device = WsResponder(THERE, xaddrs=f"http://{THERE}:9100/ http://{THERE}:5357/")
        with announced_printer(network):
            async with device:
                told = await search()
    (printer,) = told.found
    assert sources(printer) == [
        Source.SNMP, Source.IPP, Source.DNS_SD, Source.WS_DISCOVERY,
    ]  # fmt: skip
    assert (printer.endpoint, printer.version) == (Endpoint(THERE, 161), "2c")
    identity = printer.identity
    assert (identity.vendor, identity.serial) == ("Kyocera", "VXY1234567")
    assert identity.location == "Second floor"
    assert identity.uuid is not None
    assert identity.uuid != REFERENCE
    details = [evidence.detail for evidence in printer.evidence]
    assert details[1].startswith(f"IPP 2.0 at ipp://{THERE}:631/ipp/print: {MODEL}")
    assert "announces _ipp._tcp on port 631, _ipps._tcp on port 631, at https:" in details[2]
    assert f"http://{THERE}:9100/, http://{THERE}:5357/" in details[3]
    # It was told at once, and again with what came later; the last word is what it came to.
    findings = told.kind(Finding)
    assert [sources(one)[0] for one in findings] == [Source.SNMP] * len(findings)
    assert len(sources(findings[0])) < len(sources(findings[-1]))
    assert findings[-1] == printer
    sent = network.sent()
    assert not [packet for packet in sent if packet.port in PRINTING]
    assert {p.port for p in sent if p.protocol == "tcp"} == {631, 443}
    assert {p.port for p in sent if p.protocol == "udp"} == {161, 5353, 3702}
    assert {p.target for p in sent if p.protocol == "tcp" and p.port == 443} == {THERE}


async def test_a_printer_whose_snmp_is_off_is_found_and_says_so(network):
    with announced_printer(network):
        told = await search()
    (printer,) = told.found
    assert sources(printer) == [Source.IPP, Source.DNS_SD]
    assert printer.evidence[0].detail.endswith(NO_SNMP)
    assert (printer.endpoint, printer.segment, printer.hops) == (Endpoint(THERE, 161), "office", 0)
    assert (printer.identity.model, printer.identity.hostname) == (MODEL, HOST)
    last = told.kind(SegmentProgress)[-1]
    assert (last.asked, last.answered, last.found) == (14, 0, 1)


async def test_a_silent_printer_is_asked_by_ipp_where_the_search_is_small(network):
    quiet = Others(announcements=False)
    with announced_printer(network):
        told = await search("192.0.2.4/30", others=quiet)
        assert [sources(one) for one in told.found] == [[Source.IPP]]
        assert NO_SNMP in told.found[0].evidence[0].detail
        off = await search(others=Others(announcements=False, silent=False))
        assert off.found == ()
    assert {packet.port for packet in network.sent() if packet.protocol == "tcp"} == {631}


async def test_what_is_excluded_is_neither_asked_nor_reported(network):
    with network.there():
        device = WsResponder(THERE)
    async with device:
        told = await search("192.0.2.4/31", exclude=(THERE,))
    assert device.probes
    assert told.found == ()
    assert THERE not in repr(told.items)
    assert THERE not in {packet.target for packet in network.sent()}


async def test_what_answers_snmp_and_is_no_printer_may_be_one_by_other_words(network):
    async with Responders() as agents:
        with network.there():
            agents.add(THERE, 161, Manners(mib=host_mib("Linux gateway 6.1")))
            device = WsResponder(THERE)
        async with device:
            told = await search(THERE)
    assert "Linux gateway" in told.reasons[THERE]
    (printer,) = told.found
    assert printer.identity.uuid == REFERENCE
    assert printer.evidence[0].detail.endswith(
        f". SNMP answers here, and knows of no printer: {told.reasons[THERE]}"
    )
