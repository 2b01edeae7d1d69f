"""The model: what a machine calls itself, out of the places where it may say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from core.model.provenance import Confidence, Observation
from core.snmp.types import Oid
from core.telemetry.identity_text import model_name
from core.telemetry.ieee1284 import parse_device_id
from core.telemetry.observe import observed
from core.telemetry.oids import (
    DEVICE_ID_COLUMNS,
    HR_DEVICE_DESCR,
    HR_DEVICE_TYPE,
    HR_TYPES,
    PRT_PRINTER_NAME,
    SYS_DESCR,
)
from core.telemetry.printers import PrinterRows
from core.telemetry.profile import Profile
from core.telemetry.snapshot import Snapshot
from core.telemetry.sources import profile_values
from core.telemetry.text import text_of

# hrDeviceTypes that are parts of a machine: processor, network, disk, tape, coprocessor, keyboard,
# modem, ports, clock, volatile and non-volatile memory (RFC 2790). Other, unknown, printer and
# scanner-like types may carry the machine's name.
_PARTS: Final = frozenset({(*HR_TYPES, n) for n in (3, 4, 6, 10, 11, 12, 13, 14, 15, 16, 17, 18)})
_WORDS: Final = re.compile(r"[^\W_]{2,}")


def model_of(
    snapshot: Snapshot, rows: PrinterRows, profiles: tuple[Profile, ...]
) -> Observation[str] | None:
    """Choose the model by rank; ``None`` where the machine names itself nowhere.

    hrDeviceDescr, prtGeneralPrinterName, the IEEE 1284 id, the profiles' places, sysDescr.
    prtGeneralPrinterName may be a person's name for the machine ("Reception"): it is a model only
    where another source shares a word with it, and otherwise the last resort.
    """
    described = _device_description(snapshot, rows)
    if described is not None:
        return described
    others = list(_others(snapshot, rows, profiles))
    oid = (*PRT_PRINTER_NAME, rows.index)
    name, rule = model_name(text_of(snapshot.value(oid))), "prtGeneralPrinterName"
    if name is not None and any(_words(name) & _words(other.value) for other in others):
        return observed(name, snapshot, (oid,), rule)
    if others or name is None:
        return others[0] if others else None
    return observed(name, snapshot, (oid,), rule, Confidence.DOUBTFUL)


def device_ids(snapshot: Snapshot) -> Iterator[tuple[Oid, dict[str, str]]]:
    """Give every IEEE 1284 id at the places that all makers use, with its OID."""
    for column in DEVICE_ID_COLUMNS:
        for index, value in snapshot.column(column).items():
            fields = dict(parse_device_id(text_of(value) or ""))
            if fields:
                yield (*column, *index), fields


def _others(
    snapshot: Snapshot, rows: PrinterRows, profiles: tuple[Profile, ...]
) -> Iterator[Observation[str]]:
    if not rows.alone:
        return
    for oid, fields in device_ids(snapshot):
        name = model_name(fields.get("MDL") or fields.get("DES"))
        if name is not None:
            yield observed(name, snapshot, (oid,), "IEEE 1284 MDL")
    yield from profile_values(snapshot, profiles, "model", model_name)
    name = model_name(text_of(snapshot.value(SYS_DESCR)))
    if name is not None:
        yield observed(name, snapshot, (SYS_DESCR,), "sysDescr")


def _device_description(snapshot: Snapshot, rows: PrinterRows) -> Observation[str] | None:
    if rows.known:
        return _described(snapshot, (rows.host,), "hrDeviceDescr")
    # An agent without any printer rows may still list its machine as a device of another type.
    for index, value in snapshot.column(HR_DEVICE_TYPE).items():
        if value.oid() not in _PARTS:
            found = _described(snapshot, index, "hrDeviceDescr of a device of another type")
            if found is not None:
                return found
    return None


def _described(snapshot: Snapshot, index: Oid, rule: str) -> Observation[str] | None:
    oid = (*HR_DEVICE_DESCR, *index)
    name = model_name(text_of(snapshot.value(oid)))
    return None if name is None else observed(name, snapshot, (oid,), rule)


def _words(text: str) -> set[str]:
    return {word for word in _WORDS.findall(text.casefold()) if any(c.isdigit() for c in word)}
