"""With which versions, communities and users an agent may be asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from core.model.in_force import IN_FORCE
from core.snmp.v3.user import V3User


class Version(StrEnum):
    """The versions of SNMP: v1 (RFC 1157) and v2c (RFC 1901), by community, and v3, by user."""

    V1 = "1"
    V2C = "2c"
    V3 = "3"


#: Those that know communities and no users.
BY_COMMUNITY = (Version.V1, Version.V2C)


@dataclass(frozen=True, slots=True)
class Access:
    """Communities, users of v3 and versions, each in the order of trying.

    Communities and users are never shown. Version 3 is asked only where it is among ``versions``.
    """

    communities: tuple[str, ...] = field(default=("public",), repr=False)
    versions: tuple[Version, ...] = (Version.V2C, Version.V1)
    users: tuple[V3User, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        IN_FORCE.add(self.communities)

    def count(self, version: Version) -> int:
        """How many there are to try with this version: 0 where it may not be used."""
        if version not in self.versions:
            return 0
        return len(self.users if version is Version.V3 else self.communities)


@dataclass(frozen=True, slots=True)
class Opened:
    """What an agent was found to answer to: the version, and which community of the list; with
    version 3 which user of the list.
    """

    version: Version
    community_index: int
