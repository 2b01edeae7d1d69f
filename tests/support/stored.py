"""Small findings and readings, a clock and a store for tests of what is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from core.host.clock import rfc3339
from core.model.evidence import Evidence, Finding
from core.model.identity import Endpoint, Identity
from core.model.provenance import Source
from core.model.reading import DeviceState, Reading, Status
from core.store import Store

START = datetime(2026, 1, 1, tzinfo=UTC)


class StoppedClock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


def at(seconds: float = 0) -> str:
    """Give a time after the start, as text."""
    return rfc3339(START + timedelta(seconds=seconds))


def finding(
    address: str = "10.0.0.1", port: int = 161, *, row: int | None = None, **identity: str
) -> Finding:
    """Make a finding at an address; ``identity`` are fields of ``Identity``."""
    return Finding(
        endpoint=Endpoint(address, port),
        identity=Identity(**identity),
        evidence=(Evidence(Source.SNMP, f"SNMP answered at {address}"),),
        device_index=row,
    )


def reading(
    address: str = "10.0.0.1",
    port: int = 161,
    *,
    seconds: float = 0,
    row: int | None = None,
    meters: dict[str, int] | None = None,
    **identity: str,
) -> Reading:
    """Make a reading taken at an address so many seconds after the start."""
    return Reading(
        address=address,
        port=port,
        taken_at=at(seconds),
        sources=(Source.SNMP,),
        identity=Identity(**identity),
        meters=meters or {"total": 100},
        engine_life=None,
        supplies=(),
        trays=(),
        status=Status(DeviceState.IDLE),
        alerts=(),
        device_index=row,
    )


@asynccontextmanager
async def opened(folder: Path, **options: Any) -> AsyncIterator[Store]:
    """Open a store in a folder, with a stopped clock, for a while."""
    store = await Store.open(folder, StoppedClock(), Random(), **options)
    try:
        yield store
    finally:
        await store.close()
