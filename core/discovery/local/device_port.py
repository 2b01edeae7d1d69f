"""A USB printer port of Linux: the character device of the kernel's driver usblp.

The driver lets one program in at a time (a second one gets EBUSY), so that whoever prints through
it is never disturbed. LPIOC_GET_DEVICE_ID is of drivers/usb/class/usblp.c.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import select
import stat
import time
from collections.abc import Callable
from typing import Final

from core.discovery.local.errors import LocalPortError, busy, denied, gone, not_a_port
from core.discovery.local.open_port import OpenPort
from core.discovery.local.usb_ids import read_device_id

_PATH: Final = re.compile(r"/dev/usb/lp\d{1,3}\Z")
_FLAGS: Final = os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY | os.O_NOFOLLOW
_ID_OCTETS: Final = 1_024
# Linux's ioctl encoding: direction read, size, type, number.
_GET_DEVICE_ID: Final = (2 << 30) | (_ID_OCTETS << 16) | (ord("P") << 8) | 1
_LEFT: Final = "the printer was unplugged or switched off"
_AGAIN: Final = 0.02  # seconds: many printers answer "nothing yet" with an empty packet at once


def open_usb_port(path: str) -> DevicePort:
    """Open a USB printer's device without waiting; raises ``LocalPortError``."""
    if not _PATH.match(path):
        raise not_a_port(path, "no USB printer's device")
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        raise _named(path, error) from None
    try:
        return DevicePort(descriptor, path)
    except BaseException:
        os.close(descriptor)
        raise


class DevicePort(OpenPort):
    """A character device that is open; sockets, pipes and files are refused."""

    def __init__(
        self,
        descriptor: int,
        name: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if not stat.S_ISCHR(os.fstat(descriptor).st_mode):
            raise not_a_port(name, "no device of this computer")
        os.set_blocking(descriptor, False)
        self.name = name
        self._descriptor = descriptor
        self._clock = clock

    def device_id(self) -> str | None:
        """Ask the driver; ``None`` from a device of another driver."""
        try:
            octets = fcntl.ioctl(self._descriptor, _GET_DEVICE_ID, bytes(_ID_OCTETS))
        except OSError as error:
            if error.errno in {errno.ENODEV, errno.EIO}:
                raise _named(self.name, error) from None
            return None
        return read_device_id(octets)

    def send(self, data: bytes, seconds: float) -> None:
        """Write it all; a printer that takes nothing is busy."""
        until = self._clock() + seconds
        at = 0
        while at < len(data):
            left = until - self._clock()
            if left <= 0 or not self._ready(select.POLLOUT, left):
                raise busy(self.name, "the printer takes no data")
            try:
                at += os.write(self._descriptor, data[at:])
            except BlockingIOError:
                time.sleep(_AGAIN)
            except OSError as error:
                raise _named(self.name, error) from None

    def receive(self, most: int, seconds: float) -> bytes:
        """Read what is there."""
        events = self._ready(select.POLLIN, seconds)
        if not events:
            return b""
        try:
            octets = os.read(self._descriptor, most)
        except BlockingIOError:
            octets = b""
        except OSError as error:
            raise _named(self.name, error) from None
        if not octets and events & select.POLLHUP:
            raise gone(self.name, _LEFT)
        if not octets:
            time.sleep(min(_AGAIN, seconds))
        return octets

    def close(self) -> None:
        """Close the device; again is nothing, since its number may be another file's by then."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def _ready(self, what: int, seconds: float) -> int:
        """Wait for ``what``; gives all events, none when the time is over."""
        poll = select.poll()
        poll.register(self._descriptor, what)
        events = next((found for _, found in poll.poll(max(0.0, seconds) * 1000)), 0)
        if events and not events & what:
            raise gone(self.name, _LEFT)
        return events


def _named(port: str, error: OSError) -> LocalPortError:
    match error.errno:
        case errno.EBUSY:
            return busy(port, "another program has it open, most likely to print")
        case errno.EACCES | errno.EPERM:
            return denied(port)
        case _:
            return gone(port, error.strerror or f"error {error.errno}")
