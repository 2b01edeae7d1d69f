"""A reading: all that one visit to a device gave. Its JSON is the contract of ``read --json``."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from core.model.identity import Identity
from core.model.provenance import Observation, Provenance, Source


class SupplyKind(StrEnum):
    """What a supply is (Printer-MIB prtMarkerSuppliesType, grouped)."""

    TONER = "toner"
    INK = "ink"
    RIBBON = "ribbon"
    DRUM = "drum"
    DEVELOPER = "developer"
    WASTE = "waste"
    FUSER = "fuser"
    TRANSFER = "transfer"
    STAPLES = "staples"
    MAINTENANCE = "maintenance"
    ROLLER = "roller"
    OTHER = "other"


class LevelState(StrEnum):
    """What is known of a level, for supplies and trays alike."""

    OK = "ok"
    LOW = "low"
    EMPTY = "empty"
    SOME_REMAINING = "some_remaining"
    UNKNOWN = "unknown"
    UNLIMITED = "unlimited"


class DeviceState(StrEnum):
    """The one state of a device."""

    IDLE = "idle"
    PRINTING = "printing"
    WARMUP = "warmup"
    SLEEP = "sleep"
    OFFLINE = "offline"
    ERROR = "error"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """prtAlertSeverityLevel (RFC 3805)."""

    CRITICAL = "critical"
    WARNING = "warning"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class EngineLife:
    """prtMarkerLifeCount with its unit (prtMarkerCounterUnit); ``unit`` "unknown" when absent."""

    value: int
    unit: str


@dataclass(frozen=True, slots=True)
class Supply:
    """One supply. ``index`` is the row (``hrDeviceIndex.supplyIndex``) or the source's own key.

    ``remaining_pages`` is what its maker says that it is still good for.
    """

    index: str
    kind: SupplyKind
    color: str | None
    description: str | None
    level_percent: float | None
    state: LevelState
    part: str | None = None
    serial: str | None = None
    remaining_pages: int | None = None


@dataclass(frozen=True, slots=True)
class Tray:
    """One input tray. ``level`` and ``capacity`` are in the printer's unit, only when known."""

    index: str
    name: str | None
    description: str | None
    media: str | None
    level: int | None
    capacity: int | None
    level_percent: float | None
    state: LevelState
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """State, conditions (snake_case) and the lines of the panel."""

    state: DeviceState
    conditions: tuple[str, ...] = ()
    display: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """One row of prtAlertTable; ``code`` is prtAlertCode, ``None`` when the row has none."""

    index: str
    severity: Severity
    code: int | None
    description: str | None
    group: int | None = None
    location: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A remark about the reading that a person should see; ``code`` is stable."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What the visit cost on the wire: SNMP payload bytes, without IP and UDP headers."""

    requests: int
    bytes_out: int
    bytes_in: int
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one visit gave. ``provenance`` is keyed by path: "meters.total",
    "supplies[1.1].level_percent", "identity.serial", "status.state", "engine_life".

    ``taken_at`` is RFC 3339 in UTC. Meters that are not known are absent.
    """

    address: str
    port: int
    taken_at: str
    sources: tuple[Source, ...]
    identity: Identity
    meters: dict[str, int]
    engine_life: EngineLife | None
    supplies: tuple[Supply, ...]
    trays: tuple[Tray, ...]
    status: Status
    alerts: tuple[Alert, ...]
    provenance: dict[str, Provenance] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    cost: Cost | None = None
    device_index: int | None = None

    def observation(self, path: str) -> Observation[Any] | None:
        """Give the value at ``path`` with its provenance, or ``None`` where there is none."""
        origin = self.provenance.get(path)
        return None if origin is None else Observation(self._value(path), origin)

    def _value(self, path: str) -> Any:
        head, _, tail = path.partition(".") if "[" not in path else path.partition("].")
        if "[" in head:
            name, _, index = head.partition("[")
            rows = getattr(self, name)
            row = next((r for r in rows if r.index == index.rstrip("]")), None)
            return getattr(row, tail, None) if tail else row
        if head == "meters":
            return self.meters.get(tail)
        part = getattr(self, head)
        return getattr(part, tail) if tail else part
