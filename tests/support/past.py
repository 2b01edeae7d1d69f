"""Stores with a past: readings through days and weeks, without waiting for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from core.host.clock import rfc3339
from core.model.history import Run
from core.model.provenance import Provenance, Source
from core.model.reading import LevelState, Reading, Supply, SupplyKind
from core.store import Store
from tests.support.stored import START, reading

FOREVER = 1 << 40


def read_at(
    hours: float, total: int | None, level: float | None = None, serial: str = "S"
) -> Reading:
    """Make a reading so many hours after the start, each value with its origin."""
    made = replace(reading(serial=serial), meters={} if total is None else {"total": total})
    origins = {}
    if total is not None:
        origins["meters.total"] = Provenance(Source.SNMP, ("1.3.6.1",), (str(total),), "rule")
    supplies = ()
    if level is not None:
        path = "supplies[1.1].level_percent"
        origins[path] = Provenance(Source.SNMP, ("1.2", "1.3"), (str(int(level * 9)), "900"), "l")
        supplies = (
            Supply("1.1", SupplyKind.TONER, "black", None, level, LevelState.OK, serial="T"),
        )
    return replaced(made, hours, origins, supplies)


def replaced(
    made: Reading, hours: float, origins: dict[str, Provenance], supplies: tuple[Supply, ...]
) -> Reading:
    """Give a reading at another time, with these supplies and origins."""
    taken_at = rfc3339(START + timedelta(hours=hours))
    return replace(made, taken_at=taken_at, provenance=origins, supplies=supplies)


async def keep(store: Store, readings: Iterable[Reading]) -> str:
    """Store readings one after the other; gives the key of the last one's device."""
    key = ""
    for one in readings:
        key = (await store.save_reading(one)).device.key
    return key


async def runs(store: Store, key: str, path: str = "meters.total") -> tuple[Run, ...]:
    """Give all runs of a value."""
    return (await store.history.read(key, path, 0, FOREVER)).runs


async def values(store: Store, key: str, path: str = "meters.total") -> list[object]:
    """Give the values of all runs."""
    return [run.value for run in await runs(store, key, path)]
