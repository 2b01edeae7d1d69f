"""Finds the line of a key in a TOML text: the parser keeps no positions."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from typing import Any


def line_of(text: str, path: Sequence[str | int]) -> int | None:
    """Give the line (from 1) on which the value at ``path`` begins.

    Where the path leads to nothing (a key that is missing), the nearest thing around it counts;
    ``None`` where there is none of it, or the text is not TOML at all.
    """
    lines = text.splitlines()
    for length in range(len(path), 0, -1):
        if _has(lines, len(lines), path[:length]):
            return _first_line(lines, path[:length])
    return None


def _first_line(lines: Sequence[str], path: Sequence[str | int]) -> int:
    """Halve the text until the shortest beginning is found that has the value."""
    low, high = 0, len(lines)
    while high - low > 1:
        middle = (low + high) // 2
        if _has(lines, middle, path):
            high = middle
        else:
            low = middle
    # ``high`` is where the value ends: one over several lines begins where the text last parsed.
    return _whole(lines, high - 1)[0] + 1


def _has(lines: Sequence[str], count: int, path: Sequence[str | int]) -> bool:
    value: Any = _whole(lines, count)[1]
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return False
    return True


def _whole(lines: Sequence[str], count: int) -> tuple[int, dict[str, Any]]:
    """Parse the longest part of the first ``count`` lines that ends no value in its middle."""
    for end in range(count, 0, -1):
        try:
            return end, tomllib.loads("\n".join(lines[:end]) + "\n")
        except (ValueError, RecursionError):
            continue
    return 0, {}
