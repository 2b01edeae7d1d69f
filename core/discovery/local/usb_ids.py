"""IEEE 1284 ids as they come over the USB (USB Printer Class 1.1, section 4.2.1)."""

from __future__ import annotations

from typing import Final

from core.discovery.local.identity import device_id_text
from core.discovery.readable import readable

_LONGEST: Final = 1_024


def read_device_id(octets: bytes) -> str | None:
    """Read an id behind its two octets of length, which count themselves.

    Some printers write the length with its low octet first, or wrongly; drivers may take it off.
    """
    if not octets[:_LONGEST].strip(b"\0"):
        return None
    high, low = int.from_bytes(octets[:2], "big"), int.from_bytes(octets[:2], "little")
    for length in (high - 2, low - 2):
        if 0 < length <= len(octets) - 2:
            found = _text(octets[2 : 2 + length])
            if found is not None:
                return found
    return _text(octets if octets[:2].isalpha() else octets[2:])


def _text(octets: bytes) -> str | None:
    return device_id_text(readable(octets[:_LONGEST].split(b"\0", 1)[0], _LONGEST))
