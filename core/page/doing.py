"""What the page has the agent do, and how that went. An action goes on when the browser leaves."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass, replace
from typing import Protocol

from core.bus import LaggingError, Subscription
from core.channel.convert import QueryPage
from core.model.action import ActionKind, Origin
from core.model.bundle import BundleReady, BundleSent
from core.model.connection import ConnectionStep
from core.model.event import Event, EventKind, Finished, Progress
from core.model.jsonio import from_json, to_json
from core.model.problem import Problem


class AgentPort(Protocol):
    """What the page needs of the agent; as ``core.channel.server.AgentPort``, without its stream of
    everything.
    """

    def do(self, action_id: str, kind: str, arguments: str, origin: Origin) -> Subscription:
        """Start an action; the subscription ends after its last event. Never raises."""
        ...

    def unsubscribe(self, subscription: Subscription) -> None:
        """Stop a subscription; a running action goes on."""
        ...

    async def query(self, kind: str, arguments: str, token: str, size: int) -> QueryPage:
        """One page of a list; raises ``PlatenError``."""
        ...


@dataclass(frozen=True, slots=True)
class Done:
    """How an action stands: under way, ended with a text, or failed with a problem; and what it
    told on its way.
    """

    running: bool = True
    text: str = ""
    problem: Problem | None = None
    steps: tuple[ConnectionStep, ...] = ()
    progress: Progress | None = None
    bundle: BundleReady | None = None
    sent: BundleSent | None = None


class Doing:
    """The last action of each kind that was started from the page."""

    def __init__(self, agent: AgentPort) -> None:
        self._agent = agent
        self._last: dict[ActionKind, Done] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def last(self, kind: ActionKind) -> Done | None:
        """How the last one of this kind stands; ``None`` where there was none."""
        return self._last.get(kind)

    @property
    def busy(self) -> bool:
        """Whether any of them is still under way."""
        return any(done.running for done in self._last.values())

    def forget(self, kind: ActionKind) -> None:
        """Forget the last one of this kind, unless it is still under way."""
        if (last := self._last.get(kind)) is not None and not last.running:
            del self._last[kind]

    def start(self, kind: ActionKind, arguments: object) -> bool:
        """Start an action; ``False`` where one of this kind is still under way."""
        if (last := self._last.get(kind)) is not None and last.running:
            return False
        self._last[kind] = Done()
        task = asyncio.create_task(self._run(kind, arguments), name=f"page {kind.value}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return True

    async def _run(self, kind: ActionKind, arguments: object) -> None:
        # A person at this machine: that is what the session stands for.
        events = self._agent.do(str(uuid.uuid4()), kind.value, to_json(arguments), Origin.CONSOLE)
        try:
            async for event in events:
                self._last[kind] = _after(self._last[kind], event)
        except LaggingError as error:
            self._last[kind] = replace(self._last[kind], running=False, problem=error.problem)
        finally:
            self._agent.unsubscribe(events)
            self._last[kind] = replace(self._last[kind], running=False)

    async def close(self) -> None:
        """Stop listening to what is under way."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _after(done: Done, event: Event) -> Done:
    match event.kind:
        case EventKind.CONNECTION_STEP:
            done = replace(done, steps=(*done.steps, from_json(event.body, ConnectionStep)))
        case EventKind.ACTION_PROGRESS:
            done = replace(done, progress=from_json(event.body, Progress))
        case EventKind.BUNDLE_READY:
            done = replace(done, bundle=from_json(event.body, BundleReady))
        case EventKind.BUNDLE_SENT:
            done = replace(done, sent=from_json(event.body, BundleSent))
        case EventKind.ACTION_FAILED:
            done = replace(done, running=False, problem=from_json(event.body, Problem))
        case EventKind.ACTION_FINISHED | EventKind.ACTION_CANCELLED:
            done = replace(done, running=False, text=from_json(event.body, Finished).text)
        case _:
            pass
    return done
