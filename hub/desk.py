"""What both services work with."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from hub.authority import HubKeys
from hub.failure import explain
from hub.store import HubStore

T = TypeVar("T")


class Desk:
    """The store behind one thread, the keys, the clock, and ids for new agents (UUIDs)."""

    def __init__(
        self,
        folder: Path,
        store: HubStore,
        keys: HubKeys,
        now: Callable[[], dt.datetime],
        new_id: Callable[[], str],
    ) -> None:
        self.folder = folder
        self.store = store
        self.keys = keys
        self.now = now
        self.new_id = new_id
        # SQLite has one writer at a time; waiting in a queue beats waiting for its lock.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="hub-store")

    async def ask(self, work: Callable[[], T]) -> T:
        """Run a piece of store work; raises ``PlatenError``."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        except DBAPIError as error:
            raise explain(error, self.folder) from error

    def close(self) -> None:
        """Finish what is queued, and close the store."""
        self._thread.shutdown()
        self.store.close()
