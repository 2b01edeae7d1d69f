"""What was learned of a device's agent is kept with the device, and only there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.store.errors import StoreError
from core.store.shapes import StoredShape
from tests.support.stored import finding, opened

AT = "2026-01-01T00:00:00Z"
SHAPE = StoredShape(1, AT, '{"a": 1}', "[]")


async def test_kept_and_found_again(tmp_path):
    async with opened(tmp_path) as store:
        first = (await store.save_finding(finding(serial="A1"), AT)).device.key
        other = finding(serial="B2", address="10.0.0.2")
        second = (await store.save_finding(other, AT)).device.key
        assert await store.shapes.load([first]) is None
        await store.shapes.save(second, SHAPE)
        assert await store.shapes.load([first, "nobody", second]) == SHAPE
        assert await store.shapes.load([first]) is None
    async with opened(tmp_path) as store:
        assert await store.shapes.load([second]) == SHAPE


@pytest.mark.parametrize(
    "change",
    [{"last": "[1]"}, {"body": "{}"}, {"version": 2}, {"learned_at": "2026-02-01T00:00:00Z"}],
)
async def test_the_newest_is_kept(tmp_path, change):
    async with opened(tmp_path) as store:
        key = (await store.save_finding(finding(serial="A1"), AT)).device.key
        await store.shapes.save(key, SHAPE)
        await store.shapes.save(key, replace(SHAPE, **change))
        assert await store.shapes.load([key]) == replace(SHAPE, **change)


async def test_forgotten(tmp_path):
    async with opened(tmp_path) as store:
        key = (await store.save_finding(finding(serial="A1"), AT)).device.key
        await store.shapes.save(key, SHAPE)
        await store.shapes.forget(key)
        await store.shapes.forget("nobody")
        assert await store.shapes.load([key]) is None


async def test_an_unknown_device_is_named(tmp_path):
    async with opened(tmp_path) as store:
        with pytest.raises(StoreError, match="no device"):
            await store.shapes.save("nobody", SHAPE)
