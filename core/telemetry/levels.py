"""What a level says, and what it does not: the numbers of supplies and trays.

RFC 3805: -1 is "no restriction", -2 "unknown", -3 "some remaining". None of them is ever a number.
A supply is ``low`` at 10 % and below, ``empty`` at 0; a printer's own alert may say it earlier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from core.model.provenance import Confidence
from core.model.reading import LevelState

LOW_PERCENT: Final = 10.0

UNLIMITED: Final = -1
UNKNOWN: Final = -2
SOME_REMAINING: Final = -3

_UNIT_PERCENT: Final = 19  # PrtMarkerSuppliesSupplyUnitTC percent
_NEGATIVE: Final = {
    UNLIMITED: (LevelState.UNLIMITED, "no restriction (-1)"),
    UNKNOWN: (LevelState.UNKNOWN, "unknown (-2)"),
    SOME_REMAINING: (LevelState.SOME_REMAINING, "some remaining (-3)"),
}


@dataclass(frozen=True, slots=True)
class LevelReading:
    """A level made sense of; ``rule`` says by what, for a person."""

    percent: float | None
    state: LevelState
    rule: str
    confidence: Confidence = Confidence.STANDARD


def supply_level(
    level: int | None,
    most: int | None,
    unit: int | None,
    low: frozenset[int] = frozenset(),
) -> LevelReading:
    """Read prtMarkerSuppliesLevel with its MaxCapacity and SupplyUnit (``None``: absent).

    ``low`` are numbers below zero by which this maker says "nearly empty".
    """
    if level is None:
        return LevelReading(None, LevelState.UNKNOWN, "no level")
    if level < 0:
        return _negative(level, low)
    if most is not None and most > 0:
        return _ratio(level, most)
    if unit == _UNIT_PERCENT and level <= 100:
        return _known(float(level), "level in percent")
    if level == 0:
        # Nothing is nothing in any unit, by the standard; a maker may count what is used up.
        rule = "level 0, capacity not known"
        return LevelReading(None, LevelState.EMPTY, rule, Confidence.DOUBTFUL)
    rule = "level without a capacity"
    return LevelReading(None, LevelState.UNKNOWN, rule, Confidence.DOUBTFUL)


def percent_level(percent: float, low: frozenset[int] = frozenset()) -> LevelReading:
    """Read a level that its maker gives in percent; below zero it means what it always means."""
    if percent < 0:
        return supply_level(int(percent), None, None, low)
    if percent > 100:
        rule = "level above 100 percent"
        return LevelReading(None, LevelState.UNKNOWN, rule, Confidence.DOUBTFUL)
    return _known(round(percent, 1) or round(percent, 6), "level in percent")


def receptacle_level(
    level: int | None,
    most: int | None = None,
    unit: int | None = None,
    meaning: str | None = None,
) -> LevelReading:
    """Read the level of a waste container; the percentage is the space that is left.

    By the standard the level is that space, by practice makers differ: unless a profile says what
    it means ("remaining" or "filled"), a number is kept raw and nothing is made of it. -3 means
    the same to all: some space is left.
    """
    if level is None:
        return LevelReading(None, LevelState.UNKNOWN, "no level")
    if level < 0:
        return _negative(level)
    if meaning is None:
        rule = "waste container: makers differ in what its level means"
        return LevelReading(None, LevelState.UNKNOWN, rule, Confidence.DOUBTFUL)
    if meaning == "filled":
        whole = 100 if unit == _UNIT_PERCENT else most
        level = whole - level if whole is not None and 0 <= level <= whole else level
    read = supply_level(level, most, unit)
    return replace(read, rule=f"{read.rule}, waste {meaning} by its profile")


def tray_level(level: int | None, most: int | None) -> LevelReading:
    """Read prtInputCurrentLevel with its MaxCapacity (``None``: absent)."""
    if level is None:
        return LevelReading(None, LevelState.UNKNOWN, "no level")
    if level < 0:
        return _negative(level)
    if most is not None and most > 0 and level <= most:
        return _ratio(level, most)
    if level == 0:
        return LevelReading(None, LevelState.EMPTY, "level 0, capacity not known")
    if most is not None and most > 0:
        return LevelReading(None, LevelState.OK, "level above the capacity")
    return LevelReading(None, LevelState.SOME_REMAINING, "level without a capacity")


def _negative(level: int, low: frozenset[int] = frozenset()) -> LevelReading:
    if level in low:
        rule = f"nearly empty ({level}) by its profile"
        return LevelReading(None, LevelState.LOW, rule, Confidence.PROFILE)
    state, rule = _NEGATIVE.get(level, (LevelState.UNKNOWN, "a negative level of the maker's own"))
    confidence = Confidence.STANDARD if level in _NEGATIVE else Confidence.DOUBTFUL
    return LevelReading(None, state, rule, confidence)


def _ratio(level: int, most: int) -> LevelReading:
    if level > most:
        rule = "level above the capacity"
        return LevelReading(None, LevelState.UNKNOWN, rule, Confidence.DOUBTFUL)
    percent = 100 * level / most
    # A last drop is not nothing: what would round to zero keeps its digits.
    return _known(round(percent, 1) or round(percent, 6), "level by capacity")


def _known(percent: float, rule: str) -> LevelReading:
    if percent <= 0:
        state = LevelState.EMPTY
    else:
        state = LevelState.LOW if percent <= LOW_PERCENT else LevelState.OK
    return LevelReading(percent, state, rule)
