"""The local page from start to stop: its port, who may come in, and what serves it on demand."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import socket
import time
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from core.host.holder import holder_of
from core.model.page import FIRST_PORT, LAST_PORT, PageLink, PageStatus
from core.model.problem import PlatenError, Problem
from core.page.access import LINK_LIFE, Access
from core.page.doing import AgentPort, Doing
from core.page.log import RecentLog
from core.page.port import HOST, NoPortError, bind

if TYPE_CHECKING:
    from core.page.site import Site

_log = logging.getLogger(__name__)

_FAILED = Problem(
    "page_failed",
    "The local page cannot be served, by a fault in Platen.",
    "All else works without it. Start the agent anew; if it lasts, send the logs to support.",
)


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
        self._socket: socket.socket | None = None
        self._waking: asyncio.Task[None] | None = None
        self.site: Site | None = None

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
        self._socket = found
        self._status = PageStatus(f"http://{HOST}:{port}", port, problem)
        try:
            asyncio.get_running_loop().add_reader(found, self._wake, found, port)
        except NotImplementedError:  # Windows' usual loop has none: it is served from the start
            await self._serve(found, port)

    def _wake(self, found: socket.socket, port: int) -> None:
        """Somebody has connected for the first time, and waits in the socket's queue."""
        asyncio.get_running_loop().remove_reader(found)
        self._waking = asyncio.create_task(self._serve_first(found, port), name="page")

    async def _serve_first(self, found: socket.socket, port: int) -> None:
        try:
            await self._serve(found, port)
        except Exception as error:  # noqa: BLE001 - it is logged; the agent works without a page
            _log.error("the local page cannot be served", exc_info=error)
            found.close()
            self._status = PageStatus(problem=_FAILED)

    async def _serve(self, found: socket.socket, port: int) -> None:
        module = await asyncio.to_thread(import_module, "core.page.site")
        parts = (self._agent, self._access, self._doing, self._log, self._hide, port)
        self.site = module.Site(*parts)
        await self.site.start(found)

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
        if self._waking is not None:
            await asyncio.gather(self._waking, return_exceptions=True)
        await self._doing.close()
        if self.site is not None:
            await self.site.stop()
        if self._socket is not None:
            with contextlib.suppress(NotImplementedError, ValueError):
                asyncio.get_running_loop().remove_reader(self._socket)
            self._socket.close()
