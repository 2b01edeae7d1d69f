"""What a Report PDU says: one counter, whose name is the reason (RFC 3412 section 7.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.model.identity import Endpoint
from core.snmp.types import Oid, format_oid
from core.snmp.v3 import errors
from core.snmp.v3.user import V3User
from core.snmp.v3.wire import Stamp

_USM: Oid = (1, 3, 6, 1, 6, 3, 15, 1, 1)  # usmStats, RFC 3414 section 5
UNSUPPORTED_LEVEL: Oid = (*_USM, 1, 0)
NOT_IN_WINDOW: Oid = (*_USM, 2, 0)
UNKNOWN_USER: Oid = (*_USM, 3, 0)
UNKNOWN_ENGINE: Oid = (*_USM, 4, 0)
WRONG_DIGEST: Oid = (*_USM, 5, 0)
DECRYPTION_ERROR: Oid = (*_USM, 6, 0)
_CONTEXTS: dict[Oid, str] = {  # RFC 3413 section 4.1
    (1, 3, 6, 1, 6, 3, 12, 1, 4, 0): "snmpUnavailableContexts",
    (1, 3, 6, 1, 6, 3, 12, 1, 5, 0): "snmpUnknownContexts",
}
_NAMES: dict[Oid, str] = {
    UNSUPPORTED_LEVEL: "usmStatsUnsupportedSecLevels",
    NOT_IN_WINDOW: "usmStatsNotInTimeWindows",
    UNKNOWN_USER: "usmStatsUnknownUserNames",
    UNKNOWN_ENGINE: "usmStatsUnknownEngineIDs",
    WRONG_DIGEST: "usmStatsWrongDigests",
    DECRYPTION_ERROR: "usmStatsDecryptionErrors",
    **_CONTEXTS,
}


_ABOUT_USERS: dict[Oid, Callable[[Endpoint, str], errors.V3Error]] = {
    UNKNOWN_USER: errors.V3UnknownUserError,
    WRONG_DIGEST: errors.V3WrongDigestError,
    DECRYPTION_ERROR: errors.V3DecryptionError,
    NOT_IN_WINDOW: errors.V3NotInWindowError,
}


@dataclass(frozen=True, slots=True)
class Report:
    """A report: the counter that it names, if any, and who says so.

    ``proven`` is whether its digest is good; anyone can write one without. ``size`` is that of the
    datagram, in octets.
    """

    oid: Oid | None
    stamp: Stamp
    proven: bool
    size: int

    @property
    def name(self) -> str:
        """Name it as the standards do."""
        if self.oid is None:
            return "a report without a name"
        return _NAMES.get(self.oid) or format_oid(self.oid)


def error_of(report: Report, user: V3User, endpoint: Endpoint) -> errors.V3Error:
    """Name what a report means for this user."""
    oid, name = report.oid, user.name
    if oid == UNSUPPORTED_LEVEL:
        return errors.V3UnsupportedLevelError(endpoint, name, user.level)
    if oid == UNKNOWN_ENGINE:
        return errors.V3UnknownEngineError(endpoint)
    if oid in _CONTEXTS:
        return errors.V3UnknownContextError(endpoint, user.context)
    kind = _ABOUT_USERS.get(oid or ())
    return errors.V3RefusedError(endpoint, oid) if kind is None else kind(endpoint, name)
