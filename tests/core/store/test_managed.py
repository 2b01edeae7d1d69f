"""Which devices are read, and which are only listed."""

from __future__ import annotations

import pytest

from core.store import StoreError
from tests.support.stored import finding, opened


async def test_a_new_device_is_managed_unless_the_settings_say_not(tmp_path):
    async with opened(tmp_path) as store:
        first = await store.save_finding(finding(serial="A1"), "2026-01-01T00:00:00Z")
        second = await store.save_finding(
            finding(serial="B2", address="10.0.0.2"), "2026-01-01T00:00:00Z", manage_new=False
        )
        assert [d.key for d in await store.managed()] == [first.device.key]
        assert (first.device.managed, second.device.managed) == (True, False)


async def test_seeing_a_device_again_does_not_change_whether_it_is_read(tmp_path):
    async with opened(tmp_path) as store:
        saved = await store.save_finding(finding(serial="A1"), "2026-01-01T00:00:00Z")
        await store.manage(saved.device.key, managed=False)
        again = await store.save_finding(finding(serial="A1"), "2026-01-02T00:00:00Z")
        assert not again.device.managed
        await store.manage(saved.device.key, managed=True)
        assert len(await store.managed()) == 1


async def test_an_unknown_key_is_named(tmp_path):
    async with opened(tmp_path) as store:
        with pytest.raises(StoreError, match="no device"):
            await store.manage("nobody", managed=True)


async def test_how_a_device_wants_to_be_asked_is_kept(tmp_path):
    async with opened(tmp_path) as store:
        saved = await store.save_finding(finding(serial="A1"), "2026-01-01T00:00:00Z")
        assert saved.device.quirks == ()
        await store.save_quirks(saved.device.key, {"one_at_a_time", "no_getbulk"})
        again = await store.save_finding(finding(serial="A1"), "2026-01-02T00:00:00Z")
        assert again.device.quirks == ("no_getbulk", "one_at_a_time")
