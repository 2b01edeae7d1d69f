"""Printers on the USB as the Linux kernel lists them below /sys: nothing is opened or asked.

A device folder (1-2) has the texts of the descriptor, its interface folders (1-2:1.0) the class:
07/01 is a printer, protocol 04 IPP over USB (USB Printer Class 1.1, IPP-USB 1.0). Where the driver
usblp holds an interface, ``ieee1284_id`` and the name of the device (usbmisc/lp0) stand there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.discovery.local.identity import device_id_text
from core.discovery.readable import readable

DEVICES: Final = Path("/sys/bus/usb/devices")
_PRINTER: Final = ("07", "01")
_IPP_USB: Final = "04"
_MOST_DEVICES: Final = 1_024
_MOST_OCTETS: Final = 4_096  # a page: no file of sysfs gives more


@dataclass(frozen=True, slots=True)
class UsbPrinter:
    """One printer on the bus. ``port`` is the device of usblp ("/dev/usb/lp0"), if any.

    ``numbers`` are vendor and product in hex ("0482:0647").
    """

    place: str
    vendor: str | None
    product: str | None
    serial: str | None
    numbers: str
    device_id: str | None
    port: str | None
    ipp_usb: bool


def read_tree(devices: Path = DEVICES) -> tuple[UsbPrinter, ...]:
    """Give the printers below ``devices``; raises ``OSError`` where there is no such folder."""
    folders = sorted(devices.iterdir())[: _MOST_DEVICES * 4]
    found: dict[str, list[Path]] = {}
    for folder in folders:
        device, colon, _ = folder.name.partition(":")
        if colon and _is_printer(folder):
            found.setdefault(device, []).append(folder)
    return tuple(_printer(devices / name, interfaces) for name, interfaces in found.items())


def _is_printer(interface: Path) -> bool:
    return (_text(interface, "bInterfaceClass"), _text(interface, "bInterfaceSubClass")) == _PRINTER


def _printer(device: Path, interfaces: list[Path]) -> UsbPrinter:
    ids = (device_id_text(_text(folder, "ieee1284_id")) for folder in interfaces)
    return UsbPrinter(
        place=device.name,
        vendor=_text(device, "manufacturer"),
        product=_text(device, "product"),
        serial=_text(device, "serial"),
        numbers=f"{_text(device, 'idVendor') or '????'}:{_text(device, 'idProduct') or '????'}",
        device_id=next((text for text in ids if text is not None), None),
        port=next((port for folder in interfaces for port in _ports(folder)), None),
        ipp_usb=any(_text(folder, "bInterfaceProtocol") == _IPP_USB for folder in interfaces),
    )


def _ports(interface: Path) -> Iterator[str]:
    for kind in ("usbmisc", "usb"):  # before Linux 3.13 it was "usb"
        for folder in sorted((interface / kind).glob("lp*")):
            if folder.name[2:].isdecimal():
                yield f"/dev/usb/{folder.name}"


def _text(folder: Path, name: str) -> str | None:
    """Read one attribute; a device that leaves meanwhile has none."""
    try:
        with (folder / name).open("rb") as file:
            return readable(file.read(_MOST_OCTETS), _MOST_OCTETS)
    except OSError:
        return None
