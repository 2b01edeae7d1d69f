"""How the agent is: what the header, ``platen status`` and the local page show."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.model.page import PageStatus
from core.model.problem import Problem
from core.model.schedule import ScheduleStatus
from core.model.segment import Segment


@dataclass(frozen=True, slots=True)
class HubStatus:
    """The way to the hub. ``problem`` is the last failure, ``None`` after a success.

    ``clock_ahead`` is by how many seconds this computer's clock is ahead of the hub's (negative:
    behind), as of ``last_check_in``. ``delivers_from`` is when the hours of
    delivery begin; ``None`` while they are open. ``certificate_ends`` is when the agent's own
    certificate lapses, ``certificate_problem`` why that is not put off in time, or was not.
    """

    enrolled: bool
    address: str | None = None
    hub_name: str | None = None
    customer: str | None = None
    last_delivery: str | None = None
    problem: Problem | None = None
    last_check_in: str | None = None
    clock_ahead: float | None = None
    delivers_from: str | None = None
    certificate_ends: str | None = None
    certificate_problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class RunningAction:
    """An action under way."""

    id: str
    kind: str
    origin: str
    started_at: str


@dataclass(frozen=True, slots=True)
class SecretsStatus:
    """Where credentials lie ("keyring" or "file"), what that is called, why it is so, and what
    is wrong with it.
    """

    kind: str
    title: str
    reason: str
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class LogStatus:
    """Where the log is, how many entries could not be written since the start, and why not."""

    file: str
    lost: int = 0
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class AgentStatus:
    """One picture of the agent. ``state`` is ``idle``, ``working`` or ``attention``.

    ``problem`` is the most pressing of all there are. ``rescued`` says that the store was damaged
    and what was saved, for a while, or until it is dismissed.
    """

    state: str
    version: str
    installation: str
    pid: int
    data_folder: str
    started_at: str
    devices: int
    waiting: int
    hub: HubStatus
    running: tuple[RunningAction, ...] = ()
    segments: tuple[Segment, ...] = ()
    last_scan: str | None = None
    last_collection: str | None = None
    problem: Problem | None = None
    secrets: SecretsStatus | None = None
    schedule: ScheduleStatus = field(default_factory=ScheduleStatus)
    page: PageStatus | None = None
    log: LogStatus | None = None
    rescued: Problem | None = None
