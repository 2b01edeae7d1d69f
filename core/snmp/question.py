"""A question to an agent, and its answer."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.snmp.access import Version
from core.snmp.message import PduKind
from core.snmp.types import Oid, Value
from core.snmp.v3.session import Session

SYS_OBJECT_ID: Oid = (1, 3, 6, 1, 2, 1, 1, 2, 0)  # RFC 3418
SYS_UP_TIME: Oid = (1, 3, 6, 1, 2, 1, 1, 3, 0)
_SMALL_REPLY, _LARGE_REPLY = 1_280, 4_608  # octets of receive buffer, with the system's overhead


@dataclass(frozen=True, slots=True)
class Voice:
    """With which version and community to speak; with version 3, in which session."""

    version: Version
    community: bytes = field(repr=False)
    session: Session | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the kind of request, the names, and for GET_BULK the repetitions."""

    kind: PduKind
    oids: tuple[Oid, ...]
    repetitions: int = 0

    @property
    def room(self) -> int:
        """How much of the receive buffer the answer may take."""
        return _LARGE_REPLY if len(self.oids) * max(1, self.repetitions) > 4 else _SMALL_REPLY


@dataclass(frozen=True, slots=True)
class Answer:
    """What an agent answered: names with values. ``status`` 0 is success, ``index`` counts from
    1, ``size`` is in octets.
    """

    status: int
    index: int
    pairs: list[tuple[Oid, Value]]
    size: int
