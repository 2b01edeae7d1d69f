"""What serves the page once somebody asks for it: aiohttp, the guard, the routes.

Imported at the first connection: an agent whose page nobody opens does without aiohttp's memory.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any

from aiohttp import web

from core.page.access import Access
from core.page.doing import AgentPort, Doing
from core.page.gate import Gate
from core.page.guard import LARGEST_BODY, Guard, add_headers
from core.page.handlers import Handlers, Parts, guarded
from core.page.log import RecentLog
from core.page.rules import RULES

_IDLE = 10.0  # seconds until a connection has to have asked
_GRACE = 1.0


class Site:
    """The page at one port; ``hide`` as in ``core.page.server.Page``."""

    def __init__(
        self,
        agent: AgentPort,
        access: Access,
        doing: Doing,
        log: RecentLog,
        hide: Callable[[Any], Any],
        port: int,
    ) -> None:
        guard = Guard(access, port)
        self.app = web.Application(client_max_size=LARGEST_BODY, middlewares=[guard.middleware()])
        self.app.on_response_prepare.append(add_headers)
        handlers = Handlers(Parts(agent, access, doing, log, hide, guard.cookie))
        for rule in RULES:
            self.app.router.add_route(rule.method, rule.path, guarded(getattr(handlers, rule.name)))
        # Nothing is logged of requests: they hold secrets.
        self._runner = web.AppRunner(
            self.app,
            access_log=None,
            keepalive_timeout=_IDLE,
            lingering_time=0.0,
            handle_signals=False,
            shutdown_timeout=_GRACE,
        )
        self._server: asyncio.Server | None = None

    async def start(self, found: socket.socket) -> None:
        """Serve whoever has connected, or will."""
        await self._runner.setup()
        assert self._runner.server is not None  # noqa: S101 - it is set up
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(Gate(self._runner.server, loop), sock=found)

    async def stop(self) -> None:
        """End what is open."""
        if self._server is not None:
            self._server.close()
        await self._runner.cleanup()
