"""What a search may speak of: addresses inside its targets, exclusions taken out.

Announcements come from the whole wire. What was not asked for is not reported, and never asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from ipaddress import ip_address

from core.discovery.plan import Laid
from core.discovery.readable import web_address
from core.discovery.sightings import Sighting
from core.model.identity import Endpoint


class Scope:
    """The targets of a search, whatever the way to them."""

    def __init__(self, laid: Sequence[Laid]) -> None:
        self._parts = [
            (one.plan.segment.name, targets, targets.ports())
            for one in laid
            for targets in one.lanes.values()
        ]

    def place(self, address: str) -> tuple[str, Endpoint] | None:
        """Give the segment that holds an address and the endpoint at which SNMP is asked there."""
        for segment, targets, ports in self._parts:
            for port in ports:
                endpoint = Endpoint(address, port)
                if endpoint in targets:
                    return segment, endpoint
        return None

    def inside(self, sighting: Sighting) -> Sighting | None:
        """Give a sighting with nothing left in it that lies outside; ``None`` if all of it does."""
        places = {address: self.place(address) for address in sighting.addresses}
        kept = tuple(address for address, place in places.items() if place is not None)
        if not kept:
            return None
        segment = next(place[0] for place in places.values() if place is not None)
        urls = (shown for url in sighting.urls if (shown := _shown(url, kept)) is not None)
        return replace(sighting, addresses=kept, urls=tuple(urls), segment=segment)


def _shown(url: str, kept: tuple[str, ...]) -> str | None:
    found = web_address(url)
    if found is None:
        return None
    host, shown = found
    try:
        return shown if str(ip_address(host)) in kept else None
    except ValueError:
        return shown  # a name
