"""The last readings of a device side by side: what each told, and what changed in between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.ui import facts, wording, words
from core.model.reading import Reading, Supply

_MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in words, and how it changed since the last reading before that told it ("" where it
    did not). ``known`` is false where the reading did not tell it.
    """

    text: str
    change: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class Beside:
    """``times`` (RFC 3339) head the columns, newest first; each row is a name and its cells."""

    times: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[Cell, ...]], ...] = ()


_Read = Callable[[Reading], float | None]


def beside(readings: Sequence[Reading]) -> Beside:
    """Put readings (newest first) side by side."""
    meters = {key for reading in readings for key in reading.meters}
    rows = [
        (words.meter(key), _counts(readings, _meter(key)))
        for key in sorted(meters, key=words.meter_order)
    ]
    if any(reading.engine_life for reading in readings):
        rows.append((facts.engine_life_label(), _counts(readings, _life)))
    for index, name in _supplies(readings).items():
        rows.append((name, _levels(readings, index)))
    states = tuple(
        Cell(words.plain(reading.status.state.value), _new_state(readings, place))
        for place, reading in enumerate(readings)
    )
    if readings:
        rows.append((QCoreApplication.translate("Beside", "State"), states))
    return Beside(tuple(reading.taken_at for reading in readings), tuple(rows))


def _meter(key: str) -> _Read:
    return lambda reading: reading.meters.get(key)


def _life(reading: Reading) -> float | None:
    return reading.engine_life.value if reading.engine_life else None


def _counts(readings: Sequence[Reading], read: _Read) -> tuple[Cell, ...]:
    values = [read(reading) for reading in readings]
    return tuple(
        _unknown()
        if value is None
        else Cell(wording.number(int(value)), _signed(value, _before(values, place)))
        for place, value in enumerate(values)
    )


def _supplies(readings: Sequence[Reading]) -> dict[str, str]:
    found: dict[str, str] = {}
    for reading in readings:
        for supply in facts.in_order(reading.supplies):
            found.setdefault(supply.index, words.supply_name(supply))
    return found


def _levels(readings: Sequence[Reading], index: str) -> tuple[Cell, ...]:
    rows = [next((s for s in each.supplies if s.index == index), None) for each in readings]
    values = [row.level_percent if row else None for row in rows]
    return tuple(_level(row, _before(values, place)) for place, row in enumerate(rows))


def _level(supply: Supply | None, before: float | None) -> Cell:
    if supply is None:
        return _unknown()
    said = words.level(supply.state, supply.level_percent)
    if supply.level_percent is None:
        return Cell(said, known=False)
    # In the whole per cents that are shown: what cannot be seen to change has not changed.
    change = _signed(int(supply.level_percent), None if before is None else int(before))
    return Cell(said, f"{change} %" if change else "")


def _before(values: Sequence[float | None], place: int) -> float | None:
    return next((value for value in values[place + 1 :] if value is not None), None)


def _signed(value: float, before: float | None) -> str:
    if before is None or value == before:
        return ""
    sign = "+" if value > before else _MINUS
    return sign + wording.number(abs(int(value) - int(before)))


def _new_state(readings: Sequence[Reading], place: int) -> str:
    older = readings[place + 1 : place + 2]
    if not older or older[0].status.state is readings[place].status.state:
        return ""
    form = QCoreApplication.translate("Beside", "was %1")
    return form.replace("%1", words.plain(older[0].status.state.value).lower(), 1)


def _unknown() -> Cell:
    return Cell(words.not_known(), known=False)
