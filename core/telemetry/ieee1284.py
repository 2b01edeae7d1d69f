"""IEEE 1284 device ids: ``MFG:HP;MDL:LaserJet;SN:...;`` (IEEE 1284-2000, section 7.6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# The short key first; makers write the long ones too, and a few of their own.
_SYNONYMS: Final[dict[str, str]] = {
    "MANUFACTURER": "MFG",
    "MANUFACTURE": "MFG",
    "MFR": "MFG",
    "MODEL": "MDL",
    "DESCRIPTION": "DES",
    "CLASS": "CLS",
    "COMMAND SET": "CMD",
    "SERIALNUMBER": "SN",
    "SERIAL NUMBER": "SN",
    "SERIAL": "SN",
    "SERN": "SN",
    "SER": "SN",
}


def parse_device_id(text: str) -> Mapping[str, str]:
    """Read a device id as upper-case key to value, long keys under their short name.

    What is no ``key:value`` is passed over; the first of two equal keys wins; empty values are
    left out. A text that is no device id gives an empty mapping.
    """
    found: dict[str, str] = {}
    for part in text.split(";"):
        key, colon, value = part.partition(":")
        key, value = key.strip().upper(), value.strip()
        if colon and key and value:
            found.setdefault(_SYNONYMS.get(key, key), value)
    return found


def is_device_id(fields: Mapping[str, str]) -> bool:
    """Whether these fields name a device: a model, or a maker and a class."""
    return "MDL" in fields or ("MFG" in fields and "CLS" in fields)
