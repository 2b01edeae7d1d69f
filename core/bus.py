"""The event bus: everything the agent says, numbered once and handed to every listener."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import Any

from core.model.event import Event, EventKind
from core.model.jsonio import to_json
from core.model.problem import PlatenError

#: Kinds that a slow listener may miss: the next one of them says it all again.
_REPEATED = frozenset({EventKind.ACTION_PROGRESS, EventKind.SEGMENT_PROGRESS, EventKind.DELIVERY})
#: Kinds that hold a secret: only who asked for the action hears them.
_PRIVATE = frozenset({EventKind.PAGE_LINK})


class LaggingError(PlatenError):
    """A listener was too slow and has missed events: it must load its lists again."""


class Subscription:
    """One listener's queue: an async iterator of events that ends when closed."""

    def __init__(
        self, accepts: Callable[[Event], bool], limit: int, *, of_asker: bool = False
    ) -> None:
        self._accepts = accepts
        self._of_asker = of_asker
        self._limit = limit
        self._events: deque[Event] = deque()
        self._wake = asyncio.Event()
        self._closed = False
        self._lagging = False

    def offer(self, event: Event) -> None:
        """Queue an event; called by the bus only."""
        if self._closed or not self._accepts(event):
            return
        if event.kind in _PRIVATE and not self._of_asker:
            return
        if len(self._events) >= self._limit and not self._make_room():
            self._lagging = True
        else:
            self._events.append(event)
        self._wake.set()

    def _make_room(self) -> bool:
        kept = deque(e for e in self._events if e.kind not in _REPEATED)
        freed = len(kept) < len(self._events)
        self._events = kept
        return freed

    def close(self) -> None:
        """End the iteration after what is queued."""
        self._closed = True
        self._wake.set()

    async def __aiter__(self) -> AsyncIterator[Event]:
        """Give events in order; raises ``LaggingError`` when some had to be dropped."""
        while True:
            while self._events:
                yield self._events.popleft()
            if self._lagging:
                raise LaggingError(
                    "events_missed", "This listener was too slow and missed events.", "Reload."
                )
            if self._closed:
                return
            self._wake.clear()
            await self._wake.wait()


class EventBus:
    """Numbers events and hands each to every subscription. One loop only."""

    def __init__(self, now: Callable[[], str]) -> None:
        self._now = now
        self._sequence = 0
        self._subscriptions: set[Subscription] = set()

    def publish(self, kind: EventKind, body: Any, action_id: str = "") -> Event:
        """Publish one event; ``body`` is the dataclass that ``EventKind`` names."""
        event = self.make(kind, body, action_id)
        for subscription in tuple(self._subscriptions):
            subscription.offer(event)
        return event

    def make(self, kind: EventKind, body: Any, action_id: str = "") -> Event:
        """Make a numbered event without publishing it, for one listener alone."""
        self._sequence += 1
        return Event(self._sequence, self._now(), kind, action_id, to_json(body))

    def subscribe(
        self,
        accepts: Callable[[Event], bool] = lambda _: True,
        limit: int = 20_000,
        *,
        of_asker: bool = False,
    ) -> Subscription:
        """Listen from now on; call ``unsubscribe`` when done. ``of_asker``: for who asked for the
        action whose events are accepted.
        """
        subscription = Subscription(accepts, limit, of_asker=of_asker)
        self._subscriptions.add(subscription)
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        """Stop listening."""
        self._subscriptions.discard(subscription)
        subscription.close()

    def close(self) -> None:
        """End every subscription after what is queued."""
        for subscription in tuple(self._subscriptions):
            self.unsubscribe(subscription)
