"""A USB printer port of Windows: the interface of usbprint.sys, opened for overlapped calls."""

from __future__ import annotations

import ctypes
import re
import sys
from ctypes import wintypes
from typing import Any, Final, Self

from core.discovery.local.errors import LocalPortError, busy, denied, gone, not_a_port
from core.discovery.local.open_port import OpenPort
from core.discovery.local.usb_ids import read_device_id

# Tells the type checker that the rest is for Windows; elsewhere this module is not imported.
assert sys.platform == "win32"  # noqa: S101

_PATH: Final = re.compile(
    r"\\\\\?\\usb#[^\\/]+#\{28d78fad-5a12-11d1-ae5b-0000f803a8c2\}\Z", re.IGNORECASE
)
_READ_WRITE: Final = 0xC0000000  # GENERIC_READ | GENERIC_WRITE
_SHARED: Final = 0x3  # FILE_SHARE_READ | FILE_SHARE_WRITE
_EXISTING: Final = 3  # OPEN_EXISTING
_OVERLAPPED: Final = 0x40000000  # FILE_FLAG_OVERLAPPED
_GET_1284_ID: Final = 0x220034  # IOCTL_USBPRINT_GET_1284_ID
_ID_OCTETS: Final = 1_024
_PENDING: Final = 997  # ERROR_IO_PENDING
_INVALID: Final = ctypes.c_void_p(-1).value


class _Overlapped(ctypes.Structure):
    _fields_ = (
        ("Internal", ctypes.c_void_p),
        ("InternalHigh", ctypes.c_void_p),
        ("Offset", wintypes.DWORD),
        ("OffsetHigh", wintypes.DWORD),
        ("hEvent", wintypes.HANDLE),
    )


def _kernel() -> Any:
    library = ctypes.WinDLL("kernel32", use_last_error=True)
    library.CreateFileW.restype = wintypes.HANDLE
    library.CreateEventW.restype = wintypes.HANDLE
    return library


def create(path: str, access: int, flags: int = 0) -> int:
    """Open a USB printer's interface (CreateFileW); raises ``OSError``, refuses other paths."""
    if not _PATH.match(path):
        raise not_a_port(path, "no USB printer's interface")
    handle = _kernel().CreateFileW(path, access, _SHARED, None, _EXISTING, flags, None)
    if handle in (None, _INVALID):
        raise ctypes.WinError(ctypes.get_last_error())
    return int(handle)


def control(handle: int, code: int, size: int) -> bytes:
    """Ask a driver (DeviceIoControl) for up to ``size`` octets; raises ``OSError``."""
    buffer, came = ctypes.create_string_buffer(size), wintypes.DWORD()
    done = _kernel().DeviceIoControl(
        wintypes.HANDLE(handle), code, None, 0, buffer, size, ctypes.byref(came), None
    )
    if not done:
        raise ctypes.WinError(ctypes.get_last_error())
    return buffer.raw[: came.value]


class WindowsPort(OpenPort):
    """See ``OpenPort``."""

    def __init__(self, handle: int, path: str, name: str) -> None:
        self.name = name
        self._path = path
        self._kernel = _kernel()
        self._handle = wintypes.HANDLE(handle)

    @classmethod
    def opened(cls, path: str, name: str) -> Self:
        """Open the interface; raises ``LocalPortError``."""
        try:
            return cls(create(path, _READ_WRITE, _OVERLAPPED), path, name)
        except OSError as error:
            raise _named(name, error) from None

    def device_id(self) -> str | None:
        """Ask the driver, by a handle of its own: this one is for overlapped calls only."""
        try:
            handle = create(self._path, 0)
        except OSError:
            return None
        try:
            return read_device_id(control(handle, _GET_1284_ID, _ID_OCTETS))
        except OSError:
            return None
        finally:
            self._kernel.CloseHandle(wintypes.HANDLE(handle))

    def send(self, data: bytes, seconds: float) -> None:
        """Write it all."""
        buffer = ctypes.create_string_buffer(data, len(data))
        if self._transfer(self._kernel.WriteFile, buffer, len(data), seconds) < len(data):
            raise busy(self.name, "the printer takes no data")

    def receive(self, most: int, seconds: float) -> bytes:
        """Read what is there."""
        buffer = ctypes.create_string_buffer(most)
        return buffer.raw[: self._transfer(self._kernel.ReadFile, buffer, most, seconds)]

    def close(self) -> None:
        """Close the handle."""
        handle, self._handle = self._handle, wintypes.HANDLE()
        if handle:
            self._kernel.CloseHandle(handle)

    def _transfer(self, call: Any, buffer: Any, size: int, seconds: float) -> int:
        """Start the call, wait, take it back when the time is over; gives the octets moved."""
        event = self._kernel.CreateEventW(None, True, False, None)
        state, moved = _Overlapped(hEvent=event), wintypes.DWORD()
        try:
            if not call(self._handle, buffer, size, None, ctypes.byref(state)):
                self._check(_PENDING)
            self._kernel.WaitForSingleObject(wintypes.HANDLE(event), int(seconds * 1000))
            # Also when it was in time: taking back what is done changes nothing.
            self._kernel.CancelIoEx(self._handle, ctypes.byref(state))
            reference = ctypes.byref(moved)
            if not self._kernel.GetOverlappedResult(
                self._handle, ctypes.byref(state), reference, True
            ):
                self._check(995)  # ERROR_OPERATION_ABORTED
            return moved.value
        finally:
            self._kernel.CloseHandle(wintypes.HANDLE(event))

    def _check(self, expected: int) -> None:
        code = ctypes.get_last_error()
        if code != expected:
            raise _named(self.name, ctypes.WinError(code))


def _named(name: str, error: OSError) -> LocalPortError:
    match error.winerror:
        case 32 | 170:  # ERROR_SHARING_VIOLATION, ERROR_BUSY
            return busy(name, "another program has it open, most likely to print")
        case 5:  # ERROR_ACCESS_DENIED
            return denied(name)
        case _:
            return gone(name, error.strerror or f"error {error.winerror}")
