"""Sends the outbox in batches and does with every item what the hub says of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Protocol

from core.model.outbox import LARGEST_BODY, OutboxItem
from core.model.plain import plain
from core.uplink.errors import UplinkError
from core.uplink.line import Line
from proto.platen.v1 import hub_pb2

_log = logging.getLogger(__name__)

BATCH_ITEMS = 200
BATCH_BYTES = 1_000_000


class OutboxSource(Protocol):
    """What delivery needs of the store. Every method raises ``PlatenError``."""

    async def outbox(self, limit: int, max_bytes: int) -> tuple[OutboxItem, ...]:
        """Give waiting items, oldest first; at least one where any waits."""
        ...

    async def acknowledge(self, keys: Sequence[str]) -> None:
        """Forget these items: the hub has them."""
        ...

    async def refuse(self, key: str, reason: str) -> None:
        """Set an item aside that the hub will never take."""
        ...

    async def waiting(self) -> int:
        """How many items wait."""
        ...


class Sender:
    """Sends what waits, oldest first. One call at a time."""

    def __init__(self, source: OutboxSource, line: Line) -> None:
        self._source = source
        self._line = line
        self._most = BATCH_ITEMS

    async def send_batch(self) -> int | None:
        """Send the oldest items and give how many the hub has stored; ``None`` if none waits.

        Raises ``PlatenError``; what was not acknowledged then still waits.
        """
        items = await self._source.outbox(self._most, BATCH_BYTES)
        if not items:
            return None
        fitting = await self._fitting(items)
        if not fitting:
            return 0
        try:
            stored, refused = await self._send(fitting)
        except UplinkError as error:
            if error.problem.code != "hub_message_limit":
                raise
            await self._send_less(fitting)
            return 0
        await self._source.acknowledge(sorted(stored))
        for key, reason in refused.items():
            await self._set_aside(key, reason)
        if not stored and not refused:
            raise UplinkError(
                "hub_takes_nothing",
                "The hub answered without taking anything.",
                "Nothing is lost: it is kept and tried again. Tell the dealer.",
            )
        return len(stored)

    async def _fitting(self, items: Sequence[OutboxItem]) -> list[OutboxItem]:
        """Set aside what would never get through: everything behind it would wait for it."""
        sizes = {item.key: len(item.body.encode()) for item in items}
        for key, size in sizes.items():
            if size > LARGEST_BODY:
                await self._set_aside(key, f"its {size:,} bytes are more than {LARGEST_BODY:,}")
        return [item for item in items if sizes[item.key] <= LARGEST_BODY]

    async def _send_less(self, items: Sequence[OutboxItem]) -> None:
        """Find a limit of the hub that is lower than it has to be, down to single items."""
        if len(items) == 1:
            await self._set_aside(items[0].key, "it alone is more than the hub takes at once")
        self._most = max(1, len(items) // 2)

    async def _set_aside(self, key: str, reason: str) -> None:
        _log.warning("item %s is set aside and not delivered: %s", plain(key), reason)
        await self._source.refuse(key, reason)

    async def _send(self, items: Sequence[OutboxItem]) -> tuple[set[str], dict[str, str]]:
        """Give what the hub has stored and, with its reasons, what it will never take."""
        request = hub_pb2.DeliverRequest(
            items=[
                hub_pb2.OutboxItem(key=i.key, kind=i.kind, device=i.device, body=i.body)
                for i in items
            ]
        )
        answer = await self._line.call("Deliver", request)
        # Only what was sent can be acknowledged, whatever the hub says.
        sent = {item.key for item in items}
        stored = sent.intersection(answer.stored)
        refused = {r.key: plain(r.reason, 500) for r in answer.refused if r.key in sent - stored}
        if strange := set(answer.stored).union(r.key for r in answer.refused) - sent:
            _log.warning("the hub spoke of %d items that were not sent to it", len(strange))
        return stored, refused
