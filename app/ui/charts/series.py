"""From histories as the agent gives them to what a chart shows. Runs in a thread: plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo

from app.ui import wording, words
from app.ui.charts import words as chart_words
from app.ui.charts.data import (
    Amount,
    Band,
    ChartData,
    Column,
    Gap,
    Level,
    Line,
    Marker,
    Part,
    Sign,
    Sources,
)
from app.ui.charts.sampling import apart
from app.ui.charts.span import Span
from core.host.clock import parse_rfc3339
from core.model.history import Bucket, Forecast, Mark, MarkKind, Point, Series
from core.model.reading import Supply, SupplyKind

_DAY = 86_400.0
LEVEL = ".level_percent"
_SIGNS = {
    MarkKind.REPLACED: Sign.REPLACED,
    MarkKind.RESET: Sign.RESET,
    MarkKind.FELL: Sign.FELL,
    MarkKind.WRAPPED: Sign.WRAPPED,
    MarkKind.SOURCE_CHANGED: Sign.RESET,
    MarkKind.CLOCK_SUSPECT: Sign.CLOCK,
}
_TONERS = {"black": "toner_k", "cyan": "toner_c", "magenta": "toner_m", "yellow": "toner_y"}
_PATTERNS = {ink: place for place, ink in enumerate(_TONERS.values())}
_SPENT = (SupplyKind.TONER, SupplyKind.INK, SupplyKind.RIBBON)


@dataclass(frozen=True, slots=True)
class Named:
    """One series as a part of a chart, and the maker of its printer."""

    part: Part
    series: Series
    maker: str = ""

    @property
    def sources(self) -> Sources:
        """Where its values came from."""
        return Sources(self.series.origins, self.maker)


def seconds(text: str) -> float:
    """Give RFC 3339 as Unix seconds."""
    return parse_rfc3339(text).timestamp()


# --- volumes ------------------------------------------------------------------------------------


def bars(
    named: Sequence[Named], bounds: Span, bucket: Bucket, *, stacked: bool, status: Series | None
) -> ChartData:
    """Make the chart of volumes: of some meters of one device (stacked), or one of several."""
    markers, gaps = _marks(named)
    if status is not None:
        markers += _troubles(status)
    ended = [seconds(v.end) for one in named for v in one.series.volumes[-1:]]
    return ChartData(
        bounds=bounds,
        parts=tuple(one.part for one in named),
        columns=_columns(named),
        markers=tuple(sorted(markers, key=lambda marker: marker.at)),
        gaps=gaps,
        bucket=bucket,
        stacked=stacked,
        now=max(ended, default=None),
        sources=tuple(one.sources for one in named),
    )


def _columns(named: Sequence[Named]) -> tuple[Column, ...]:
    found: dict[float, list[Amount | None]] = {}
    ends: dict[float, float] = {}
    for place, one in enumerate(named):
        for volume in one.series.volumes:
            start = seconds(volume.start)
            ends[start] = seconds(volume.end)
            row = found.setdefault(start, [None] * len(named))
            row[place] = Amount(volume.value, volume.estimated, volume.complete)
    return tuple(Column(start, ends[start], tuple(found[start])) for start in sorted(found))


def _marks(named: Sequence[Named]) -> tuple[list[Marker], tuple[Gap, ...]]:
    """Give the marks; what several meters of one device have in common is told once."""
    markers: dict[tuple[str, str], list[tuple[Named, Mark]]] = {}
    for one in named:
        for mark in one.series.marks:
            markers.setdefault((mark.kind, mark.until), []).append((one, mark))
    result: list[Marker] = []
    gaps: list[Gap] = []
    for found in markers.values():
        mark = found[0][1]
        if mark.kind is MarkKind.GAP:
            told = ", ".join(filter(None, (_amount(one, each) for one, each in found)))
            gaps.append(Gap(seconds(mark.since), seconds(mark.until), told))
        else:
            who = ", ".join(one.part.name for one, _ in found)
            part = found[0][0].part.key if len(found) == 1 else ""
            result.append(_marker(mark, part, who))
    return result, tuple(gaps)


def _amount(one: Named, mark: Mark) -> str:
    if mark.amount is None:
        return ""
    return f"{one.part.name} {wording.number(mark.amount)}"


def _marker(mark: Mark, part: str, who: str) -> Marker:
    word = chart_words.mark(mark.kind)
    return Marker(seconds(mark.until), _SIGNS[mark.kind], word, part, f"{who} {word}".strip())


def _troubles(status: Series) -> list[Marker]:
    """Give when the printer began to say that it has an error."""
    before, found = None, []
    for point in status.points:
        if point.value == "error" and before != "error":
            word = chart_words.said("error")
            told = chart_words.said("The printer said that it has an error.")
            found.append(Marker(seconds(point.at), Sign.STATUS, word, told=told))
        before = point.value
    return found


# --- levels -------------------------------------------------------------------------------------


def curves(
    found: Iterable[Series],
    supplies: Mapping[str, Supply],
    bounds: Span,
    now: float,
    maker: str = "",
    zone: tzinfo = UTC,
) -> ChartData:
    """Make the chart of levels. ``supplies`` are those of the last reading, by index."""
    levels = (series for series in found if series.path.endswith(LEVEL))
    named = [_named(series, supplies, maker) for series in levels]
    chosen = sorted(named, key=lambda one: (not is_spent(one.part.key, supplies), *_order(one)))
    lines = tuple(_line(one, now, zone) for one in chosen)
    markers = [
        _marker(mark, one.part.key, one.part.name)
        for one in chosen
        for mark in one.series.marks
        if mark.kind in _SIGNS
    ]
    ended = [line.levels[-1].until for line in lines if line.levels]
    return ChartData(
        bounds=bounds,
        lines=lines,
        markers=tuple(sorted(markers, key=lambda marker: marker.at)),
        gaps=_silences(lines, now),
        bucket=Bucket.RAW,
        now=max(ended, default=None),
        unit="%",
    )


def is_spent(key: str, supplies: Mapping[str, Supply]) -> bool:
    """Whether a part is toner, ink or ribbon, which is what people look for first."""
    supply = supplies.get(index_of(key))
    return supply is None or supply.kind in _SPENT


def index_of(path: str) -> str:
    """Give the index of a supply from the path of its level."""
    return path.removeprefix("supplies[").removesuffix(LEVEL).removesuffix("]")


def _named(series: Series, supplies: Mapping[str, Supply], maker: str) -> Named:
    supply = supplies.get(index_of(series.path))
    if supply is None:
        name = chart_words.said("Supply %1").replace("%1", index_of(series.path), 1)
        return Named(Part(series.path, name, "muted", 3), series, maker)
    ink = _TONERS.get(supply.color or "", "muted")
    spent = supply.kind in _SPENT
    # Not by colour alone: each toner has a pattern, and so has each kind of what is no toner.
    dash = _PATTERNS.get(ink, 4) if spent else 1 + list(SupplyKind).index(supply.kind) % 4
    return Named(Part(series.path, words.supply_name(supply), ink, dash), series, maker)


def _order(one: Named) -> tuple[int, int, str]:
    return (_PATTERNS.get(one.part.color, len(_PATTERNS)), one.part.dash, one.part.key)


def _line(one: Named, now: float, zone: tzinfo) -> Line:
    series = one.series
    levels = tuple(_level(point) for point in series.points)
    told, why, rests = "", "", ""
    if series.forecast is not None:
        told, why = chart_words.forecast(series.forecast, now)
        rests = chart_words.rests_on(series.forecast, zone)
    sentence = ", ".join(filter(None, (told, why)))
    band = _band(series.forecast, levels)
    return Line(one.part, levels, one.sources, band, sentence, rests)


def _level(point: Point) -> Level:
    number = point.value if isinstance(point.value, int | float) else None
    return Level(seconds(point.at), seconds(point.until), number, point.raw or (), point.origin)


def _band(found: Forecast | None, levels: Sequence[Level]) -> Band | None:
    if found is None or found.days is None or found.at is None or not levels:
        return None
    at, level = seconds(found.at), levels[-1].value
    if level is None:
        return None
    likely = at + found.days * _DAY
    least = likely if found.least is None else at + found.least * _DAY
    return Band(at, level, likely, least, None if found.most is None else at + found.most * _DAY)


def _silences(lines: Sequence[Line], now: float) -> tuple[Gap, ...]:
    """Give the times in which no line has a level, though each has some before and after."""
    told = [[x for x in line.levels if x.value is not None] for line in lines]
    told = [levels for levels in told if levels]
    if not told:
        return ()
    found = []
    for one, other in zip(told[0], told[0][1:], strict=False):
        if apart(one, other, now) and not any(
            level.until > one.until and level.at < other.at for rest in told[1:] for level in rest
        ):
            found.append(Gap(one.until, other.at))
    return tuple(found)
