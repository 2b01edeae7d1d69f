"""Small MIBs for agents in tests: a printer, several behind one address, something else."""

from __future__ import annotations

from core.snmp.types import Oid, Tag, Value, parse_oid

PRINTER = parse_oid("1.3.6.1.2.1.25.3.1.5")


def text(words: str) -> Value:
    """Make an OCTET STRING."""
    return Value(Tag.OCTET_STRING, words.encode())


def host_mib(descr: str) -> dict[Oid, Value]:
    """Make something that answers SNMP and is no printer."""
    return {
        parse_oid("1.3.6.1.2.1.1.1.0"): text(descr),
        parse_oid("1.3.6.1.2.1.1.2.0"): Value(
            Tag.OBJECT_IDENTIFIER, parse_oid("1.3.6.1.4.1.8072.3.2.10")
        ),
        parse_oid("1.3.6.1.2.1.1.5.0"): text("host"),
    }


def printer_mib(*serials: str, descr: str = "Kyocera Printing System") -> dict[Oid, Value]:
    """Make an agent that speaks for one printer a serial, at hrDeviceIndex 1, 2, ..."""
    mib = host_mib(descr)
    mib[parse_oid("1.3.6.1.2.1.1.2.0")] = Value(
        Tag.OBJECT_IDENTIFIER, parse_oid("1.3.6.1.4.1.1347.41")
    )
    for index, serial in enumerate(serials, 1):
        mib[(*parse_oid("1.3.6.1.2.1.25.3.2.1.2"), index)] = Value(Tag.OBJECT_IDENTIFIER, PRINTER)
        mib[(*parse_oid("1.3.6.1.2.1.25.3.2.1.3"), index)] = text(f"ECOSYS M{index}000")
        mib[(*parse_oid("1.3.6.1.2.1.25.3.5.1.1"), index)] = Value(Tag.INTEGER, 3)
        mib[(*parse_oid("1.3.6.1.2.1.43.5.1.1.17"), index)] = text(serial)
    return dict(sorted(mib.items()))
