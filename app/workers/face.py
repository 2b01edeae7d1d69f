"""What the workers need of the agent: ``core.channel.client.AgentClient``, or a double in tests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from core.model.action import ActionKind
from core.model.event import Event
from core.model.query import QueryKind

if TYPE_CHECKING:  # it brings protobuf, which the window's first picture need not wait for
    from core.channel.convert import QueryPage


class AgentFace(Protocol):
    """One connection to the agent. Every method may raise ``AgentAwayError``."""

    def do(self, kind: ActionKind, arguments: object) -> AsyncIterator[Event]:
        """Run an action; the events end after finished, failed or cancelled."""
        ...

    def watch(self) -> AsyncIterator[Event]:
        """Give all events from now on, the status first."""
        ...

    async def query(
        self,
        kind: QueryKind,
        arguments: object | None = None,
        page_token: str = "",
        page_size: int = 0,
    ) -> QueryPage:
        """Give one page of a list."""
        ...

    async def close(self) -> None:
        """Close the connection."""
        ...


Connector: TypeAlias = Callable[[Path], Awaitable[AgentFace]]
