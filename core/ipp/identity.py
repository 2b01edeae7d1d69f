"""Who a printer says it is by IPP: every identity field with where it comes from.

What is known of makers (their names, how they pad serial numbers, what stands for "not set") is
passed in as ``Naming``: it is the same for every way of asking, and lives above this package.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from core.ipp.attributes import Attributes
from core.model.identity import Identity
from core.model.provenance import Observation, Provenance, Source

_DEVICE_ID: Final = "printer-device-id"
_MODEL: Final = "printer-make-and-model"
# A host name (RFC 1123) that is no number; "localhost" says nothing to anybody else.
_HOST_NAME: Final = re.compile(
    r"(?!localhost(?:\.|\Z))(?=.{1,253}\Z)(?![\d.]+\Z)[a-z0-9]([a-z0-9_.-]*[a-z0-9])?\Z"
)
# The name that a person gave first; one that is the model's is passed over.
_NAMES: Final = ("printer-dns-sd-name", "printer-info", "printer-name")

_Text = Observation[str] | None


@dataclass(frozen=True, slots=True)
class Naming:
    """How names are read. Each gives ``None`` (or nothing) for what says nothing.

    ``vendor`` finds the maker's usual short name in a text; ``model`` and ``serial`` clean what a
    printer gives as such; ``said`` turns blanks and words for "not set" into ``None``;
    ``device_id`` reads an IEEE 1284 device id as short upper-case keys (MFG, MDL, SN) to values.
    """

    vendor: Callable[[str], str | None]
    model: Callable[[str | None], str | None]
    serial: Callable[[str | None], str | None]
    said: Callable[[str | None], str | None]
    device_id: Callable[[str], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class IppIdentity:
    """An identity, and the provenance of its fields by name ("serial", "uuid" ...).

    There is never a MAC address in it: no attribute gives one.
    """

    identity: Identity
    provenance: dict[str, Provenance]


def identity_of(attributes: Attributes, naming: Naming) -> IppIdentity:
    """Read the identity out of the attributes ``core.ipp.names.IDENTITY``."""
    device_id = naming.device_id(attributes.text(_DEVICE_ID) or "")
    model = _model(attributes, naming, device_id)
    found: dict[str, _Text] = {
        "vendor": _vendor(attributes, naming, device_id),
        "model": model,
        "serial": _serial(attributes, naming, device_id),
        "uuid": _uuid(attributes, device_id),
        "hostname": _hostname(attributes),
        "name": _name(attributes, naming, model),
        "location": _plain(attributes, naming, "printer-location"),
        "firmware": _firmware(attributes, naming),
    }
    values = {name: None if told is None else told.value for name, told in found.items()}
    origins = {name: told.provenance for name, told in found.items() if told is not None}
    return IppIdentity(Identity(**values), origins)


def _model(attributes: Attributes, naming: Naming, device_id: Mapping[str, str]) -> _Text:
    for value, name, rule in (
        (attributes.text(_MODEL), _MODEL, _MODEL),
        (device_id.get("MDL"), _DEVICE_ID, "IEEE 1284 MDL"),
    ):
        model = naming.model(value)
        if model is not None:
            return _observed(attributes, model, name, rule)
    return None


def _vendor(attributes: Attributes, naming: Naming, device_id: Mapping[str, str]) -> _Text:
    made_by = naming.said(device_id.get("MFG"))
    for text, name, rule in (
        (attributes.text(_MODEL), _MODEL, f"maker's name in {_MODEL}"),
        (made_by, _DEVICE_ID, "maker's name in IEEE 1284 MFG"),
    ):
        vendor = None if text is None else naming.vendor(text)
        if vendor is not None:
            return _observed(attributes, vendor, name, rule)
    if made_by is None:
        return None
    return _observed(attributes, made_by, _DEVICE_ID, "IEEE 1284 MFG as it stands")


def _serial(attributes: Attributes, naming: Naming, device_id: Mapping[str, str]) -> _Text:
    for text, name, rule in (
        (attributes.text("printer-serial-number"), "printer-serial-number", ""),
        (device_id.get("SN"), _DEVICE_ID, "IEEE 1284 SN"),
    ):
        serial = naming.serial(text)
        if serial is not None:
            return _observed(attributes, serial, name, rule or name)
    return None


def _uuid(attributes: Attributes, device_id: Mapping[str, str]) -> _Text:
    for text, name, rule in (
        (attributes.text("printer-uuid"), "printer-uuid", "printer-uuid"),
        (device_id.get("UUID"), _DEVICE_ID, "IEEE 1284 UUID"),
    ):
        try:
            uuid = UUID(text or "")
        except ValueError:
            continue
        if uuid.int:
            return _observed(attributes, str(uuid), name, rule)
    return None


def _hostname(attributes: Attributes) -> _Text:
    """Take the host in the printer's own URI, where it is a name not an address."""
    name = "printer-uri-supported"
    for uri in attributes.texts(name):
        try:
            host = (urlsplit(uri or "").hostname or "").rstrip(".")
        except ValueError:
            continue
        if _HOST_NAME.match(host):
            return _observed(attributes, host, name, f"host in {name}")
    return None


def _name(attributes: Attributes, naming: Naming, model: _Text) -> _Text:
    known = "" if model is None else model.value.casefold()
    for name in _NAMES:
        own = _plain(attributes, naming, name)
        if own is None:
            continue
        text = own.value.casefold()
        if not known or (text not in known and known not in text):
            return own
    return None


def _firmware(attributes: Attributes, naming: Naming) -> _Text:
    """Take the first version: the lists run side by side, the system's own firmware first."""
    for name in ("printer-firmware-string-version", "printer-firmware-version"):
        version = _plain(attributes, naming, name)
        if version is not None:
            return version
    return None


def _plain(attributes: Attributes, naming: Naming, name: str) -> _Text:
    text = naming.said(attributes.text(name))
    return None if text is None else _observed(attributes, text, name, name)


def _observed(attributes: Attributes, value: str, name: str, rule: str) -> Observation[str]:
    raw = attributes.raw(name) or ""
    return Observation(value, Provenance(Source.IPP, (name,), (raw,), rule))
