"""What is known of makers and of what they write, as the ways other than SNMP need it."""

from __future__ import annotations

from typing import Final

from core.ipp.identity import Naming
from core.telemetry.identity_text import model_name, said, serial_number
from core.telemetry.ieee1284 import parse_device_id
from core.telemetry.vendor import vendors


def vendor_name(text: str) -> str | None:
    """Find the usual short name of the maker that ``text`` names."""
    found = vendors().in_text(text)
    return None if found is None else found.name


NAMING: Final = Naming(vendor_name, model_name, serial_number, said, parse_device_id)
