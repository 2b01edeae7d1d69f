"""IPP messages as octets (RFC 8010 section 3): ours out, anybody's in.

Strict where a reader could lose its place (lengths, delimiters, collections), tolerant inside a
value (``core.ipp.values``), and bounded in every direction.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.ipp.errors import IppDecodeError
from core.ipp.types import Collection, Group, GroupTag, Message, Tag, Value
from core.ipp.values import MAX_LENGTH, read_text, read_value, write_value

_HEADER: Final = struct.Struct(">BBHi")
_FIRST_VALUE_TAG: Final = 0x10


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a message is believed. ``values`` counts those inside collections, too."""

    octets: int = 1_048_576
    groups: int = 1_000
    values: int = 50_000
    depth: int = 8
    name: int = 1_023


def decode(data: bytes, limits: Limits = Limits()) -> Message:
    """Read a request or response; what follows the end-of-attributes tag is left alone.

    Of two attributes with one name in a group the first is taken. Raises ``IppDecodeError``.
    """
    return _Decoder(data, limits).message()


def encode(message: Message) -> bytes:
    """Write a message; raises ``ValueError`` for what has no form in IPP."""
    try:
        parts = [_HEADER.pack(*message.version, message.code, message.request_id)]
    except struct.error as error:
        raise ValueError(f"no IPP header: {error}") from None
    for group in message.groups:
        parts.append(bytes([group.tag]))
        for name, values in group.attributes.items():
            _write_attribute(parts, name, values)
    parts.append(bytes([GroupTag.END]))
    return b"".join(parts)


class _Decoder:
    """Goes through the octets once."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        if len(data) > limits.octets:
            raise IppDecodeError(f"more than {limits.octets} octets")
        self._data = data
        self._at = 0
        self._limits = limits
        self._values = 0

    def message(self) -> Message:
        major, minor, code, request_id = _HEADER.unpack(self._take(_HEADER.size, "its header"))
        if major not in (1, 2):
            raise IppDecodeError(f"{major}.{minor} is no version of IPP")
        groups: list[Group] = []
        tag = self._octet()
        while tag != GroupTag.END:
            if not 0 < tag < _FIRST_VALUE_TAG:
                raise IppDecodeError(f"tag 0x{tag:02x} where a group should begin")
            if len(groups) == self._limits.groups:
                raise IppDecodeError(f"more than {self._limits.groups} groups")
            group, tag = self._group(tag)
            groups.append(group)
        return Message((major, minor), code, request_id, tuple(groups))

    def _group(self, group_tag: int) -> tuple[Group, int]:
        """Read a group up to the next delimiter, which comes back beside it."""
        found: dict[str, list[Value]] = {}
        current: list[Value] | None = None
        while (tag := self._octet()) >= _FIRST_VALUE_TAG:
            name, octets = self._frame()
            if name:
                current = []
                found.setdefault(name, current)
            if current is None:
                raise IppDecodeError("a further value before the first attribute of its group")
            current.append(self._value(tag, octets, 1))
        return Group(group_tag, {name: tuple(values) for name, values in found.items()}), tag

    def _value(self, tag: int, octets: bytes, depth: int) -> Value:
        self._values += 1
        if self._values > self._limits.values:
            raise IppDecodeError(f"more than {self._limits.values} values")
        if tag in (Tag.MEMBER_NAME, Tag.END_COLLECTION):
            raise IppDecodeError(f"tag 0x{tag:02x} out of place")
        if tag == Tag.BEGIN_COLLECTION:
            return Value(tag, self._collection(depth))
        return Value(tag, read_value(tag, octets))

    def _collection(self, depth: int) -> Collection:
        """Read the members of a collection and its end (RFC 8010 section 3.1.6)."""
        if depth > self._limits.depth:
            raise IppDecodeError(f"collections within collections, more than {self._limits.depth}")
        members: dict[str, list[Value]] = {}
        current: list[Value] | None = None
        while (tag := self._octet()) != Tag.END_COLLECTION:
            name, octets = self._frame() if tag >= _FIRST_VALUE_TAG else ("a group", b"")
            if name:
                raise IppDecodeError("a collection without an end")
            if tag == Tag.MEMBER_NAME:
                current = []
                members.setdefault(self._text(octets), current)
            elif current is None:
                raise IppDecodeError("a member of a collection without a name")
            else:
                current.append(self._value(tag, octets, depth + 1))
        self._frame()
        return {name: tuple(values) for name, values in members.items() if values}

    def _frame(self) -> tuple[str, bytes]:
        """Read what follows a value tag: the name, and the octets of the value."""
        name = self._text(self._take(self._length(), "a name"))
        return name, self._take(self._length(), "a value")

    def _text(self, octets: bytes) -> str:
        if len(octets) > self._limits.name:
            raise IppDecodeError(f"a name of more than {self._limits.name} octets")
        return read_text(octets)

    def _length(self) -> int:
        length = int.from_bytes(self._take(2, "a length"), "big")
        if length > MAX_LENGTH:
            raise IppDecodeError("a negative length")
        return length

    def _octet(self) -> int:
        return self._take(1, "its attributes")[0]

    def _take(self, count: int, what: str) -> bytes:
        octets = self._data[self._at : self._at + count]
        if len(octets) < count:
            raise IppDecodeError(f"it ends within {what}")
        self._at += count
        return octets


def _write_attribute(parts: list[bytes], name: str, values: tuple[Value, ...]) -> None:
    if not name or not values:
        raise ValueError("an attribute has a name and a value")
    octets = name.encode()
    for value in values:
        _write_frame(parts, value, octets)
        octets = b""  # a further value of the same attribute has no name


def _write_frame(parts: list[bytes], value: Value, name: bytes) -> None:
    if not _FIRST_VALUE_TAG <= value.tag <= 0xFF:
        raise ValueError(f"0x{value.tag:x} is no value tag")
    if value.tag != Tag.BEGIN_COLLECTION:
        _write_octets(parts, value.tag, name, write_value(value))
        return
    members = value.data if isinstance(value.data, Mapping) else {}
    _write_octets(parts, Tag.BEGIN_COLLECTION, name, b"")
    for member, values in members.items():
        _write_octets(parts, Tag.MEMBER_NAME, b"", member.encode())
        for each in values:
            _write_frame(parts, each, b"")
    _write_octets(parts, Tag.END_COLLECTION, b"", b"")


def _write_octets(parts: list[bytes], tag: int, name: bytes, octets: bytes) -> None:
    if len(name) > MAX_LENGTH or len(octets) > MAX_LENGTH:
        raise ValueError(f"more than {MAX_LENGTH} octets in a name or value")
    parts += [bytes([tag]), struct.pack(">H", len(name)), name]
    parts += [struct.pack(">H", len(octets)), octets]
