"""A device: one printer, known by identity and never by its address."""

from __future__ import annotations

from dataclasses import dataclass

from core.model.evidence import Evidence
from core.model.identity import Endpoint, Identity
from core.model.problem import Problem
from core.model.reading import DeviceState, EngineLife, Note, Status, Supply


@dataclass(frozen=True, slots=True)
class Device:
    """One printer as the agent knows it.

    ``key`` is the agent's own, opaque and stable. ``provisional`` means that the printer has told
    neither serial, MAC nor UUID yet: it is known by its endpoint until it does. Times are RFC 3339.
    ``quirks`` says how it wants to be asked (``core.snmp.exchange.Quirk``).
    ``hops`` is how many routers lie between the agent and it (0: the agent's own network).
    """

    key: str
    identity: Identity
    endpoint: Endpoint
    evidence: tuple[Evidence, ...]
    first_seen: str
    last_seen: str
    device_index: int | None = None
    segment: str | None = None
    version: str | None = None
    community_index: int | None = None
    provisional: bool = False
    managed: bool = True
    hops: int | None = None
    quirks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LatestReading:
    """The part of the last good reading that a list shows."""

    taken_at: str
    status: Status
    supplies: tuple[Supply, ...]
    meters: dict[str, int]
    engine_life: EngineLife | None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class DeviceSummary:
    """A row of the device list: the device, its last reading, and the failure since, if any.

    ``state`` is that of the last reading until so many visits in a row gave nothing that the device
    is offline. ``stale`` ones gave no reading for weeks: they are kept, and left out of reports.
    """

    device: Device
    latest: LatestReading | None = None
    problem: Problem | None = None
    problem_at: str | None = None
    state: DeviceState | None = None
    stale: bool = False
