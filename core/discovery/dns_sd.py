"""DNS-SD over multicast DNS: which printing services are announced on our wires.

Records are read and nothing else: no announced port is ever contacted here, least of all those that
print what they receive. RFC 6762, RFC 6763; the packets are zeroconf's work.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from core.discovery.dns_sd_records import SERVICES, Record, sighting_of
from core.discovery.ears import ListenError
from core.discovery.pace import Clock
from core.discovery.sightings import Sighting

if TYPE_CHECKING:
    from zeroconf import ServiceStateChange, Zeroconf
    from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

_DOMAIN = "local."
_RESOLVE = 3_000  # milliseconds; most records come along with the name, the rest is asked for
_AT_ONCE = 32
_MOST = 2_000  # services resolved in one search: nobody on the wire may make us grow without end


async def browse(
    interfaces: Sequence[str],
    seconds: float,
    *,
    clock: Clock,
    services: Sequence[str] = SERVICES,
) -> AsyncGenerator[Sighting, None]:
    """Ask and listen for so many seconds; gives each service that is announced, as it resolves.

    ``interfaces`` are IP addresses of ours; nothing is sent or joined elsewhere. A service whose
    records change is given again. Raises ``ListenError`` when multicast DNS cannot be opened.
    Closing the iterator stops all at once.
    """
    # Late: it takes 6 MB and 30 ms, and many searches have no wire of ours in them.
    from zeroconf.asyncio import AsyncServiceBrowser  # noqa: PLC0415

    zeroconf = await _open(interfaces)
    resolving = _Resolving(zeroconf.zeroconf)
    types = [f"{service}.{_DOMAIN}" for service in services]
    browser = AsyncServiceBrowser(zeroconf.zeroconf, types, handlers=[resolving.changed])
    timer = asyncio.create_task(clock.sleep(seconds))
    timer.add_done_callback(lambda _: resolving.queue.put_nowait(None))
    try:
        while (sighting := await resolving.queue.get()) is not None:
            yield sighting
        await timer
    finally:
        timer.cancel()
        with suppress(asyncio.CancelledError):
            await timer
        await resolving.close()
        await browser.async_cancel()
        await zeroconf.async_close()


async def _open(interfaces: Sequence[str]) -> AsyncZeroconf:
    from zeroconf import Error  # noqa: PLC0415 - late, see above
    from zeroconf.asyncio import AsyncZeroconf  # noqa: PLC0415

    opened = None
    try:
        opened = AsyncZeroconf(interfaces=_present(interfaces))
        await opened.zeroconf.async_wait_for_start()
    except (OSError, RuntimeError, Error) as error:
        if opened is not None:
            await opened.async_close()
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise ListenError("dns_sd_deaf", "DNS-SD", reason) from None
    return opened


def _present(interfaces: Sequence[str]) -> list[str]:
    """Give those that can be listened on; raises ``OSError`` where there is none.

    An interface may have gone since it was named, and must cost only itself.
    """
    failure = OSError("no interface to listen on")
    present = []
    for address in interfaces:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        with socket.socket(family, socket.SOCK_DGRAM) as sock:
            try:
                sock.bind((address, 0))
            except OSError as error:
                failure = error
            else:
                present.append(address)
    if not present:
        raise failure
    return present


class _Resolving:
    """Turns names into sightings: each with the records that belong to it."""

    def __init__(self, zeroconf: Zeroconf) -> None:
        self.queue: asyncio.Queue[Sighting | None] = asyncio.Queue()
        self._zeroconf = zeroconf
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._count = 0

    def changed(
        self,
        zeroconf: Zeroconf,
        service_type: str,
        name: str,
        state_change: ServiceStateChange,
    ) -> None:
        """Take note of a name; what goes away within seconds was there all the same."""
        if state_change.name == "Removed" or self._count >= _MOST:
            return
        self._count += 1
        task = asyncio.get_running_loop().create_task(self._resolve(service_type, name))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stop what is under way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _resolve(self, service_type: str, name: str) -> None:
        from zeroconf import Error  # noqa: PLC0415 - late, see above
        from zeroconf.asyncio import AsyncServiceInfo  # noqa: PLC0415

        async with self._places:
            try:
                info = AsyncServiceInfo(service_type, name)
                known = await info.async_request(self._zeroconf, _RESOLVE)
            except (Error, OSError):  # a name that is none, or the network went away
                return
        sighting = sighting_of(_record(info)) if known else None
        if sighting is not None:
            self.queue.put_nowait(sighting)


def _record(info: AsyncServiceInfo) -> Record:
    from zeroconf import IPVersion  # noqa: PLC0415 - late, see above

    suffix = f".{info.type}"
    return Record(
        service=info.type.removesuffix(f".{_DOMAIN}"),
        instance=info.name.removesuffix(suffix),
        host=info.server or "",
        port=info.port or 0,
        addresses=tuple(info.parsed_scoped_addresses(IPVersion.All)),
        txt=info.text or b"",
    )
