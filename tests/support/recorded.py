"""An SNMP agent that serves a recording (snmpsim's .snmprec form) from memory."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from core.model.reading import Cost
from core.snmp.types import Oid, Tag, Value, parse_oid

_NUMBERS = {
    2: Tag.INTEGER,
    65: Tag.COUNTER32,
    66: Tag.GAUGE32,
    67: Tag.TIME_TICKS,
    70: Tag.COUNTER64,
}
ROOT = Path(__file__).resolve().parents[2]


def walks_folder() -> Path:
    """The folder of recordings beside the project, or where PLATEN_WALKS says."""
    return Path(os.environ.get("PLATEN_WALKS") or ROOT.parent / "shared" / "walks")


def recordings() -> list[Path]:
    """Every recording; empty where there is no such folder."""
    return sorted(walks_folder().glob("*.snmprec"))


def walk(name: str) -> RecordedAgent:
    """The recording of this name; skips the test where it is missing."""
    path = walks_folder() / f"{name}.snmprec"
    if not path.is_file():
        pytest.skip(f"no recording {path}")
    return RecordedAgent.from_file(path)


def parse_snmprec(text: str) -> dict[Oid, Value]:
    """Read ``OID|TAG|VALUE`` lines; a NULL is a value that is not present."""
    found: dict[Oid, Value] = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        oid, tag, value = line.split("|", 2)
        found[parse_oid(oid)] = _value(tag, value)
    return found


def _value(tag: str, text: str) -> Value:
    number = int(tag.rstrip("xe"))
    is_hex = tag.endswith("x")
    if number in _NUMBERS:
        return Value(_NUMBERS[number], int(text))
    if number == 4:
        return Value(Tag.OCTET_STRING, bytes.fromhex(text) if is_hex else text.encode())
    if number == 6:
        return Value(Tag.OBJECT_IDENTIFIER, parse_oid(text))
    if number == 64:
        octets = bytes.fromhex(text) if is_hex else bytes(map(int, text.split(".")))
        return Value(Tag.IP_ADDRESS, octets)
    if number == 5:
        return Value(Tag.NULL, None)
    raise ValueError(f"unknown tag {tag!r}")


def oid(text: str) -> Oid:
    """``parse_oid`` with short heads (``prt.``, ``hr.``, ...) for the trees of the MIBs."""
    for head, tree in (
        ("prt.", "1.3.6.1.2.1.43."),
        ("hr.", "1.3.6.1.2.1.25.3."),
        ("sys.", "1.3.6.1.2.1.1."),
        ("if.", "1.3.6.1.2.1.2.2.1."),
        ("ip.", "1.3.6.1.2.1.4.20.1."),
        ("e.", "1.3.6.1.4.1."),
    ):
        if text.startswith(head):
            return parse_oid(tree + text.removeprefix(head))
    return parse_oid(text)


def values(rows: Mapping[str, int | str | bytes | Oid]) -> dict[Oid, Value]:
    """Values by short OID: numbers, texts, octets, and OIDs as tuples."""
    return {oid(name): _plain(value) for name, value in rows.items()}


def _plain(value: int | str | bytes | Oid) -> Value:
    if isinstance(value, int):
        return Value(Tag.INTEGER, value)
    if isinstance(value, str):
        return Value(Tag.OCTET_STRING, value.encode())
    if isinstance(value, bytes):
        return Value(Tag.OCTET_STRING, value)
    return Value(Tag.OBJECT_IDENTIFIER, value)


class RecordedAgent:
    """Serves ``values`` through ``core.snmp.types.SnmpAgent``; counts calls as requests."""

    def __init__(self, values: Mapping[Oid, Value]) -> None:
        self.values = {name: value for name, value in values.items() if value.present}
        self.asked: list[Oid] = []
        self._requests = 0

    @classmethod
    def from_text(cls, text: str) -> RecordedAgent:
        return cls(parse_snmprec(text))

    @classmethod
    def from_file(cls, path: Path) -> RecordedAgent:
        # Recordings are ASCII in their form; odd octets in plain values are kept as they are.
        text = path.read_bytes().decode("utf-8", errors="replace")
        return cls.from_text(text)

    async def get(self, oids: Sequence[Oid]) -> dict[Oid, Value]:
        self._count(oids)
        return {name: self.values[name] for name in oids if name in self.values}

    async def walk(self, root: Oid) -> dict[Oid, Value]:
        self._count([root])
        return self._below([root])

    async def columns(self, columns: Sequence[Oid], rows: int = 10) -> dict[Oid, Value]:
        assert rows > 0
        self._count(columns)
        return self._below(columns)

    @property
    def cost(self) -> Cost:
        return Cost(self._requests, 40 * self._requests, 90 * self._requests, 1.5 * self._requests)

    def _count(self, oids: Iterable[Oid]) -> None:
        self.asked += oids
        self._requests += 1

    def _below(self, roots: Sequence[Oid]) -> dict[Oid, Value]:
        found = {
            name: value
            for name, value in self.values.items()
            for root in roots
            if len(name) > len(root) and name[: len(root)] == root
        }
        return dict(sorted(found.items()))
