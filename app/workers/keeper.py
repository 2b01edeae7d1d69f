"""Keeps an agent alive in this process: hosted here, started again with growing waits where it
dies, and left to whoever else has the data folder.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol, TypeAlias

from core.host.errors import AlreadyRunningError
from core.host.lock import Holding, look
from core.model.problem import PlatenError, Problem

_log = logging.getLogger("core.host")  # the agent's log

FIRST_WAIT = 2.0  # seconds
LONGEST_WAIT = 300.0
#: An agent that lived so long has come up well: the next wait is the first one again.
LIVED = 300.0
LOOK_EVERY = 1.0


class Running(Protocol):
    """What is needed of a hosted agent."""

    stopping: asyncio.Event
    ending: str
    fault: Problem | None


class HostedAgent(Protocol):
    """``app.hosting.Hosted``, or a double in tests."""

    @property
    def agent(self) -> Running:
        """The agent."""
        ...


Host: TypeAlias = Callable[[Path], AbstractAsyncContextManager[HostedAgent]]


class KeptState(StrEnum):
    """How it stands with the agent."""

    STARTING = "starting"
    HERE = "here"
    ELSEWHERE = "elsewhere"
    WAITING = "waiting"  # it died, and is started again
    OFF = "off"  # another process ran it and ended it on purpose
    ENDED = "ended"  # this one was told to end


@dataclass(frozen=True, slots=True)
class Kept:
    """The state; while waiting, why, and in how many seconds it is started again."""

    state: KeptState
    problem: Problem | None = None
    wait: float = 0.0


def may_host(folder: Path) -> bool:
    """Say whether this user may run an agent on a folder: a service's folder is not theirs."""
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    return os.access(there, os.W_OK)


class Keeper:
    """Runs on the agent's loop; ``tell`` is called there with each change."""

    def __init__(
        self,
        folder: Path,
        host: Host,
        tell: Callable[[Kept], None],
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        holding: Callable[[Path], Holding] = look,
    ) -> None:
        self._folder = folder
        self._host = host
        self._tell = tell
        self._sleep = sleep
        self._monotonic = monotonic
        self._holding = holding
        self._agent: Running | None = None
        self._ending: str | None = None
        self._woken = asyncio.Event()
        self._wait = FIRST_WAIT

    async def run(self) -> None:
        """Keep the agent until it is told to end."""
        while self._ending is None:
            began = self._monotonic()
            problem = await self._once()
            if problem is None:
                break
            if self._monotonic() - began >= LIVED:
                self._wait = FIRST_WAIT
            _log.error("the agent ended: %s Next start in %.0f s.", problem.text, self._wait)
            self._tell(Kept(KeptState.WAITING, problem, self._wait))
            await self._rest(self._wait)
            self._woken.clear()
            self._wait = min(self._wait * 2, LONGEST_WAIT)
        self._tell(Kept(KeptState.ENDED))

    def wake(self) -> None:
        """Start it now: a person asked."""
        self._wait = FIRST_WAIT
        self._woken.set()

    def end(self, reason: str) -> None:
        """End it; ``reason`` is told to whoever looks at the schedule next."""
        self._ending = reason
        self._woken.set()
        if self._agent is not None:
            self._agent.ending = reason
            self._agent.stopping.set()

    async def _once(self) -> Problem | None:
        """Run one agent, here or elsewhere, to its end; gives why it died, if it did."""
        try:
            self._tell(Kept(KeptState.STARTING))
            async with self._host(self._folder) as hosted:
                self._agent = hosted.agent
                if self._ending is not None:
                    self.end(self._ending)
                self._tell(Kept(KeptState.HERE))
                await self._agent.stopping.wait()
            # A damaged store ends an agent that nobody has told to end: it is to start again.
            ended_by = None if self._ending is not None else hosted.agent.fault
        except AlreadyRunningError:
            return await self._elsewhere()
        except PlatenError as error:
            return error.problem
        except Exception as error:  # noqa: BLE001 - whatever it died of, it is started again
            _log.exception("the agent died")
            return Problem(
                "agent_died",
                f"The agent ended by a fault of its own ({type(error).__name__}).",
                "It is started again by itself. If that happens often, send the logs to support.",
            )
        finally:
            self._agent = None
        return ended_by

    async def _elsewhere(self) -> Problem | None:
        self._tell(Kept(KeptState.ELSEWHERE))
        state = KeptState.ELSEWHERE
        while self._ending is None:
            await self._rest(LOOK_EVERY)
            found = await asyncio.to_thread(self._holding, self._folder)
            if found is Holding.LEFT:
                remedy = "It is started again by itself."
                return Problem("agent_died", "The agent's process ended by a fault.", remedy)
            now = KeptState.OFF if found is Holding.FREE else KeptState.ELSEWHERE
            if now is KeptState.OFF and self._woken.is_set():
                self._woken.clear()
                return await self._once()
            self._woken.clear()  # nothing to start: one runs
            if now is not state:
                state = now
                self._tell(Kept(state))
        return None

    async def _rest(self, seconds: float) -> None:
        if self._ending is not None:
            return
        woken = asyncio.ensure_future(self._woken.wait())
        slept = asyncio.ensure_future(self._sleep(seconds))
        await asyncio.wait({woken, slept}, return_when=asyncio.FIRST_COMPLETED)
        for each in (woken, slept):
            each.cancel()
