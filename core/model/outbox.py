"""The outbox: what has been stored and not yet acknowledged by the hub."""

from __future__ import annotations

from dataclasses import dataclass

from core.model.device import Device
from core.model.reading import Reading

#: The largest body that an agent sends and a hub takes, in bytes of UTF-8. A batch holds more than
#: 1 MB of bodies only where one item alone does; both fit in the 4 MiB that gRPC takes by default.
LARGEST_BODY = 2_000_000


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One thing to deliver. ``key`` is its idempotency key, unique per installation, made in the
    same transaction that stored the reading; ``body`` is the JSON of ``DeliveredReading``.
    """

    key: str
    kind: str
    device: str
    body: str


@dataclass(frozen=True, slots=True)
class DeliveredReading:
    """What the hub is told: the device as known at that time, and the reading."""

    device: Device
    reading: Reading
