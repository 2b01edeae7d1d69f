"""Whether a printer may be asked by IPP at an address: a TCP connection to 631 or 443, no octet.

No other port is ever tried: those of raw printing (9100 to 9107, 515) print what they receive.

The numbers. 1.5 seconds each: a first segment that was lost is sent again after one. 128 addresses
under way: silence then costs 85 addresses a second, a silent /24 four and a half seconds; the table
of neighbours (1,024 on Linux, three seconds each) cannot run over, and the descriptors stay below
what systems grant (256 on macOS). Those that refuse at once are asked 250 a second, as a sweep does
on-link.
"""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final, TypeAlias

from core.discovery.pace import Clock, Pacer, Rate

IPP: Final = 631
HTTPS: Final = 443
_PORTS: Final = frozenset({IPP, HTTPS})
_RATE: Final = Rate(250.0, 16)
_AT_ONCE: Final = 128
_PATIENCE: Final = 1.5  # seconds
_OURS: Final = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, errno.EADDRNOTAVAIL}

# Opens and closes a connection; raises ``OSError`` where there is none.
Connect: TypeAlias = Callable[[str, int], Awaitable[None]]


async def system_connect(address: str, port: int) -> None:
    """Open a TCP connection and close it, with nothing said."""
    _, writer = await asyncio.open_connection(address, port)
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


class Doors:
    """Tries doors, for a whole search. ``failures`` are those that this machine could not try, as
    reason to addresses.
    """

    def __init__(self, clock: Clock, connect: Connect | None = None) -> None:
        self.failures: dict[str, list[str]] = {}
        self._connect = connect or system_connect
        self._pacer = Pacer(_RATE, clock)
        self._places = asyncio.Semaphore(_AT_ONCE)

    async def open(self, address: str, ports: tuple[int, ...]) -> tuple[int, ...]:
        """Give those of the ports (631, 443) that accept a connection."""
        if not _PORTS.issuperset(ports):
            raise ValueError(f"not a port of IPP among {ports}")
        async with self._places:
            await self._pacer.take(1)
            answers = await asyncio.gather(*(self._try(address, port) for port in ports))
        return tuple(port for port, is_open in zip(ports, answers, strict=True) if is_open)

    async def _try(self, address: str, port: int) -> bool:
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._connect(address, port)
        except TimeoutError:
            return False
        except OSError as error:
            if error.errno in _OURS:
                reason = error.strerror or str(error)
                self.failures.setdefault(reason, []).append(address)
            return False
        return True
