"""A segment: what to search, as approved at the console."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of the customer's network.

    ``targets`` and ``exclusions`` are texts in the forms of ``core.discovery.targets``; exclusions
    win. ``credentials`` names the list of communities in the secret store: a segment itself holds
    no secret. ``timeout`` is in seconds. Nothing is sent to addresses behind more than ``max_hops``
    routers (0: the agent's own networks only; ``None``: no limit). ``versions`` are those of SNMP
    that may be used, out of "1", "2c" and "3"; "3" means that a person at the console has allowed
    it here. Its devices are read every ``read_every`` minutes (``None``: as all others).
    """

    name: str
    targets: tuple[str, ...]
    exclusions: tuple[str, ...] = ()
    port: int = 161
    credentials: str = "default"
    timeout: float = 1.0
    max_hops: int | None = None
    versions: tuple[str, ...] = ("2c", "1")
    read_every: int | None = None
