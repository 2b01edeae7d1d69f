"""Which printers there are, and where."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.fleet import build, spread
from sim.life import Situation

NETWORK = IPv4Network("127.27.0.0/24")


@given(st.integers(1, 254), st.integers(0, 50), st.sampled_from([24, 23, 20]))
def test_addresses_are_hosts_of_the_network_each_once_in_order(
    count: int, seed: int, length: int
) -> None:
    network = IPv4Network(f"127.27.0.0/{length}", strict=False)
    addresses = [IPv4Address(address) for address in spread(network, count, seed)]
    assert addresses == sorted(set(addresses))
    assert len(addresses) == count
    assert all(address in network for address in addresses)
    assert network.network_address not in addresses
    assert network.broadcast_address not in addresses


def test_they_are_spread_over_the_whole_network() -> None:
    addresses = [int(IPv4Address(text)) - int(NETWORK[0]) for text in spread(NETWORK, 24, 1)]
    assert addresses[0] < 12
    assert addresses[-1] > 242
    assert max(b - a for a, b in pairwise(addresses)) <= 22


def test_a_full_network_is_full_and_more_is_too_much() -> None:
    assert len(spread(NETWORK, 254, 1)) == 254
    with pytest.raises(ValueError, match="room for 254 printers, not for 255"):
        spread(NETWORK, 255, 1)


def test_the_same_seed_gives_the_same_printers() -> None:
    def told(seed: int) -> list[tuple[str, str, bytes]]:
        printers = build(spread(NETWORK, 30, seed), seed, "public")
        return [(p.spec.name, p.identity.serial, p.mac) for p in printers]

    assert told(1) == told(1)
    assert told(1) != told(2)


def test_every_printer_has_its_address_and_community() -> None:
    addresses = spread(NETWORK, 200, 1)
    printers = build(addresses, 1, "watermark")
    assert [".".join(map(str, printer.address)) for printer in printers] == addresses
    assert {printer.community for printer in printers} == {b"watermark"}
    situations = [printer.situation for printer in printers]
    assert situations.count(Situation.NORMAL) > 100
    assert set(situations) == set(Situation)
