"""A printer on the network and on a cable is one device, and does not move to and fro."""

from __future__ import annotations

import pytest

from core.model.identity import Endpoint
from tests.support.stored import finding, opened

CABLE = "usb:A1"


def network():
    return finding(serial="A1", mac="00:17:c8:00:00:01", address="10.0.0.1")


def cable():
    from dataclasses import replace

    return replace(finding(serial="A1"), endpoint=Endpoint(CABLE, 0))


@pytest.mark.parametrize("order", [(network, cable, network), (cable, network, cable)])
async def test_one_device_whose_place_is_the_network(tmp_path, order):
    async with opened(tmp_path) as store:
        saved = [
            await store.save_finding(make(), f"2026-01-01T00:0{minute}:00Z")
            for minute, make in enumerate(order)
        ]
        assert len({one.device.key for one in saved}) == 1
        assert [one.what for one in saved] == ["found", "seen", "seen"]
        assert saved[-1].device.endpoint.address == "10.0.0.1"


async def test_two_printers_on_cables_are_two(tmp_path):
    from dataclasses import replace

    async with opened(tmp_path) as store:
        one = await store.save_finding(cable(), "2026-01-01T00:00:00Z")
        other = replace(finding(serial="B2"), endpoint=Endpoint("usb:B2", 0))
        two = await store.save_finding(other, "2026-01-01T00:00:00Z")
        assert one.device.key != two.device.key
