"""Answers the query for history: which series of a device, in pages of bounded size."""

from __future__ import annotations

import asyncio
import zoneinfo
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, tzinfo

from core.channel.convert import QueryPage
from core.host.clock import parse_rfc3339
from core.model.history import Bucket, Series
from core.model.jsonio import to_json
from core.model.problem import BadInputError
from core.model.query import HistoryArguments
from core.store.history.facade import History
from core.store.history.read import Kept, Part
from core.telemetry.history.forecast import MOST_DAYS
from core.telemetry.history.view import LEVEL, Window, is_counter, series

#: A page ends after so many points, or so many series.
_MOST_POINTS = 5000
_MOST_SERIES = 50
#: So many series are made at once, of which a page may need fewer: changes are many.
_AT_ONCE, _CHANGES_AT_ONCE = 8, 2
# Two months on each side: what a volume at the border of the window is reckoned from.
_AROUND = 62 * 86_400
# The life of a cartridge, for a forecast and its replacement.
_LIFE = 400 * 86_400
_FOREVER = 1 << 40


async def history(store: History, wanted: HistoryArguments, token: str) -> QueryPage:
    """Give one page of series; raises ``BadInputError``, ``StoreError``."""
    window = Window(
        _time(wanted.since, 0),
        _time(wanted.until, _FOREVER),
        wanted.bucket,
        _zone(wanted.zone),
        week=wanted.week % 7,
    )
    paths = [path for path in await store.paths(wanted.device) if _chosen(path, wanted.paths)]
    place, resume = _place(token, paths)
    now = int(store.clock().timestamp())
    items: list[str] = []
    points = 0
    while place < len(paths):
        raw = window.bucket is Bucket.RAW
        some = paths[place : place + (_CHANGES_AT_ONCE if raw else _AT_ONCE)]
        parts = [part for path in some for part in _parts(path, window)]
        kept = await store.read_many(wanted.device, parts)
        # In a thread: the agent's loop has printers to answer.
        made = await asyncio.to_thread(_made, some, kept, replace(window, resume=resume), now)
        for one, text in made:
            items.append(text)
            points += len(one.points) + len(one.volumes)
            if one.more:
                resume = int(parse_rfc3339(one.points[-1].at).timestamp()) + 1
                return QueryPage(tuple(items), f"{resume}|{one.path}", len(paths))
            place += 1
            if place < len(paths) and (points >= _MOST_POINTS or len(items) >= _MOST_SERIES):
                return QueryPage(tuple(items), f"0|{paths[place]}", len(paths))
        resume = 0
    return QueryPage(tuple(items), "", len(paths))


def _parts(path: str, window: Window) -> tuple[Part, ...]:
    """Give what a series is made of: its value, and for a level the serial number beside it."""
    if path.endswith(LEVEL):
        since, until = window.since - _LIFE, window.until
        serial = Part(path.removesuffix(LEVEL) + ".serial", since, until, None)
        return (Part(path, since, until + _LIFE, window.since, MOST_DAYS + 1), serial)
    raw = window.bucket is Bucket.RAW
    around = 0 if raw else _AROUND
    told = window.since if raw or not is_counter(path) else None
    return (Part(path, window.since - around, window.until + around, told),)


def _made(
    paths: Sequence[str], kept: Sequence[Kept], window: Window, now: int
) -> list[tuple[Series, str]]:
    """Make the series of some values, each with its JSON; the first of them goes on."""
    made: list[tuple[Series, str]] = []
    rest = iter(kept)
    for path in paths:
        own = next(rest)
        serials = next(rest) if path.endswith(LEVEL) else None
        one = _series(path, own, serials, replace(window, resume=0) if made else window, now)
        made.append((one, to_json(one)))
        if one.more:
            break
    return made


def _series(path: str, kept: Kept, serials: Kept | None, window: Window, now: int) -> Series:
    begun = kept.runs[0].at if kept.runs else window.since
    ended = kept.runs[-1].until if kept.runs else window.until
    until = min(window.until, max(ended, window.since))
    bounded = replace(window, since=min(max(window.since, begun), until), until=until)
    try:
        return series(path, kept, serials, bounded, now)
    except ValueError as error:
        raise BadInputError(
            "too_many_buckets", f"So long a time has {error}.", "Ask for weeks or months."
        ) from None


def _chosen(path: str, wanted: Sequence[str]) -> bool:
    return not wanted or any(
        path == name or path.startswith((f"{name}.", f"{name}[")) for name in wanted
    )


def _zone(name: str) -> tzinfo:
    if name == "UTC":
        return UTC
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise BadInputError(
            "unknown_zone", f"There is no time zone {name[:60]!r}.", "Try Europe/Berlin, or UTC."
        ) from None


def _time(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    try:
        return int(parse_rfc3339(text).timestamp())
    except ValueError:
        raise BadInputError(
            "bad_time", f"Not a time: {text[:40]!r}.", "Write it as 2026-01-31T00:00:00Z."
        ) from None


def _place(token: str, paths: Sequence[str]) -> tuple[int, int]:
    if not token:
        return 0, 0
    at, _, path = token.partition("|")
    if path not in paths or not at.isdecimal():
        raise BadInputError("bad_page", "Not a page of this history.", "Start at the top.")
    return paths.index(path), int(at)
