"""A real IPP Everywhere printer is found and read, with and without TLS."""

from __future__ import annotations

import asyncio

import pytest

from core.ipp.answer import IppExchange
from core.ipp.codec import decode, encode
from core.ipp.errors import IppStatusError
from core.ipp.http import HttpWire
from core.ipp.identity import identity_of
from core.ipp.names import COUNTERS, IDENTITY, STATUS, SUPPLIES, TRAYS
from core.ipp.network import IppNetwork
from core.ipp.policy import IppPolicy
from core.ipp.question import GET_PRINTER_ATTRIBUTES
from core.ipp.target import IppTarget
from core.ipp.types import Group, GroupTag, Message, Tag, Value
from core.ipp.ways import Way, find_printer
from core.model.provenance import Source
from tests.support.ipp_naming import NAMING
from tests.support.ippeveprinter import IppEvePrinter


@pytest.mark.parametrize("tls", [False, True])
async def test_it_is_found_and_says_who_it_is(ippeveprinter: IppEvePrinter, tls: bool) -> None:
    way = Way(ippeveprinter.port, tls)
    async with IppNetwork() as network:
        told = await find_printer(network, ippeveprinter.address, ways=[way])
    assert told.target.path == "/ipp/print"
    assert told.cost.requests == 1
    assert (told.tls is not None) == tls
    assert not told.from_cups
    evidence = told.evidence()
    assert evidence.source == Source.IPP
    assert "Kyocera ECOSYS P3155dn" in evidence.detail
    identity = identity_of(told.attributes, NAMING).identity
    assert (identity.vendor, identity.model) == ("Kyocera", "Kyocera ECOSYS P3155dn")
    assert (identity.name, identity.location) == ("Front desk", "Second floor")
    assert identity.uuid is not None


async def test_supplies_status_and_trays(ippeveprinter: IppEvePrinter) -> None:
    wanted = (*STATUS, *SUPPLIES, *TRAYS, *COUNTERS)
    target = IppTarget(ippeveprinter.address, ippeveprinter.port)
    async with IppNetwork() as network:
        told = (await network.client(target).get(wanted)).attributes
    assert told.number("printer-state") == 3
    assert told.texts("printer-state-reasons") == ("none",)
    assert told.flag("printer-is-accepting-jobs") is True
    assert told.texts("printer-supply-description") == ("Toner Waste Tank", "Black Toner")
    toner = told.records("printer-supply")[1]
    assert (toner["type"], toner["level"], toner["unit"]) == ("toner", "75", "percent")
    assert [tray["name"] for tray in told.records("printer-input-tray")][:2] == ["auto", "main"]
    assert told.number("printer-impressions-completed") is None


async def test_a_second_question_goes_straight_there(ippeveprinter: IppEvePrinter) -> None:
    exchanges: list[IppExchange] = []
    target = IppTarget(ippeveprinter.address, ippeveprinter.port, path="/somewhere/else")
    async with IppNetwork() as network:
        ours = network.client(target, trace=exchanges.append)
        await ours.get(IDENTITY)
        assert exchanges[-1].target.path == "/ipp/print"
        before = len(exchanges)
        await asyncio.gather(*(ours.get(STATUS) for _ in range(8)))
    assert len(exchanges) == before + 8
    assert {exchange.result for exchange in exchanges[before:]} == {"successful-ok"}


async def test_it_refuses_a_version_by_the_status_that_we_look_for(
    ippeveprinter: IppEvePrinter,
) -> None:
    target = IppTarget(ippeveprinter.address, ippeveprinter.port, path="/ipp/print")
    attributes = {
        "attributes-charset": (Value(Tag.CHARSET, "utf-8"),),
        "attributes-natural-language": (Value(Tag.LANGUAGE, "en"),),
        "printer-uri": (Value(Tag.URI, target.uri),),
    }
    group = Group(GroupTag.OPERATION, attributes)
    wire = HttpWire()
    try:
        body = encode(Message((0, 9), GET_PRINTER_ATTRIBUTES, 1, (group,)))
        reply = await wire.post(target, body, IppPolicy())
    finally:
        await wire.close()
    error = IppStatusError(target, int.from_bytes(reply.body[2:4], "big"))
    assert error.name == "server-error-version-not-supported"


async def test_the_whole_of_it_is_read(ippeveprinter: IppEvePrinter) -> None:
    """Everything that it has, collections and all, asked past the client's deny-list."""
    target = IppTarget(ippeveprinter.address, ippeveprinter.port, path="/ipp/print")
    attributes = {
        "attributes-charset": (Value(Tag.CHARSET, "utf-8"),),
        "attributes-natural-language": (Value(Tag.LANGUAGE, "en"),),
        "printer-uri": (Value(Tag.URI, target.uri),),
        "requested-attributes": (
            Value(Tag.KEYWORD, "all"),
            Value(Tag.KEYWORD, "media-col-database"),
        ),
    }
    group = Group(GroupTag.OPERATION, attributes)
    wire = HttpWire()
    try:
        body = encode(Message((2, 0), GET_PRINTER_ATTRIBUTES, 1, (group,)))
        message = decode((await wire.post(target, body, IppPolicy())).body)
    finally:
        await wire.close()
    printer = message.group(GroupTag.PRINTER)
    assert printer is not None
    assert len(printer.attributes) > 80
    assert isinstance(printer.attributes["media-col-database"][0].data, dict)
    assert decode(encode(message)) == message
