"""The services when the hub itself fails: the agent hears words, the dealer's log the rest."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest
from sqlalchemy.exc import OperationalError

from core.model.problem import PlatenError, Problem
from core.pki.pem import certificate_pem
from core.uplink.connection import Enrolment
from core.uplink.enrolment import enrol
from core.uplink.line import Line
from hub.authority import load
from hub.listening import Listening
from hub.serve import HubServer
from hub.store import HubStore
from proto.platen.v1 import hub_pb2, hub_pb2_grpc
from tests.support.hub import Hub, applicant, now

SECRET = "the parameters of the statement"


@asynccontextmanager
async def agent(folder: Path) -> AsyncIterator[tuple[HubServer, Line, Enrolment]]:
    hub = Hub(folder / "hub")
    hub.make()
    server = HubServer(hub.folder, Listening("127.0.0.1:0", "127.0.0.1:0"), now)
    await server.start()
    hub.enrolment = server.enrolment_address
    enrolment = await hub.enrolled(folder / "agent")
    line = Line(enrolment, 10)
    try:
        yield server, line, enrolment
    finally:
        await line.close()
        await server.stop()


async def failure(line: Line, method: str = "Deliver") -> Problem:
    request = hub_pb2.CheckInRequest() if method == "CheckIn" else hub_pb2.DeliverRequest()
    with pytest.raises(PlatenError) as caught:
        await line.call(method, request)
    return caught.value.problem


def database_error() -> OperationalError:
    cause = sqlite3.OperationalError("no such table: reading")
    return OperationalError("INSERT", {"x": SECRET}, cause, hide_parameters=True)


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (database_error(), "hub_database", "The hub cannot use its database."),
        (sqlite3.OperationalError("disk I/O error"), "hub_fault", "(OperationalError)"),
        (ValueError(SECRET), "hub_fault", "(ValueError)"),
        (MemoryError(), "hub_fault", "(MemoryError)"),
    ],
)
async def test_a_failure_of_the_hub_has_words_and_tells_no_secrets(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    code: str,
    words: str,
) -> None:
    def fail(*_: Any) -> None:
        raise error

    async with agent(tmp_path) as (_, line, _):
        for name, method in (("take", "Deliver"), ("seen", "CheckIn"), ("agent_of", "Deliver")):
            with monkeypatch.context() as patched:
                patched.setattr(HubStore, name, fail)
                problem = await failure(line, method)
            assert problem.code == code
            assert words in problem.text
            assert "Nothing is lost" in problem.remedy
            assert SECRET not in str(problem)
            assert str(tmp_path) not in str(problem)
        await line.call("Deliver", hub_pb2.DeliverRequest())
    if not isinstance(error, ValueError):
        assert SECRET not in caplog.text
    assert caplog.text


async def test_a_request_that_cannot_be_signed_does_not_cost_the_code(tmp_path: Path) -> None:
    async with agent(tmp_path) as (server, _, _):
        hub = Hub(tmp_path / "hub")
        code = hub.code()
        root = certificate_pem(load(hub.folder).authority.certificate)
        credentials = grpc.ssl_channel_credentials(root)
        secret = code.replace("-", "")[:12]
        async with grpc.aio.secure_channel(server.enrolment_address, credentials) as channel:
            stub: Any = hub_pb2_grpc.EnrolmentStub(channel)
            for junk in (b"", b"junk", b"x" * 60_000):
                request = hub_pb2.EnrolRequest(
                    code_secret=secret,
                    request_pem=junk,
                    installation="8c5f6b9e-0000-4000-8000-000000000001",
                )
                with pytest.raises(grpc.aio.AioRpcError) as caught:
                    await stub.Enrol(request)
                assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
                assert (caught.value.details() or "").startswith("bad_request\n")
            with pytest.raises(grpc.aio.AioRpcError) as caught:
                await stub.Enrol(hub_pb2.EnrolRequest(request_pem=b"x" * 70_000))
            assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
        await enrol(server.enrolment_address, code, tmp_path / "again", applicant(), now)


async def test_numbers_beyond_the_database_are_cut(tmp_path: Path) -> None:
    async with agent(tmp_path) as (_, line, _):
        await line.call("CheckIn", hub_pb2.CheckInRequest(waiting=2**64 - 1, version="v" * 9000))
    with Hub(tmp_path / "hub").store() as store:
        (row,) = store.agents()
    assert (row["waiting"], row["version"]) == (2**31 - 1, "v" * 40)
