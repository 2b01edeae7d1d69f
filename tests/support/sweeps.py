"""Sweeps over loopback, set up in one line."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from random import Random

from core.discovery.answers import Answer
from core.discovery.interfaces import Path
from core.discovery.pace import Clock, Pace, Pacer, Rate, SystemClock, rate_for
from core.discovery.resolve import parse_all, resolve
from core.discovery.sweep import Patience, Sweep
from core.snmp.access import Version

QUICK = Patience(timeout=0.15)


async def sweep_of(
    texts: Sequence[str],
    port: int,
    communities: Sequence[str] = ("public",),
    *,
    exclude: Sequence[str] = (),
    path: Path = Path.LOOPBACK,
    patience: Patience = QUICK,
    rate: Rate | None = None,
    clock: Clock | None = None,
    versions: Sequence[Version] = (Version.V2C, Version.V1),
) -> Sweep:
    """Make a sweep of these targets, as fast as it goes unless a rate is given."""
    targets = (await resolve(*parse_all(texts, exclude), port=port)).targets
    clock = clock or SystemClock()
    pacer = Pacer(rate or rate_for(path, len(targets), Pace.OFF), clock)
    return Sweep(
        targets,
        communities,
        path=path,
        pacer=pacer,
        clock=clock,
        random=Random(7),
        patience=patience,
        versions=versions,
    )


async def run(sweep: Sweep) -> dict[str, Answer]:
    """Run it to its end; gives the answers by address."""
    async with aclosing(sweep.answers()) as answers:
        return {answer.endpoint.address: answer async for answer in answers}
