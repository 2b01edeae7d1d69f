"""What can go wrong on the way to the hub, each with its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass

import grpc

from core.model.plain import plain
from core.model.problem import PlatenError, ProblemKind


class UplinkError(PlatenError):
    """The hub cannot be reached, or does not take what is sent."""


class HubRefusesError(UplinkError):
    """The hub understood and says no: its own code, text and remedy."""

    kind = ProblemKind.REFUSED


@dataclass(frozen=True, slots=True)
class _Cause:
    """Words in gRPC's details (lower case) that tell a cause, and what is said of it."""

    words: tuple[str, ...]
    code: str
    text: str
    remedy: str


NAME_REMEDY = (
    "Check that it is typed as the dealer wrote it, and that this computer is on the network. If "
    "both are so, this network's name server (DNS) does not know it: ask who looks after it."
)

#: In the order in which they are looked for.
_CAUSES = (
    _Cause(
        ("errors resolving", "dns resolution", "lookup error"),
        "hub_name_unknown",
        "The name of the hub {address} cannot be resolved.",
        NAME_REMEDY,
    ),
    _Cause(
        ("certificate is not yet valid",),
        "clock_wrong",
        "The certificate of the hub at {address} is not valid yet by this machine's clock.",
        "Set this machine's clock.",
    ),
    _Cause(
        ("certificate has expired",),
        "hub_certificate_lapsed",
        "The certificate of the hub at {address} has lapsed by this machine's clock.",
        "Check this machine's clock; if it is right, tell the dealer to start the hub again.",
    ),
    _Cause(
        ("certificate_verify_failed", "certificate verify failed"),
        "hub_not_the_one",
        "The hub at {address} does not show a certificate of the dealer's authority.",
        ("Nothing was sent. Something between here and the hub may inspect TLS: let {address} "
        "through without inspection. If the hub was set up anew, enrol again with a new code."),
    ),
    _Cause(
        ("hostname verification", "no match found for server name", "does not match ssl server"),
        "hub_wrong_name",
        "The hub at {address} shows a certificate for another name.",
        "Use the name that the dealer gave, or have the dealer add this one to the hub.",
    ),
    _Cause(
        ("connection refused",),
        "hub_refused",
        "Nothing listens at {address}.",
        "Check address and port. If they are right, the hub may be off: ask the dealer.",
    ),
    _Cause(
        ("no route", "unreachable"),
        "hub_unreachable",
        "There is no way to {address} from this machine.",
        "Check this machine's network.",
    ),
    _Cause(
        ("wrong_version_number", "tls handshake failed", "alpn", "handshake read failed"),
        "hub_tls_failed",
        "What listens at {address} does not speak TLS 1.3 as the hub does.",
        "Check address and port. If they are right, a proxy or firewall breaks the connection.",
    ),
    # A hub that does not take our certificate looks just like one that was killed.
    _Cause(
        ("socket closed", "connection reset", "broken pipe", "goaway"),
        "hub_closed",
        "The hub at {address} closed the connection.",
        "It is tried again. If it lasts, ask the dealer whether this agent is still enrolled.",
    ),
)  # fmt: skip
_UNKNOWN_CAUSE = _Cause(
    (), "hub_away", "The hub at {address} cannot be reached.", "It is tried again by itself."
)
_CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")


def explain(error: grpc.aio.AioRpcError, address: str) -> UplinkError:
    """Name the cause of a failed call to the hub at ``address``.

    The hub's own words are passed on: call it for a hub that has proved who it is, or for failures
    of the connection alone.
    """
    details = error.details() or ""
    status = error.code()
    if status is grpc.StatusCode.UNAVAILABLE:
        return unavailable(details, address)
    if status is grpc.StatusCode.DEADLINE_EXCEEDED:
        return UplinkError(
            "hub_timeout", f"The hub at {address} did not answer in time.", "It is tried again."
        )
    if status is grpc.StatusCode.UNIMPLEMENTED:
        return wrong_door(address)
    if status is grpc.StatusCode.RESOURCE_EXHAUSTED and "larger than max" in details:
        return UplinkError(
            "hub_message_limit",
            f"The hub at {address} does not take so much at once.",
            "It is sent in smaller parts.",
        )
    return _told(error, address)


def unavailable(details: str, address: str) -> UplinkError:
    """Name the cause of a connection that failed, by gRPC's ``details``."""
    said = details.lower()
    cause = next((c for c in _CAUSES if any(word in said for word in c.words)), _UNKNOWN_CAUSE)
    return UplinkError(
        cause.code, cause.text.format(address=address), cause.remedy.format(address=address)
    )


def wrong_door(address: str) -> UplinkError:
    """Make the error for a server that has another service than the one that was asked for."""
    return UplinkError(
        "hub_wrong_port",
        f"What answers at {address} is not the hub's service for this.",
        "Check the port (the number after the colon): enrolment has its own, usually 7444.",
    )


def too_old(address: str, what: str) -> UplinkError:
    """Make the error for the right hub, of a version that cannot do ``what`` yet."""
    return UplinkError(
        "hub_too_old",
        f"The hub at {address} is older than this agent: it cannot {what}.",
        "Ask the dealer to update the hub.",
    )


def _told(error: grpc.aio.AioRpcError, address: str) -> UplinkError:
    """Pass on the hub's own problem (code, text, remedy), or what gRPC says."""
    told = (error.details() or "").split("\n")
    if len(told) == 3 and _CODE.fullmatch(told[0]):
        refused = error.code() is grpc.StatusCode.PERMISSION_DENIED
        kind = HubRefusesError if refused else UplinkError
        return kind(told[0], plain(told[1], 300), plain(told[2], 300))
    status = error.code().name.lower()
    return UplinkError(
        "hub_failed",
        f"The hub at {address} answered {status}: {plain(' '.join(told))}",
        "It is tried again. If it lasts, tell the dealer.",
    )
