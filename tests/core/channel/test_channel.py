"""The local channel: a real gRPC server and client, on a socket file and on loopback with TLS."""

from __future__ import annotations

import json
import os
import stat
import tempfile
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime

import grpc
import pytest

from core.bus import EventBus
from core.channel import address
from core.channel.address import AgentAwayError
from core.channel.client import AgentClient
from core.channel.convert import QueryPage
from core.channel.server import LocalServer
from core.model.action import ActionKind, NoArguments
from core.model.event import EventKind, Finished
from core.model.jsonio import to_json
from core.model.problem import BadInputError, PlatenError, ProblemKind
from core.model.query import QueryKind
from core.model.status import AgentStatus, HubStatus
from proto.platen.v1 import local_pb2, local_pb2_grpc

STATUS = AgentStatus("idle", "1", "i", 1, "d", "t", 0, 0, HubStatus(enrolled=False))


class Agent:
    """The least agent that a channel can speak for."""

    def __init__(self) -> None:
        self.bus = EventBus(lambda: "2026-01-01T00:00:00Z")
        self.asked: list[tuple[str, str, str]] = []
        self.finish = True

    def do(self, action_id, kind, arguments, origin):
        self.asked.append((kind, arguments, origin))
        subscription = self.bus.subscribe(lambda event: event.action_id == action_id)
        if self.finish or kind == "cancel":
            self.bus.publish(EventKind.ACTION_FINISHED, Finished({"read": 3}), action_id)
            self.bus.unsubscribe(subscription)
        else:
            self.bus.publish(EventKind.ACTION_PROGRESS, Finished(), action_id)
        return subscription

    def watch(self):
        subscription = self.bus.subscribe()
        self.bus.publish(EventKind.AGENT_STATUS, STATUS)
        return subscription

    def unsubscribe(self, subscription):
        self.bus.unsubscribe(subscription)

    async def query(self, kind, arguments, token, size):
        if kind == "devices":
            raise BadInputError("no_such_page", "There is no such page.", "Ask again.")
        return QueryPage((to_json(STATUS),), "", 1)


@asynccontextmanager
async def channel(folder, *, loopback=False):
    agent = Agent()
    server = LocalServer(agent, folder, lambda: datetime.now(UTC))
    await server.start(loopback=loopback)
    client = await AgentClient.connect(folder)
    try:
        yield agent, server, client
    finally:
        await client.close()
        await server.stop()


both_ways = pytest.mark.parametrize("loopback", [False, True], ids=["socket", "loopback"])


@both_ways
async def test_an_action_goes_in_and_its_events_come_out(tmp_path, loopback):
    async with channel(tmp_path, loopback=loopback) as (agent, _, client):
        events = [event async for event in client.do(ActionKind.COLLECT, NoArguments())]
        assert [event.kind for event in events] == [EventKind.ACTION_FINISHED]
        assert json.loads(events[0].body)["counts"] == {"read": 3}
        assert agent.asked == [("collect", "{}", "console")]


@both_ways
async def test_watching_starts_with_the_status_and_ends_with_the_agent(tmp_path, loopback):
    async with channel(tmp_path, loopback=loopback) as (agent, server, client):
        kinds = []
        with pytest.raises(AgentAwayError):
            async for event in client.watch():
                kinds.append(event.kind)
                agent.bus.close()
                await server.stop()
        assert kinds == [EventKind.AGENT_STATUS]


async def test_leaving_an_action_early_cancels_it(tmp_path):
    async with channel(tmp_path) as (agent, _, client):
        agent.finish = False
        events = client.do(ActionKind.DISCOVER, NoArguments())
        async with aclosing(events):
            async for _ in events:
                break
        assert [kind for kind, _, _ in agent.asked] == ["discover", "cancel"]


async def test_the_agents_own_error_comes_through_a_query(tmp_path):
    async with channel(tmp_path) as (_, _, client):
        assert await client.status() == STATUS
        with pytest.raises(PlatenError) as caught:
            await client.query(QueryKind.DEVICES)
        assert caught.value.problem.code == "no_such_page"
        assert caught.value.problem.remedy == "Ask again."


async def test_no_agent_is_said_with_what_to_do(tmp_path):
    with pytest.raises(AgentAwayError) as caught:
        await AgentClient.connect(tmp_path)
    assert caught.value.problem.code == "agent_away"
    assert "platen agent" in caught.value.problem.remedy
    assert caught.value.problem.kind is ProblemKind.FAILED


async def test_an_agent_that_was_killed_is_away(tmp_path):
    address.publish(tmp_path, address.ChannelAddress(f"unix:{tmp_path}/gone.sock", 1))
    with pytest.raises(AgentAwayError):
        await AgentClient.connect(tmp_path)


async def test_a_broken_address_file_is_away_and_named(tmp_path):
    (tmp_path / "channel.json").write_text("{")
    with pytest.raises(AgentAwayError, match="cannot be read"):
        await AgentClient.connect(tmp_path)


async def test_without_the_starts_token_nobody_gets_in(tmp_path):
    async with channel(tmp_path, loopback=True) as (agent, _, _client):
        found = address.look_up(tmp_path)
        address.publish(
            tmp_path, address.ChannelAddress(found.target, 1, found.certificate, "stale")
        )
        with pytest.raises(AgentAwayError):
            await AgentClient.connect(tmp_path)
        credentials = grpc.ssl_channel_credentials(found.certificate.encode())
        async with grpc.aio.secure_channel(found.target, credentials) as bare:
            stub = local_pb2_grpc.LocalStub(bare)
            with pytest.raises(grpc.aio.AioRpcError) as caught:
                async for _ in stub.Do(local_pb2.Action(id="x", kind="stop")):
                    pass
        assert caught.value.code() is grpc.StatusCode.UNAUTHENTICATED
        assert agent.asked == []


async def test_a_squatter_with_another_certificate_is_not_believed(tmp_path):
    async with channel(tmp_path, loopback=True) as (_, _, _client):
        squatted = address.look_up(tmp_path)
    async with channel(tmp_path, loopback=True):
        other = address.look_up(tmp_path)
        mixed = address.ChannelAddress(other.target, 1, squatted.certificate, squatted.token)
        address.publish(tmp_path, mixed)
        with pytest.raises(AgentAwayError):
            await AgentClient.connect(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Unix permissions")
async def test_only_the_owner_can_reach_the_channel(tmp_path):
    async with channel(tmp_path):
        assert stat.S_IMODE((tmp_path / "channel.json").stat().st_mode) == 0o600
        assert stat.S_IMODE(address.socket_path(tmp_path).parent.stat().st_mode) == 0o700


async def test_a_long_folder_still_gets_a_socket(tmp_path, monkeypatch):
    folder = tmp_path / ("long" * 30)
    folder.mkdir()
    with tempfile.TemporaryDirectory() as runtime:  # tmp_path may be long by itself
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        assert len(str(address.socket_path(folder))) <= 100
        async with channel(folder) as (_, _, client):
            assert await client.status() == STATUS
