"""Failures of the local channel, in words, each with what to do."""

from __future__ import annotations

from pathlib import Path

import grpc
import pytest
from grpc.aio import AioRpcError, Metadata

from core.channel.address import AgentAwayError
from core.channel.failing import explained, unreachable
from core.host.lock import AgentLock

FOLDER = Path("data")
STATUS = grpc.StatusCode
CONNECT = "failed to connect to all addresses; last error: "


def failed(status: grpc.StatusCode, said: str) -> AioRpcError:
    return AioRpcError(status, Metadata(), Metadata(), details=said)


@pytest.mark.parametrize(
    ("status", "said", "code"),
    [
        (STATUS.UNAVAILABLE, "Stream removed (Socket closed)", "agent_away"),
        (STATUS.UNAVAILABLE, CONNECT + "unix:/a.sock: Connection refused", "agent_away"),
        (STATUS.UNAVAILABLE, CONNECT + "connect: Permission denied (13)", "agent_forbidden"),
        (STATUS.UNAVAILABLE, CONNECT + "Failed parsing HTTP/2 (Expected SETTINGS", "agent_foreign"),
        (STATUS.UNAVAILABLE, "Ssl handshake failed: CERTIFICATE_VERIFY_FAILED", "agent_foreign"),
        (STATUS.CANCELLED, "", "agent_away"),
        (STATUS.UNAUTHENTICATED, "no valid token of this agent's start", "agent_foreign"),
        (STATUS.DEADLINE_EXCEEDED, "Deadline Exceeded", "agent_silent"),
        (STATUS.UNIMPLEMENTED, "Method not found!", "agent_version"),
        (STATUS.UNKNOWN, "Unexpected <class 'KeyError'>: 'x'", "channel_failed"),
        (STATUS.INTERNAL, "", "channel_failed"),
        (STATUS.INVALID_ARGUMENT, "disk_full\nThe disk is full.\nMake room.", "disk_full"),
    ],
)
def test_each_has_a_code_a_text_and_a_remedy(status: grpc.StatusCode, said: str, code: str) -> None:
    problem = explained(FOLDER, failed(status, said)).problem
    assert problem.code == code
    assert problem.text
    assert problem.remedy


def test_only_where_nobody_was_there_is_it_known_that_nothing_was_done() -> None:
    def sure(said: str) -> bool:
        error = explained(FOLDER, failed(STATUS.UNAVAILABLE, said))
        assert isinstance(error, AgentAwayError)
        return error.unheard

    assert sure(CONNECT + "Connection refused")
    assert sure(CONNECT + "connect: Permission denied (13)")
    assert not sure("Stream removed (Socket closed)")
    assert not sure("")
    assert not AgentAwayError(Path("/home/nobody listens")).unheard  # it is no matter of words


def test_an_agent_that_runs_and_cannot_be_reached_is_not_said_to_be_gone(tmp_path: Path) -> None:
    gone = AgentAwayError(tmp_path)
    assert unreachable(tmp_path, gone).problem.code == "agent_away"
    lock = AgentLock.take(tmp_path)
    assert unreachable(tmp_path, gone).problem.code == "agent_silent"
    lock.release()
    assert unreachable(tmp_path, gone).problem.code == "agent_away"
