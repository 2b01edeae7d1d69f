"""An agent whole, in this process."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from core.agent import Agent


@asynccontextmanager
async def agent_on(folder: Path) -> AsyncIterator[Agent]:
    """Open an agent on a data folder, by the machine's clock; close it afterwards."""
    agent = await Agent.open(
        folder, clock=lambda: datetime.now(UTC), random=random.SystemRandom(), version="test"
    )
    try:
        yield agent
    finally:
        await agent.close()
