"""A MAC that somebody made up tells nobody apart."""

from __future__ import annotations

import pytest

from core.model.identity import Identity
from core.store.compare import binding
from tests.support.stored import finding, opened

MADE_UP = "aa:bb:cc:dd:ee:ff"


@pytest.mark.parametrize(
    ("mac", "binds"),
    [(MADE_UP, False), ("02:00:00:00:00:01", False), ("00:17:c8:00:00:01", True),
     ("3c:2a:f4:10:d2:78", True), (None, False)],
)  # fmt: skip
def test_only_a_makers_own_mac_binds(mac, binds):
    assert bool(binding(Identity(mac=mac)).mac) is binds


async def test_printers_that_share_a_made_up_mac_stay_apart_and_keep_it(tmp_path):
    async with opened(tmp_path) as store:
        saved = [
            await store.save_finding(
                finding(mac=MADE_UP, address=f"10.0.0.{number}"), "2026-01-01T00:00:00Z"
            )
            for number in (1, 2, 1)
        ]
        assert [one.what for one in saved] == ["found", "found", "seen"]
        assert saved[0].device.key == saved[2].device.key != saved[1].device.key
        assert all(one.device.identity.mac == MADE_UP for one in saved)
        assert all(one.device.provisional for one in saved)
