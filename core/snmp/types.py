"""The values of SNMP (RFC 2578, RFC 3416) as plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol, TypeAlias

from core.model.reading import Cost

Oid: TypeAlias = tuple[int, ...]


class Tag(IntEnum):
    """BER tags of the values that a variable binding can carry."""

    INTEGER = 0x02
    OCTET_STRING = 0x04
    NULL = 0x05
    OBJECT_IDENTIFIER = 0x06
    IP_ADDRESS = 0x40
    COUNTER32 = 0x41
    GAUGE32 = 0x42
    TIME_TICKS = 0x43
    OPAQUE = 0x44
    COUNTER64 = 0x46
    NO_SUCH_OBJECT = 0x80
    NO_SUCH_INSTANCE = 0x81
    END_OF_MIB_VIEW = 0x82


@dataclass(frozen=True, slots=True)
class Value:
    """One value with its type. ``data`` is ``int`` for the numbers, ``bytes`` for OCTET STRING,
    IpAddress (4 octets) and Opaque, an ``Oid`` for OBJECT IDENTIFIER, ``None`` for the rest.
    """

    tag: Tag
    data: int | bytes | Oid | None

    @property
    def present(self) -> bool:
        """Whether there is a value at all (not NULL, noSuch..., endOfMibView)."""
        return self.data is not None

    def number(self) -> int | None:
        """Give the number, or ``None`` where this is not one."""
        return self.data if isinstance(self.data, int) else None

    def octets(self) -> bytes | None:
        """Give the octets, or ``None`` where this is not an octet string."""
        return self.data if isinstance(self.data, bytes) else None

    def oid(self) -> Oid | None:
        """Give the object identifier, or ``None`` where this is not one."""
        return self.data if isinstance(self.data, tuple) else None


@dataclass(frozen=True, slots=True)
class VarBind:
    """A variable binding: a name and its value."""

    oid: Oid
    value: Value


class SnmpAgent(Protocol):
    """One SNMP agent to be asked: the real client, or a recording in tests.

    All three return only values that are present; what is missing is simply not a key. They raise
    ``core.snmp.errors.SnmpError`` when the agent gives nothing usable.
    """

    async def get(self, oids: Sequence[Oid]) -> dict[Oid, Value]:
        """GET, split and bisected as the agent needs it."""
        ...

    async def walk(self, root: Oid) -> dict[Oid, Value]:
        """Everything below ``root``, in order."""
        ...

    async def columns(self, columns: Sequence[Oid], rows: int = 10) -> dict[Oid, Value]:
        """Every row of these columns, side by side; ``rows`` is how many are expected."""
        ...

    @property
    def cost(self) -> Cost:
        """What has been spent on this agent so far."""
        ...


def parse_oid(text: str) -> Oid:
    """Read a dotted OID, with or without a leading dot; raises ``ValueError``."""
    parts = text.strip().removeprefix(".").split(".")
    if not all(p.isascii() and p.isdigit() for p in parts):
        raise ValueError(f"not an object identifier: {text[:80]!r}")
    return tuple(int(p) for p in parts)


def format_oid(oid: Oid) -> str:
    """Write an OID in dotted form."""
    return ".".join(map(str, oid))
