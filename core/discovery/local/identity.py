"""Who a printer connected to this computer is, out of what its connection tells.

By rank: the IEEE 1284 id, the texts of its USB descriptor, the URI of its queue. All of it is
written by the device and bounded and cleaned here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.discovery.readable import one_line
from core.model.identity import Identity
from core.model.provenance import Provenance, Source
from core.telemetry.identity_text import model_name, said, serial_number
from core.telemetry.ieee1284 import parse_device_id
from core.telemetry.naming import vendor_name
from core.telemetry.uuids import parse_uuid

_LONGEST_ID = 1_022  # an IEEE 1284 id of usblp: 1,024 octets with its length


@dataclass(frozen=True, slots=True)
class Told:
    """What one place tells: ``place`` names it, the rest is text as it came."""

    place: str
    vendor: str | None = None
    model: str | None = None
    serial: str | None = None
    uuid: str | None = None


def device_id_text(text: str | None) -> str | None:
    """Give an IEEE 1284 id bounded and on one line, or ``None`` where it is none."""
    line = one_line(text or "", _LONGEST_ID)
    return line if line is not None and parse_device_id(line) else None


def told_by_device_id(text: str | None, place: str = "IEEE 1284 id") -> Told:
    """Read what an IEEE 1284 id tells."""
    fields = parse_device_id(text or "")
    model = fields.get("MDL") or fields.get("DES")
    return Told(place, fields.get("MFG"), model, fields.get("SN"), fields.get("UUID"))


def knows_pjl(device_id: str | None) -> bool:
    """Whether the printer's own id lists PJL among the languages that it knows (CMD)."""
    commands = parse_device_id(device_id or "").get("CMD", "")
    return any(name.strip().upper() == "PJL" for name in commands.split(","))


def identity_of(places: tuple[Told, ...]) -> tuple[Identity, dict[str, Provenance]]:
    """Take each field from the first place that tells it; provenance by "identity.FIELD"."""
    values: dict[str, str] = {}
    origins: dict[str, Provenance] = {}
    for told in places:
        for name, value, raw in _fields(told):
            if value is not None and name not in values:
                values[name] = value
                place = (f"{told.place} {name}",)
                origins[f"identity.{name}"] = Provenance(Source.USB, place, (raw,), told.place)
    return replace(Identity(), **values), origins


def _fields(told: Told) -> Iterator[tuple[str, str | None, str]]:
    vendor, model = one_line(told.vendor or ""), one_line(told.model or "")
    serial, uuid = one_line(told.serial or ""), one_line(told.uuid or "")
    yield "model", model_name(model), model or ""
    # The name on the machine first: an id may name the maker of the engine's controller.
    known = vendor_name(model or "") or vendor_name(vendor or "") or said(vendor)
    yield "vendor", known, vendor or model or ""
    yield "serial", serial_number(serial), serial or ""
    yield "uuid", parse_uuid(uuid), uuid or ""
