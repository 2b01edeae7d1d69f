"""The local page from start to stop: a port, the guard, the routes."""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
import time
from collections.abc import Callable
from typing import Any

from aiohttp import web

from core.host.holder import holder_of
from core.model.page import FIRST_PORT, LAST_PORT, PageLink, PageStatus
from core.model.problem import PlatenError
from core.page.access import LINK_LIFE, Access
from core.page.doing import AgentPort, Doing
from core.page.gate import Gate
from core.page.guard import LARGEST_BODY, Guard, add_headers
from core.page.handlers import Handlers, Parts, guarded
from core.page.log import RecentLog
from core.page.port import HOST, NoPortError, bind
from core.page.rules import RULES

_log = logging.getLogger(__name__)
_IDLE = 10.0  # seconds until a connection has to have asked
_GRACE = 1.0


class Page:
    """The local page of one agent; a ``core.jobs.local_page.LocalPage``.

    ``hide`` gives a body (a dataclass of the model) as the border lets it out.
    """

    def __init__(
        self,
        agent: AgentPort,
        hide: Callable[[Any], Any],
        log: RecentLog,
        *,
        ports: tuple[int, int] = (FIRST_PORT, LAST_PORT),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._access = Access(monotonic, lambda: secrets.token_urlsafe(32), secrets.choice)
        self._doing = Doing(agent)
        self._agent, self._hide, self._log = agent, hide, log
        self._ports = ports
        self._status = PageStatus()
        self._runner: web.AppRunner | None = None
        self._server: asyncio.Server | None = None
        self.app: web.Application | None = None

    async def start(self) -> None:
        """Listen. Without a port there is no page, and the status says why; never raises for it."""
        try:
            found, port, problem = bind(*self._ports, holder=holder_of)
        except NoPortError as error:
            self._status = PageStatus(problem=error.problem)
            _log.warning("%s", error.problem.text)
            return
        if problem is not None:
            _log.warning("%s", problem.text)
        await self._serve(found, port)
        self._status = PageStatus(f"http://{HOST}:{port}", port, problem)

    async def _serve(self, found: socket.socket, port: int) -> None:
        guard = Guard(self._access, port)
        app = web.Application(client_max_size=LARGEST_BODY, middlewares=[guard.middleware()])
        app.on_response_prepare.append(add_headers)
        parts = Parts(self._agent, self._access, self._doing, self._log, self._hide, guard.cookie)
        handlers = Handlers(parts)
        for rule in RULES:
            app.router.add_route(rule.method, rule.path, guarded(getattr(handlers, rule.name)))
        # Nothing is logged of requests: they hold secrets.
        self._runner = web.AppRunner(
            app, access_log=None, keepalive_timeout=_IDLE, lingering_time=0.0,
            handle_signals=False,
            shutdown_timeout=_GRACE,
        )  # fmt: skip
        await self._runner.setup()
        assert self._runner.server is not None  # noqa: S101 - it is set up
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(Gate(self._runner.server, loop), sock=found)
        self.app = app

    def status(self) -> PageStatus:
        """Where it is, and what is wrong with it."""
        return self._status

    def invite(self) -> PageLink:
        """Make a link that opens it once, and give the code; raises ``PlatenError``."""
        if self._status.url is None:
            problem = self._status.problem
            text = problem.text if problem else "The local page is not there yet."
            raise PlatenError("page_away", text, problem.remedy if problem else "Try again.")
        # After "#": no server, log or list of visited pages elsewhere gets to see it.
        url = f"{self._status.url}/#{self._access.new_link()}"
        code, code_valid_for = self._access.code()
        return PageLink(url, code, LINK_LIFE, round(code_valid_for, 1))

    async def stop(self) -> None:
        """Stop listening, end what is open."""
        self._status = PageStatus()
        if self._server is not None:
            self._server.close()
        await self._doing.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
