"""What the agent of a data folder says of itself."""

from __future__ import annotations

import asyncio
from pathlib import Path

from core.channel.client import AgentClient
from core.model.problem import PlatenError
from core.model.status import AgentStatus


def status_of(folder: Path) -> AgentStatus | None:
    """Ask the agent how it is; ``None`` where none answers."""

    async def ask() -> AgentStatus:
        client = await AgentClient.connect(folder)
        try:
            return await client.status()
        finally:
            await client.close()

    try:
        return asyncio.run(ask())
    except PlatenError:
        return None
