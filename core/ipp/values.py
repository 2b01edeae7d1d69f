"""One IPP value between its octets and Python (RFC 8010 section 3.9)."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from core.ipp.types import Data, Localised, Range, Resolution, Tag, Value

MAX_LENGTH: Final = 0x7FFF  # lengths are SIGNED-SHORT (RFC 8010 section 3.1)
_DATE_TIME: Final = struct.Struct(">H6BcBB")  # DateAndTime, RFC 2579
_RESOLUTION: Final = struct.Struct(">iib")
_RANGE: Final = struct.Struct(">ii")
_INTEGER: Final = struct.Struct(">i")


def read_value(tag: int, octets: bytes) -> Data:
    """Read the octets of one value that is no collection; never raises.

    Octets that cannot be what the tag says come back as they are: one odd value of a printer is no
    reason to lose all its others.
    """
    if 0x10 <= tag <= 0x1F:
        return None  # out-of-band: some printers put octets there all the same
    if 0x40 <= tag <= 0x5F:
        return read_text(octets)
    reader = _READERS.get(tag)
    if reader is None:
        return octets
    try:
        return reader(octets)
    except (struct.error, ValueError, OverflowError):
        return octets


def write_value(value: Value) -> bytes:
    """Write one value that is no collection; raises ``ValueError`` for what has no such form."""
    data = value.data
    if data is None:
        return b""
    if isinstance(data, bytes):
        return data
    if isinstance(data, str):
        return data.encode()
    if isinstance(data, bool):
        return bytes([data])
    try:
        return _write_packed(data)
    except struct.error as error:
        raise ValueError(f"no IPP value: {error}") from None


def read_text(octets: bytes) -> str:
    """Decode text: UTF-8 as we ask for, else Latin-1, whatever the printer declares."""
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return octets.decode("latin-1")


def _write_packed(data: Data) -> bytes:
    match data:
        case int():
            return _INTEGER.pack(data)
        case Range():
            return _RANGE.pack(data.low, data.high)
        case Resolution():
            return _RESOLUTION.pack(data.cross_feed, data.feed, data.units)
        case Localised():
            return _counted(data.language) + _counted(data.text)
        case datetime():
            return _write_date_time(data)
        case _:
            raise ValueError(f"no IPP value: a {type(data).__name__}")


def _counted(text: str) -> bytes:
    octets = text.encode()
    return struct.pack(">h", len(octets)) + octets


def _read_integer(octets: bytes) -> int:
    return int(_INTEGER.unpack(octets)[0])


def _read_boolean(octets: bytes) -> bool:
    return bool(struct.unpack(">B", octets)[0])


def _read_range(octets: bytes) -> Range:
    return Range(*_RANGE.unpack(octets))


def _read_resolution(octets: bytes) -> Resolution:
    return Resolution(*_RESOLUTION.unpack(octets))


def _read_localised(octets: bytes) -> Localised:
    language, rest = _split_counted(octets)
    text, rest = _split_counted(rest)
    if rest:
        raise ValueError("octets after the text")
    return Localised(read_text(text), read_text(language))


def _split_counted(octets: bytes) -> tuple[bytes, bytes]:
    (length,) = struct.unpack_from(">h", octets)
    if not 0 <= length <= len(octets) - 2:
        raise ValueError("a length beyond the value")
    return octets[2 : 2 + length], octets[2 + length :]


def _read_date_time(octets: bytes) -> datetime:
    year, month, day, hour, minute, second, tenth, sign, off_hour, off_minute = _DATE_TIME.unpack(
        octets
    )
    offset = timedelta(hours=off_hour, minutes=off_minute)
    if sign not in (b"+", b"-"):
        raise ValueError("no direction from UTC")
    zone = timezone(offset if sign == b"+" else -offset)
    return datetime(year, month, day, hour, minute, second, tenth * 100_000, tzinfo=zone)


def _write_date_time(moment: datetime) -> bytes:
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a time without a zone is no dateTime")
    if offset % timedelta(minutes=1):
        moment, offset = moment.astimezone(UTC), timedelta()
    sign = b"-" if offset < timedelta() else b"+"
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    clock = (moment.hour, moment.minute, moment.second, moment.microsecond // 100_000)
    return _DATE_TIME.pack(moment.year, moment.month, moment.day, *clock, sign, hours, minutes)


_READERS: Final[dict[int, Callable[[bytes], Data]]] = {
    Tag.INTEGER: _read_integer,
    Tag.ENUM: _read_integer,
    Tag.BOOLEAN: _read_boolean,
    Tag.DATE_TIME: _read_date_time,
    Tag.RESOLUTION: _read_resolution,
    Tag.RANGE: _read_range,
    Tag.TEXT_WITH_LANGUAGE: _read_localised,
    Tag.NAME_WITH_LANGUAGE: _read_localised,
}
