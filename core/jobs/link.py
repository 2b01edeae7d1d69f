"""The agent's link to its hub: enrolment, the delivery loop, and how it stands."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from core.jobs.tools import Tools
from core.model.event import Delivery
from core.model.status import HubStatus
from core.uplink.delivery import Deliverer


class HubLink:
    """Delivers in the background while enrolled; says nothing and waits while not."""

    def __init__(self, tools: Tools, version: str, tell: Callable[[Delivery], None]) -> None:
        self._tools = tools
        self._version = version
        self._tell = tell
        self._deliverer: Deliverer | None = None
        self._loop: asyncio.Task[None] | None = None
        self._status = HubStatus(enrolled=False)
