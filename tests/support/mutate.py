"""Recordings made wrong: what a broken agent, a bad copy or a hostile device could answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from core.snmp.types import Oid, Tag, Value

Rows = dict[Oid, Value]
_EDGES = (-100, -4, -3, -2, -1, 0, 1, 19, 100, 101, 2**31 - 1, 2**32 - 1, 2**64 - 1, -(2**31))


def mutated(rows: Rows, rng: Random, texts: Sequence[str]) -> Rows:
    """Give a copy of ``rows`` with up to thirty of them changed; ``texts`` are worth a try."""
    found = dict(rows)
    for _ in range(rng.randint(1, 30)):
        if not found:
            break
        place = rng.choice(list(found)) if len(found) < 40 else rng.choice(_few(found, rng))
        rng.choice(_CHANGES)(found, place, rng, texts)
    return found


def _few(rows: Rows, rng: Random) -> list[Oid]:
    # Half of the time one table is hit hard rather than all of them a little.
    places = list(rows)
    start = rng.randrange(len(places))
    return places[start : start + 20] if rng.random() < 0.5 else places


def _drop(rows: Rows, place: Oid, rng: Random, texts: Sequence[str]) -> None:
    del rows[place]


def _drop_column(rows: Rows, place: Oid, rng: Random, texts: Sequence[str]) -> None:
    for each in [name for name in rows if name[: len(place) - 1] == place[:-1]]:
        del rows[each]


def _number(rows: Rows, place: Oid, rng: Random, texts: Sequence[str]) -> None:
    known = rows[place].data
    near = known + rng.randint(-3, 3) if isinstance(known, int) else rng.randint(0, 120)
    number = rng.choice((near, rng.choice(_EDGES), rng.getrandbits(32)))
    rows[place] = Value(rng.choice((Tag.INTEGER, Tag.COUNTER32)), number)


def _text(rows: Rows, place: Oid, rng: Random, texts: Sequence[str]) -> None:
    rows[place] = Value(Tag.OCTET_STRING, rng.choice(texts).encode())


def _octets(rows: Rows, place: Oid, rng: Random, texts: Sequence[str]) -> None:
    known = rows[place].data
    octets = bytearray(known if isinstance(known, bytes) and known else rng.randbytes(8))
    for _ in range(rng.randint(1, 3)):
        octets[rng.randrange(len(octets))] = rng.choice((0, 0xFF, 10, rng.randrange(256)))
    cut = rng.randint(0, len(octets)) if rng.random() < 0.3 else len(octets)
    rows[place] = Value(Tag.OCTET_STRING, bytes(octets[:cut]))


def _object_id(rows: Rows, place: Oid, rng: Random, texts: Sequence[str]) -> None:
    rows[place] = Value(Tag.OBJECT_IDENTIFIER, rng.choice(list(rows))[: rng.randint(2, 12)])


def _nothing(rows: Rows, place: Oid, rng: Random, texts: Sequence[str]) -> None:
    rows[place] = Value(Tag.NULL, None)


def _moved(rows: Rows, place: Oid, rng: Random, texts: Sequence[str]) -> None:
    rows[(*place[:-1], rng.choice((0, 1, 2, 7, 2**31)))] = rows[place]


def _device(rows: Rows, place: Oid, rng: Random, texts: Sequence[str]) -> None:
    """Say it of another device index."""
    rows[(*place[:-2], rng.choice((0, 1, 2, 3)), place[-1])] = rows[place]


def _exchanged(rows: Rows, place: Oid, rng: Random, texts: Sequence[str]) -> None:
    rows[place] = rows[rng.choice(list(rows))]


_CHANGES: tuple[Callable[[Rows, Oid, Random, Sequence[str]], None], ...] = (
    _drop, _drop_column, _number, _number, _text, _octets, _object_id, _nothing, _moved, _device,
    _exchanged,
)  # fmt: skip
