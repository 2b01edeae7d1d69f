"""Answers the query for history: which series of a device, in pages of bounded size."""

from __future__ import annotations

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
from core.telemetry.history.view import LEVEL, Window, series

#: A page ends after so many points, or so many series.
_MOST_POINTS = 5000
_MOST_SERIES = 50
# Two months on each side: what a volume at the border of the window is reckoned from.
_AROUND = 62 * 86_400
# The life of a cartridge, for a forecast and its replacement.
_LIFE = 400 * 86_400
_FOREVER = 1 << 40


async def history(store: History, wanted: HistoryArguments, token: str) -> QueryPage:
    """Give one page of series; raises ``BadInputError``, ``StoreError``."""
    zone = _zone(wanted.zone)
    since, until = _time(wanted.since, 0), _time(wanted.until, _FOREVER)
    paths = [path for path in await store.paths(wanted.device) if _chosen(path, wanted.paths)]
    first, resume = _place(token, paths)
    now = int(store.clock().timestamp())
    items: list[str] = []
    points = 0
    for place in range(first, len(paths)):
        if points >= _MOST_POINTS or len(items) >= _MOST_SERIES:
            return QueryPage(tuple(items), f"0|{paths[place]}", len(paths))
        window = Window(since, until, wanted.bucket, zone, resume)
        made = await _series(store, wanted.device, paths[place], window, now)
        items.append(to_json(made))
        points += len(made.points) + len(made.volumes)
        if made.more:
            resume = int(parse_rfc3339(made.points[-1].at).timestamp()) + 1
            return QueryPage(tuple(items), f"{resume}|{paths[place]}", len(paths))
        resume = 0
    return QueryPage(tuple(items), "", len(paths))


async def _series(store: History, device: str, path: str, window: Window, now: int) -> Series:
    around = _LIFE if path.endswith(LEVEL) else 0 if window.bucket is Bucket.RAW else _AROUND
    kept = await store.read(device, path, window.since - around, window.until + around)
    serials = None
    if path.endswith(LEVEL):
        other = path.removesuffix(LEVEL) + ".serial"
        serials = await store.read(device, other, window.since - around, window.until)
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
