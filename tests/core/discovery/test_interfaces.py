from __future__ import annotations

import asyncio

from core.discovery.interfaces import Interface, Path, by_path, system_interfaces
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


def test_the_systems_interfaces():
    assert any(i.address == "127.0.0.1" for i in system_interfaces())
