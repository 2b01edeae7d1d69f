"""What follows from profiles alone is worked out once for each set of them that fits a machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from core.telemetry.profile import Profile

T = TypeVar("T")
_MOST: Final = 256


def remembered(
    work_out: Callable[[tuple[Profile, ...]], T],
) -> Callable[[tuple[Profile, ...]], T]:
    """Remember results by what the profiles' files say; they are shared and must not be changed.

    Profiles that came from no file are worked out each time.
    """
    known: dict[tuple[str, ...], T] = {}

    def ask(profiles: tuple[Profile, ...]) -> T:
        key = tuple([profile.digest for profile in profiles])
        if not all(key):
            return work_out(profiles)
        found = known.get(key)
        if found is None:
            if len(known) >= _MOST:
                known.clear()
            found = known[key] = work_out(profiles)
        return found

    ask.__doc__ = work_out.__doc__
    return ask
