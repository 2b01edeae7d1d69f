"""What a search finds is read while the search still listens for printers that sleep."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from core.jobs.collect import go
from core.jobs.runner import Emit
from core.jobs.tools import Tools
from core.model.device import Device
from core.model.event import EventKind, ReadingStored
from core.model.identity import Endpoint

_LOOK = 0.1  # seconds between two looks whether the search is done with an address


@dataclass(slots=True)
class EarlyReads:
    """Reads each endpoint once, as soon as a printer there has answered to SNMP.

    ``stored`` are the keys of the devices that gave a reading. Those that gave none are read again
    when the search is over: a printer that was just waking up has time until then. What is under
    way ends with ``group``. ``settled`` says whether the search has asked an address all that it
    wants to know: no printer is asked by both at once.
    """

    tools: Tools
    emit: Emit
    group: asyncio.TaskGroup
    settled: Callable[[str], bool]
    stored: set[str] = field(default_factory=set)
    _seen: set[Endpoint] = field(default_factory=set)
    _gate: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._gate = asyncio.Semaphore(self.tools.settings.collection.concurrency)

    def offer(self, device: Device) -> None:
        """Take a device that has just answered; one that is not managed is left."""
        if device.managed and device.endpoint not in self._seen:
            self._seen.add(device.endpoint)
            self.group.create_task(self._read(device))

    async def _read(self, device: Device) -> None:
        while not self.settled(device.endpoint.address):  # noqa: ASYNC110 - the search does not tell
            await asyncio.sleep(_LOOK)
        async with self._gate:
            await go(self.tools, device.endpoint, [device], self._tell)

    def _tell(self, kind: EventKind, body: Any) -> None:
        if isinstance(body, ReadingStored):
            self.stored.add(body.device)
        self.emit(kind, body)
