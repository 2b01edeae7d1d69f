"""The outbox as the hub may see it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.border.border import Border
from core.model.outbox import OutboxItem
from core.store.store import Store


class BorderedOutbox:
    """What waits, with stand-ins (``core.uplink.sending.OutboxSource``)."""

    def __init__(self, store: Store, border: Callable[[], Border]) -> None:
        self._store = store
        self._border = border

    async def outbox(self, limit: int, max_bytes: int) -> tuple[OutboxItem, ...]:
        """Give waiting items, oldest first, with stand-ins for what is hidden now."""
        border = self._border()
        return tuple(map(border.item, await self._store.outbox(limit, max_bytes)))

    async def acknowledge(self, keys: Sequence[str]) -> None:
        """Forget these items."""
        await self._store.acknowledge(keys)

    async def refuse(self, key: str, reason: str) -> None:
        """Set an item aside."""
        await self._store.refuse(key, reason)

    async def waiting(self) -> int:
        """How many items wait."""
        return await self._store.waiting()
