"""What a search may speak of: addresses inside its targets, exclusions taken out.

Announcements come from the whole wire. What was not asked for is not reported, and never asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from ipaddress import ip_address

from core.discovery.interfaces import Path
from core.discovery.plan import Laid
from core.discovery.readable import web_address
from core.discovery.sightings import Sighting
from core.model.identity import Endpoint
from core.model.segment import Segment


class Scope:
    """The targets of a search, whatever the way to them."""

    def __init__(self, laid: Sequence[Laid]) -> None:
        self._parts = [
            (one.plan.segment, path, targets, targets.ports())
            for one in laid
            for path, targets in one.lanes.items()
        ]

    def place(self, address: str) -> tuple[str, Endpoint] | None:
        """Give the segment that holds an address and the endpoint at which SNMP is asked there."""
        found = self._find(address)
        return None if found is None else (found[0].name, found[2])

    def hops(self, address: str) -> int | None:
        """Give how many routers lie on the way, where no question is needed to know that: 0 on
        wires of ours, else ``None``.
        """
        found = self._find(address)
        return None if found is None or found[1] is Path.ROUTED else 0

    def may_be_asked(self, address: str) -> bool:
        """Whether an address may be asked before it is known how far it is.

        Where a segment limits the hops, only the sweep finds out what lies behind routers.
        """
        found = self._find(address)
        return found is not None and _is_near(found[0], found[1])

    def near(self) -> tuple[int, Iterator[tuple[Path, str]]]:
        """Give the addresses that may be asked so, one after the other, and how many there are."""
        parts = [(path, targets) for s, path, targets, _ in self._parts if _is_near(s, path)]
        each = ((path, endpoint.address) for path, targets in parts for endpoint in targets)
        return sum(len(targets) for _, targets in parts), each

    def _find(self, address: str) -> tuple[Segment, Path, Endpoint] | None:
        for segment, path, targets, ports in self._parts:
            for port in ports:
                endpoint = Endpoint(address, port)
                if endpoint in targets:
                    return segment, path, endpoint
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


def _is_near(segment: Segment, path: Path) -> bool:
    return path is not Path.ROUTED or segment.max_hops is None
