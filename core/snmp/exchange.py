"""What a client tells of its doings: each exchange with the agent, and what it learned of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.snmp.access import Version
from core.snmp.message import PduKind
from core.snmp.types import Oid, VarBind


class Quirk(StrEnum):
    """A way in which an agent does not do what the standards say; learned, and worth keeping."""

    OTHER_ADDRESS = "answers_from_other_address"
    OTHER_PORT = "answers_from_other_port"
    ID_ZERO = "request_id_zero_in_errors"
    NO_GETBULK = "no_getbulk"
    ONE_AT_A_TIME = "one_at_a_time"
    SMALL_REPLIES = "drops_large_replies"
    NOT_INCREASING = "non_increasing_oids"
    ERROR_IN_WALK = "walk_ends_in_error"
    SILENT_OIDS = "silent_for_some_oids"
    MALFORMED = "malformed_answers"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One datagram sent and what came of it; never with the community.

    ``varbinds`` is what was answered. ``error`` is ``None``, "timeout", or the name of the error
    status or failure. Octets are of SNMP payload, ``elapsed`` is in seconds. ``attempt`` counts
    from 1. Values in denied parts of the tree are left out.
    """

    version: Version
    kind: PduKind
    oids: tuple[Oid, ...]
    varbinds: tuple[VarBind, ...]
    error: str | None
    bytes_out: int
    bytes_in: int
    elapsed: float
    attempt: int
    max_repetitions: int = 0
