"""A set of credentials: all that a segment may try, under one name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from core.model.in_force import IN_FORCE
from core.model.problem import PlatenError
from core.snmp.v3.user import V3User


@dataclass(frozen=True, slots=True, repr=False)
class WebLogin:
    """A login at a printer's own web page; ``realm`` is what the page calls itself, if it matters.

    Never shown, not even the user's name.
    """

    user: str
    password: str
    realm: str | None = None

    def __post_init__(self) -> None:
        IN_FORCE.add((self.user, self.password))

    def __repr__(self) -> str:
        return "WebLogin(hidden)"


@dataclass(frozen=True, slots=True, repr=False)
class CredentialSet:
    """Communities (SNMP v1 and v2c), users (SNMPv3) and logins (web page), in the order of trying.

    Its ``repr`` tells how many there are and nothing of what they are.
    """

    communities: tuple[str, ...] = ()
    users: tuple[V3User, ...] = ()
    logins: tuple[WebLogin, ...] = ()

    def __post_init__(self) -> None:
        IN_FORCE.add(self.communities)

    def __repr__(self) -> str:
        return f"CredentialSet({self.kinds})"

    def __bool__(self) -> bool:
        return bool(self.communities or self.users or self.logins)

    @property
    def kinds(self) -> dict[str, int]:
        """How many there are of each kind: all that may be told."""
        return {
            "communities": len(self.communities),
            "users": len(self.users),
            "logins": len(self.logins),
        }

    @property
    def whole(self) -> bool:
        """Whether it holds anything, and no empty text where one is needed."""
        names = (user.name for user in self.users)
        logins = (text for login in self.logins for text in (login.user, login.password))
        return bool(self) and all((*self.communities, *names, *logins))

    def as_plain(self) -> dict[str, Any]:
        """Give it as the lists and texts that a store keeps."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain

    @classmethod
    def of_plain(cls, plain: Any) -> CredentialSet:
        """Read what ``as_plain`` gave; raises ``TypeError`` that tells nothing of it."""
        try:
            found = msgspec.convert(plain, cls)
        except (msgspec.MsgspecError, RecursionError, PlatenError):
            # Not chained, and without the text: it may quote what it failed on.
            raise TypeError("not a set of credentials") from None
        if not found.whole:
            raise TypeError("not a set of credentials")
        return found
