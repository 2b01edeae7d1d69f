"""What a chart shows, made ready: numbers, times as Unix seconds, words. Without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.ui.charts.span import Span
from core.model.history import Bucket
from core.model.provenance import Provenance


class Sign(StrEnum):
    """The shape of a marker; each has its own, and a word."""

    REPLACED = "replaced"
    RESET = "reset"
    FELL = "fell"
    WRAPPED = "wrapped"
    CLOCK = "clock"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Part:
    """One of what is drawn: its key, its name, and the token of its colour.

    ``dash`` numbers a pattern of lines and a shape of points, so that colour is not all.
    """

    key: str
    name: str
    color: str
    dash: int = 0


@dataclass(frozen=True, slots=True)
class Amount:
    """What one part came to in one bucket; ``value`` is ``None`` where nobody knows."""

    value: int | None
    estimated: int = 0
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """One bucket (Unix seconds): an amount for each part, ``None`` where it has no such bucket."""

    start: float
    end: float
    amounts: tuple[Amount | None, ...]

    def total(self, shown: tuple[bool, ...]) -> int:
        """Give the sum of what is known and shown."""
        pairs = zip(self.amounts, shown, strict=True)
        return sum(a.value or 0 for a, on in pairs if on and a is not None)

    def unknown(self, shown: tuple[bool, ...]) -> bool:
        """Whether nothing of what is shown is known, though the time is that of a history."""
        found = [a for a, on in zip(self.amounts, shown, strict=True) if on and a is not None]
        return bool(found) and all(amount.value is None for amount in found)


@dataclass(frozen=True, slots=True)
class Level:
    """A level from ``at`` to ``until``; ``None``: it was read, and not told.

    ``raw`` is what the printer said, ``origin`` a place in the sources of its line.
    """

    at: float
    until: float
    value: float | None
    raw: tuple[str, ...] = ()
    origin: int | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the values of a part came from, by turns; ``maker`` is who made the printer."""

    found: tuple[Provenance, ...] = ()
    maker: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """Where a line goes from its last level: likely empty at ``likely``, between the two others."""

    at: float
    level: float
    likely: float
    least: float
    most: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """One curve, its sources, and its forecast in words, with what that rests on."""

    part: Part
    levels: tuple[Level, ...]
    sources: Sources = Sources()
    band: Band | None = None
    forecast: str = ""
    rests: str = ""


@dataclass(frozen=True, slots=True)
class Marker:
    """Something that happened at ``at``, to the part with this key ("": to the whole device)."""

    at: float
    sign: Sign
    word: str
    part: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which nobody read, and what is known of it as a whole."""

    since: float
    until: float
    told: str = ""


@dataclass(frozen=True, slots=True)
class ChartData:
    """One chart: bars (``parts`` over ``columns``) or curves (``lines``), never both.

    ``stacked`` columns are drawn on each other; those of several devices as one line each.
    ``now`` is when the newest was read, ``bounds`` all of the time there is to see, ``sources``
    those of the parts of bars. Weeks begin on ``week`` (0: Monday).
    """

    bounds: Span
    parts: tuple[Part, ...] = ()
    columns: tuple[Column, ...] = ()
    lines: tuple[Line, ...] = ()
    markers: tuple[Marker, ...] = ()
    gaps: tuple[Gap, ...] = ()
    bucket: Bucket = Bucket.DAY
    stacked: bool = True
    now: float | None = None
    unit: str = ""
    week: int = 0
    sources: tuple[Sources, ...] = ()

    @property
    def all_parts(self) -> tuple[Part, ...]:
        """The parts, whichever kind of chart it is."""
        return self.parts or tuple(line.part for line in self.lines)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        known = any(a is not None for column in self.columns for a in column.amounts)
        return not known and not any(line.levels for line in self.lines)
