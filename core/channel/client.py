"""A face's end of the local channel."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from pathlib import Path
from typing import Any

import grpc

from core.channel.address import (
    TOKEN_HEADER,
    ActionUnknownError,
    AgentAwayError,
    ChannelAddress,
    look_up,
)
from core.channel.convert import QueryPage, from_message
from core.channel.failing import explained, unreachable
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
_QUERY_TIMEOUT = 60.0
#: After so many seconds without a word it is asked for one, and given so many to answer. An agent
#: that hangs closes no socket: nothing else tells it from one that has nothing to say.
QUIET, PATIENCE = 2.0, 5.0


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
            await client.status(_CONNECT_TIMEOUT)
        except AgentAwayError as error:
            await client.close()
            raise unreachable(folder, error) from None
        except PlatenError:
            await client.close()
            raise
        return client

    async def close(self) -> None:
        """Close the connection; running actions go on in the agent."""
        await self._channel.close()

    async def do(self, kind: ActionKind, arguments: object) -> AsyncGenerator[Event, None]:
        """Run an action and give its events; ends after finished, failed or cancelled.

        Closing the iterator before its end cancels the action. Raises ``AgentAwayError`` where it
        was never begun, ``ActionUnknownError`` where nobody knows.
        """
        action_id = str(uuid.uuid4())
        action = local_pb2.Action(id=action_id, kind=kind.value, arguments=to_json(arguments))
        call = self._begin(lambda: self._stub.Do(action, metadata=self._metadata))
        ended = False
        try:
            async for event in self._events(call):
                ended = event.kind in LAST_EVENTS
                yield event
            if not ended:
                ended = True
                raise ActionUnknownError(self._folder)
        except AgentAwayError as error:
            if ended or error.unheard:
                ended = True
                raise
            ended = True
            raise ActionUnknownError(self._folder) from None
        finally:
            if not ended:
                await self._cancel(action_id)
            call.cancel()

    def _begin(self, begin: Callable[[], Any]) -> Any:
        try:
            return begin()
        except grpc.aio.UsageError:  # it was closed while somebody still had something to ask
            raise AgentAwayError(self._folder, "the connection is closed") from None

    async def _cancel(self, action_id: str) -> None:
        action = local_pb2.Action(
            id=str(uuid.uuid4()),
            kind=ActionKind.CANCEL.value,
            arguments=to_json(CancelArguments(action_id)),
        )
        with contextlib.suppress(grpc.aio.AioRpcError, grpc.aio.UsageError):
            call = self._stub.Do(action, metadata=self._metadata, timeout=_CANCEL_TIMEOUT)
            async for _ in call:
                pass

    async def watch(
        self, quiet: float = QUIET, patience: float = PATIENCE
    ) -> AsyncGenerator[Event, None]:
        """Give all events from now on, the status first; raises ``AgentAwayError`` at the end.

        That is also where it says nothing for ``quiet`` seconds and, asked, nothing for another
        ``patience`` seconds.
        """
        request = local_pb2.WatchRequest()
        call = self._begin(lambda: self._stub.Watch(request, metadata=self._metadata))
        events, coming = self._events(call), None
        try:
            while True:
                coming = coming or asyncio.ensure_future(_next(events))
                await asyncio.wait({coming}, timeout=quiet)
                if not coming.done():
                    await self.status(patience)
                    continue
                event, coming = coming.result(), None
                if event is None:
                    break
                yield event
        finally:
            call.cancel()
            if coming is not None:
                coming.cancel()
                await asyncio.gather(coming, return_exceptions=True)
        raise AgentAwayError(self._folder, "it has ended")

    async def _events(self, call: Any) -> AsyncGenerator[Event, None]:
        try:
            async for message in call:
                event = from_message(message)
                if event is not None:
                    yield event
        except grpc.aio.AioRpcError as error:
            raise explained(self._folder, error) from None
        except asyncio.CancelledError:
            self._raise_if_cut()
            raise

    async def query(
        self,
        kind: QueryKind,
        arguments: object | None = None,
        page_token: str = "",
        page_size: int = 0,
        within: float = _QUERY_TIMEOUT,
    ) -> QueryPage:
        """Ask for one page of a list, and wait at most ``within`` seconds; raises
        ``AgentAwayError`` or the agent's ``PlatenError``.
        """
        request = local_pb2.QueryRequest(
            kind=kind.value,
            arguments="{}" if arguments is None else to_json(arguments),
            page_token=page_token,
            page_size=page_size,
        )
        try:
            page = await self._begin(
                lambda: self._stub.Query(request, metadata=self._metadata, timeout=within)
            )
        except grpc.aio.AioRpcError as error:
            raise explained(self._folder, error) from None
        except asyncio.CancelledError:
            self._raise_if_cut()
            raise
        return QueryPage(tuple(page.items), page.next_page_token, page.total)

    def _raise_if_cut(self) -> None:
        """Tell a call that ends because the channel is closed from a task that is cancelled: for
        both gRPC raises the same.
        """
        task = asyncio.current_task()
        if task is not None and not task.cancelling():
            raise AgentAwayError(self._folder, "the connection was closed") from None

    async def status(self, within: float = _QUERY_TIMEOUT) -> AgentStatus:
        """Give the agent's status, or raise what ``query`` raises."""
        page = await self.query(QueryKind.STATUS, within=within)
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


async def _next(events: AsyncGenerator[Event, None]) -> Event | None:
    return await anext(events, None)


def _channel(address: ChannelAddress) -> grpc.aio.Channel:
    if not address.certificate:
        return grpc.aio.insecure_channel(address.target, options=_OPTIONS)
    credentials = grpc.ssl_channel_credentials(address.certificate.encode())
    return grpc.aio.secure_channel(address.target, credentials, options=_OPTIONS)
