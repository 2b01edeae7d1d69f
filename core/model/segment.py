"""A segment: what to search, as approved at the console."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of the customer's network.

    ``targets`` and ``exclusions`` are texts in the forms of ``core.discovery.targets``; exclusions
    win. ``credentials`` names the list of communities in the secret store: a segment itself holds
    no secret. ``timeout`` is in seconds.
    """

    name: str
    targets: tuple[str, ...]
    exclusions: tuple[str, ...] = ()
    port: int = 161
    credentials: str = "default"
    timeout: float = 1.0
