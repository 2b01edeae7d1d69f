"""Opens the store; a damaged one is put aside first, and what is legible of it taken over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from core.store.errors import StoreError
from core.store.rescue import Rescued, is_damaged, rescue
from core.store.store import Store
from core.store.types import Bits

_log = logging.getLogger(__name__)


async def open_store(
    folder: Path, clock: Callable[[], datetime], random: Bits
) -> tuple[Store, Rescued | None]:
    """Open the store, and say what was saved where it was damaged; raises ``StoreError``.

    One that a newer Platen wrote, that is locked or cannot be written is left as it is.
    """
    if not await asyncio.to_thread(is_damaged, folder):
        try:
            return await Store.open(folder, clock, random), None
        except StoreError as error:
            if error.problem.code != "store_corrupt":
                raise
    rescued = await asyncio.to_thread(rescue, folder, clock())
    _log.error("%s", rescued.text)
    return await Store.open(folder, clock, random), rescued
