"""A PC and printers behind none to three real routers, in network namespaces.

::

    pc 10.77.0.1 -- .253 r1 10.77.1.254 -- .253 r2 10.77.2.254 -- .253 r3 10.77.3.254 -- .253 end

Printers have the addresses 10.77.N.50, N routers away from the PC, on the far end of each cable. By
IPv6 the same networks are fd77:N::/64, with ::1 on the near side and ::50 for the printer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

from tests.support.mibs import printer_mib
from tests.support.netns import Place, cable, places
from tests.support.responders import Manners, Responders

PORT = 161
FARTHEST = 3
PRINTERS = tuple(f"10.77.{hops}.50" for hops in range(FARTHEST + 1))
PRINTERS_SIX = tuple(f"fd77:{hops}::50" for hops in range(FARTHEST + 1))
NETWORKS = tuple(f"10.77.{hops}.0/24" for hops in range(FARTHEST + 1))


@dataclass(frozen=True, slots=True)
class Chain:
    """The places in a row: the PC, three routers, and the end."""

    places: tuple[Place, ...]

    @property
    def pc(self) -> Place:
        """The PC."""
        return self.places[0]

    def router(self, number: int) -> Place:
        """Give a router, counted from 1."""
        return self.places[number]

    def forwarded(self) -> list[int]:
        """How many datagrams each router has taken to pass on so far, in either direction."""
        return [_forwarded(place) for place in self.places[1 : FARTHEST + 1]]

    def settle(self) -> None:
        """Let everybody know the neighbours, so that no search for one is counted later."""
        for hops, (one, other) in enumerate(pairwise(self.places)):
            one.ip(
                "neigh", "replace", f"10.77.{hops}.253", "lladdr", _mac(other, "near"), "dev", "far"
            )
            near = 1 if hops == 0 else 254
            other.ip(
                "neigh",
                "replace",
                f"10.77.{hops}.{near}",
                "lladdr",
                _mac(one, "far"),
                "dev",
                "near",
            )


@contextmanager
def chain() -> Iterator[Chain]:
    """Build it; gone when the block ends."""
    with places(FARTHEST + 2) as made:
        for hops, (one, other) in enumerate(pairwise(made)):
            near = 1 if hops == 0 else 254
            cable(one, "far", other, "near")
            one.address("far", f"10.77.{hops}.{near}/24", f"fd77:{hops}::1/64")
            other.address("near", f"10.77.{hops}.253/24", f"{PRINTERS[hops]}/24")
            other.address("near", f"fd77:{hops}::253/64", f"{PRINTERS_SIX[hops]}/64")
            one.ip("route", "add", "default", "via", f"10.77.{hops}.253")
            one.ip("-6", "route", "add", "default", "via", f"fd77:{hops}::253")
            _forward(other)
            for before in range(hops):
                back = f"10.77.{hops}.{near}"
                other.ip("route", "add", NETWORKS[before], "via", back)
                other.ip("-6", "route", "add", f"fd77:{before}::/64", "via", f"fd77:{hops}::1")
        built = Chain(tuple(made))
        built.settle()
        yield built


def stand(built: Chain, agents: Responders, hops: int, manners: Manners | None = None) -> None:
    """Put a printer so many routers away; its serial is FAR0, FAR1 ..."""
    with built.places[hops + 1].inside():
        manners = manners or Manners(mib=printer_mib(f"FAR{hops}"))
        agents.add(PRINTERS[hops], PORT, manners)
        agents.add(PRINTERS_SIX[hops], PORT, manners)


def _forward(place: Place) -> None:
    place.set("net/ipv4/ip_forward", 1)
    place.set("net/ipv6/conf/all/forwarding", 1)
    # One message a second for each host is usual; tests do not wait for it.
    place.set("net/ipv4/icmp_ratelimit", 0)
    place.set("net/ipv6/icmp/ratelimit", 0)


def _mac(place: Place, interface: str) -> str:
    (row,) = json.loads(place.ip("-j", "link", "show", "dev", interface))
    return str(row["address"])


def _forwarded(place: Place) -> int:
    names, values, *_ = place.run("cat", "/proc/net/snmp").stdout.splitlines()
    return int(dict(zip(names.split(), values.split(), strict=True))["ForwDatagrams"])
