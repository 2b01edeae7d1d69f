"""What this machine's own addresses and routes say of a distance, without sending anything."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address

from core.discovery.hops.distance import Distance, How
from core.discovery.interfaces import Interface
from core.host.routes import Route, best


def own_network(address: str, interfaces: Sequence[Interface]) -> Distance | None:
    """Give the distance 0 of loopback and of the networks that this machine has an address in."""
    if ":" in address:
        six = IPv6Address(address)
        if six.is_loopback:
            return Distance(0, How.ROUTE, "this machine")
        text = f"link-local, on {six.scope_id}"
        return Distance(0, How.ROUTE, text) if six.is_link_local else None
    four = IPv4Address(address)
    if four.is_loopback or any(str(four) == interface.address for interface in interfaces):
        return Distance(0, How.ROUTE, "this machine")
    for interface in interfaces:
        if four in interface.network:
            text = f"on this machine's network {interface.network} ({interface.name})"
            return Distance(0, How.ROUTE, text)
    return None


def by_route(address: str, routes: Sequence[Route]) -> Distance:
    """Give the little that the routing table says: on-link, or behind a router at least."""
    if ":" in address:
        return Distance(None, How.UNKNOWN, "nothing on the way says anything")
    route = best(routes, address)
    if route is None:
        return Distance(None, How.UNKNOWN, "this machine shows no route to it")
    if route.gateway is None:
        return Distance(0, How.ROUTE, f"the route to {route.network} has no router")
    text = f"the route to {route.network} goes by router {route.gateway}; nothing else was heard"
    return Distance(1, How.ROUTE, text, at_least=True)
