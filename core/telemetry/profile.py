r"""Profiles: what is known of a maker's machines, as data.

One TOML file a maker in ``resources/profiles``; ``docs/profiles.md`` explains every key::

    name = "kyocera"
    verified = ["CS 4053ci: serial, firmware, host name"]

    [match]
    object_ids = ["1.3.6.1.4.1.1347"]
    description = '\bkyocera\b'
    priority = 0

    [[identity.serial]]
    oid = "1.3.6.1.4.1.1347.43.5.1.1.28.1"

A field of ``[identity]`` lists its sources in the order in which they are tried. A source is one
of: a scalar (``oid``), the first usable row of a column (``column``), either with a ``pattern``
whose first group is the value, or with a ``key`` of an IEEE 1284 device id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

import msgspec

from core.model.identity import Identity
from core.model.provenance import Confidence
from core.snmp.types import Oid, parse_oid
from core.telemetry.resource import BadResourceError, compiled, parse_toml

# The vendor is found by resources/vendors.toml and the MAC address among the interfaces.
IDENTITY_FIELDS: Final = frozenset(Identity.__dataclass_fields__) - {"vendor", "mac"}


class _SourceFile(msgspec.Struct, forbid_unknown_fields=True):
    oid: str | None = None
    column: str | None = None
    pattern: str | None = None
    key: str | None = None
    confirmed: bool = True


class _MatchFile(msgspec.Struct, forbid_unknown_fields=True):
    object_ids: list[str] = []
    description: str | None = None
    priority: int = 0


class _ProfileFile(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    match: _MatchFile
    verified: list[str] = []
    identity: dict[str, list[_SourceFile]] = {}


@dataclass(frozen=True, slots=True)
class ValueSource:
    """Where one text value is. Exactly one of ``oid`` and ``column`` is set."""

    oid: Oid | None
    column: Oid | None
    pattern: re.Pattern[str] | None
    key: str | None
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Profile:
    """One maker's profile. A machine matches by its sysObjectID or by its sysDescr."""

    name: str
    object_ids: tuple[Oid, ...]
    description: re.Pattern[str] | None
    priority: int
    verified: tuple[str, ...]
    identity: dict[str, tuple[ValueSource, ...]] = field(default_factory=dict)

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


def parse_profile(text: str, name: str) -> Profile:
    """Read one profile; raises ``BadResourceError`` that names the file and the wrong key."""
    raw = parse_toml(text, _ProfileFile, name)
    match = raw.match
    if not match.object_ids and match.description is None:
        raise BadResourceError(name, "[match] has neither object_ids nor description")
    unknown = set(raw.identity) - IDENTITY_FIELDS
    if unknown:
        raise BadResourceError(name, f"[identity] has no field {min(unknown)!r}")
    return Profile(
        name=raw.name,
        object_ids=tuple(_oid(text, name, "match.object_ids") for text in match.object_ids),
        description=None if match.description is None else compiled(match.description, name),
        priority=match.priority,
        verified=tuple(raw.verified),
        identity={
            key: tuple(_source(source, name, f"identity.{key}") for source in sources)
            for key, sources in raw.identity.items()
        },
    )


def _source(raw: _SourceFile, name: str, path: str) -> ValueSource:
    if (raw.oid is None) == (raw.column is None):
        raise BadResourceError(name, f"{path} needs either oid or column")
    if raw.pattern is not None and raw.key is not None:
        raise BadResourceError(name, f"{path} takes either pattern or key, not both")
    pattern = None if raw.pattern is None else compiled(raw.pattern, name)
    if pattern is not None and pattern.groups < 1:
        raise BadResourceError(name, f"{path}: the pattern has no group")
    return ValueSource(
        oid=None if raw.oid is None else _oid(raw.oid, name, path),
        column=None if raw.column is None else _oid(raw.column, name, path),
        pattern=pattern,
        key=raw.key,
        confidence=Confidence.PROFILE if raw.confirmed else Confidence.DOUBTFUL,
    )


def _oid(text: str, name: str, path: str) -> Oid:
    try:
        return parse_oid(text)
    except ValueError as error:
        raise BadResourceError(name, f"{path}: {error}") from None
