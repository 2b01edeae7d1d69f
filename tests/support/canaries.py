"""Searches bytes for a planted value in every form that it could have taken on its way."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

_MAC = re.compile(r"(?:[0-9a-f]{2}:){5}[0-9a-f]{2}")


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A value that stands where it must not, and in which form."""

    place: str
    value: str
    form: str


def forms(value: str) -> Iterator[tuple[str, bytes]]:
    """Give every form of a value, named."""
    plain = value.encode()
    yield "plain", plain
    if (quoted := quote(value)) != value:
        yield "url", quoted.encode()
    if not value.isascii():
        yield "json", json.dumps(value)[1:-1].encode()
    yield "hex", plain.hex().encode()
    yield "HEX", plain.hex().upper().encode()
    yield "hex, spaced", plain.hex(" ").encode()
    for name, encoding in (("UTF-16 LE", "utf-16-le"), ("UTF-16 BE", "utf-16-be")):
        yield name, value.encode(encoding)
        yield f"{name}, base64", inner(value.encode(encoding), 0)
    for shift in range(3):
        found = inner(plain, shift)
        yield f"base64 at {shift}", found
        yield f"base64 for URLs at {shift}", found.replace(b"+", b"-").replace(b"/", b"_")


def inner(data: bytes, shift: int) -> bytes:
    """Give that part of the base64 of ``data`` that stands whatever comes before and after it."""
    whole = base64.b64encode(b"\0" * shift + data)
    first, last = -(-shift * 8 // 6), (shift + len(data)) * 8 // 6
    return whole[first:last]


def forms_of_mac(mac: str) -> Iterator[tuple[str, bytes]]:
    """Give every way to write a MAC, and its bytes."""
    digits = mac.replace(":", "")
    spellings = {
        "bare": digits,
        "colons": mac,
        "dashes": mac.replace(":", "-"),
        "spaces": mac.replace(":", " "),
        "dots": ".".join(digits[at : at + 4] for at in (0, 4, 8)),
    }
    for name, text in spellings.items():
        yield name, text.encode()
        yield f"{name}, upper", text.upper().encode()
        yield f"{name}, UTF-16", text.encode("utf-16-le")
    yield "bytes", bytes.fromhex(digits)
    yield "bytes, base64", inner(bytes.fromhex(digits), 0)


def search(places: Mapping[str, bytes], values: Iterable[str]) -> list[Hit]:
    """Give every hit; "10.0.0.1" is not found in "10.0.0.12", nor "Hall" in "Hallway"."""
    hits = set()
    for value in set(values):
        mac = _MAC.fullmatch(value)
        for name, form in [*forms(value), *(forms_of_mac(value) if mac else ())]:
            wanted = re.escape(form)
            if name == "plain":
                wanted = rb"(?<!\w)" + wanted + rb"(?!\w)"
            found = re.compile(wanted, re.IGNORECASE if name == "plain" else 0)
            hits |= {
                Hit(place, value, name) for place, data in places.items() if found.search(data)
            }
    return sorted(hits)
