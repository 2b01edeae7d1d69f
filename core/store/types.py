"""What the store gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from core.model.device import Device
from core.model.occurrence import Told

T_co = TypeVar("T_co", covariant=True)


class Bits(Protocol):
    """A source of randomness for keys, such as ``random.SystemRandom()``."""

    def getrandbits(self, k: int, /) -> int:
        """Give ``k`` random bits as a number."""
        ...


@dataclass(frozen=True, slots=True)
class SavedDevice:
    """A device after a finding; ``what`` is "found" (not known before), "seen" or "moved"; and
    the alerts that it raised and cleared.
    """

    device: Device
    what: str
    told: Told = field(default_factory=Told)


@dataclass(frozen=True, slots=True)
class SavedReading:
    """A stored reading: its device, its idempotency key, and ``what`` as in ``SavedDevice``."""

    device: Device
    key: str
    what: str
    told: Told = field(default_factory=Told)


@dataclass(frozen=True, slots=True)
class Page(Generic[T_co]):
    """A part of a list. ``next`` asks for the following part and is empty on the last one;
    ``total`` counts the whole list.
    """

    items: tuple[T_co, ...]
    next: str
    total: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is."""

    devices: int
    readings: int
    waiting: int
    refused: int
