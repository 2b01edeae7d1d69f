"""The question that measures a distance: a GET like any other, so that nobody is troubled by it."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.discovery.probe import SYS_OBJECT_ID
from core.snmp.access import Version
from core.snmp.message import Message, Pdu, PduKind, encode
from core.snmp.types import Tag, Value, VarBind
from core.snmp.v3.session import introduction

_ASKED = (VarBind(SYS_OBJECT_ID, Value(Tag.NULL, None)),)


@dataclass(frozen=True, slots=True)
class Question:
    """A GET of sysObjectID.0 (RFC 3418), in a version and with a community that is never shown; in
    version 3 the question for the engine id, which needs no user.

    ``patience`` is how long to wait for an answer, in seconds.
    """

    version: Version = Version.V2C
    community: str = field(default="public", repr=False)
    patience: float = 1.0

    def datagram(self, request_id: int) -> bytes:
        """Give it ready to be sent."""
        if self.version is Version.V3:
            return introduction(request_id)
        pdu = Pdu(PduKind.GET, request_id, 0, 0, _ASKED)
        return encode(Message(self.version, self.community.encode(), pdu))
