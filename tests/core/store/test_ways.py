"""What was learned of the ways to a device is kept, and goes with its device."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from core.model.evidence import Finding
from core.model.identity import Endpoint, Identity
from core.store.errors import StoreError
from core.store.store import Store
from core.store.ways import KnownWay

AT = "2026-01-05T08:00:00Z"


async def test_a_way_is_kept_and_replaced(tmp_path) -> None:
    store = await Store.open(tmp_path, lambda: datetime.now(UTC), random.Random(1))
    try:
        finding = Finding(Endpoint("192.0.2.9"), Identity(serial="A1"), ())
        key = (await store.save_finding(finding, AT)).device.key
        assert await store.ways.of(key) is None
        assert await store.ways.of("nobody") is None
        silent = KnownWay(AT)
        await store.ways.save(key, silent)
        assert await store.ways.of(key) == silent
        way = KnownWay(AT, 443, True, "/ipp/print", ("levels", "trays"), AT)
        await store.ways.save(key, way)
        assert await store.ways.of(key) == way
        with pytest.raises(StoreError):
            await store.ways.save("nobody", way)
    finally:
        await store.close()
