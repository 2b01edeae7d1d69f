"""What a DNS-SD record says of a printer, apart from how it was received.

Bonjour Printing Specification 1.2.1 (sections 7 and 9), RFC 6763 section 6 (TXT records). Whoever
is on the wire may announce anything: all that is taken is bounded and made readable.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.discovery.readable import one_line, readable
from core.discovery.sightings import Sighting
from core.discovery.usable import usable
from core.ipp.target import resource_path
from core.model.identity import Identity
from core.model.provenance import Observation, Provenance, Source
from core.telemetry.identity_text import is_host_name, model_name, said
from core.telemetry.naming import vendor_name
from core.telemetry.uuids import parse_uuid

# Those that print, and those that do not.
PRINTING: Final = ("_ipp._tcp", "_ipps._tcp", "_printer._tcp", "_pdl-datastream._tcp")
FAXING: Final = ("_fax-ipp._tcp",)
SCANNING: Final = ("_scanner._tcp", "_uscan._tcp")
SERVICES: Final = (*PRINTING, *FAXING, *SCANNING)
_BY_IPP: Final = ("_ipp._tcp", "_ipps._tcp", "_fax-ipp._tcp")

_MOST_STRINGS = 128
_MOST_OCTETS = 9_000  # what a packet of multicast DNS holds (RFC 6762 section 17)
_MOST_ADDRESSES = 16

_Text = Observation[str] | None


@dataclass(frozen=True, slots=True)
class Record:
    """One service as its records tell: PTR and SRV, A and AAAA, TXT as it came."""

    service: str
    instance: str
    host: str
    port: int
    addresses: tuple[str, ...]
    txt: bytes


def read_txt(octets: bytes) -> dict[str, str]:
    """Read a TXT record (RFC 6763 section 6.3): lower-case keys to readable, non-empty values.

    The first of equal keys wins. What is no ``key=value``, or comes after too much, is passed over.
    """
    found: dict[str, str] = {}
    octets = octets[:_MOST_OCTETS]
    at = 0
    for _ in range(_MOST_STRINGS):
        if at >= len(octets):
            break
        part = octets[at + 1 : at + 1 + octets[at]]
        at += 1 + octets[at]
        key, equals, value = part.partition(b"=")
        text = readable(value)
        if equals and text and key and key.isascii():
            found.setdefault(key.decode().strip().lower(), text)
    return found


def sighting_of(record: Record) -> Sighting | None:
    """Say what a record tells; ``None`` where it names no address that could be a printer's.

    Port 0 says that the service is not there: the record only keeps the name (section 7.1).
    """
    addresses = usable(record.addresses)[:_MOST_ADDRESSES]
    if not addresses or record.port == 0:
        return None
    txt = read_txt(record.txt)
    name = one_line(record.instance)
    identity, provenance = _identity(record, txt, name)
    path = txt.get("rp") if record.service in _BY_IPP else None
    admin = txt.get("adminurl")
    return Sighting(
        source=Source.DNS_SD,
        addresses=addresses,
        port=record.port,
        detail=sentence(name, identity, [(record.service, record.port)], path),
        identity=identity,
        provenance=provenance,
        service_path=None if path is None else resource_path(path),
        tls=record.service == "_ipps._tcp",
        name=name,
        service=record.service,
        prints=record.service not in SCANNING,
        urls=() if admin is None else (admin,),
        page=admin,
    )


def sentence(
    name: str | None, identity: Identity, services: list[tuple[str, int]], path: str | None
) -> str:
    """Say for a person what is announced under one name."""
    model = said_of(identity)
    who = f'"{name}"' if name else "a device without a name"
    if model is not None and model != name:
        who = f"{who} ({model})"
    listed = ", ".join(f"{service} on port {port}" for service, port in services)
    text = f"DNS-SD: {who} announces {listed}"
    if all(service in SCANNING for service, _ in services):
        text = f"{text}: it scans; that it prints, it does not say"
    if (path or "").lstrip("/").startswith(("printers/", "classes/")):
        text = f"{text}: a queue of a computer or print server (CUPS)"
    return text


def said_of(identity: Identity) -> str | None:
    """Give maker and model in one, without saying the maker twice."""
    vendor, model = identity.vendor, identity.model
    if model is None or vendor is None or vendor.casefold() in model.casefold():
        return model or vendor
    return f"{vendor} {model}"


def _identity(
    record: Record, txt: dict[str, str], name: str | None
) -> tuple[Identity, dict[str, Provenance]]:
    model = _model(txt)
    found: dict[str, _Text] = {
        "vendor": _vendor(txt),
        "model": model,
        "uuid": _observed(parse_uuid(txt.get("uuid")), "TXT UUID", txt.get("uuid")),
        "hostname": _host(record.host),
        "name": _name(name, model),
        "location": _observed(said(txt.get("note")), "TXT note", txt.get("note")),
    }
    values = {key: None if told is None else told.value for key, told in found.items()}
    origins = {f"identity.{key}": told.provenance for key, told in found.items() if told}
    return Identity(**values), origins


def _model(txt: dict[str, str]) -> _Text:
    for key in ("ty", "usb_mdl", "product"):
        raw = txt.get(key)
        model = model_name(_product(raw) if key == "product" else raw)
        if model is not None:
            return _observed(model, f"TXT {key}", raw)
    return None


def _vendor(txt: dict[str, str]) -> _Text:
    for key in ("ty", "usb_mfg", "product"):
        vendor = vendor_name(txt.get(key, ""))
        if vendor is not None:
            return _observed(vendor, f"TXT {key}", txt[key])
    return _observed(said(txt.get("usb_mfg")), "TXT usb_mfg", txt.get("usb_mfg"))


def _product(text: str | None) -> str | None:
    """Take a PostScript product out of its parentheses; "(GPL Ghostscript)" is a computer's."""
    inner = (text or "").strip().removeprefix("(").removesuffix(")").strip()
    return inner if inner and "ghostscript" not in inner.casefold() else None


def _host(host: str) -> _Text:
    name = (one_line(host) or "").rstrip(".")
    if not is_host_name(name) or name.casefold().startswith("localhost"):
        return None
    return _observed(name, "SRV target", host)


def _name(name: str | None, model: _Text) -> _Text:
    """Take the instance name where a person chose it; by default it is the model's."""
    known = "" if model is None else model.value.casefold()
    own = said(name)
    if own is None or (known and (own.casefold() in known or known in own.casefold())):
        return None
    return _observed(own, "instance name", name)


def _observed(value: str | None, place: str, raw: str | None) -> _Text:
    if value is None:
        return None
    origin = Provenance(Source.DNS_SD, (place,), (one_line(raw or "") or "",), place)
    return Observation(value, origin)
