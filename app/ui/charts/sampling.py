"""Ten thousand points on a thousand pixels: of each pixel the first, least, most, last. No Qt."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from app.ui.charts.data import Level
from app.ui.charts.span import Scale

#: Older levels were thinned: those of days after 90 days, those of months after 400.
_RECENT = 400 * 86_400.0
_APART_RECENT, _APART_OLD = 3 * 86_400.0, 40 * 86_400.0

Piece = list[tuple[float, float]]


def apart(one: Level, other: Level, now: float) -> bool:
    """Whether between two levels so much time went by that no line may join them."""
    limit = _APART_RECENT if other.at > now - _RECENT else _APART_OLD
    return other.at - one.until > limit


def visible(levels: Sequence[Level], since: float, until: float) -> tuple[int, int]:
    """Give the places of the levels that reach into a span, and one more on each side."""
    first = bisect_left(levels, since, key=lambda level: level.until)
    last = bisect_right(levels, until, key=lambda level: level.at)
    return max(0, first - 1), min(len(levels), last + 1)


def pieces(levels: Sequence[Level], scale: Scale, now: float) -> list[Piece]:
    """Give the lines to draw as (x, level): broken where a level was not told, or nobody read.

    Of each pixel at most four points are kept, so that nothing that stands out is lost.
    """
    first, last = visible(levels, scale.span.since, scale.span.until)
    found: list[Piece] = []
    piece: Piece = []
    before: Level | None = None
    for place in range(first, last):
        level = levels[place]
        if level.value is None or (before is not None and apart(before, level, now)):
            piece = []
        if level.value is None:
            before = None
            continue
        if not piece:
            found.append(piece)
        piece.append((scale.x(level.at), level.value))
        if level.until > level.at:
            piece.append((scale.x(level.until), level.value))
        before = level
    return [thinned(piece) for piece in found]


def thinned(points: Piece) -> Piece:
    """Give of each pixel's points the first, the lowest, the highest and the last, in order."""
    result: Piece = []
    start = 0
    while start < len(points):
        pixel, end = int(points[start][0]), start + 1
        while end < len(points) and int(points[end][0]) == pixel:
            end += 1
        if end - start <= 4:
            result += points[start:end]
        else:
            places = range(start, end)
            low = min(places, key=lambda place: points[place][1])
            high = max(places, key=lambda place: points[place][1])
            result += [points[place] for place in sorted({start, low, high, end - 1})]
        start = end
    return result
