"""With which versions and communities an agent may be asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Version(StrEnum):
    """The community-based versions of SNMP: v1 (RFC 1157) and v2c (RFC 1901)."""

    V1 = "1"
    V2C = "2c"


@dataclass(frozen=True, slots=True)
class Access:
    """Communities and versions, each in the order of trying; communities are never shown."""

    communities: tuple[str, ...] = field(default=("public",), repr=False)
    versions: tuple[Version, ...] = (Version.V2C, Version.V1)


@dataclass(frozen=True, slots=True)
class Opened:
    """What an agent was found to answer to: the version, and which community of the list."""

    version: Version
    community_index: int
