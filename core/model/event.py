"""Events: what the agent says to its faces."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from core.model.device import DeviceSummary
from core.model.problem import Problem


class EventKind(StrEnum):
    """Every event there is, with the dataclass of its body."""

    ACTION_STARTED = "action.started"  # ActionStarted
    ACTION_PROGRESS = "action.progress"  # Progress
    ACTION_FINISHED = "action.finished"  # Finished
    ACTION_FAILED = "action.failed"  # Problem
    ACTION_CANCELLED = "action.cancelled"  # Finished: what was done until then
    SEGMENT_PROGRESS = "segment.progress"  # SegmentProgress
    DEVICE_FOUND = "device.found"  # DeviceChanged: a device not known before
    DEVICE_UPDATED = "device.updated"  # DeviceChanged: known; something about it is new
    ADDRESS_REJECTED = "address.rejected"  # AddressRejected
    READING_STORED = "reading.stored"  # ReadingStored
    READING_FAILED = "reading.failed"  # ReadingFailed
    DELIVERY = "delivery"  # Delivery
    SETTINGS_CHANGED = "settings.changed"  # SettingsChanged
    ALERT_RAISED = "alert.raised"  # core.model.occurrence.Occurrence
    ALERT_CLEARED = "alert.cleared"  # the same, with cleared_at
    ALERT_ACKNOWLEDGED = "alert.acknowledged"  # the same, with acknowledged_at
    RULES_CHANGED = "rules.changed"  # RuleChanged
    RULE_TESTED = "rule.tested"  # core.model.occurrence.RuleVerdict
    CONNECTION_STEP = "connection.step"  # core.model.connection.ConnectionStep
    PAGE_LINK = "page.link"  # core.model.page.PageLink: for who asked, and nobody else
    BUNDLE_READY = "bundle.ready"  # core.model.bundle.BundleReady
    BUNDLE_SENT = "bundle.sent"  # core.model.bundle.BundleSent
    AGENT_STATUS = "agent.status"  # core.model.status.AgentStatus


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. ``body`` is the JSON text of the kind's dataclass."""

    sequence: int
    at: str
    kind: EventKind
    action_id: str
    body: str


@dataclass(frozen=True, slots=True)
class ActionStarted:
    """An action began; ``kind`` and ``origin`` as in ``core.model.action``."""

    kind: str
    origin: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an action is: ``done`` of ``total`` (0: unknown) of ``unit`` ("addresses",
    "devices", "readings", "bytes"), and how many printers were found. At most 20 of these a second.
    """

    unit: str
    done: int
    total: int
    found: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """What an action did, in figures (asked, answered, found, read, failed, delivered ...)."""

    counts: dict[str, int] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True)
class SegmentProgress:
    """One segment of a discovery: addresses in all, asked so far, answered, printers found.

    ``hops`` is how many routers lie before the nearest of its networks, as far as that is known.
    """

    segment: str
    addresses: int
    asked: int
    answered: int
    found: int
    hops: int | None = None


@dataclass(frozen=True, slots=True)
class DeviceChanged:
    """A device as it is now; ``what`` says what changed ("found", "read", "moved", "seen")."""

    what: str
    device: DeviceSummary


@dataclass(frozen=True, slots=True)
class AddressRejected:
    """An address that answered and was not taken as a printer, and why."""

    address: str
    port: int
    segment: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class ReadingStored:
    """A reading is in the store."""

    device: str
    taken_at: str


@dataclass(frozen=True, slots=True)
class ReadingFailed:
    """A visit gave nothing."""

    device: str
    address: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Delivery:
    """How delivery to the hub stands: acknowledged in this run, still waiting, the failure."""

    delivered: int
    waiting: int
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """Settings have changed; ``keys`` are their dotted paths."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleChanged:
    """A rule was made, changed or deleted; ``rule`` is its id."""

    rule: str
