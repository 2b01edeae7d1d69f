"""The newest runs of a device, and how a reading changes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import msgspec

from core.model.history import Run, Value
from core.model.provenance import Provenance
from core.store.history.codec import alike
from core.store.history.values import MOST_PATHS, Seen

#: A run ends where a device was not read for longer than this (seconds): nobody knows what was
#: between, even where the value is the same afterwards.
LONGEST_SILENCE = 26 * 3600
#: So many closed runs of one value are packed into a chunk.
FULL = 48

Number = Callable[[Provenance | None], int]


@dataclass(slots=True)
class Head:
    """``lines`` are the newest runs by path. The last one of each lasts until ``last_at``."""

    last_at: int = 0
    lines: dict[str, list[Run]] = field(default_factory=dict)

    def runs(self, path: str) -> list[Run]:
        """Give a path's runs, the open one closed at the last reading."""
        runs = self.lines.get(path, [])
        return [*runs[:-1], runs[-1]._replace(until=self.last_at)] if runs else []


_decoder = msgspec.msgpack.Decoder(dict[str, list[Run]])


def encode(head: Head) -> bytes:
    """Write the lines of a head."""
    return msgspec.msgpack.encode(head.lines)


def decode(last_at: int, body: bytes) -> Head:
    """Read a head."""
    return Head(last_at, _decoder.decode(body))


def take(head: Head, at: int, seen: dict[str, Seen], number: Number) -> None:
    """Note a reading at ``at``, not before ``head.last_at``. ``number`` numbers an origin."""
    broken = bool(head.lines) and at - head.last_at > LONGEST_SILENCE
    for path in head.lines.keys() - seen.keys():
        _close(head, path, None, at, broken=broken)
    for path, value in seen.items():
        if path not in head.lines and len(head.lines) >= MOST_PATHS:
            continue
        other = _elsewhere(head, path, value, number)
        if _close(head, path, value.value, at, broken=broken or other):
            origin = 0 if value.origin is None else number(value.origin)
            run = Run(at, at, value.value, origin, _raw(value))
            head.lines.setdefault(path, []).append(run)
    head.last_at = at


def _elsewhere(head: Head, path: str, value: Seen, number: Number) -> bool:
    """Say whether a counter is read from another place: its volume does not go on, even from the
    same number.
    """
    runs = head.lines.get(path)
    if not runs or not runs[-1].origin or value.origin is None:
        return False
    counter = path.startswith("meters.") or path == "engine_life"
    return counter and number(value.origin) != runs[-1].origin


def _close(head: Head, path: str, value: Value, at: int, *, broken: bool) -> bool:
    """End the open run where it does not go on; gives whether a new one begins.

    A value that is not told any more leaves a run of ``None``.
    """
    runs = head.lines.get(path)
    if not runs:
        return value is not None
    same = runs[-1].value == value and (value is None or not broken)
    if same:
        return False
    runs[-1] = runs[-1]._replace(until=head.last_at)
    if value is None:
        runs.append(Run(at, at, None))
    return value is not None


def _raw(seen: Seen) -> tuple[str, ...] | None:
    if seen.origin is None or seen.origin.raw == (str(seen.value),):
        return None
    return seen.origin.raw


def full(head: Head) -> Iterable[tuple[str, list[Run]]]:
    """Take out the closed runs of each path that has many, for chunks.

    Those before a change of kind (a level that was a word, say) go alone: a chunk has one kind.
    """
    for path, runs in head.lines.items():
        if len(runs) > FULL:
            for part in alike(runs[:-1]):
                yield path, part
            head.lines[path] = runs[-1:]
