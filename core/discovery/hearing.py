"""What devices say of themselves, by DNS-SD and WS-Discovery together."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, suppress
from random import Random
from typing import Final, TypeAlias

from core.discovery import dns_sd, ws_discovery
from core.discovery.ears import ListenError
from core.discovery.pace import Clock
from core.discovery.sightings import Sighting
from core.discovery.ws_wire import GROUP, PORT
from core.model.evidence import Rejection
from core.model.identity import Endpoint

Heard: TypeAlias = Sighting | Rejection

_DNS_SD: Final = Endpoint("224.0.0.251", 5353)
_WS_DISCOVERY: Final = Endpoint(GROUP, PORT)
_log = logging.getLogger(__name__)


async def hear(
    interfaces: Sequence[str], seconds: float, *, clock: Clock, random: Random
) -> AsyncGenerator[Heard, None]:
    """Listen and ask on interfaces (addresses of ours) for so many seconds.

    Where one of the two cannot be listened to, that is a rejection at its group, with the reason.
    """
    queue: asyncio.Queue[Heard | None] = asyncio.Queue()

    async def run() -> None:
        async with asyncio.TaskGroup() as group:
            browsing = dns_sd.browse(interfaces, seconds, clock=clock)
            group.create_task(_pass_on(browsing, queue, _DNS_SD))
            asking = ws_discovery.search(interfaces, seconds, clock=clock, random=random)
            group.create_task(_pass_on(_sightings(asking), queue, _WS_DISCOVERY))

    task = asyncio.create_task(run())
    task.add_done_callback(lambda _: queue.put_nowait(None))
    try:
        while (heard := await queue.get()) is not None:
            yield heard
        await task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def ask_each(
    addresses: Sequence[str], seconds: float, *, clock: Clock, random: Random
) -> AsyncGenerator[Heard, None]:
    """Ask single IPv4 addresses by WS-Discovery: routers pass that on."""
    queue: asyncio.Queue[Heard | None] = asyncio.Queue()
    asking = ws_discovery.search((), seconds, clock=clock, random=random, directed=addresses)
    await _pass_on(_sightings(asking), queue, _WS_DISCOVERY)
    while not queue.empty():
        heard = queue.get_nowait()
        if heard is not None:
            yield heard


async def _sightings(
    announcements: AsyncGenerator[ws_discovery.Announcement, None],
) -> AsyncGenerator[Sighting, None]:
    async with aclosing(announcements):
        async for announcement in announcements:
            if announcement.sighting is not None:
                yield announcement.sighting


async def _pass_on(
    sightings: AsyncGenerator[Sighting, None], queue: asyncio.Queue[Heard | None], group: Endpoint
) -> None:
    try:
        async with aclosing(sightings):
            async for sighting in sightings:
                queue.put_nowait(sighting)
    except ListenError as error:
        queue.put_nowait(Rejection(group, error.problem.text))
    except Exception as error:  # noqa: BLE001 - one way that fails must not cost all the others
        _log.exception("listening at %s failed", group)
        reason = f"could not be listened to any longer ({type(error).__name__})"
        queue.put_nowait(Rejection(group, reason))
