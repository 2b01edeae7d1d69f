"""Hosts an agent in this process: with its local channel, its page, its log, and its pulse."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from random import Random, SystemRandom
from typing import TYPE_CHECKING, Any

from core.host import clock
from core.model.page import FIRST_PORT, LAST_PORT
from core.model.problem import PlatenError

if TYPE_CHECKING:
    from core.agent import Agent
    from core.channel.address import ChannelAddress
    from core.page.log import RecentLog
    from core.support.agent_log import AgentLog


_log = logging.getLogger("core.host")  # this too is the agent's log


@dataclass(frozen=True, slots=True)
class Hosted:
    """An agent that runs, and where its faces find it. It ends when ``agent.stopping`` is set and
    the block around it is left.
    """

    agent: Agent
    address: ChannelAddress


@asynccontextmanager
async def host_agent(
    folder: Path,
    random: Random | None = None,
    page_port: int = FIRST_PORT,
    hung: Callable[[int], object] = os._exit,
    operators: Path | None = None,
) -> AsyncIterator[Hosted]:
    """Run the agent of ``folder`` while the block runs; raises ``PlatenError``.

    The page listens at ``page_port`` or, where that is taken, at the next free one of twenty.
    With ``operators``, whoever may enter that folder may use the agent.
    ``hung`` ends a process whose agent hangs; it is given the exit status.

    A page that finds no port, or fails in another way, is named in the agent's status: the agent
    works without it.
    """
    # Here alone is all of this needed; the other commands do without.
    from core.agent import Agent  # noqa: PLC0415
    from core.border import BorderFilter  # noqa: PLC0415
    from core.channel.server import LocalServer  # noqa: PLC0415
    from core.host.pulse import Pulse  # noqa: PLC0415
    from core.page.log import RecentLog  # noqa: PLC0415
    from core.page.server import Page  # noqa: PLC0415
    from core.support.agent_log import AgentLog  # noqa: PLC0415
    from core.support.crashes import crashes_logged  # noqa: PLC0415
    from core.support.redact import SecretsFilter, redact  # noqa: PLC0415

    async with AsyncExitStack() as stack:
        log = _collect_log(RecentLog(clock.now, redact), stack)
        file = _write_log(AgentLog(), stack)
        for handler in (log, *logging.getLogger().handlers):
            _let_through(handler, SecretsFilter(), stack)
        _log.info("Platen %s starts", version("platen"))
        try:
            agent = await Agent.open(
                folder, clock=clock.now, random=random or SystemRandom(), version=version("platen")
            )
        except Exception as error:
            _why_not(error, file, folder)
            raise
        stack.push_async_callback(agent.close)
        file.start(folder, lambda: agent.border)
        agent.log = file.status
        bounds = BorderFilter(lambda: agent.border)
        for handler in logging.getLogger().handlers:
            _let_through(handler, bounds, stack)
        server = LocalServer(agent, operators or folder, clock.now, shared=operators is not None)

        def hide(body: Any) -> Any:
            return agent.border.outgoing(body)  # the border of now: settings change it

        page = Page(agent, hide, log, ports=(page_port, page_port + LAST_PORT - FIRST_PORT))
        await page.start()
        stack.push_async_callback(page.stop)
        agent.page = page
        address = await server.start()
        stack.push_async_callback(server.stop)
        stack.enter_context(crashes_logged())
        stack.enter_context(Pulse(folder, end=hung))
        yield Hosted(agent, address)


def _collect_log(handler: RecentLog, stack: AsyncExitStack) -> RecentLog:
    """Let a handler hear the log of ``core`` from "info" up while the stack lasts; the others hear
    no more of it than before.
    """
    root, ours = logging.getLogger(), logging.getLogger("core")
    for other in root.handlers:
        if other.level == logging.NOTSET:
            other.setLevel(root.level)
    if ours.getEffectiveLevel() > logging.INFO:
        stack.callback(ours.setLevel, ours.level)
        ours.setLevel(logging.INFO)
    ours.addHandler(handler)
    stack.callback(ours.removeHandler, handler)
    return handler


def _let_through(handler: logging.Handler, bounds: logging.Filter, stack: AsyncExitStack) -> None:
    handler.addFilter(bounds)
    stack.callback(handler.removeFilter, bounds)


def _write_log(handler: AgentLog, stack: AsyncExitStack) -> AgentLog:
    """Let the file hear what all loggers say, ours from "info" up, while the stack lasts."""
    root = logging.getLogger()
    root.addHandler(handler)

    def end() -> None:
        root.removeHandler(handler)
        handler.close()

    stack.callback(end)
    return handler


def _why_not(error: Exception, file: AgentLog, folder: Path) -> None:
    """Write down why the agent does not start, unless another one has the folder and its log."""
    from core.border import Border  # noqa: PLC0415
    from core.host.errors import AlreadyRunningError  # noqa: PLC0415
    from core.settings import Settings  # noqa: PLC0415

    if not isinstance(error, AlreadyRunningError) and folder.is_dir():
        # What a person can mend is said in a sentence; only a fault of ours shows where it is.
        fault = None if isinstance(error, PlatenError) else error
        _log.error("the agent does not start: %s", error, exc_info=fault)
        border, _ = Border.of(Settings.load(folder).settings.privacy, folder)
        file.start(folder, lambda: border)
