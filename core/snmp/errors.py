"""What can go wrong with an SNMP agent, in words for a technician.

No text here ever holds a community.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.model.identity import Endpoint
from core.model.problem import PlatenError
from core.snmp.types import Oid, Value, format_oid

_STATUS_NAMES = [
    "noError",
    "tooBig",
    "noSuchName",
    "badValue",
    "readOnly",
    "genErr",
    "noAccess",
    "wrongType",
    "wrongLength",
    "wrongEncoding",
    "wrongValue",
    "noCreation",
    "inconsistentValue",
    "resourceUnavailable",
    "commitFailed",
    "undoFailed",
    "authorizationError",
    "notWritable",
    "inconsistentName",
]
_CHECK_SNMP = (
    "Check that the device is on, that SNMP is switched on in it, and that its SNMP name "
    "(community) is among those of this network."
)
_CHECK_V3 = (
    "Check that the device is on, that SNMPv3 is switched on in it, and that it lets this machine "
    "ask."
)
_SHOW_TRACE = (
    "Read it once with the trace on and send that to support; update its firmware if there is one."
)


class SnmpError(PlatenError):
    """Base of all errors of ``core.snmp``."""


class SnmpDecodeError(SnmpError):
    """Octets that are not an SNMP v1 or v2c message; ``reason`` says what is wrong with them."""

    def __init__(self, reason: str) -> None:
        super().__init__("snmp_malformed", f"Not a usable SNMP message: {reason}.", _SHOW_TRACE)
        self.reason = reason


class SnmpMalformedError(SnmpError):
    """The agent answers, and its answers cannot be read (code ``snmp_malformed``)."""

    def __init__(self, endpoint: Endpoint, reason: str) -> None:
        text = f"{endpoint} answers, but not with usable SNMP: {reason}."
        super().__init__("snmp_malformed", text, _SHOW_TRACE)


class SnmpTimeoutError(SnmpError):
    """Nothing came (code ``snmp_timeout``). ``versions`` are "1", "2c" and "3" as asked."""

    def __init__(
        self, endpoint: Endpoint, timeout: float, tries: int, versions: Sequence[str]
    ) -> None:
        spoken = " and ".join(f"v{version}" for version in versions)
        times = "1 try" if tries == 1 else f"{tries} tries"
        text = f"No answer from {endpoint} within {timeout:g} s, {times}, by SNMP {spoken}."
        only_v3 = set(versions) == {"3"}
        super().__init__("snmp_timeout", text, _CHECK_V3 if only_v3 else _CHECK_SNMP)


class SnmpDeadlineError(SnmpError):
    """Answers came too slowly for the whole operation (code ``snmp_timeout``)."""

    def __init__(self, endpoint: Endpoint, limit: float) -> None:
        text = f"{endpoint} was not done answering after {limit:g} s, the most that is waited."
        remedy = "Read it again when it is not busy, or allow it more time."
        super().__init__("snmp_timeout", text, remedy)


class SnmpPortClosedError(SnmpError):
    """The host says that nothing listens there (ICMP port unreachable; ``snmp_port_closed``)."""

    def __init__(self, endpoint: Endpoint) -> None:
        text = f"{endpoint} is there, but nothing listens on that port."
        remedy = "Switch SNMP on in the device, or correct the port of this network."
        super().__init__("snmp_port_closed", text, remedy)


class SnmpUnreachableError(SnmpError):
    """No way to the host (code ``snmp_unreachable``); ``reason`` is the system's own word."""

    def __init__(self, endpoint: Endpoint, reason: str) -> None:
        text = f"No way to {endpoint}: {reason}."
        remedy = "Check the address, the network connection, routes and this machine's firewall."
        super().__init__("snmp_unreachable", text, remedy)


class SnmpStatusError(SnmpError):
    """The agent answers with an error (code ``snmp_error_status``).

    ``status`` is the number (RFC 3416 section 3), ``oid`` the one that it points at, if any.
    """

    def __init__(self, endpoint: Endpoint, status: int, oid: Oid | None) -> None:
        where = "" if oid is None else f" for {format_oid(oid)}"
        text = f"{endpoint} answers with the error {status_name(status)}{where}."
        if status in {6, 16}:
            remedy = (
                "Allow this community or user to read in the device's access list, or add another."
            )
        else:
            remedy = _SHOW_TRACE
        super().__init__("snmp_error_status", text, remedy)
        self.status = status
        self.oid = oid


class SnmpWalkLoopError(SnmpError):
    """The agent goes in circles from its first row on (code ``snmp_walk_loop``)."""

    def __init__(self, endpoint: Endpoint, root: Oid, after: Oid) -> None:
        text = (
            f"{endpoint} goes in circles below {format_oid(root)}: "
            f"what follows {format_oid(after)} is not greater."
        )
        super().__init__("snmp_walk_loop", text, _SHOW_TRACE)
        self.root = root


class SnmpWalkTooLongError(SnmpError):
    """More rows than a walk may take (code ``snmp_walk_too_long``)."""

    def __init__(self, endpoint: Endpoint, root: Oid, cap: int) -> None:
        text = (
            f"{endpoint} has more than {cap} rows below {format_oid(root)}, or never comes to an "
            "end there."
        )
        super().__init__("snmp_walk_too_long", text, _SHOW_TRACE)
        self.root = root


class SnmpPartialError(SnmpError):
    """Some columns gave nothing usable and others did (code of the first of ``failures``);
    ``found`` is what the others gave.
    """

    def __init__(self, found: dict[Oid, Value], failures: Sequence[SnmpError]) -> None:
        first = failures[0].problem
        super().__init__(first.code, first.text, first.remedy)
        self.found = found
        self.failures = tuple(failures)


class SnmpNoResourcesError(SnmpError):
    """This machine cannot send or open a socket (``snmp_no_resources``)."""

    def __init__(self, what: str, reason: str) -> None:
        remedy = "Close other programs or lower the pace, then try again."
        super().__init__("snmp_no_resources", f"This machine cannot {what}: {reason}.", remedy)


def status_name(status: int) -> str:
    """Name an error status as RFC 3416 does."""
    if 0 <= status < len(_STATUS_NAMES):
        return _STATUS_NAMES[status]
    return f"error status {status}"
