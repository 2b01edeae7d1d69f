"""The words for what gRPC says."""

from __future__ import annotations

import grpc
import pytest

from core.model.problem import ProblemKind
from core.uplink.errors import explain


def failed(status: grpc.StatusCode, details: str) -> grpc.aio.AioRpcError:
    nothing = grpc.aio.Metadata()
    return grpc.aio.AioRpcError(status, nothing, nothing, details)


_TLS = "Tls handshake failed (TSI_PROTOCOL_FAILURE): SSL_ERROR_SSL: error:1000007d:SSL routines:"
#: What gRPC 1.85 was seen to say.
SEEN = {
    "errors resolving h:1: [field:hostname lookup error:Address lookup failed for h:1 os_error: "
    "Name or service not known syscall: getaddrinfo]": "hub_name_unknown",
    "errors resolving h:1: [field:hostname lookup error:address lookup failed for h:1: Domain "
    "name not found]": "hub_name_unknown",
    "DNS resolution failed for h:1": "hub_name_unknown",
    f"{_TLS}OPENSSL_internal:CERTIFICATE_VERIFY_FAILED: certificate has expired: OK":
        "hub_certificate_lapsed",
    f"{_TLS}OPENSSL_internal:CERTIFICATE_VERIFY_FAILED: certificate is not yet valid: OK":
        "clock_wrong",
    f"{_TLS}OPENSSL_internal:CERTIFICATE_VERIFY_FAILED: unable to get local issuer certificate: "
    "OK": "hub_not_the_one",
    f"{_TLS}OPENSSL_internal:CERTIFICATE_VERIFY_FAILED: unsupported certificate purpose: OK":
        "hub_not_the_one",
    "Custom verification check failed with error: UNAUTHENTICATED: Hostname Verification Check "
    "failed.": "hub_wrong_name",
    f"{_TLS}OPENSSL_internal:WRONG_VERSION_NUMBER: Invalid certificate verification context: OK":
        "hub_tls_failed",
    "Cannot check peer: missing selected ALPN property.": "hub_tls_failed",
    "ipv4:1.2.3.4:1: Handshake read failed (Socket closed)": "hub_tls_failed",
    "Failed to connect to remote host: Connection refused": "hub_refused",
    "Failed to connect to remote host: No route to host": "hub_unreachable",
    "Failed to connect to remote host: Network is unreachable": "hub_unreachable",
    "failed to connect to all addresses; last error: UNAVAILABLE: ipv4:1.2.3.4:1: Socket closed":
        "hub_closed",
    "recvmsg:Connection reset by peer": "hub_closed",
    "something new": "hub_away",
    "": "hub_away",
}  # fmt: skip


@pytest.mark.parametrize("details", SEEN)
def test_a_connection_that_failed_names_its_cause(details: str) -> None:
    problem = explain(failed(grpc.StatusCode.UNAVAILABLE, details), "h:1").problem
    assert problem.code == SEEN[details]
    assert "h:1" in problem.text
    assert problem.text.endswith(".")
    assert problem.remedy.endswith(".")
    assert problem.kind is ProblemKind.FAILED


@pytest.mark.parametrize(
    ("status", "details", "code"),
    [
        (grpc.StatusCode.DEADLINE_EXCEEDED, "Deadline Exceeded", "hub_timeout"),
        (grpc.StatusCode.UNIMPLEMENTED, "Method not found!", "hub_wrong_port"),
        (
            grpc.StatusCode.RESOURCE_EXHAUSTED,
            "Received message larger than max (5 vs. 4)",
            "hub_message_limit",
        ),
        (grpc.StatusCode.UNKNOWN, "oops", "hub_failed"),
        (grpc.StatusCode.RESOURCE_EXHAUSTED, "quota", "hub_failed"),
    ],
)
def test_other_ends_of_a_call(status: grpc.StatusCode, details: str, code: str) -> None:
    problem = explain(failed(status, details), "h:1").problem
    assert problem.code == code
    assert "h:1" in problem.text


def test_the_hubs_own_words_are_passed_on() -> None:
    refused = explain(
        failed(grpc.StatusCode.PERMISSION_DENIED, "code_used\nIt was used.\nAsk for another."), "h"
    ).problem
    assert (refused.code, refused.text, refused.remedy) == (
        "code_used",
        "It was used.",
        "Ask for another.",
    )
    assert refused.kind is ProblemKind.REFUSED
    full = explain(failed(grpc.StatusCode.RESOURCE_EXHAUSTED, "hub_disk_full\nFull.\nx"), "h")
    assert full.problem.code == "hub_disk_full"
    assert full.problem.kind is ProblemKind.FAILED


@pytest.mark.parametrize("details", ["a\nb", "a b\nc\nd", "\n\n", "A\nb\nc", "x" * 50 + "\nb\nc"])
def test_what_only_looks_like_them_is_quoted(details: str) -> None:
    problem = explain(failed(grpc.StatusCode.INTERNAL, details), "h:1").problem
    assert problem.code == "hub_failed"
    assert problem.text.startswith("The hub at h:1 answered internal: ")


def test_no_hub_writes_on_a_terminal_what_it_likes() -> None:
    for details in ("evil_code\n\x1b[2J\u202e" + "x" * 9000 + "\n\x07", "\x1b]0;x\x07" * 500):
        problem = explain(failed(grpc.StatusCode.INTERNAL, details), "h:1").problem
        assert problem.text.isprintable()
        assert problem.remedy.isprintable()
        assert len(problem.text) < 400
