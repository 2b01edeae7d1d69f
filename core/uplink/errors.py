"""What can go wrong on the way to the hub, each with its own words."""

from __future__ import annotations

import grpc

from core.model.problem import PlatenError


class UplinkError(PlatenError):
    """The hub cannot be reached, or does not take what is sent."""


#: Words in gRPC's details, in the order in which they are looked for: code, text, remedy.
_CAUSES: tuple[tuple[tuple[str, ...], str, str, str], ...] = (
    (
        (
            "dns resolution",
            "name or service not known",
            "domain name not found",
            "could not contact dns",
        ),
        "hub_name_unknown",
        "The name of the hub {address} cannot be resolved",
        "Check the name and this machine's DNS.",
    ),
    (
        ("certificate_verify_failed", "certificate verify failed", "not trusted"),
        "hub_not_the_one",
        "The hub at {address} does not show a certificate of the dealer's authority",
        ("Nothing was sent. Something between here and the hub may inspect TLS: let {address} "
        "through without inspection. If the hub was set up anew, enrol again with a new code."),
    ),
    (
        ("no match found for server name", "hostname verification", "peer name"),
        "hub_wrong_name",
        "The hub at {address} shows a certificate for another name",
        "Use the name that the dealer gave, or have the dealer add this one to the hub.",
    ),
    (
        ("handshake failed", "tls", "ssl", "wrong_version_number"),
        "hub_tls_failed",
        "What listens at {address} does not speak TLS 1.3 as the hub does",
        "Check host and port, and whether a proxy or firewall breaks the connection.",
    ),
    (
        ("connection refused",),
        "hub_refused",
        "Nothing listens at {address}",
        "Check host and port, and whether the hub is running.",
    ),
    (
        ("no route", "unreachable"),
        "hub_unreachable",
        "There is no way to {address} from this machine",
        "Check this machine's network.",
    ),
    (
        ("socket closed", "connection reset", "broken pipe"),
        "hub_closed",
        "The hub at {address} closed the connection",
        "It is tried again. If it lasts, ask the dealer whether this agent is still enrolled.",
    ),
)


def explain(error: grpc.aio.AioRpcError, address: str) -> UplinkError:
    """Name the cause of a failed call to the hub at ``address``."""
    details = error.details() or ""
    status = error.code()
    if status is grpc.StatusCode.UNAVAILABLE:
        return _unavailable(details.lower(), address)
    if status is grpc.StatusCode.DEADLINE_EXCEEDED:
        return UplinkError(
            "hub_timeout", f"The hub at {address} did not answer in time.", "It is tried again."
        )
    told = details.split("\n")
    if len(told) == 3 and told[0].isidentifier():
        # The hub's own problem: code, text, remedy.
        return UplinkError(told[0], told[1], told[2])
    return UplinkError(
        "hub_failed",
        f"The hub at {address} answered {status.name.lower()}: {details[:200]}",
        "It is tried again. If it lasts, tell the dealer.",
    )


def _unavailable(details: str, address: str) -> UplinkError:
    for words, code, text, remedy in _CAUSES:
        if any(word in details for word in words):
            return UplinkError(
                code, text.format(address=address) + ".", remedy.format(address=address)
            )
    return UplinkError(
        "hub_away", f"The hub at {address} cannot be reached.", "It is tried again by itself."
    )
