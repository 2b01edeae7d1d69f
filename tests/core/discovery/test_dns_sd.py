from __future__ import annotations

import asyncio
import socket
from contextlib import aclosing, asynccontextmanager

import pytest
from zeroconf import ServiceInfo
from zeroconf.asyncio import AsyncZeroconf

from core.discovery.dns_sd import browse
from core.discovery.dns_sd_records import SERVICES
from core.discovery.ears import ListenError
from core.discovery.pace import SystemClock
from tests.support.private_network import HERE, THERE

UUID = "4509a320-00a0-008f-00b6-0017c8123456"


def packed(address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return socket.inet_pton(family, address)


def service(kind, name, port, addresses=(THERE,), **properties):
    return ServiceInfo(
        f"{kind}.local.",
        f"{name}.{kind}.local.",
        port=port,
        addresses=[packed(address) for address in addresses],
        properties=properties,
        server="front.local.",
    )


@asynccontextmanager
async def announced(network, *services):
    with network.there():
        printer = AsyncZeroconf(interfaces=[THERE])
    try:
        await printer.zeroconf.async_wait_for_start()
        for one in services:
            await printer.async_register_service(one, cooperating_responders=True)
        yield printer
    finally:
        await printer.async_close()


async def browsed(interfaces, count, seconds=10.0):
    found = []
    async with aclosing(browse(interfaces, seconds, clock=SystemClock())) as sightings:
        async for sighting in sightings:
            found.append(sighting)
            if len(found) == count:
                break
    return found


async def test_every_service_is_found_and_no_port_is_contacted(network):
    ports = dict(zip(SERVICES, (631, 443, 515, 9100, 632, 9101, 8080), strict=True))
    services = [
        service(kind, "Front desk", port, ty="Kyocera ECOSYS P3155dn", UUID=UUID, rp="ipp/print")
        for kind, port in ports.items()
    ]
    async with announced(network, *services):
        found = await browsed([HERE, "192.0.2.77"], 99, 1.0)
    assert {one.service: one.port for one in found} == ports
    for one in found:
        assert (one.addresses, one.name) == ((THERE,), "Front desk")
        assert one.identity.vendor == "Kyocera"
        assert (one.identity.uuid, one.identity.hostname) == (UUID, "front.local")
    assert {one.service for one in found if not one.prints} == {"_scanner._tcp", "_uscan._tcp"}
    assert {packet.port for packet in network.sent()} == {5353}


async def test_ipv6_addresses_come_along_and_octets_that_are_no_text_do_no_harm(network):
    odd = service("_ipp._tcp", "Café ☕", 631, (THERE, "fd00::5"), note=b"\xff\x00\x1b[1m")
    async with announced(network, odd):
        (one,) = await browsed([HERE], 1)
    assert one.addresses == (THERE, "fd00::5")
    assert one.name == "Café ☕"
    assert one.identity.location.isprintable()


async def test_it_ends_when_its_time_is_over_and_leaves_nothing_behind(network):
    async with aclosing(browse([HERE], 0.3, clock=SystemClock())) as sightings:
        assert [one async for one in sightings] == []
    await asyncio.sleep(0)
    assert [t for t in asyncio.all_tasks() if t is not asyncio.current_task()] == []


async def test_an_interface_that_is_not_ours_cannot_be_listened_on(network):
    with pytest.raises(ListenError) as raised:
        await browsed(["192.0.2.77"], 1, 0.2)
    assert raised.value.problem.code == "dns_sd_deaf"


async def test_nobody_can_make_us_resolve_without_end(network, monkeypatch):
    monkeypatch.setattr("core.discovery.dns_sd._MOST", 3)
    many = [service("_ipp._tcp", f"n{n}", 631) for n in range(6)]
    async with announced(network, *many):
        found = await browsed([HERE], 99, 1.5)
    assert len(found) == 3
