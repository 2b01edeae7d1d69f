"""Printers on parallel ports as the Linux kernel's own probe found them (parport, IEEE 1284).

/proc/sys/dev/parport/parport0/autoprobe has the id in lines: "CLASS:PRINTER;", "MODEL:...;".
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.discovery.local.identity import device_id_text
from core.discovery.readable import readable
from core.telemetry.ieee1284 import parse_device_id

PORTS: Final = Path("/proc/sys/dev/parport")
_MOST_OCTETS: Final = 4_096


@dataclass(frozen=True, slots=True)
class ParallelPrinter:
    """One printer. ``port`` is the device that the kernel makes for it ("/dev/lp0")."""

    port: str
    device_id: str


def read_ports(folder: Path = PORTS) -> tuple[ParallelPrinter, ...]:
    """Give the printers that the kernel found; none where there are no such ports."""
    found = []
    for path in sorted(folder.glob("parport*/autoprobe")):
        text = device_id_text(_read(path))
        if text is not None and parse_device_id(text).get("CLS", "").upper() == "PRINTER":
            number = path.parent.name.removeprefix("parport")
            found.append(ParallelPrinter(f"/dev/lp{number}", text))
    return tuple(found)


def _read(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return readable(file.read(_MOST_OCTETS), _MOST_OCTETS)
    except OSError:
        return None
