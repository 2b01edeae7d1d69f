"""A face's end of the local channel."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path
from typing import Any

import grpc

from core.channel.address import TOKEN_HEADER, AgentAwayError, ChannelAddress, look_up
from core.channel.convert import QueryPage, from_message
from core.model.action import ActionKind, CancelArguments
from core.model.device import DeviceSummary
from core.model.event import Event, EventKind
from core.model.jsonio import from_json, to_json
from core.model.problem import PlatenError
from core.model.query import QueryKind
from core.model.status import AgentStatus
from proto.platen.v1 import local_pb2, local_pb2_grpc

#: The kinds that end an action's stream.
LAST_EVENTS = frozenset(
    {EventKind.ACTION_FINISHED, EventKind.ACTION_FAILED, EventKind.ACTION_CANCELLED}
)
_OPTIONS = (("grpc.enable_http_proxy", 0), ("grpc.max_receive_message_length", 64 * 1024 * 1024))
_CONNECT_TIMEOUT = 5.0
_CANCEL_TIMEOUT = 2.0


class AgentClient:
    """One connection to the agent of a data folder."""

    def __init__(self, folder: Path, channel: grpc.aio.Channel, token: str) -> None:
        self._folder = folder
        self._channel = channel
        self._metadata = ((TOKEN_HEADER, token),) if token else ()
        self._stub: Any = local_pb2_grpc.LocalStub(channel)

    @classmethod
    async def connect(cls, folder: Path) -> AgentClient:
        """Connect to the agent of ``folder``; raises ``AgentAwayError``."""
        address = look_up(folder)
        client = cls(folder, _channel(address), address.token)
        try:
            await asyncio.wait_for(client.status(), _CONNECT_TIMEOUT)
        except TimeoutError:
            await client.close()
            raise AgentAwayError(folder, "it does not answer") from None
        except PlatenError:
            await client.close()
            raise
        return client

    async def close(self) -> None:
        """Close the connection; running actions go on in the agent."""
        await self._channel.close()

    async def do(self, kind: ActionKind, arguments: object) -> AsyncGenerator[Event, None]:
        """Run an action and give its events; ends after finished, failed or cancelled.

        Closing the iterator before its end cancels the action. Raises ``AgentAwayError``.
        """
        action_id = str(uuid.uuid4())
        action = local_pb2.Action(id=action_id, kind=kind.value, arguments=to_json(arguments))
        call = self._stub.Do(action, metadata=self._metadata)
        ended = False
        try:
            async for event in self._events(call):
                ended = event.kind in LAST_EVENTS
                yield event
        except AgentAwayError:
            ended = True
            raise
        finally:
            if not ended:
                await self._cancel(action_id)
            call.cancel()

    async def _cancel(self, action_id: str) -> None:
        action = local_pb2.Action(
            id=str(uuid.uuid4()),
            kind=ActionKind.CANCEL.value,
            arguments=to_json(CancelArguments(action_id)),
        )
        call = self._stub.Do(action, metadata=self._metadata, timeout=_CANCEL_TIMEOUT)
        with contextlib.suppress(grpc.aio.AioRpcError):
            async for _ in call:
                pass

    async def watch(self) -> AsyncGenerator[Event, None]:
        """Give all events from now on, the status first; raises ``AgentAwayError`` at the end."""
        call = self._stub.Watch(local_pb2.WatchRequest(), metadata=self._metadata)
        try:
            async for event in self._events(call):
                yield event
        finally:
            call.cancel()
        raise AgentAwayError(self._folder, "it has ended")

    async def _events(self, call: Any) -> AsyncIterator[Event]:
        try:
            async for message in call:
                event = from_message(message)
                if event is not None:
                    yield event
        except grpc.aio.AioRpcError as error:
            raise self._explain(error) from None

    async def query(
        self,
        kind: QueryKind,
        arguments: object | None = None,
        page_token: str = "",
        page_size: int = 0,
    ) -> QueryPage:
        """Ask for one page of a list; raises ``AgentAwayError`` or the agent's ``PlatenError``."""
        request = local_pb2.QueryRequest(
            kind=kind.value,
            arguments="{}" if arguments is None else to_json(arguments),
            page_token=page_token,
            page_size=page_size,
        )
        try:
            page = await self._stub.Query(request, metadata=self._metadata)
        except grpc.aio.AioRpcError as error:
            raise self._explain(error) from None
        return QueryPage(tuple(page.items), page.next_page_token, page.total)

    async def status(self) -> AgentStatus:
        """Give the agent's status."""
        page = await self.query(QueryKind.STATUS)
        return from_json(page.items[0], AgentStatus)

    async def devices(self) -> AsyncIterator[DeviceSummary]:
        """Give every device, page by page."""
        token = ""
        while True:
            page = await self.query(QueryKind.DEVICES, page_token=token)
            for item in page.items:
                yield from_json(item, DeviceSummary)
            token = page.next_page_token
            if not token:
                return

    def _explain(self, error: grpc.aio.AioRpcError) -> PlatenError:
        if error.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED):
            return AgentAwayError(self._folder)
        if error.code() is grpc.StatusCode.UNAUTHENTICATED:
            return AgentAwayError(self._folder, "another program holds its port")
        code, text, remedy = [*(error.details() or "").split("\n"), "", "", ""][:3]
        if not text:
            code, text = "channel_failed", f"The local channel failed: {error.details()}"
        return PlatenError(code, text, remedy)


def _channel(address: ChannelAddress) -> grpc.aio.Channel:
    if not address.certificate:
        return grpc.aio.insecure_channel(address.target, options=_OPTIONS)
    credentials = grpc.ssl_channel_credentials(address.certificate.encode())
    return grpc.aio.secure_channel(address.target, credentials, options=_OPTIONS)
