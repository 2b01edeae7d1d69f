"""A connection to the agent whose gRPC lives on another loop than who uses it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.workers.aside import Aside
from core.model.action import ActionKind
from core.model.event import Event
from core.model.problem import PlatenError
from core.model.query import QueryKind

if TYPE_CHECKING:
    from core.channel.client import AgentClient
    from core.channel.convert import QueryPage


@dataclass(frozen=True, slots=True)
class _Ended:
    error: BaseException | None


class BridgedFace:
    """An ``AgentFace``: each call runs on the loop aside, its events come to the loop of now."""

    def __init__(self, aside: Aside, client: AgentClient) -> None:
        self._aside = aside
        self._client = client

    @classmethod
    async def connect(cls, aside: Aside, folder: Path) -> BridgedFace:
        """Connect to the agent of a data folder; raises ``AgentAwayError``."""
        return cls(aside, await aside.call(_connect(folder)))

    async def close(self) -> None:
        """Close the connection; running actions go on in the agent."""
        await self._aside.call(self._client.close())

    async def query(
        self,
        kind: QueryKind,
        arguments: object | None = None,
        page_token: str = "",
        page_size: int = 0,
    ) -> QueryPage:
        """Give one page of a list."""
        asked = self._client.query(kind, arguments, page_token, page_size)
        return await self._aside.call(asked)

    def do(self, kind: ActionKind, arguments: object) -> AsyncIterator[Event]:
        """Run an action and give its events; left before its end, it is cancelled."""
        return self._stream(lambda: self._client.do(kind, arguments))

    def watch(self) -> AsyncIterator[Event]:
        """Give all events from now on, the status first."""
        return self._stream(self._client.watch)

    async def _stream(
        self, make: Callable[[], AsyncGenerator[Event, None]]
    ) -> AsyncGenerator[Event, None]:
        home = asyncio.get_running_loop()
        arrived: asyncio.Queue[Event | _Ended] = asyncio.Queue()

        def bring(item: Event | _Ended) -> None:
            with contextlib.suppress(RuntimeError):  # that loop is closed: nobody listens
                home.call_soon_threadsafe(arrived.put_nowait, item)

        async def pump() -> None:
            error: BaseException | None = None
            try:
                async with aclosing(make()) as events:
                    async for event in events:
                        bring(event)
            except (PlatenError, asyncio.CancelledError) as ended:
                error = ended
            except Exception as ended:  # noqa: BLE001 - it is raised where it is waited for
                error = ended
            bring(_Ended(error))

        pumping = self._aside.submit(pump())
        try:
            while True:
                item = await arrived.get()
                if not isinstance(item, _Ended):
                    yield item
                elif item.error is not None:
                    raise item.error
                else:
                    return
        finally:
            pumping.cancel()


async def _connect(folder: Path) -> AgentClient:
    # Loaded there, in the thread: gRPC takes a while, and Qt shows its first picture meanwhile.
    from core.channel.client import AgentClient  # noqa: PLC0415

    return await AgentClient.connect(folder)
