"""The event bus: numbered once, to every listener, and honest about what was missed."""

from __future__ import annotations

import asyncio

import pytest

from core.bus import EventBus, LaggingError
from core.model.event import EventKind, Finished, Progress


def bus() -> EventBus:
    return EventBus(lambda: "2026-01-01T00:00:00Z")


async def gather(subscription) -> list[int]:
    return [event.sequence async for event in subscription]


async def test_every_listener_gets_every_event_in_order():
    channel = bus()
    first, second = channel.subscribe(), channel.subscribe(lambda e: e.action_id == "a")
    channel.publish(EventKind.ACTION_FINISHED, Finished(), "a")
    channel.publish(EventKind.ACTION_FINISHED, Finished(), "b")
    channel.close()
    assert await gather(first) == [1, 2]
    assert await gather(second) == [1]


async def test_a_waiting_listener_wakes():
    channel = bus()
    subscription = channel.subscribe()
    waiting = asyncio.create_task(gather(subscription))
    await asyncio.sleep(0)
    channel.publish(EventKind.ACTION_FINISHED, Finished())
    channel.unsubscribe(subscription)
    assert await asyncio.wait_for(waiting, 5) == [1]


async def test_a_slow_listener_loses_progress_first_and_is_told_when_it_loses_more():
    channel = bus()
    subscription = channel.subscribe(limit=2)
    channel.publish(EventKind.ACTION_PROGRESS, Progress("addresses", 1, 2))
    channel.publish(EventKind.ACTION_FINISHED, Finished())
    channel.publish(EventKind.ACTION_FINISHED, Finished())  # pushes the progress out
    channel.publish(EventKind.ACTION_FINISHED, Finished())  # finds no room
    seen = []
    with pytest.raises(LaggingError):
        async for event in subscription:
            seen.append(event.sequence)
    assert seen == [2, 3]


async def test_a_closed_subscription_takes_nothing_more():
    channel = bus()
    subscription = channel.subscribe()
    channel.unsubscribe(subscription)
    channel.publish(EventKind.ACTION_FINISHED, Finished())
    assert await gather(subscription) == []
