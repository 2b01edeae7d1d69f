"""Where in a profile's text a key is: an error that names its line is mended at once."""

from __future__ import annotations

import re
from typing import Final

_PATH: Final = re.compile(r"(?P<head>[\w.-]+?)(?:\[(?P<at>\d+)\])?(?:\.(?P<key>\w+))?")
_HEADER: Final = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?")
_NAMED: Final = re.compile(r"`\$?\.?([A-Za-z_]\w*)[^`]*`|'([A-Za-z_]\w*)'")


def line_of(text: str, path: str, why: str = "") -> int | None:
    """Give the line (from 1) of ``path``, such as "meters.total[2]" (counted from 1) or
    "match.object_ids"; ``why`` may name a key in that table. ``None`` where it is not found.
    """
    lines = text.splitlines()
    whole = [n for n, line in enumerate(lines, 1) if _header(line) == path]
    found = _PATH.fullmatch(path)
    if found is None or whole:
        return whole[0] if whole else None
    head, at, key = found["head"], int(found["at"] or 1), found["key"]
    starts = [n for n, line in enumerate(lines) if _header(line) == head]
    if len(starts) < at:
        # Not a table of its own: a key in the table above it, or one of the file.
        table, _, key = head.rpartition(".")
        starts = [n for n, line in enumerate(lines) if _header(line) == table] if table else [-1]
        return _key(lines, starts[0], key) if starts else None
    start = starts[at - 1]
    names = [key, *(name for pair in _NAMED.findall(why) for name in pair)]
    for name in filter(None, names):
        line = _key(lines, start, name)
        if line is not None:
            return line
    return start + 1


def _header(line: str) -> str | None:
    found = _HEADER.fullmatch(line)
    return None if found is None else found.group(1)


def _key(lines: list[str], start: int, key: str) -> int | None:
    """Give the line of ``key`` in the table whose header is at ``start`` (-1: the file's own)."""
    assigned = re.compile(rf"(?:.*[{{,])?\s*{re.escape(key)}\s*=")
    for number in range(start + 1, len(lines)):
        if _header(lines[number]) is not None:
            return None
        if assigned.match(lines[number]):
            return number + 1
    return None
