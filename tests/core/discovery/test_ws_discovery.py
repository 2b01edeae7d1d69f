from __future__ import annotations

import asyncio
from contextlib import aclosing
from random import Random

import pytest

from core.discovery.ears import ListenError
from core.discovery.pace import SystemClock
from core.discovery.ws_discovery import search
from core.discovery.ws_messages import Kind
from core.model.provenance import Source
from tests.support.private_network import HERE, THERE
from tests.support.ws_device import UUID, WsResponder, bye, hello, match


async def heard(interfaces, seconds=0.4, until=None, **options):
    found = []
    options = {"clock": SystemClock(), "random": Random(5)} | options
    async with aclosing(search(interfaces, seconds, **options)) as announcements:
        async for announcement in announcements:
            found.append(announcement)
            if until is not None and until(found):
                break
    return found


def responder(network, *arguments, **said):
    with network.there():
        return WsResponder(*arguments, **said)


async def test_a_device_on_the_wire_answers_our_probe(network):
    async with responder(network, THERE) as device:
        (announcement,) = await heard([HERE, "192.0.2.77"])
    assert announcement.kind is Kind.MATCH
    assert announcement.reference == f"urn:uuid:{UUID}"
    sighting = announcement.sighting
    assert (sighting.source, sighting.addresses) == (Source.WS_DISCOVERY, (THERE,))
    assert sighting.identity.uuid == UUID
    assert sighting.provenance["identity.uuid"].raw == (f"urn:uuid:{UUID}",)
    assert sighting.urls == (f"http://{THERE}:5357/device",)
    assert sighting.detail == f"WS-Discovery: urn:uuid:{UUID} says that it prints"
    # Twice, since one may be lost; the third time would have come after two seconds.
    assert len(device.probes) == 2
    assert {packet.port for packet in network.sent() if packet.protocol == "udp"} == {3702}
    assert not [packet for packet in network.sent() if packet.protocol == "tcp"]
    assert {packet.target for packet in network.sent()} == {"239.255.255.250"}


async def test_hello_and_bye_are_heard(network):
    async with responder(network, THERE, xaddrs=f"http://{THERE}/ http://[fd00::5]/") as device:

        def act(found):
            if found[-1].kind is Kind.MATCH:
                device.say_hello()
            elif found[-1].kind is Kind.HELLO:
                device.say_bye()
            return found[-1].kind is Kind.BYE

        found = await heard([HERE], 10, until=act)
    assert [one.kind for one in found] == [Kind.MATCH, Kind.HELLO, Kind.BYE]
    assert found[1].sighting.addresses == (THERE, "fd00::5")
    assert (found[2].reference, found[2].sighting) == (f"urn:uuid:{UUID}", None)


async def test_a_single_address_is_asked_directly(network):
    async with responder(network, THERE, xaddrs="") as device:
        (announcement,) = await heard([], directed=[THERE, "192.0.2.9"])
    assert announcement.sighting.addresses == (THERE,)
    assert {source for source, _ in device.probes} == {HERE}
    assert {packet.target for packet in network.sent()} <= {THERE, "192.0.2.9"}


async def test_an_interface_that_is_not_ours_cannot_be_listened_on(network):
    with pytest.raises(ListenError) as raised:
        await heard(["192.0.2.77"])
    assert raised.value.problem.code == "ws_discovery_deaf"
    assert "WS-Discovery cannot be listened to" in raised.value.problem.text


class Hand:
    """A wire in the test's hands."""

    def __init__(self, answers):
        self.sent = []
        self._answers = answers
        self.closed = False

    def __call__(self, interfaces, received):
        self.received = received
        return self

    def to_all(self, data):
        message_id = data.decode().partition("MessageID>")[2].partition("<")[0]
        self.sent.append(message_id)
        for answer, source in self._answers(message_id):
            self.received(answer, source)

    def to_one(self, data, address):
        raise AssertionError("not asked for")

    def close(self):
        self.closed = True


class Quick:
    """A clock that waits for nothing."""

    def __init__(self):
        self.at = 0.0

    def now(self):
        return self.at

    async def sleep(self, seconds):
        self.at += seconds
        await asyncio.sleep(0)


async def told(answers, seconds=5.0):
    hand = Hand(answers)
    clock = Quick()
    found = await heard(["127.30.0.1"], seconds, open_wire=hand, clock=clock)
    assert hand.closed
    return found, hand, clock


async def test_what_is_taken_and_what_is_not():
    def answers(message_id):
        yield match(message_id, xaddrs="http://127.30.0.9/"), "127.30.0.9"
        yield match("urn:uuid:other", xaddrs="http://127.30.0.8/"), "127.30.0.8"
        yield match(message_id, types="wsdp:Device", reference="urn:x"), "127.30.0.7"
        yield match(message_id, types="", reference="urn:y"), "127.30.0.6"
        yield match(message_id, types="wscn:ScanDeviceType", reference="urn:z"), "127.30.0.5"
        yield hello(types="", reference="urn:w"), "127.30.0.4"
        yield b"\x00\x01 noise", "127.30.0.3"
        yield match(message_id, xaddrs="http://host/ http://[fe80::1%25eth7]/"), "127.30.0.2"

    found, hand, clock = await told(answers)
    assert len(hand.sent) == 3
    assert len(set(hand.sent)) == 1
    assert clock.at == pytest.approx(5.0)
    by_address = {one.sighting.addresses: one.sighting for one in found}
    assert set(by_address) == {
        ("127.30.0.9",), ("127.30.0.6",), ("127.30.0.5",), ("127.30.0.2",),
    }  # fmt: skip
    assert [by_address[(f"127.30.0.{n}",)].prints for n in (9, 6, 5)] == [True, True, False]
    assert by_address["127.30.0.6",].identity.uuid is None
    assert "urn:y" not in by_address["127.30.0.6",].detail


async def test_what_waits_is_bounded_and_one_that_went_may_come_again():
    def answers(_):
        for n in range(5_000):
            yield hello(reference=f"urn:{n}"), "127.30.0.9"
        for _ in range(2_000):
            yield hello(), "127.30.0.9"
            yield bye(), "127.30.0.9"

    found, _, _ = await told(answers, 0.1)
    assert len(found) == 2_000

    def comes_and_goes(_):
        yield from ((say(), "127.30.0.9") for say in (hello, hello, bye, bye, hello))

    found, _, _ = await told(comes_and_goes, 0.1)
    assert [one.kind for one in found] == [Kind.HELLO, Kind.BYE, Kind.HELLO]


async def test_closing_stops_all():
    hand = Hand(lambda message_id: [(match(message_id), "127.30.0.9")])
    found = await heard(["127.30.0.1"], 60, until=len, open_wire=hand)
    assert len(found) == 1
    assert hand.closed
    assert [t for t in asyncio.all_tasks() if t is not asyncio.current_task()] == []
