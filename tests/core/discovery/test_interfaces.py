from __future__ import annotations

import asyncio

from core.discovery.interfaces import Interface, Path, by_path, own_networks, system_interfaces
from core.discovery.resolve import parse_all, resolve

ETH = Interface("eth0", "10.1.2.3", 24)
LO = Interface("lo", "127.0.0.1", 8)


def _set(*texts):
    return asyncio.run(resolve(parse_all(texts, [])[0])).targets


def test_targets_are_split_by_the_way_to_them():
    split = by_path(_set("10.1.0.0/16", "127.0.0.1-5", "fd00::1"), [LO, ETH])
    assert {path: len(part) for path, part in split.items()} == {
        Path.LOOPBACK: 5,
        Path.ON_LINK: 256,
        Path.ROUTED: 65534 - 256 + 1,
    }
    assert list(by_path(_set("10.9.0.1"), [LO, ETH])) == [Path.ROUTED]


def test_own_networks_are_the_default_and_never_wide():
    own = own_networks(
        [
            LO,
            ETH,
            Interface("eth1", "10.1.2.4", 24),
            Interface("wlan0", "172.16.200.9", 12),
            Interface("docker0", "172.17.0.1", 16),
            Interface("tun0", "10.8.0.2", 32),
            Interface("eth2", "169.254.3.4", 16),
        ]
    )
    assert own.targets == ("10.1.2.0/24", "172.16.192.0/20")
    assert [note.split(" ", 1)[0] for note in own.notes] == [
        "172.16.0.0/12", "172.17.0.0/16", "10.8.0.2/32",
    ]  # fmt: skip
    assert "only 172.16.192.0/20" in own.notes[0]


def test_the_systems_interfaces():
    assert any(i.address == "127.0.0.1" for i in system_interfaces())
