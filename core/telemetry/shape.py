"""The shape of an agent: what it was found to have, so that the next visit may ask less.

A shape holds every value of the visit that learned it, and which of their places change. A repeat
visit asks for those alone and puts them over the rest, so that one way of making sense of it
(``core.telemetry.reader``) serves both. Nothing depends on a shape: without one, all is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Final

from core.model.jsonio import from_json, to_json
from core.model.problem import PlatenError
from core.snmp.types import Oid, Tag, Value
from core.telemetry.profile import Profile
from core.telemetry.snapshot import Snapshot

#: Of what a shape holds and of what is made of it; a shape of another version is learned anew.
VERSION: Final = 1
Data = int | bytes | Oid


class Relearned(StrEnum):
    """Why a visit read all."""

    FIRST = "first_visit"
    UNREADABLE = "shape_unreadable"
    VERSION = "other_version"
    PROFILES = "other_profiles"
    AGE = "too_old"
    FAILED = "request_failed"
    ROWS = "rows_changed"
    IDENTITY = "another_printer"
    RESTARTED = "restarted"
    CONFIGURATION = "configuration_changed"
    EVENTS = "alert_events"
    REPLACED = "supply_replaced"
    PLACES = "other_places"


@dataclass(frozen=True, slots=True)
class Rows:
    """Columns to be read whole in one GETBULK, each of at most ``rows`` rows when learned."""

    columns: tuple[Oid, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Shape:
    """What one agent was found to have at ``learned_at`` (RFC 3339 in UTC).

    ``profiles`` identifies the profiles it was read with. ``values`` is all that it answered,
    ``fresh`` the places that change, of which ``scalars`` are asked by name and ``tables`` by
    column. ``names`` are the places that tell who it is.
    """

    version: int
    learned_at: str
    profiles: str
    values: tuple[tuple[Oid, Tag, Data], ...]
    fresh: tuple[Oid, ...]
    scalars: tuple[Oid, ...]
    tables: tuple[Rows, ...]
    names: tuple[Oid, ...]

    def snapshot(self) -> Snapshot:
        """Give what was answered when it was learned."""
        return Snapshot({oid: Value(tag, data) for oid, tag, data in self.values})


@dataclass(frozen=True, slots=True)
class Total:
    """Where the billing total of one printer (``device`` as ``Reading.device_index``) was read.

    While it is missing: on how many visits, ``since`` when (RFC 3339), and whether the printer's
    configuration ``changed`` meanwhile.
    """

    device: int | None
    rule: str
    refs: tuple[Oid, ...]
    missed: int = 0
    since: str | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Last:
    """Of the visit before: numbers by place (sysUpTime and levels of supplies), and where the
    makers' totals are.
    """

    numbers: tuple[tuple[Oid, int], ...] = ()
    totals: tuple[Total, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A shape with what the visit before saw."""

    shape: Shape
    last: Last

    def texts(self) -> tuple[str, str]:
        """Give both as text, to be kept."""
        return to_json(self.shape), to_json(self.last)


def read_known(version: int, body: str, last: str) -> Known | None:
    """Read what ``Known.texts`` wrote; ``None`` where it is of another version or damaged."""
    if version != VERSION:
        return None
    try:
        return Known(from_json(body, Shape), from_json(last, Last))
    except PlatenError:
        return None


def digest(profiles: tuple[Profile, ...]) -> str:
    """Identify profiles by what their files say."""
    return sha256("\n".join(profile.digest for profile in profiles).encode()).hexdigest()
