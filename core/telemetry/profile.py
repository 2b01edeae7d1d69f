"""Profiles: what is known of a maker's machines, as data read from TOML.

``docs/profiles.md`` explains every key; ``core.telemetry.profile_file`` reads a file into these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from core.model.provenance import Confidence
from core.model.reading import SupplyKind
from core.snmp.types import Oid

#: The meters that a reading may hold. "scan_host": scans sent to a computer that asked for them.
METER_KEYS: Final = frozenset(
    {"total", "mono", "color", "print", "copy", "fax", "scan", "duplex", "sheets", "scan_host"}
    | {f"{job}_{tone}" for job in ("print", "copy", "fax", "scan") for tone in ("mono", "color")}
)


@dataclass(frozen=True, slots=True)
class ValueSource:
    """Where one text value is. Exactly one of ``oid`` and ``column`` is set."""

    oid: Oid | None
    column: Oid | None
    pattern: re.Pattern[str] | None
    key: str | None
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Term:
    """Where one number is. Exactly one of ``oid``, ``column`` and ``blob`` is set.

    A column's row is the one whose cell in ``match_column`` is the number ``code`` or a text that
    ``label`` fits whole; without ``match_column`` it is the first row. ``record`` is the record of
    a ``blob`` (``core.telemetry.tlv``), as a number of ``length`` octets, or as a ``ratio`` in
    percent. ``pattern`` takes the number out of a text. What stands at ``oid`` is another number
    where the text at ``label_oid`` fits ``unless``.
    """

    oid: Oid | None = None
    column: Oid | None = None
    blob: Oid | None = None
    match_column: Oid | None = None
    code: int | None = None
    label: re.Pattern[str] | None = None
    record: int = 0
    length: int | None = None
    ratio: bool = False
    pattern: re.Pattern[str] | None = None
    optional: bool = False
    label_oid: Oid | None = None
    unless: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class NumberSource:
    """One way to a number: the sum of its terms (often one), times ``scale``.

    ``most`` is the highest number that is plausible, ``None`` where only the general rules hold.
    """

    terms: tuple[Term, ...]
    confidence: Confidence
    scale: float = 1.0
    unit: str = "impressions"
    most: int | None = None


@dataclass(frozen=True, slots=True)
class SumCheck:
    """``parts`` together are ``whole``, or, where they are not ``complete``, no more than it; all
    are names of meters.
    """

    whole: str
    parts: tuple[str, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class SupplyItem:
    """One supply with places of its own, found on the row of its kind and colour. ``name`` is what
    it is called, where its kind says too little.

    ``by_technology`` says that ``kind`` is only what it is where nothing tells how the machine
    marks paper: what is called toner in one machine is ink in another.
    """

    kind: SupplyKind
    by_technology: bool
    color: str | None
    index: str
    level: tuple[NumberSource, ...]
    remaining: tuple[NumberSource, ...]
    name: str | None = None


@dataclass(frozen=True, slots=True)
class SupplyTable:
    """A maker's table of supplies: a column of levels in percent, and one of their names, whose
    words tell kind and colour.
    """

    level: Oid
    name: Oid
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class SupplyRules:
    """How a maker's supplies are read. ``low`` are levels that mean "nearly empty" (Ricoh -100);
    ``waste`` is what the level of a waste container says: "filled", "remaining" or ``None``;
    ``by_capacity`` says that a level without a capacity is nothing that can be relied on.
    """

    low: frozenset[int] = frozenset()
    waste: str | None = None
    by_capacity: bool = False
    items: tuple[SupplyItem, ...] = ()
    tables: tuple[SupplyTable, ...] = ()


NO_SUPPLY_RULES: Final = SupplyRules()


@dataclass(frozen=True, slots=True)
class Profile:
    """One maker's profile. A machine matches by its sysObjectID or by its sysDescr.

    ``panel`` are scalars with what the panel shows, lines parted by line ends; ``digest``
    is of the file's text.
    """

    name: str
    object_ids: tuple[Oid, ...]
    description: re.Pattern[str] | None
    priority: int
    verified: tuple[str, ...]
    identity: dict[str, tuple[ValueSource, ...]] = field(default_factory=dict)
    meters: dict[str, tuple[NumberSource, ...]] = field(default_factory=dict)
    life: tuple[NumberSource, ...] = ()
    checks: tuple[SumCheck, ...] = ()
    supplies: SupplyRules = NO_SUPPLY_RULES
    panel: tuple[Oid, ...] = ()
    digest: str = ""

    def rank(self, object_id: Oid | None, description: str) -> tuple[int, int, int] | None:
        """Say how well this profile fits (more is better), or ``None`` when it does not.

        What the machine says in words outranks its sysObjectID: a rebranded machine keeps the
        object id of whoever built it.
        """
        named = self.description is not None and self.description.search(description) is not None
        depth = 0
        if object_id is not None:
            depths = [len(p) for p in self.object_ids if object_id[: len(p)] == p]
            depth = max(depths, default=0)
        return (int(named), self.priority, depth) if named or depth else None
