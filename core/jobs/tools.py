"""What every job works with; made once by the agent and passed in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from weakref import WeakValueDictionary

from core.border import Border
from core.ipp.network import IppNetwork
from core.ipp.ways import WAYS, Way
from core.model.identity import Endpoint
from core.secrets import Keeper
from core.settings import Settings
from core.snmp.network import SnmpNetwork
from core.store.store import Store


class Visits:
    """Sees to it that no endpoint is visited twice at a time."""

    def __init__(self) -> None:
        # weak: a lock lives as long as somebody holds or awaits it
        self._locks: WeakValueDictionary[Endpoint, asyncio.Lock] = WeakValueDictionary()

    def of(self, endpoint: Endpoint) -> AbstractAsyncContextManager[None]:
        """Hold this during a visit to ``endpoint``."""
        return self._locks.setdefault(endpoint, asyncio.Lock())


@dataclass(slots=True)
class Tools:
    """The agent's parts, as jobs see them. ``settings`` is replaced when they change.

    ``ipp_ways`` are the ports at which a printer is asked by IPP.
    """

    folder: Path
    store: Store
    network: SnmpNetwork
    secrets: Keeper
    settings: Settings
    clock: Callable[[], datetime]
    random: Random
    border: Border
    visits: Visits = field(default_factory=Visits)
    ipp: IppNetwork = field(default_factory=IppNetwork)
    ipp_ways: tuple[Way, ...] = WAYS


class Throttle:
    """Lets at most ``rate`` events a second through; ``monotonic`` gives seconds."""

    def __init__(self, monotonic: Callable[[], float], rate: float = 20.0) -> None:
        self._monotonic = monotonic
        self._gap = 1.0 / rate
        self._last = float("-inf")

    def ready(self) -> bool:
        """Whether the next event may go out now."""
        now = self._monotonic()
        if now - self._last < self._gap:
            return False
        self._last = now
        return True
