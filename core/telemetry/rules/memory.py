"""What is remembered of a device between two visits, and how a visit changes it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from math import isfinite

from core.host.clock import parse_rfc3339
from core.model.device import Device
from core.model.jsonio import from_json
from core.model.problem import BadInputError
from core.model.reading import LevelState, Reading, Supply

#: Rows of one device that are remembered; no printer has more supplies.
_MOST_ROWS = 200
_NO_LEVEL = frozenset({LevelState.SOME_REMAINING, LevelState.UNKNOWN, LevelState.UNLIMITED})


@dataclass(frozen=True, slots=True)
class SupplyMemory:
    """A supply as it was: its last known level in per cent, and which cartridge it was."""

    level: float | None
    serial: str | None
    kind: str = ""
    color: str | None = None


@dataclass(frozen=True, slots=True)
class MeterMemory:
    """A meter as it was, when that was read, and what it was read from (``Provenance.lineage``);
    "" where that is not known.
    """

    value: int
    at: str
    origin: str = ""

    def comparable(self, origin: str) -> bool:
        """Whether a value of ``origin`` counts on from this one."""
        return not self.origin or not origin or self.origin == origin


def origin_of(reading: Reading, meter: str) -> str:
    """Give the lineage of a meter, "" where its provenance is not known."""
    found = reading.provenance.get(f"meters.{meter}")
    return "" if found is None else found.lineage


@dataclass(frozen=True, slots=True)
class DeviceMemory:
    """All that is remembered of one device.

    ``conditions`` holds since when each present condition, and "state:WORD" for the present state,
    is there. ``active`` holds since when what lasts is raised, by rule and subject; ``marks`` the
    volumes that were told. Times are RFC 3339; ``at`` is that of the last visit of any kind.
    """

    at: str = ""
    read_at: str | None = None
    address: str | None = None
    state: str | None = None
    supplies: dict[str, SupplyMemory] = field(default_factory=dict)
    meters: dict[str, MeterMemory] = field(default_factory=dict)
    conditions: dict[str, str] = field(default_factory=dict)
    misses: int = 0
    offline: bool = False
    stale: bool = False
    active: dict[str, str] = field(default_factory=dict)
    marks: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the settings say: misses until a device is offline, days until it is stale."""

    offline_after: int = 2
    stale_after: int = 42


@dataclass(frozen=True, slots=True)
class Case:
    """What is judged: a device as it is stored now, what happened, when, and the reading if any.

    ``what`` is "found", "seen", "moved", "missed" or "reviewed". ``first_search`` says that this
    installation has never searched to the end: nothing that it finds is news.
    """

    device: Device
    what: str
    at: str
    reading: Reading | None = None
    limits: Limits = field(default_factory=Limits)
    first_search: bool = False


def remembered(text: str | None) -> DeviceMemory | None:
    """Read what an earlier judgement wrote; what cannot be read is as if there were none."""
    if text is None:
        return None
    try:
        return from_json(text, DeviceMemory)
    except BadInputError:
        return None


def known_level(supply: Supply) -> float | None:
    """Give the level in per cent where it is really known."""
    level = supply.level_percent
    known = level is not None and isfinite(level) and supply.state not in _NO_LEVEL
    return level if known else None


def minutes_between(earlier: str, later: str) -> float:
    """Give the minutes from one time to another; below zero where the clock was set back."""
    return (parse_rfc3339(later) - parse_rfc3339(earlier)) / timedelta(minutes=1)


def learn(before: DeviceMemory, case: Case) -> DeviceMemory:
    """Give what is remembered after this visit; ``active`` and ``marks`` are the judge's."""
    after = replace(before, at=case.at, address=case.device.endpoint.address)
    if before.at and minutes_between(before.at, case.at) < 0:
        # The clock was set back: what was counted by it is counted anew, from now.
        after = replace(after, conditions=dict.fromkeys(before.conditions, case.at))
    if case.reading is not None:
        return _read(after, case.reading, case.at)
    if case.what == "missed":
        misses = before.misses + 1
        after = replace(
            after, misses=misses, offline=before.offline or misses >= case.limits.offline_after
        )
    return replace(after, stale=before.stale or _is_stale(after, case))


def _is_stale(after: DeviceMemory, case: Case) -> bool:
    # One that is asked is stale only once it is offline: after weeks with this computer switched
    # off, nothing is said of a printer before it had its chance.
    if case.what not in {"missed", "reviewed"} or (case.device.managed and not after.offline):
        return False
    last = after.read_at or case.device.first_seen
    return minutes_between(last, case.at) >= case.limits.stale_after * 24 * 60


def _read(after: DeviceMemory, reading: Reading, at: str) -> DeviceMemory:
    state = reading.status.state.value
    present = (*reading.status.conditions, f"state:{state}")
    supplies = dict(after.supplies)
    for supply in reading.supplies[:_MOST_ROWS]:
        supplies[supply.index] = _supply(after.supplies.get(supply.index), supply)
    meters = {
        key: MeterMemory(value, at, origin_of(reading, key))
        for key, value in reading.meters.items()
    }
    return replace(
        after,
        read_at=at,
        state=state,
        supplies=dict(list(supplies.items())[-_MOST_ROWS:]),
        meters={**after.meters, **meters},
        conditions={word: after.conditions.get(word, at) for word in present},
        misses=0,
        offline=False,
        stale=False,
    )


def _supply(was: SupplyMemory | None, now: Supply) -> SupplyMemory:
    level = known_level(now)
    return SupplyMemory(
        level=level if level is not None or was is None else was.level,
        serial=now.serial or (was.serial if was else None),
        kind=now.kind.value,
        color=now.color,
    )
