from __future__ import annotations

from ipaddress import IPv4Network

import pytest

from core.discovery.hops.distance import Distance, How
from core.discovery.hops.near import by_route, own_network
from core.discovery.interfaces import Interface
from core.host.routes import Route

OWN = (Interface("lo", "127.0.0.1", 8), Interface("eth0", "192.0.2.9", 25))
ROUTES = (
    Route(IPv4Network("192.0.2.0/25"), None, "eth0"),
    Route(IPv4Network("10.1.0.0/16"), None, "tun0"),
    Route(IPv4Network("0.0.0.0/0"), "192.0.2.1", "eth0"),
)


@pytest.mark.parametrize(
    "address", ["127.9.9.9", "::1", "192.0.2.9", "192.0.2.100", "fe80::1%eth0"]
)
def test_our_own_networks_are_no_hop_away(address: str) -> None:
    found = own_network(address, OWN)
    assert found is not None
    assert (found.hops, found.how, found.exact) == (0, How.ROUTE, True)


@pytest.mark.parametrize("address", ["192.0.2.200", "10.1.0.1", "fd00::1"])
def test_of_others_our_addresses_say_nothing(address: str) -> None:
    assert own_network(address, OWN) is None


def test_a_route_says_on_link_or_behind_a_router_at_least() -> None:
    near = by_route("10.1.2.3", ROUTES)
    assert (near.hops, near.how, near.exact) == (0, How.ROUTE, True)
    far = by_route("198.51.100.1", ROUTES)
    assert (far.hops, far.how, far.at_least) == (1, How.ROUTE, True)
    assert "by router 192.0.2.1" in far.detail


def test_without_a_route_nothing_is_known() -> None:
    unknown = Distance(None, How.UNKNOWN, "this machine shows no route to it")
    assert by_route("198.51.100.1", ()) == unknown
    assert by_route("fd00::1", ROUTES).hops is None
