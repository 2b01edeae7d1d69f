"""Searches by all ways on the private network, set up in one line."""

from __future__ import annotations

from contextlib import aclosing
from random import Random
from typing import Any

from core.discovery.everything import Others, Search
from core.discovery.interfaces import Interface
from core.discovery.plan import SegmentPlan
from core.model.evidence import Finding, Rejection
from core.model.segment import Segment
from core.snmp.network import SnmpNetwork
from tests.support.evidence import no_names
from tests.support.private_network import HERE, PREFIX, TARGETS

ON_LINK = (Interface("lo", "127.0.0.1", 8), Interface("wire0", HERE, PREFIX))


class Told:
    """All that a search told, in order, and what it came to."""

    def __init__(self) -> None:
        self.items: list[Any] = []
        self.found: tuple[Finding, ...] = ()

    def kind(self, kind: type) -> list[Any]:
        return [item for item in self.items if isinstance(item, kind)]

    @property
    def reasons(self) -> dict[str, str]:
        return {one.endpoint.address: one.reason for one in self.kind(Rejection)}


async def search(
    *targets: str,
    exclude: tuple[str, ...] = (),
    port: int = 161,
    interfaces: tuple[Interface, ...] = ON_LINK,
    others: Others | None = None,
    max_hops: int | None = None,
    **options: Any,
) -> Told:
    """Search to the end."""
    segment = Segment(
        "office", targets or (TARGETS,), exclude, port=port, timeout=0.5, max_hops=max_hops
    )
    told = Told()
    async with SnmpNetwork() as network:
        work = Search(
            (SegmentPlan(segment),),
            network,
            others or Others(seconds=1.0),
            random=Random(4),
            resolver=no_names,
            interfaces=lambda: interfaces,
            **options,
        )
        async with aclosing(work.items()) as items:
            async for item in items:
                told.items.append(item)
    told.found = work.found
    return told
