"""WS-Discovery: asking all on a wire, or single addresses, for devices that print; and listening.

A Probe goes out three times (UDP loses some; answers are spread over half a second). Nothing but
the Probe is ever sent: the places that devices name (XAddrs) are read, not contacted.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from random import Random
from uuid import UUID

from core.discovery.ears import ListenError
from core.discovery.pace import Clock, Pacer, Rate
from core.discovery.readable import web_address
from core.discovery.sightings import Sighting
from core.discovery.usable import usable
from core.discovery.ws_messages import Kind, WsDevice, WsMalformedError, probe, read
from core.discovery.ws_wire import PORT, Opener, UdpWsWire
from core.model.identity import Identity
from core.model.provenance import Provenance, Source

_SENT_AT = (0.0, 0.2, 2.0)  # seconds
_DIRECTED = Rate(250.0, 16)  # addresses a second, and at once: as gentle as a sweep on-link
_MOST = 2_000  # announcements remembered, and that may wait to be taken


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a device said of itself. ``reference`` is the same wherever it is; ``sighting`` is
    ``None`` for one that goes.
    """

    kind: Kind
    reference: str
    sighting: Sighting | None


async def search(
    interfaces: Sequence[str],
    seconds: float,
    *,
    clock: Clock,
    random: Random,
    directed: Sequence[str] = (),
    open_wire: Opener = UdpWsWire,
) -> AsyncGenerator[Announcement, None]:
    """Ask and listen for so many seconds; gives what devices that print (or scan) say, once each.

    ``interfaces`` are addresses of ours: all on their wires are asked, and Hello and Bye are heard.
    ``directed`` are IPv4 addresses to be asked one by one. Raises ``ListenError`` when no socket
    can be opened. Closing the iterator stops all at once.
    """
    ears = _Ears(f"urn:uuid:{UUID(int=random.getrandbits(128), version=4)}")
    try:
        wire = open_wire(interfaces, ears.received)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ListenError("ws_discovery_deaf", "WS-Discovery", reason) from None

    async def ask() -> None:
        question = probe(ears.message_id)
        pacer, began = Pacer(_DIRECTED, clock), clock.now()
        for at in _SENT_AT:
            if at >= seconds:
                break
            await clock.sleep(max(0.0, began + at - clock.now()))
            if interfaces:
                wire.to_all(question)
            for address in directed:
                await pacer.take(1)
                wire.to_one(question, address)
        await clock.sleep(max(0.0, began + seconds - clock.now()))

    task = asyncio.create_task(ask())
    task.add_done_callback(lambda _: ears.queue.put_nowait(None))
    try:
        while (announcement := await ears.queue.get()) is not None:
            yield announcement
        await task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        wire.close()


class _Ears:
    def __init__(self, message_id: str) -> None:
        self.message_id = message_id
        self.queue: asyncio.Queue[Announcement | None] = asyncio.Queue()
        self._heard: set[tuple[Kind, str, tuple[str, ...]]] = set()

    def received(self, data: bytes, source: str) -> None:
        """Take a datagram; what is none of ours is dropped: anybody may send here."""
        try:
            message = read(data)
        except WsMalformedError:
            return
        if message is None or (
            message.kind is Kind.MATCH and message.relates_to != self.message_id
        ):
            return
        for device in message.devices:
            announcement = _announcement(message.kind, device, source)
            if announcement is not None:
                self._take(announcement)

    def _take(self, announcement: Announcement) -> None:
        seen = announcement.sighting
        key = announcement.kind, announcement.reference, () if seen is None else seen.addresses
        if key in self._heard or self.queue.qsize() >= _MOST:
            return
        # One that went may come back, and one that came back may go again.
        gone, reference = announcement.kind is Kind.BYE, announcement.reference
        self._heard = {h for h in self._heard if h[1] != reference or gone == (h[0] is Kind.BYE)}
        if len(self._heard) >= _MOST:
            self._heard.clear()
        self._heard.add(key)
        self.queue.put_nowait(announcement)


def _announcement(kind: Kind, device: WsDevice, source: str) -> Announcement | None:
    if kind is Kind.BYE:
        return Announcement(kind, device.reference, None)
    # A match without types answers our question, which names one; a Hello without says nothing.
    prints = device.prints or (kind is Kind.MATCH and not device.typed)
    if not (prints or device.scans):
        return None
    addresses = _addresses(device, source)
    if not addresses:
        return None
    return Announcement(kind, device.reference, _sighting(device, addresses, prints))


def _addresses(device: WsDevice, source: str) -> tuple[str, ...]:
    """Take the addresses that it wants to be asked at; where it names none, whence it spoke."""
    named = []
    for url in device.urls:
        found = web_address(url)
        with suppress(ValueError):
            # An interface behind a '%' is the device's own and means nothing here.
            named.append(str(ip_address(found[0] if found else "")))
    return usable(text for text in named if "%" not in text) or usable([source])


def _sighting(device: WsDevice, addresses: tuple[str, ...], prints: bool) -> Sighting:
    who = "a device" if device.uuid is None else f"urn:uuid:{device.uuid}"
    what = "prints" if prints else "scans; that it prints, it does not say"
    origin = Provenance(
        Source.WS_DISCOVERY, ("EndpointReference",), (device.reference,), "EndpointReference"
    )
    return Sighting(
        source=Source.WS_DISCOVERY,
        addresses=addresses,
        port=PORT,
        detail=f"WS-Discovery: {who} says that it {what}",
        identity=Identity(uuid=device.uuid),
        provenance={} if device.uuid is None else {"identity.uuid": origin},
        prints=prints,
        urls=device.urls,
    )
