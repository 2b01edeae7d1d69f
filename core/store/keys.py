"""Keys: UUIDs of version 7 (RFC 9562, section 5.7), which sort by the time they were made."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

from core.store.types import Bits


class KeyMaker:
    """Makes keys from a clock and a source of randomness, both passed in."""

    def __init__(self, clock: Callable[[], datetime], random: Bits) -> None:
        self._clock = clock
        self._random = random

    def __call__(self) -> str:
        """Make one key: 48 bits of time (milliseconds), 74 random ones."""
        milliseconds = int(self._clock().timestamp() * 1000) & (1 << 48) - 1
        high = self._random.getrandbits(12)
        low = self._random.getrandbits(62)
        number = milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low
        return str(uuid.UUID(int=number))
