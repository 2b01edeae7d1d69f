"""The last readings of a device side by side: what each told, and what changed in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.ui import evidence_words, facts, wording, words
from core.model.reading import DeviceState, LevelState, Reading, Supply

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
        rows.append(_lives(readings))
    named = _named(readings)
    for key, name in _supplies(named).items():
        rows.append((name, _levels([each.get(key) for each in named])))
    if readings:
        rows.append((QCoreApplication.translate("Beside", "State"), _told(readings, _state)))
        rows.append((QCoreApplication.translate("Beside", "Read by"), _told(readings, _sources)))
    return Beside(tuple(reading.taken_at for reading in readings), tuple(rows))


def _meter(key: str) -> _Read:
    return lambda reading: reading.meters.get(key)


def _lives(readings: Sequence[Reading]) -> tuple[str, tuple[Cell, ...]]:
    """Give the engine's life with its unit: in the name where it is always the same."""
    lives = [reading.engine_life for reading in readings]
    name = facts.engine_life_label()
    units = {life.unit for life in lives if life is not None}
    if len(units) == 1:
        name = f"{name} ({words.unit(*units)})"
    cells = []
    for place, life in enumerate(lives):
        if life is None:
            cells.append(_unknown())
            continue
        before = next((each for each in lives[place + 1 :] if each is not None), None)
        same = before is not None and before.unit == life.unit
        change = _signed(life.value, before.value if same and before else None)
        text = wording.number(life.value) if len(units) == 1 else facts.engine_life(life)
        cells.append(Cell(text, change))
    return name, tuple(cells)


def _counts(readings: Sequence[Reading], read: _Read) -> tuple[Cell, ...]:
    values = [read(reading) for reading in readings]
    return tuple(
        _unknown()
        if value is None
        else Cell(wording.number(int(value)), _signed(value, _before(values, place)))
        for place, value in enumerate(values)
    )


def _named(readings: Sequence[Reading]) -> list[dict[str, Supply]]:
    """Give the supplies of each reading by name; by their own key where a name stands for several.

    Another source has other keys for the same supply: a name outlasts them.
    """
    several = set()
    for reading in readings:
        counted = Counter(words.supply_name(supply) for supply in reading.supplies)
        several |= {name for name, count in counted.items() if count > 1}

    def key(supply: Supply) -> str:
        name = words.supply_name(supply)
        return f"{name} {supply.index}" if name in several else name

    return [{key(s): s for s in facts.in_order(reading.supplies)} for reading in readings]


def _supplies(named: Sequence[dict[str, Supply]]) -> dict[str, str]:
    return {key: words.supply_name(supply) for each in named for key, supply in each.items()}


def _levels(rows: Sequence[Supply | None]) -> tuple[Cell, ...]:
    values = [row.level_percent if row else None for row in rows]
    return tuple(_level(row, _before(values, place)) for place, row in enumerate(rows))


def _level(supply: Supply | None, before: float | None) -> Cell:
    if supply is None:
        return _unknown()
    said = words.level(supply.state, supply.level_percent)
    if supply.level_percent is None:
        if supply.state is LevelState.SOME_REMAINING:  # the usual words are wider than a column
            said = QCoreApplication.translate("Beside", "some left")
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


def _told(readings: Sequence[Reading], say: Callable[[Reading], str]) -> tuple[Cell, ...]:
    """Give what each reading tells in words, and what the one before it told where that differs."""
    said = [say(reading) for reading in readings]
    form = QCoreApplication.translate("Beside", "was %1")
    cells = []
    for place, text in enumerate(said):
        older = said[place + 1 : place + 2]
        differs = older and older[0] != text
        change = form.replace("%1", older[0] or words.not_known(), 1) if differs else ""
        cells.append(Cell(text or words.not_known(), change, known=bool(text)))
    return tuple(cells)


def _state(reading: Reading) -> str:
    if reading.status.state is DeviceState.UNKNOWN:
        return ""
    return words.plain(reading.status.state.value)


def _sources(reading: Reading) -> str:
    return ", ".join(evidence_words.source(each) for each in reading.sources)


def _unknown() -> Cell:
    return Cell(words.not_known(), known=False)
