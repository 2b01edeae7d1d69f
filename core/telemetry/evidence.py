"""Whether an agent is a printer, and the sentence that says why.

The rule, strongest evidence first: hrDeviceType printer (RFC 2790); rows of the Printer MIB (RFC
3805); an IEEE 1284 device id; the sysObjectID or the name of a maker of printers. A maker of other
things too (``also`` in ``resources/vendors.toml``) has to say "printer" beyond its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.snmp.types import Oid, format_oid
from core.telemetry.ieee1284 import is_device_id, parse_device_id
from core.telemetry.oids import DEVICE_ID_COLUMNS, SYS_DESCR, SYS_OBJECT_ID
from core.telemetry.printers import PrinterRows, mib_indexes, typed_indexes
from core.telemetry.snapshot import Snapshot
from core.telemetry.text import text_of
from core.telemetry.vendor import Vendor, vendors

_LONGEST_QUOTE: Final = 80
_LONGEST_OID: Final = 14


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether this is a printer, and why or why not, for a person."""

    is_printer: bool
    why: str


def judge(snapshot: Snapshot, rows: PrinterRows) -> Verdict:
    """Say whether the device at ``rows`` is a printer."""
    object_id, text = _object_id(snapshot), text_of(snapshot.value(SYS_DESCR)) or ""
    with_rows = rows.index in mib_indexes(snapshot)
    typed = rows.host in typed_indexes(snapshot)
    if typed and not with_rows and vendors().is_host(object_id):
        queues = "is a computer: the printers in its hrDeviceTable are print queues"
        return Verdict(False, f"answers SNMP as {_quoted(text, object_id)} and {queues}")
    if typed:
        return Verdict(True, f"hrDeviceType says printer (hrDeviceIndex {rows.host})")
    if with_rows:
        return Verdict(True, f"has rows in the Printer MIB (hrDeviceIndex {rows.index})")
    device_id = _device_id(snapshot)
    if device_id is not None:
        return Verdict(True, f"gives an IEEE 1284 device id: {device_id}")
    return _by_maker(object_id, text)


def _by_maker(object_id: Oid | None, text: str) -> Verdict:
    known = vendors()
    by_number, by_name = known.by_object_id(object_id), known.in_text(text)
    number = "" if object_id is None else _short(object_id)
    if by_number is not None and _only_printers(by_number, object_id, text):
        return Verdict(True, f"its sysObjectID {number} is of {by_number.name}, a printer maker")
    if by_name is not None and (not by_name.also or known.says_printer(text)):
        return Verdict(True, f"describes itself as {_quoted(text, object_id)}")
    nothing = f"answers SNMP as {_quoted(text, object_id)} and shows no sign of a printer"
    return Verdict(False, nothing)


def _only_printers(vendor: Vendor, object_id: Oid | None, text: str) -> bool:
    if not vendor.also or vendors().says_printer(text):
        return True
    return object_id is not None and any(object_id[: len(r)] == r for r in vendor.roots)


def _device_id(snapshot: Snapshot) -> str | None:
    for column in DEVICE_ID_COLUMNS:
        for value in snapshot.column(column).values():
            fields = parse_device_id(text_of(value) or "")
            if is_device_id(fields):
                return " ".join(fields[key] for key in ("MFG", "MDL") if key in fields)
    return None


def _object_id(snapshot: Snapshot) -> Oid | None:
    value = snapshot.value(SYS_OBJECT_ID)
    return None if value is None else value.oid()


def _quoted(text: str, object_id: Oid | None) -> str:
    if text:
        cut = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
        return f"'{cut}'"
    return "a nameless device" if object_id is None else f"sysObjectID {_short(object_id)}"


def _short(object_id: Oid) -> str:
    # Some makers spell out names in their object ids, a letter an arc.
    cut = object_id[:_LONGEST_OID]
    return format_oid(cut) + ("…" if cut != object_id else "")
