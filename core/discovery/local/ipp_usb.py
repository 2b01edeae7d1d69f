"""Which loopback ports the daemon ipp-usb has given to which printers.

It keeps one file a device below /var/ipp-usb/dev: "03f0-6a2a-SERIAL-Product.state" with
``http-port`` and ``dns-sd-name`` in a section [device] (ipp-usb(8), FILES).
"""

from __future__ import annotations

import configparser
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.discovery.readable import one_line

STATES: Final = Path("/var/ipp-usb/dev")
_NAME: Final = re.compile(r"(?P<vendor>[0-9a-f]{4})-(?P<product>[0-9a-f]{4})-(?P<rest>.+)\.state\Z")
_MOST_FILES: Final = 256
_MOST_CHARACTERS: Final = 4_096
_PORTS: Final = range(1_024, 65_536)


@dataclass(frozen=True, slots=True)
class IppUsbPort:
    """One printer's port. ``rest`` is its serial number and product, joined by dashes."""

    numbers: str
    rest: str
    port: int
    name: str | None

    def belongs_to(self, numbers: str, serial: str | None) -> bool:
        """Whether this is the port of the printer with these USB numbers and serial number."""
        if self.numbers != numbers:
            return False
        # The daemon writes only letters and digits of a serial number into the file's name.
        plain = re.sub(r"[^A-Za-z0-9]", "", serial or "")
        return not plain or f"{self.rest}-".startswith((f"{plain}-", f"{serial}-"))


def read_states(folder: Path = STATES) -> tuple[IppUsbPort, ...]:
    """Give the ports that the daemon remembers; none where there is no daemon."""
    found = []
    for path in sorted(folder.glob("*.state"))[:_MOST_FILES]:
        matched = _NAME.match(path.name)
        state = None if matched is None else _read(path)
        if matched is not None and state is not None:
            numbers = f"{matched.group('vendor')}:{matched.group('product')}"
            found.append(IppUsbPort(numbers, matched.group("rest"), *state))
    return tuple(found)


def _read(path: Path) -> tuple[int, str | None] | None:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            parser.read_string(file.read(_MOST_CHARACTERS))
        port = parser.getint("device", "http-port")
    except (OSError, ValueError, configparser.Error):
        return None
    name = parser.get("device", "dns-sd-name", fallback="").strip('"')
    return (port, one_line(name)) if port in _PORTS else None
