"""What a printer says it is: every identity field with where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from core.model.identity import Identity
from core.model.provenance import Confidence, Observation, Provenance
from core.model.reading import Note
from core.snmp.types import Oid
from core.telemetry.identity_text import attached_machine, is_host_name, said, serial_number
from core.telemetry.mac import mac_of
from core.telemetry.model import device_ids, model_of
from core.telemetry.observe import observed
from core.telemetry.oids import (
    HR_DEVICE_DESCR,
    PRT_PRINTER_NAME,
    PRT_SERIAL_NUMBER,
    SYS_DESCR,
    SYS_LOCATION,
    SYS_NAME,
    SYS_OBJECT_ID,
)
from core.telemetry.printers import PrinterRows
from core.telemetry.profile import Profile
from core.telemetry.snapshot import Snapshot
from core.telemetry.sources import profile_values
from core.telemetry.text import is_doubtful, text_of
from core.telemetry.uuids import parse_uuid
from core.telemetry.vendor import vendors

_Text = Observation[str] | None
_SERIAL_NOTE: Final = "serial_differs"


@dataclass(frozen=True, slots=True)
class IdentityFacts:
    """An identity, the provenance of its fields by name, and what a person should know of it."""

    identity: Identity
    provenance: dict[str, Provenance]
    notes: tuple[Note, ...] = ()


def identity_of(
    snapshot: Snapshot,
    rows: PrinterRows,
    profiles: tuple[Profile, ...],
    address: str | None = None,
) -> IdentityFacts:
    """Read the identity of the printer at ``rows``; ``address`` is the one that was asked.

    Where several printers share the agent, only what is in a printer's own rows is taken for it:
    a scalar could be about any of them.
    """
    model = model_of(snapshot, rows, profiles)
    serials = _clean_first(_serials(snapshot, rows, profiles), snapshot)
    found: dict[str, _Text] = {
        "vendor": _vendor(snapshot, rows, model),
        "model": model,
        "serial": serials[0] if serials else None,
        "mac": mac_of(snapshot, address),
        "uuid": _uuid(snapshot, rows, profiles),
        "hostname": _hostname(snapshot) or _first(snapshot, rows, profiles, "hostname", _host),
        "name": _name(snapshot, rows, model),
        "location": _plain(snapshot, SYS_LOCATION, "sysLocation"),
        "firmware": _first(snapshot, rows, profiles, "firmware", said),
    }
    values = {name: None if o is None else o.value for name, o in found.items()}
    origins = {name: o.provenance for name, o in found.items() if o is not None}
    return IdentityFacts(Identity(**values), origins, tuple(_serial_notes(serials)))


def _vendor(snapshot: Snapshot, rows: PrinterRows, model: _Text) -> _Text:
    for oid, text, rule in _vendor_texts(snapshot, rows, model):
        vendor = vendors().in_text(text)
        if vendor is not None:
            return observed(vendor.name, snapshot, (oid,), f"maker's name in {rule}")
    value = snapshot.value(SYS_OBJECT_ID)
    vendor = vendors().by_object_id(None if value is None else value.oid())
    if vendor is None:
        return None
    return observed(vendor.name, snapshot, (SYS_OBJECT_ID,), "maker's number in sysObjectID")


def _vendor_texts(
    snapshot: Snapshot, rows: PrinterRows, model: _Text
) -> Iterator[tuple[Oid, str, str]]:
    """Give the texts that may name the maker, the one nearest to the machine first."""
    ids = list(device_ids(snapshot)) if rows.alone else []
    if model is not None:
        refs = model.provenance.refs
        oid = tuple(int(part) for part in refs[0].split("."))
        yield oid, model.value, "the model"
        # The maker that stands beside this model in one device id belongs to it.
        for id_oid, fields in ids:
            if id_oid == oid and "MFG" in fields:
                yield id_oid, fields["MFG"], "IEEE 1284 MFG"
    device = (*HR_DEVICE_DESCR, rows.host)
    description = text_of(snapshot.value(SYS_DESCR))
    attached = attached_machine(description or "")
    for oid, text, rule in (
        (device, text_of(snapshot.value(device)), "hrDeviceDescr"),
        (SYS_DESCR, attached, "the machine attached"),
        (SYS_DESCR, description, "sysDescr"),
    ):
        if text is not None:
            yield oid, text, rule
    for oid, fields in ids:
        yield oid, fields.get("MFG", ""), "IEEE 1284 MFG"


def _serials(
    snapshot: Snapshot, rows: PrinterRows, profiles: tuple[Profile, ...]
) -> Iterator[Observation[str]]:
    oid = (*PRT_SERIAL_NUMBER, rows.index)
    serial = serial_number(text_of(snapshot.value(oid)))
    if serial is not None:
        yield observed(serial, snapshot, (oid,), "prtGeneralSerialNumber")
    if not rows.alone:
        return
    yield from profile_values(snapshot, profiles, "serial", serial_number)
    for oid, fields in device_ids(snapshot):
        serial = serial_number(fields.get("SN"))
        if serial is not None:
            yield observed(serial, snapshot, (oid,), "IEEE 1284 SN")


def _clean_first(found: Iterable[Observation[str]], snapshot: Snapshot) -> list[Observation[str]]:
    """Doubt what was read out of control characters, and put it behind what was not."""
    clean, doubted = [], []
    for one in found:
        places = [tuple(map(int, ref.split("."))) for ref in one.provenance.refs]
        # Within a device id, which is a text of several lines with some makers, they part fields.
        parted = one.provenance.rule.startswith("IEEE 1284")
        if parted or not any(is_doubtful(snapshot.value(place)) for place in places):
            clean.append(one)
        else:
            origin = replace(one.provenance, confidence=Confidence.DOUBTFUL)
            doubted.append(replace(one, provenance=origin))
    return [*clean, *doubted]


def _serial_notes(serials: list[Observation[str]]) -> Iterator[Note]:
    # A device id may carry the number in a form of its own: that is no disagreement worth a note.
    told = [o for o in serials if o.provenance.confidence is not Confidence.DOUBTFUL]
    told = [o for o in told if not o.provenance.rule.startswith("IEEE 1284")]
    for other in told[1:]:
        if other.value.casefold() != told[0].value.casefold():
            text = (
                f"The serial number is {told[0].value} by {told[0].provenance.rule} "
                f"and {other.value} by {other.provenance.rule}."
            )
            yield Note(_SERIAL_NOTE, text)
            return


def _uuid(snapshot: Snapshot, rows: PrinterRows, profiles: tuple[Profile, ...]) -> _Text:
    if rows.alone:
        for oid, fields in device_ids(snapshot):
            uuid = parse_uuid(fields.get("UUID"))
            if uuid is not None:
                return observed(uuid, snapshot, (oid,), "IEEE 1284 UUID")
    return _first(snapshot, rows, profiles, "uuid", parse_uuid)


def _hostname(snapshot: Snapshot) -> _Text:
    name = _host(text_of(snapshot.value(SYS_NAME)))
    return None if name is None else observed(name, snapshot, (SYS_NAME,), "sysName")


def _name(snapshot: Snapshot, rows: PrinterRows, model: _Text) -> _Text:
    """Find a person's name for the machine.

    That is prtGeneralPrinterName where it is not the model, else a sysName that is no host name.
    """
    own = _plain(snapshot, (*PRT_PRINTER_NAME, rows.index), "prtGeneralPrinterName")
    if own is not None:
        known = "" if model is None else model.value.casefold()
        if own.value.casefold() not in known and (not known or known not in own.value.casefold()):
            return own
    system = _plain(snapshot, SYS_NAME, "sysName")
    return None if system is None or is_host_name(system.value) else system


def _plain(snapshot: Snapshot, oid: Oid, rule: str) -> _Text:
    text = said(text_of(snapshot.value(oid)))
    return None if text is None else observed(text, snapshot, (oid,), rule)


def _host(text: str | None) -> str | None:
    text = said(text)
    return text if text is not None and is_host_name(text) else None


def _first(
    snapshot: Snapshot,
    rows: PrinterRows,
    profiles: tuple[Profile, ...],
    field: str,
    clean: Callable[[str | None], str | None],
) -> _Text:
    if not rows.alone:
        return None
    return next(profile_values(snapshot, profiles, field, clean), None)
