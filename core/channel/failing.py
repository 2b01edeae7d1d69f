"""What a failure of the local channel means, for a person."""

from __future__ import annotations

from pathlib import Path

import grpc

from core.channel.address import AgentAwayError, other_version
from core.host.lock import Holding, look
from core.model.problem import PlatenError

_REFUSED = "failed to connect"  # how gRPC says that nobody is there, of every system
_STRANGE = ("http/2", "http1", "handshake", "certificate")


def explained(folder: Path, error: grpc.aio.AioRpcError) -> PlatenError:
    """Say it in words: the agent's own, where it gave some."""
    said, status = error.details() or "", error.code()
    code, text, remedy = [*said.split("\n"), "", "", ""][:3]
    if text:
        return PlatenError(code, text, remedy)
    if status in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED):
        return _away(folder, said.lower())
    if status is grpc.StatusCode.UNAUTHENTICATED:
        return AgentAwayError(folder, "another program holds its port", "agent_foreign")
    if status is grpc.StatusCode.DEADLINE_EXCEEDED:
        return AgentAwayError(folder, code="agent_silent")
    if status is grpc.StatusCode.UNIMPLEMENTED:
        problem = other_version()
        return PlatenError(problem.code, problem.text, problem.remedy)
    return PlatenError(
        "channel_failed",
        f"The agent failed at what it was asked: {said or status.name}",
        "Try again. If it happens again, send the logs to support.",
    )


def _away(folder: Path, said: str) -> AgentAwayError:
    if "permission denied" in said:
        detail = "its socket is for its owner, or a group that you are not in"
        return AgentAwayError(folder, detail, "agent_forbidden")
    if any(word in said for word in _STRANGE):
        return AgentAwayError(folder, code="agent_foreign")
    if _REFUSED in said:
        return AgentAwayError(folder, "nobody listens", unheard=True)
    return AgentAwayError(folder)


def unreachable(folder: Path, error: AgentAwayError) -> AgentAwayError:
    """Say of a connection that failed whether an agent runs all the same."""
    if error.problem.code == "agent_away" and look(folder) is Holding.HELD:
        return AgentAwayError(folder, "it runs, and cannot be reached", "agent_silent")
    return AgentAwayError(folder) if error.problem.code == "agent_away" else error
