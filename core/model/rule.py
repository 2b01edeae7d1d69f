"""Rules: when something about a device is worth telling. Their JSON is the contract of ``rules``.

A rule says *when* by one of the kinds below, told apart by the key ``kind``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

from core.model.reading import DeviceState, SupplyKind

Percent: TypeAlias = Annotated[float, Meta(ge=0, le=100)]
Name: TypeAlias = Annotated[str, Meta(min_length=1, max_length=80)]
Words: TypeAlias = Annotated[tuple[Name, ...], Meta(max_length=64)]
Pages: TypeAlias = Annotated[int, Meta(ge=1, le=1_000_000_000)]

#: The longest text of an own condition, in characters.
LONGEST_EXPRESSION = 500


class Weight(StrEnum):
    """How much an alert matters to a person."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"


class When(Struct, frozen=True, tag_field="kind"):
    """Base of all kinds."""


class SupplyLow(When, frozen=True, tag="supply_low"):
    """A known level fell to ``threshold`` per cent; over when it is ``hysteresis`` above that.

    Of the supplies of these kinds and colours; of all where none are named. This goes for every
    kind that is about supplies.
    """

    threshold: Percent = 10.0
    hysteresis: Percent = 5.0
    supplies: tuple[SupplyKind, ...] = ()
    colors: Words = ()


class SupplyEmpty(When, frozen=True, tag="supply_empty"):
    """A supply is used up, by its level or by the printer's word."""

    hysteresis: Percent = 3.0
    supplies: tuple[SupplyKind, ...] = ()
    colors: Words = ()


class SupplyReplaced(When, frozen=True, tag="supply_replaced"):
    """A known level rose by ``rise`` at least to ``full``, or another serial number is there."""

    rise: Percent = 20.0
    full: Percent = 50.0
    supplies: tuple[SupplyKind, ...] = ()
    colors: Words = ()


class SupplyReplacedEarly(When, frozen=True, tag="supply_replaced_early"):
    """Replaced as above while more than ``above`` per cent were left."""

    above: Percent = 20.0
    rise: Percent = 20.0
    full: Percent = 50.0
    supplies: tuple[SupplyKind, ...] = ()
    colors: Words = ()


class CounterFell(When, frozen=True, tag="counter_fell"):
    """A meter is lower than it was."""

    meters: Words = ()


class CounterJumped(When, frozen=True, tag="counter_jumped"):
    """A meter rose by more than ``pages_per_minute`` times the minutes gone, and ``slack``."""

    pages_per_minute: Pages = 400
    slack: Pages = 1000
    meters: Words = ()


class ConditionLasting(When, frozen=True, tag="condition_lasting"):
    """One of these conditions or states has been there for ``minutes``; 0: at once."""

    conditions: Words = ()
    states: tuple[DeviceState, ...] = ()
    minutes: Annotated[int, Meta(ge=0, le=525_600)] = 15


class VolumeReached(When, frozen=True, tag="volume"):
    """A meter passed ``at`` (once), or a multiple of ``every`` (each time)."""

    meter: Name = "total"
    at: Pages | None = None
    every: Pages | None = None


class NewDevice(When, frozen=True, tag="new_device"):
    """A device that was not known is there. The first search of an installation tells none."""


class Moved(When, frozen=True, tag="moved"):
    """A device is at another address."""


class Offline(When, frozen=True, tag="offline"):
    """A device gave nothing for as many visits as the settings say."""


class Stale(When, frozen=True, tag="stale"):
    """A device gave no reading for as many days as the settings say: it drops off the reports."""


class Back(When, frozen=True, tag="back"):
    """A device that was offline or stale gives readings again."""


class MetersDisagree(When, frozen=True, tag="meters_disagree"):
    """A sum of meters is not what the device says it is."""


class Custom(When, frozen=True, tag="custom"):
    """The user's own condition, an expression over the fields of the reading (docs/alerts.md)."""

    expression: Annotated[str, Meta(min_length=1, max_length=LONGEST_EXPRESSION)]


AnyWhen: TypeAlias = (
    SupplyLow
    | SupplyEmpty
    | SupplyReplaced
    | SupplyReplacedEarly
    | CounterFell
    | CounterJumped
    | ConditionLasting
    | VolumeReached
    | NewDevice
    | Moved
    | Offline
    | Stale
    | Back
    | MetersDisagree
    | Custom
)


@dataclass(frozen=True, slots=True)
class Only:
    """Which devices a rule is for: of these keys, makers and segments; all where none are named."""

    devices: Words = ()
    vendors: Words = ()
    segments: Words = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``builtin`` says that it is there without anybody having made it: it may be changed
    or switched off, and deleting it brings back how it was.
    """

    id: Name
    name: Name
    when: AnyWhen
    weight: Weight = Weight.WARNING
    enabled: bool = True
    only: Only = field(default_factory=Only)
    builtin: bool = False
    changed: bool = False

    @property
    def kind(self) -> str:
        """Give the kind of its ``when``, such as "supply_low"."""
        return str(self.when.__struct_config__.tag)
