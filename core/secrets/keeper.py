"""The agent's way to its secrets: off the event loop."""

from __future__ import annotations

import asyncio

from core.secrets.choose import Chosen
from core.secrets.credentials import CredentialSet


class Keeper:
    """Asks the store that was chosen, each time in a thread. All methods raise ``SecretsError``."""

    def __init__(self, chosen: Chosen) -> None:
        self.chosen = chosen

    def __repr__(self) -> str:
        return f"Keeper({self.chosen.title})"

    async def get(self, name: str) -> CredentialSet:
        """See ``SecretStore``."""
        return await asyncio.to_thread(self.chosen.store.get, name)

    async def set(self, name: str, value: CredentialSet) -> None:
        """See ``SecretStore``."""
        await asyncio.to_thread(self.chosen.store.set, name, value)

    async def delete(self, name: str) -> None:
        """See ``SecretStore``."""
        await asyncio.to_thread(self.chosen.store.delete, name)

    async def names(self) -> tuple[str, ...]:
        """See ``SecretStore``."""
        return await asyncio.to_thread(self.chosen.store.names)
