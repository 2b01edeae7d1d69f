"""What a number of pages cannot be, and whether a machine's own sums add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from core.model.provenance import Observation
from core.model.reading import Note
from core.telemetry.profile import SumCheck

# No engine prints a thousand million pages; makers write 2**31-1 and 2**32-1 for "not known".
BEYOND_ALL: Final = 1_000_000_000
# More than this, and more than a hundred times what the engine has printed, is no count of pages.
_MANY: Final = 1_000_000
_TIMES: Final = 100
# A total of nothing beside an engine that has printed this much counts something else.
_USED: Final = 1_000


def implausible(key: str, number: int, engine: int | None, most: int | None = None) -> str | None:
    """Say why ``number`` cannot be this meter, or ``None``.

    ``engine`` is the most that the engine is known to have printed, ``most`` the profile's limit.
    """
    if most is not None and number > most:
        return f"more than {most}, the most that its profile takes for possible"
    if number >= BEYOND_ALL:
        return "more than any engine prints"
    if engine is not None and number > max(_MANY, _TIMES * engine):
        return f"more than a hundred times the {engine} that its engine has counted"
    if key == "total" and number == 0 and engine is not None and engine >= _USED:
        return f"nothing, and its engine has counted {engine}"
    return None


def disagreements(
    checks: Iterable[SumCheck], meters: Mapping[str, Observation[int]]
) -> list[tuple[Note, frozenset[str]]]:
    """Give a note for each sum that is wrong, with the meters it is about.

    Parts that are more than the whole are wrong in any case; parts that are less only where all
    of them are known.
    """
    found = []
    for check in checks:
        parts = [name for name in check.parts if name in meters]
        if check.whole not in meters or not parts:
            continue
        whole, added = meters[check.whole].value, sum(meters[name].value for name in parts)
        all_known = check.complete and len(parts) == len(check.parts)
        if added > whole or (added < whole and all_known):
            text = (
                f"{_words(check.whole)} is {whole}, but "
                f"{' + '.join(f'{_words(n)} {meters[n].value}' for n in parts)} is {added}."
            )
            found.append((Note("meters_disagree", text), frozenset((check.whole, *parts))))
    return found


def _words(name: str) -> str:
    return name.strip("_").replace("_", " ")
