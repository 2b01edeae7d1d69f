"""Runs of one value, packed: columns of variable-length numbers, compressed where that helps.

A packed chunk: one byte (the kind of value, 0x80 where the rest is compressed), then the columns:
how many runs, their times, values, origins and raw values. Numbers are LEB128; signed ones zigzag.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from enum import IntEnum
from itertools import zip_longest

from core.model.history import Run, Value
from core.store.history.varint import Reader, Writer

_COMPRESSED = 0x80
_MOST_RUNS = 100_000
_MOST_BYTES = 16 * 1024 * 1024
_MILLIONTHS = 1_000_000
# As ``str`` writes a number: others stay texts.
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,17}")


class Kind(IntEnum):
    """What the values of a chunk are."""

    WHOLE = 0
    PERCENT = 1  # in millionths of a percent: readings have six digits at most
    WORD = 2


class BadChunkError(ValueError):
    """Bytes that are no packed chunk."""


def kind_of(value: Value) -> Kind:
    """Give the kind that a value (not ``None``) is packed as."""
    if isinstance(value, str):
        return Kind.WORD
    return Kind.PERCENT if isinstance(value, float) else Kind.WHOLE


def alike(runs: list[Run]) -> list[list[Run]]:
    """Cut runs where the kind of their values changes."""
    parts: list[list[Run]] = []
    last = None
    for run in runs:
        kind = last if run.value is None else kind_of(run.value)
        if not parts or (last is not None and kind != last):
            parts.append([])
        parts[-1].append(run)
        last = kind
    return parts


def pack(runs: Sequence[Run]) -> bytes:
    """Pack runs whose values are of one kind, or ``None``."""
    kind = next((kind_of(run.value) for run in runs if run.value is not None), Kind.WORD)
    writer = Writer()
    writer.unsigned(len(runs))
    _put_times(writer, runs)
    if kind is Kind.WORD:
        _put_words(writer, runs)
    else:
        _put_numbers(writer, runs, _MILLIONTHS if kind is Kind.PERCENT else 1)
    _put_origins(writer, runs)
    _put_raw(writer, runs)
    plain = bytes(writer.data)
    small = zlib.compress(plain, 6)
    if len(small) < len(plain):
        return bytes((kind | _COMPRESSED,)) + small
    return bytes((kind,)) + plain


def unpack(chunk: bytes, *, raw: bool = True) -> list[Run]:
    """Give the runs of a chunk, without ``raw`` none of what the printer said; raises
    ``BadChunkError``.
    """
    try:
        return _unpack(chunk, raw=raw)
    except (IndexError, ValueError, OverflowError, zlib.error) as error:
        raise BadChunkError(f"not a chunk of history: {error}") from None


def _unpack(chunk: bytes, *, raw: bool) -> list[Run]:
    kind = Kind(chunk[0] & ~_COMPRESSED)
    body = chunk[1:]
    if chunk[0] & _COMPRESSED:
        inflater = zlib.decompressobj()
        body = inflater.decompress(body, _MOST_BYTES)
        if not inflater.eof:
            raise ValueError("cut off or too large")
    reader = Reader(body)
    count = reader.unsigned()
    if count > min(_MOST_RUNS, len(body)):
        raise ValueError("more runs than bytes")
    starts, ends = _times(reader, count)
    values = _values(reader, count, kind)
    origins = _origins(reader, count)
    told: list[tuple[str, ...] | None] = [None] * count
    if raw:
        _raw(reader, told)
    return list(map(Run._make, zip(starts, ends, values, origins, told, strict=True)))


def _put_times(writer: Writer, runs: Sequence[Run]) -> None:
    last = 0
    for run in runs:
        writer.signed(run.at - last)
        last = run.until
    for run in runs:
        writer.signed(run.until - run.at)


def _times(reader: Reader, count: int) -> tuple[list[int], list[int]]:
    waits, lengths = reader.numbers(count), reader.numbers(count)
    starts, ends = [], []
    last = 0
    for wait, length in zip(waits, lengths, strict=True):
        at = last + ((wait >> 1) ^ -(wait & 1))
        last = at + ((length >> 1) ^ -(length & 1))
        starts.append(at)
        ends.append(last)
    return starts, ends


def _put_numbers(writer: Writer, runs: Sequence[Run], scale: int) -> None:
    last = 0
    for run in runs:
        if run.value is None:
            writer.unsigned(0)
            continue
        value = run.value if scale == 1 else round(float(run.value) * scale)
        if not isinstance(value, int):
            raise TypeError("a chunk holds values of one kind")
        writer.signed(value - last, above=1)
        last = value


def _put_words(writer: Writer, runs: Sequence[Run]) -> None:
    words = list(dict.fromkeys(str(run.value) for run in runs if run.value is not None))
    writer.unsigned(len(words))
    for word in words:
        writer.text(word)
    places = {word: place for place, word in enumerate(words, start=1)}
    for run in runs:
        writer.unsigned(0 if run.value is None else places[str(run.value)])


def _values(reader: Reader, count: int, kind: Kind) -> list[Value]:
    if kind is Kind.WORD:
        words: list[Value] = [None, *(reader.text() for _ in range(reader.unsigned()))]
        return [words[place] for place in reader.numbers(count)]
    found: list[Value] = []
    last = 0
    for coded in reader.numbers(count):
        if coded == 0:
            found.append(None)
            continue
        last += ((coded - 1) >> 1) ^ -((coded - 1) & 1)
        found.append(last / _MILLIONTHS if kind is Kind.PERCENT else last)
    return found


def _put_origins(writer: Writer, runs: Sequence[Run]) -> None:
    """Write how many in a row have which origin."""
    start = 0
    for place in range(1, len(runs) + 1):
        if place == len(runs) or runs[place].origin != runs[start].origin:
            writer.unsigned(place - start)
            writer.unsigned(runs[start].origin)
            start = place


def _origins(reader: Reader, count: int) -> list[int]:
    found: list[int] = []
    while len(found) < count:
        many, origin = reader.unsigned(), reader.unsigned()
        if not 0 < many <= count - len(found):
            raise ValueError("origins do not fit")
        found += [origin] * many
    return found


def _put_raw(writer: Writer, runs: Sequence[Run]) -> None:
    """Write raw values; numbers as what they differ by from those before them."""
    told = [(place, run.raw) for place, run in enumerate(runs) if run.raw is not None]
    writer.unsigned(len(told))
    last: list[int] = []
    before = 0
    for place, raw in told:
        writer.unsigned(place - before)
        before = place
        numbers = [int(text) for text in raw if _NUMBER.fullmatch(text)]
        whole = len(numbers) == len(raw)
        writer.unsigned(len(raw) * 2 + whole)
        if whole:
            for number, earlier in zip_longest(numbers, last[: len(numbers)], fillvalue=0):
                writer.signed(number - earlier)
            last = numbers
        else:
            for text in raw:
                writer.text(text)


def _raw(reader: Reader, told: list[tuple[str, ...] | None]) -> None:
    """Read the raw values, which are the end of a chunk, into the places of their runs."""
    many = reader.unsigned()
    codes = reader.rest()
    if codes is None or not _raw_numbers(codes, many, told):
        _raw_texts(reader, many, told)


def _raw_numbers(codes: list[int], many: int, told: list[tuple[str, ...] | None]) -> bool:
    """Read raw values that are numbers all, which most are and which is three times quicker;
    gives ``False`` where texts are among them.
    """
    last: list[int] = []
    words: list[str] = []
    place = at = 0
    for _ in range(many):
        place += codes[at]
        head = codes[at + 1]
        if not head & 1:
            return False
        first, at = at + 2, at + 2 + head // 2
        part = codes[first:at]
        if len(part) != head // 2:
            raise ValueError("raw values cut off")
        told[place] = _further(last, words, part)
    if at != len(codes):
        raise ValueError("bytes too many")
    return True


def _raw_texts(reader: Reader, many: int, told: list[tuple[str, ...] | None]) -> None:
    last: list[int] = []
    words: list[str] = []
    place = 0
    for _ in range(many):
        ahead, head = reader.numbers(2)
        place += ahead
        size, whole = divmod(head, 2)
        if whole:
            told[place] = _further(last, words, reader.numbers(size))
        else:
            told[place] = tuple(reader.text() for _ in range(size))
    if not reader.at_end:
        raise ValueError("bytes too many")


def _further(last: list[int], words: list[str], codes: list[int]) -> tuple[str, ...]:
    """Give the numbers that differ from the last ones (0 where there was none) by these, as words;
    both lists become these. Few of them differ.
    """
    if len(codes) != len(last):
        more = len(codes) - len(last)
        last[len(codes) :] = [0] * more
        words[len(codes) :] = ["0"] * more
    for place, code in enumerate(codes):
        if code:
            last[place] += (code >> 1) ^ -(code & 1)
            words[place] = str(last[place])
    return tuple(words)
