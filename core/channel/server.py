"""The agent's end of the local channel (``platen.v1.Local``)."""

from __future__ import annotations

import hmac
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import grpc

from core.bus import LaggingError, Subscription
from core.channel.address import (
    SOCKET,
    TOKEN_HEADER,
    ChannelAddress,
    publish,
    share,
    socket_path,
    withdraw,
)
from core.channel.convert import QueryPage, to_message
from core.model.action import Origin
from core.model.problem import PlatenError
from proto.platen.v1 import local_pb2, local_pb2_grpc

#: A proxy of the environment must not catch the local channel; a page holds at most 1000 rows.
OPTIONS = (("grpc.enable_http_proxy", 0), ("grpc.max_receive_message_length", 64 * 1024 * 1024))
_GRACE = 1.0


class AgentPort(Protocol):
    """What the channel needs of the agent."""

    def do(self, action_id: str, kind: str, arguments: str, origin: Origin) -> Subscription:
        """Start an action; the subscription ends after its last event. Never raises."""
        ...

    def watch(self) -> Subscription:
        """All events from now on, the agent's status first."""
        ...

    def unsubscribe(self, subscription: Subscription) -> None:
        """Stop a subscription of either kind; a running action goes on."""
        ...

    async def query(self, kind: str, arguments: str, token: str, size: int) -> QueryPage:
        """One page of a list; raises ``PlatenError``."""
        ...


class _Servicer(local_pb2_grpc.LocalServicer):
    def __init__(self, agent: AgentPort, origin: Origin) -> None:
        self._agent = agent
        self._origin = origin

    async def Do(  # noqa: N802 - the name in the .proto
        self, request: local_pb2.Action, context: grpc.aio.ServicerContext[Any, Any]
    ) -> AsyncIterator[local_pb2.Event]:
        subscription = self._agent.do(request.id, request.kind, request.arguments, self._origin)
        async for message in self._stream(subscription, context):
            yield message

    async def Watch(  # noqa: N802
        self, request: local_pb2.WatchRequest, context: grpc.aio.ServicerContext[Any, Any]
    ) -> AsyncIterator[local_pb2.Event]:
        del request
        async for message in self._stream(self._agent.watch(), context):
            yield message

    async def Query(  # noqa: N802
        self, request: local_pb2.QueryRequest, context: grpc.aio.ServicerContext[Any, Any]
    ) -> local_pb2.QueryPage:
        try:
            page = await self._agent.query(
                request.kind, request.arguments, request.page_token, request.page_size
            )
        except PlatenError as error:
            await _abort(context, grpc.StatusCode.INVALID_ARGUMENT, error)
            raise
        return local_pb2.QueryPage(
            items=page.items, next_page_token=page.next_page_token, total=page.total
        )

    async def _stream(
        self, subscription: Subscription, context: grpc.aio.ServicerContext[Any, Any]
    ) -> AsyncIterator[local_pb2.Event]:
        try:
            async for event in subscription:
                yield to_message(event)
        except LaggingError as error:
            await _abort(context, grpc.StatusCode.RESOURCE_EXHAUSTED, error)
        finally:
            self._agent.unsubscribe(subscription)


async def _abort(
    context: grpc.aio.ServicerContext[Any, Any], status: grpc.StatusCode, error: PlatenError
) -> None:
    problem = error.problem
    await context.abort(status, f"{problem.code}\n{problem.text}\n{problem.remedy}")


# A text, because gRPC's class is generic for type checkers alone.
_Continuation: TypeAlias = (
    "Callable[[grpc.HandlerCallDetails], Awaitable[grpc.RpcMethodHandler[Any, Any] | None]]"
)


class _TokenCheck(grpc.aio.ServerInterceptor):
    """Refuses every call that does not carry this start's token."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def intercept_service(
        self,
        continuation: _Continuation,
        handler_call_details: grpc.HandlerCallDetails,
    ) -> grpc.RpcMethodHandler[Any, Any] | None:
        given = dict(handler_call_details.invocation_metadata or ()).get(TOKEN_HEADER, "")
        if hmac.compare_digest(str(given).encode(), self._token.encode()):
            return await continuation(handler_call_details)
        return grpc.unary_unary_rpc_method_handler(_refuse)


async def _refuse(request: Any, context: grpc.aio.ServicerContext[Any, Any]) -> Any:
    del request
    await context.abort(grpc.StatusCode.UNAUTHENTICATED, "no valid token of this agent's start")


class LocalServer:
    """Listens for faces on this machine, from ``start`` to ``stop``.

    Its address stands in ``folder``. With ``shared`` that folder is the operators': whoever may
    enter it may use the agent (POSIX; the folder and this process belong to their group).
    """

    def __init__(
        self,
        agent: AgentPort,
        folder: Path,
        now: Callable[[], datetime],
        *,
        shared: bool = False,
    ) -> None:
        self._agent = agent
        self._folder = folder
        self._now = now
        self._shared = shared
        self._server: grpc.aio.Server | None = None

    async def start(self, *, loopback: bool = os.name == "nt") -> ChannelAddress:
        """Listen and publish the address. ``loopback`` uses TLS on 127.0.0.1 instead of a socket
        file; it is the way on Windows, and tried on every system by the tests.
        """
        address = await (self._start_loopback() if loopback else self._start_socket())
        publish(self._folder, address)
        if self._shared:
            share(self._folder)
        return address

    async def _start_socket(self) -> ChannelAddress:
        path = self._folder / SOCKET if self._shared else socket_path(self._folder)
        path.unlink(missing_ok=True)  # of an agent that was killed: we hold the folder's lock
        server = grpc.aio.server(options=OPTIONS)
        self._add(server)
        target = f"unix:{path}"
        server.add_insecure_port(target)
        await server.start()
        self._server = server
        return ChannelAddress(target, os.getpid())

    async def _start_loopback(self) -> ChannelAddress:
        # Here alone is cryptography needed.
        from core.channel.credentials import make_start_credentials  # noqa: PLC0415

        made = make_start_credentials(self._now())
        server = grpc.aio.server(options=OPTIONS, interceptors=(_TokenCheck(made.token),))
        self._add(server)
        credentials = grpc.ssl_server_credentials([(made.key, made.certificate)])
        port = server.add_secure_port("127.0.0.1:0", credentials)
        await server.start()
        self._server = server
        return ChannelAddress(
            f"127.0.0.1:{port}", os.getpid(), made.certificate.decode(), made.token
        )

    def _add(self, server: grpc.aio.Server) -> None:
        local_pb2_grpc.add_LocalServicer_to_server(_Servicer(self._agent, Origin.CONSOLE), server)

    async def stop(self) -> None:
        """Withdraw the address and end the streams."""
        withdraw(self._folder)
        if self._server is not None:
            await self._server.stop(_GRACE)
            self._server = None
