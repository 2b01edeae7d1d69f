"""Upkeep: what keeps the store small, once a day."""

from __future__ import annotations

from datetime import timedelta

from core.host.clock import rfc3339
from core.jobs.compact import compact
from core.jobs.judging import review
from core.jobs.runner import Emit
from core.jobs.tools import Tools
from core.model.action import NoArguments
from core.model.event import Finished

_MEGABYTE = 1_000_000
_ALERTS_KEPT = timedelta(days=730)


async def upkeep(tools: Tools, emit: Emit) -> Finished:
    """Thin old history, forget alerts that were over two years ago, and look for devices that gave
    nothing for too long; keep the outbox within its size, and say what that cost.
    """
    await review(tools, emit)
    await tools.store.alerts.forget_before(rfc3339(tools.clock() - _ALERTS_KEPT))
    history = await compact(tools, NoArguments(), emit)
    thinned = await tools.store.thin_outbox(tools.settings.schedule.outbox_megabytes * _MEGABYTE)
    if thinned is None:
        return history
    text = (
        f"The hub has been away too long: of the readings from {thinned.since} to "
        f"{thinned.until} that wait for it, {thinned.thinned} were left out for later ones of the "
        f"same day or week, and {thinned.lost} altogether. The history here is whole."
    )
    await tools.store.set_fact("outbox_thinned", text)
    return Finished({"thinned": thinned.thinned, "lost": thinned.lost}, text)
