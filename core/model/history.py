"""History: how values came to be what they are, with marks where something happened."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from core.model.provenance import Provenance

#: A meter is a whole number, a level a percentage, a state a word. ``None``: read, but not told.
Value: TypeAlias = int | float | str | None


class Run(NamedTuple):
    """A value that was read at ``at`` and was still the same when last read, at ``until``.

    Unix seconds. ``origin`` numbers a provenance of the store; ``raw`` is what the printer said,
    ``None`` where that is the value itself. A tuple: there are thousands, packed as arrays.
    """

    at: int
    until: int
    value: Value
    origin: int = 0
    raw: tuple[str, ...] | None = None


class Bucket(StrEnum):
    """How history is put together: each change, or a value each day, ISO week or month."""

    RAW = "raw"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class MarkKind(StrEnum):
    """What stands out in a history."""

    RESET = "reset"  # the counter began anew
    FELL = "fell"  # the counter went down by a little
    WRAPPED = "wrapped"  # a 32-bit counter went past its end; the volume is known all the same
    GAP = "gap"  # nobody read it; ``amount`` cannot be told by bucket
    REPLACED = "replaced"  # another supply was put in
    SOURCE_CHANGED = "source_changed"  # read from elsewhere since: no volume across it
    CLOCK_SUSPECT = "clock_suspect"  # read while this computer's clock was wrong


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened between two readings (RFC 3339), or at ``until``.

    ``amount`` is the volume that a gap or a wrap stands for.
    """

    kind: MarkKind
    since: str
    until: str
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A value from ``at`` to ``until`` (RFC 3339); ``origin`` is a place in the series' origins."""

    at: str
    until: str
    value: Value
    origin: int | None = None
    raw: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Volume:
    """What a counter rose by from ``start`` to ``end`` (RFC 3339, a bucket in the zone asked for).

    ``value`` is ``None`` where nobody knows. ``estimated`` of it were counted between two readings
    that lie on both sides of an end of the bucket, and are shared out by time. Not ``complete``:
    a part of the bucket is not known.
    """

    start: str
    end: str
    value: int | None
    estimated: int = 0
    complete: bool = True
    marks: tuple[MarkKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Forecast:
    """In how many days from ``at`` a supply is empty: likely, and between what (8 times of 10).

    ``days`` is ``None`` where the readings do not carry a forecast; ``reason`` says why. ``most``
    is ``None`` where no end can be told. It rests on the levels from ``since`` to ``at``, which
    fell by ``per_day`` per cent a day.
    """

    at: str | None
    days: float | None
    least: float | None = None
    most: float | None = None
    per_day: float | None = None
    reason: str = ""
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """The history of one value (``path`` as in a reading's provenance) of one device.

    ``points`` are every change, or the last of each bucket; ``volumes`` are those of a counter.
    ``suspect`` was read while the clock was wrong, in the order it was read. ``more``: the rest
    is on the next page.
    """

    path: str
    bucket: Bucket
    points: tuple[Point, ...] = ()
    volumes: tuple[Volume, ...] = ()
    marks: tuple[Mark, ...] = ()
    forecast: Forecast | None = None
    origins: tuple[Provenance, ...] = ()
    suspect: tuple[Point, ...] = ()
    more: bool = False
