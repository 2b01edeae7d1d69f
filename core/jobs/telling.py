"""Tells how the agent is, after each change: in order, one at a time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from core.model.status import AgentStatus

_log = logging.getLogger(__name__)


class StatusTeller:
    """Calls ``publish`` with the status after each ``changed``; on the running loop.

    One status is found out at a time. Two at once could come out in the wrong order, and what is
    told last would be what was so before. Changes meanwhile are told together by the next one.
    """

    def __init__(
        self, status: Callable[[], Awaitable[AgentStatus]], publish: Callable[[AgentStatus], object]
    ) -> None:
        self._status = status
        self._publish = publish
        self._again = False
        self._task: asyncio.Task[None] | None = None

    def changed(self) -> None:
        """Have the status told, as it is from now on."""
        self._again = True
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._tell(), name="status")

    async def finish(self) -> None:
        """Wait until what has changed is told."""
        if self._task is not None:
            await asyncio.wait([self._task])

    async def _tell(self) -> None:
        while self._again:
            self._again = False
            try:
                self._publish(await self._status())
            except Exception:  # noqa: BLE001 - the next change is told all the same
                _log.exception("how the agent is could not be told")
