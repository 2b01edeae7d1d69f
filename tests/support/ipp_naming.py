"""What the layers above know of makers, as the identity reader wants it."""

from __future__ import annotations

from core.ipp.identity import Naming
from core.telemetry.identity_text import model_name, said, serial_number
from core.telemetry.ieee1284 import parse_device_id
from core.telemetry.vendor import vendors


def _vendor(text: str) -> str | None:
    found = vendors().in_text(text)
    return None if found is None else found.name


NAMING = Naming(_vendor, model_name, serial_number, said, parse_device_id)
