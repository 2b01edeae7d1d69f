"""The calls of ``core.discovery.local.windows_border``, by the registry and ctypes."""

from __future__ import annotations

import ctypes
import sys
import winreg
from collections.abc import Iterator
from contextlib import suppress
from ctypes import wintypes
from typing import Any, Final

from core.discovery.local.open_port import OpenPort
from core.discovery.local.usb_ids import read_device_id
from core.discovery.local.windows_border import SpoolerQueue, UsbPrintInterface

if sys.platform == "win32":
    from core.discovery.local.windows_port import WindowsPort, control, create

# Tells the type checker that the rest is for Windows; elsewhere the import of winreg has failed.
assert sys.platform == "win32"  # noqa: S101

_CLASS: Final = (
    r"SYSTEM\CurrentControlSet\Control\DeviceClasses\{28d78fad-5a12-11d1-ae5b-0000f803a8c2}"
)
_ENUM: Final = r"SYSTEM\CurrentControlSet\Enum"
_LOCAL: Final = 0x2  # PRINTER_ENUM_LOCAL
_TOO_SMALL: Final = 122  # ERROR_INSUFFICIENT_BUFFER
_GET_1284_ID: Final = 0x220034  # IOCTL_USBPRINT_GET_1284_ID of usbprint.h
_ID_OCTETS: Final = 1_024
_MOST_KEYS: Final = 1_024


class _PrinterInfo2(ctypes.Structure):
    """PRINTER_INFO_2W of winspool.h."""

    _fields_ = (
        ("pServerName", wintypes.LPWSTR),
        ("pPrinterName", wintypes.LPWSTR),
        ("pShareName", wintypes.LPWSTR),
        ("pPortName", wintypes.LPWSTR),
        ("pDriverName", wintypes.LPWSTR),
        ("pComment", wintypes.LPWSTR),
        ("pLocation", wintypes.LPWSTR),
        ("pDevMode", ctypes.c_void_p),
        ("pSepFile", wintypes.LPWSTR),
        ("pPrintProcessor", wintypes.LPWSTR),
        ("pDatatype", wintypes.LPWSTR),
        ("pParameters", wintypes.LPWSTR),
        ("pSecurityDescriptor", ctypes.c_void_p),
        ("Attributes", wintypes.DWORD),
        ("Priority", wintypes.DWORD),
        ("DefaultPriority", wintypes.DWORD),
        ("StartTime", wintypes.DWORD),
        ("UntilTime", wintypes.DWORD),
        ("Status", wintypes.DWORD),
        ("cJobs", wintypes.DWORD),
        ("AveragePPM", wintypes.DWORD),
    )


class WindowsCalls:
    """See ``core.discovery.local.windows_border.WindowsBorder``."""

    def queues(self) -> tuple[SpoolerQueue, ...]:
        """List the local queues."""
        spooler = ctypes.WinDLL("winspool.drv", use_last_error=True)
        needed, count = wintypes.DWORD(), wintypes.DWORD()
        buffer = ctypes.create_string_buffer(0)
        for _ in range(3):  # queues may be added between two calls
            size = len(buffer)
            references = ctypes.byref(needed), ctypes.byref(count)
            if spooler.EnumPrintersW(_LOCAL, None, 2, buffer, size, *references):
                rows = ctypes.cast(buffer, ctypes.POINTER(_PrinterInfo2))
                return tuple(_queue(rows[at]) for at in range(count.value))
            if ctypes.get_last_error() != _TOO_SMALL:
                break
            buffer = ctypes.create_string_buffer(needed.value)
        raise ctypes.WinError(ctypes.get_last_error())

    def interfaces(self) -> tuple[UsbPrintInterface, ...]:
        """List the interfaces of the registry; none where no USB printer was ever connected."""
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _CLASS) as root:
                return tuple(_interfaces(root))
        except FileNotFoundError:
            return ()

    def device_id(self, path: str) -> str | None:
        """Ask the driver for the IEEE 1284 id."""
        handle = create(path, 0)
        try:
            return read_device_id(control(handle, _GET_1284_ID, _ID_OCTETS))
        finally:
            ctypes.windll.kernel32.CloseHandle(wintypes.HANDLE(handle))

    def open(self, path: str, name: str) -> OpenPort:
        """Open the interface to read and write."""
        return WindowsPort.opened(path, name)


def _queue(row: Any) -> SpoolerQueue:
    name, port, driver = row.pPrinterName or "", row.pPortName or "", row.pDriverName or ""
    return SpoolerQueue(name, port, driver, int(row.Status), int(row.cJobs))


def _interfaces(root: winreg.HKEYType) -> Iterator[UsbPrintInterface]:
    for name in _keys(root):
        with suppress(OSError), winreg.OpenKey(root, name) as key:
            instance = str(_value(key, "", "DeviceInstance") or "")
            parameters = "#\\Device Parameters"
            number = _value(key, parameters, "Port Number")
            if not isinstance(number, int):
                continue
            yield UsbPrintInterface(
                path=str(_value(key, "#", "SymbolicLink") or name.replace("##?#", "\\\\?\\", 1)),
                base=str(_value(key, parameters, "Base Name") or "USB"),
                number=number,
                linked=_value(key, "#\\Control", "Linked") == 1,
                description=_description(instance),
                hardware=_hardware(instance),
            )


def _description(instance: str) -> str | None:
    for name in ("FriendlyName", "DeviceDesc"):
        text = _value(winreg.HKEY_LOCAL_MACHINE, f"{_ENUM}\\{instance}", name)
        if isinstance(text, str) and text:
            return text.rpartition(";")[2]  # "@usbprint.inf,%...%;USB Printing Support"
    return None


def _hardware(instance: str) -> tuple[str, ...]:
    names = _value(winreg.HKEY_LOCAL_MACHINE, f"{_ENUM}\\{instance}", "HardwareID")
    return tuple(str(name) for name in names) if isinstance(names, list) else ()


def _keys(root: winreg.HKEYType) -> Iterator[str]:
    for at in range(_MOST_KEYS):
        try:
            yield winreg.EnumKey(root, at)
        except OSError:
            return


def _value(root: winreg.HKEYType | int, path: str, name: str) -> object:
    try:
        with winreg.OpenKey(root, path) as key:
            return winreg.QueryValueEx(key, name)[0]
    except OSError:
        return None
