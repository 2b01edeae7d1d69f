"""Occurrences: what fired. People see them as alerts (prtAlertTable's rows are another thing)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from core.model.device import Device
from core.model.rule import Weight

Fact: TypeAlias = str | int | float | None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a rule fired for a device.

    ``subject`` is what it is about ("supplies[1.1]", "meters.total", "conditions.jammed", or
    empty). ``lasting`` ones stand until ``cleared_at``; the others are over as they happen.
    ``skipped`` ones were to be passed over once, and nobody is told. ``facts`` are the values that
    ``text`` names. Times are RFC 3339; ``raised_at`` is the reading's own time.
    """

    rule: str
    kind: str
    name: str
    weight: Weight
    subject: str
    text: str
    raised_at: str
    lasting: bool
    facts: dict[str, Fact] = field(default_factory=dict)
    key: str = ""
    device: str = ""
    cleared_at: str | None = None
    acknowledged_at: str | None = None
    skipped: bool = False

    @property
    def open(self) -> bool:
        """Whether somebody should still see to it."""
        over = self.acknowledged_at is not None or self.cleared_at is not None
        return not (over or self.skipped)


@dataclass(frozen=True, slots=True)
class Cleared:
    """A lasting occurrence of this rule and subject is over."""

    rule: str
    subject: str
    at: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A device as it was just stored; ``what`` is "found", "seen", "moved", or "missed".

    ``memory`` is what the last judgement of it left, ``None`` before the first one.
    """

    device: Device
    what: str
    memory: str | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What a judgement came to: what fired, what is over, and what to remember of the device."""

    memory: str
    offline: bool = False
    stale: bool = False
    raised: tuple[Occurrence, ...] = ()
    cleared: tuple[Cleared, ...] = ()


Judge: TypeAlias = Callable[[Seen], Judged]


@dataclass(frozen=True, slots=True)
class Told:
    """What a stored visit made known: alerts raised (none that were skipped) and cleared."""

    raised: tuple[Occurrence, ...] = ()
    cleared: tuple[Occurrence, ...] = ()


@dataclass(frozen=True, slots=True)
class DeliveredOccurrence:
    """What the hub is told of an alert: the device as known at that time, and the alert."""

    device: Device
    occurrence: Occurrence


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """What an own condition says of one device: true, false, or (``None``) that it cannot tell.

    ``why`` says why it cannot.
    """

    device: str
    verdict: bool | None
    why: str = ""
