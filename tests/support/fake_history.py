"""Histories of the agent in memory: five months of an office, the same for the same number."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from core.channel.convert import QueryPage
from core.histories import history
from core.host.clock import now as wall_clock
from core.model.history import Run
from core.model.provenance import Provenance, Source
from core.model.query import HistoryArguments
from core.store.history.read import Kept, Part

Runs = dict[str, list[Run]]
_HOUR, _DAY = 3600, 86_400
_ORIGINS = {
    "meters.total": ("1.3.6.1.2.1.43.10.2.1.4.1.1", "prtMarkerLifeCount"),
    "meters.mono": ("1.3.6.1.4.1.1347.42.3.1.1.1.1.1", "kyocera: mono"),
    "meters.color": ("1.3.6.1.4.1.1347.42.3.1.1.1.1.3", "kyocera: colour"),
    "meters.scan": ("1.3.6.1.4.1.1347.46.10.1.1.5.3", "kyocera: scans"),
}
_LEVELS = {"1.1": 0.62, "1.2": 0.44, "1.3": 0.97, "1.4": 1.3}


@dataclass
class FakeHistory:
    """What the agent keeps, by device and path; answers as the store's own side does."""

    kept: dict[str, Runs] = field(default_factory=dict)
    clock: Callable[[], datetime] = wall_clock

    async def paths(self, device: str) -> tuple[str, ...]:
        """Name the values of a device."""
        return tuple(sorted(self.kept.get(device, {})))

    async def read(self, device: str, path: str, since: int, until: int) -> Kept:
        """Give the runs of one value."""
        runs = self.kept.get(device, {}).get(path, [])
        found = tuple(run for run in runs if run.until >= since and run.at <= until)
        last = runs[-1].until if runs else 0
        return Kept(found, (), {1: _origin(path)}, last)

    async def read_many(self, device: str, parts: Sequence[Part]) -> list[Kept]:
        """Give the runs of some values."""
        return [await self.read(device, part.path, part.since, part.until) for part in parts]

    async def query(self, wanted: HistoryArguments, token: str) -> QueryPage:
        """Answer the query."""
        return await history(self, wanted, token)  # type: ignore[arg-type] # what it asks is here

    def read_once(self, device: str, values: dict[str, float | int | str], at: float) -> None:
        """Keep one more reading of a device."""
        runs = self.kept.setdefault(device, {})
        for path, value in values.items():
            _see(runs.setdefault(path, []), int(at), value)


def five_months(number: int, until: datetime, days: int = 150, *, events: bool = True) -> Runs:
    """Make what hourly readings of a colour printer come to. With ``events``: three days without
    the agent, a day with an error, and in printer 1 a board that began to count anew.
    """
    dice = Random(number)
    runs: Runs = {}
    first = int((until - timedelta(days=days)).timestamp()) // _HOUR * _HOUR
    begun = dice.randrange(40_000, 90_000)
    meters = {"mono": begun * 0.5, "color": begun * 0.5, "scan": begun * 1.4}
    levels = {index: dice.uniform(48, 88) for index in _LEVELS}
    end = int(until.timestamp())
    for at in range(first, end + 1, _HOUR):
        _work(meters, levels, at, dice, number)
        day = (at - first) // _DAY
        if events and 96 <= day < 99:
            continue
        if events and number == 1 and day == 120 and (at - first) % _DAY < _HOUR:
            meters = dict.fromkeys(meters, 12.0)
        for path, value in _told(meters, levels):
            _see(runs.setdefault(path, []), at, value)
        state = "error" if events and day == 131 and 9 <= at // _HOUR % 24 <= 11 else "idle"
        _see(runs.setdefault("status.state", []), at, state)
    return runs


def one_reading(at: float) -> Runs:
    """Make what a single reading comes to."""
    runs: Runs = {}
    for path, value in {"meters.total": 100, "supplies[1.1].level_percent": 50.0}.items():
        _see(runs.setdefault(path, []), int(at), value)
    return runs


def _work(
    meters: dict[str, float], levels: dict[str, float], at: int, dice: Random, number: int
) -> None:
    local = datetime.fromtimestamp(at, UTC)
    busy = 8 <= local.hour < 18 and local.weekday() < 5
    season = 1 + 0.18 * math.sin(at / _DAY / 20 + number)
    pages = dice.gauss(38, 14) * season if busy else dice.random() * 0.7
    pages = max(0.0, pages)
    share = dice.uniform(0.36, 0.5)
    meters["mono"] += round(pages * (1 - share))
    meters["color"] += round(pages * share)
    meters["scan"] += round(pages * 2.3)
    for index, need in _LEVELS.items():
        levels[index] -= pages * need / 190
        if levels[index] <= dice.uniform(1.0, 4.0):
            levels[index] = 100.0


def _told(meters: dict[str, float], levels: dict[str, float]) -> Iterator[tuple[str, int | float]]:
    mono, color = int(meters["mono"]), int(meters["color"])
    yield "meters.mono", mono
    yield "meters.color", color
    yield "meters.total", mono + color
    yield "meters.print", (mono + color) * 6 // 10
    yield "meters.scan", int(meters["scan"])
    for index, level in levels.items():
        yield f"supplies[{index}].level_percent", float(round(level))


def _see(runs: list[Run], at: int, value: float | str) -> None:
    if runs and runs[-1].value == value:
        runs[-1] = runs[-1]._replace(until=at)
    else:
        runs.append(Run(at, at, value, 1))


def _origin(path: str) -> Provenance:
    level = ("1.3.6.1.2.1.43.11.1.1.9.1.1", "1.3.6.1.2.1.43.11.1.1.8.1.1")
    ref, rule = _ORIGINS.get(path, ("", ""))
    return Provenance(Source.SNMP, (ref,) if ref else level, (), rule or "level of capacity")
