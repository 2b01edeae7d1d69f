"""Items to deliver, and an outbox in memory that can be told to fail."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from core.model.device import Device
from core.model.identity import Endpoint
from core.model.jsonio import to_json
from core.model.outbox import DeliveredReading, OutboxItem
from core.model.problem import PlatenError
from tests.support.stored import reading


def item(number: int, device: str = "d1", **changes: Any) -> OutboxItem:
    """Make an item like those of the store."""
    taken = reading("10.0.0.1", seconds=number, serial=device, meters={"total": 100 + number})
    known = Device(
        key=device,
        identity=taken.identity,
        endpoint=Endpoint("10.0.0.1"),
        evidence=(),
        first_seen=taken.taken_at,
        last_seen=taken.taken_at,
    )
    body = to_json(DeliveredReading(known, taken))
    made = OutboxItem(f"k{number}", "reading", device, body)
    return dataclasses.replace(made, **changes)


class MemoryOutbox:
    """An ``OutboxSource``; ``broken`` is raised by whatever is asked next, as often as asked."""

    def __init__(self, *items: OutboxItem) -> None:
        self.items = {item.key: item for item in items}
        self.refused: dict[str, str] = {}
        self.acknowledged: list[str] = []
        self.broken: dict[str, Exception] = {}

    def _ask(self, what: str) -> None:
        if error := self.broken.get(what) or self.broken.get("all"):
            raise error

    async def outbox(self, limit: int, max_bytes: int) -> tuple[OutboxItem, ...]:
        self._ask("outbox")
        given: list[OutboxItem] = []
        size = 0
        for item in list(self.items.values())[:limit]:
            size += len(item.body.encode())
            if given and size > max_bytes:
                break
            given.append(item)
        return tuple(given)

    async def acknowledge(self, keys: Sequence[str]) -> None:
        self._ask("acknowledge")
        for key in keys:
            self.acknowledged.append(key)
            self.items.pop(key, None)

    async def refuse(self, key: str, reason: str) -> None:
        self._ask("refuse")
        self.refused[key] = reason
        self.items.pop(key, None)

    async def waiting(self) -> int:
        self._ask("waiting")
        return len(self.items)


def full_disk() -> PlatenError:
    return PlatenError("store_full", "There is no room left on the disk.", "Free some space.")
