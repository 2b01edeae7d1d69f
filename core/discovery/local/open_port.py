"""A port of this computer, opened: the only thing through which PJL is ever spoken."""

from __future__ import annotations

from abc import ABC, abstractmethod


class OpenPort(ABC):
    """An open port. Every method may raise ``LocalPortError``; calls block, so run in a thread.

    ``name`` is what a person knows it by.
    """

    name: str

    @abstractmethod
    def device_id(self) -> str | None:
        """Give the IEEE 1284 id of what is at the port now, ``None`` where it cannot be asked."""

    @abstractmethod
    def send(self, data: bytes, seconds: float) -> None:
        """Write it all within so many seconds."""

    @abstractmethod
    def receive(self, most: int, seconds: float) -> bytes:
        """Read what is there, waiting so many seconds for the first octet; empty for nothing."""

    @abstractmethod
    def close(self) -> None:
        """Close the port; a second time does nothing."""
