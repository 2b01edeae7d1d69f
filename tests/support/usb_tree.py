"""Folders as the Linux kernel shows USB printers below /sys/bus/usb/devices."""

from __future__ import annotations

from pathlib import Path

KYOCERA_ID = (
    "MFG:Kyocera;CMD:PCLXL,PostScript,PJL,PCL;MDL:ECOSYS P3155dn;CLS:PRINTER;"
    "DES:Kyocera ECOSYS P3155dn;SN:R4B1972571;"
)


def add_printer(
    tree: Path,
    place: str = "1-2",
    *,
    texts: tuple[str | None, str | None, str | None] = ("Kyocera", "ECOSYS P3155dn", "R4B1972571"),
    numbers: str = "0482:0647",
    device_id: str | None = KYOCERA_ID,
    lp: str | None = "lp0",
    protocol: str = "02",
) -> None:
    """Plug a printer in; ``texts`` are maker, product and serial number of its descriptor."""
    device = tree / place
    names = ("manufacturer", "product", "serial", "idVendor", "idProduct")
    for name, text in zip(names, (*texts, *numbers.split(":")), strict=True):
        write(device, name, text)
    write(device, "bDeviceClass", "00")
    interface = tree / f"{place}:1.0"
    write(interface, "bInterfaceClass", "07")
    write(interface, "bInterfaceSubClass", "01")
    write(interface, "bInterfaceProtocol", protocol)
    write(interface, "ieee1284_id", device_id)
    if lp is not None:
        (interface / "usbmisc" / lp).mkdir(parents=True)


def add_mouse(tree: Path, place: str = "1-3") -> None:
    """Plug in what is no printer."""
    write(tree / place, "product", "Optical Mouse")
    for name, text in (("Class", "03"), ("SubClass", "01"), ("Protocol", "02")):
        write(tree / f"{place}:1.0", f"bInterface{name}", text)


def write(folder: Path, name: str, text: str | None) -> None:
    """Write one attribute, as the kernel does with a line's end; nothing for ``None``."""
    folder.mkdir(parents=True, exist_ok=True)
    if text is not None:
        (folder / name).write_text(f"{text}\n")
