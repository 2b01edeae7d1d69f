"""Where everything of a chart stands, in pixels. Without Qt: words and widths are passed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from app.ui.charts.data import ChartData, Column, Line, Marker
from app.ui.charts.sampling import Piece, pieces, thinned
from app.ui.charts.span import Scale, Span
from app.ui.charts.ticks import Rule, Unit, time_ticks, value_ticks
from core.model.history import Bucket


@dataclass(frozen=True, slots=True)
class Speech:
    """How words are made and how wide they are: of a value with its unit, of a tick of time."""

    measure: Callable[[str], float]
    value: Callable[[float, str], str]
    tick: Callable[[float, Rule, tzinfo], str]


_RIGHT, _TOP, _BOTTOM = 14.0, 8.0, 24.0
_LEAST_LEFT = 54.0  # so that charts under each other have their times under each other
SIGN_ROW = 22.0
_TIME_APART, _VALUE_APART = 74.0, 40.0
_BETWEEN = 10.0
_NEAR = 13.0
_SHARE = 0.76
_WIDEST = 64.0
_LEAST_UNIT = {Bucket.DAY: Unit.DAY, Bucket.WEEK: Unit.WEEK, Bucket.MONTH: Unit.MONTH}


@dataclass(frozen=True, slots=True)
class Label:
    """A word that is centred on ``x``."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a bar, from ``y`` down; ``guess`` of its height is estimated."""

    part: int
    y: float
    height: float
    guess: float
    complete: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One bucket; ``unknown`` ones have no segment and are hatched."""

    column: int
    x: float
    width: float
    segments: tuple[Segment, ...]
    unknown: bool


@dataclass(frozen=True, slots=True)
class Flag:
    """Markers at one place, and their word where there is room for it."""

    x: float
    markers: tuple[Marker, ...]
    word: str


@dataclass(frozen=True, slots=True)
class Curve:
    """The pieces of a line in pixels; ``dots`` are single levels, and those of buckets."""

    part: int
    pieces: tuple[Piece, ...]
    dots: Piece


@dataclass(frozen=True, slots=True)
class Layout:
    """All of it. ``value_y`` of a value is ``bottom - value * per_unit``."""

    scale: Scale
    top: float
    bottom: float
    per_unit: float
    values: tuple[tuple[float, str], ...]
    times: tuple[Label, ...]
    tick_x: tuple[float, ...]
    bars: tuple[Bar, ...]
    curves: tuple[Curve, ...]
    flags: tuple[Flag, ...]
    gaps: tuple[tuple[float, float], ...]

    def y(self, value: float) -> float:
        """Give where a value is."""
        return self.bottom - value * self.per_unit

    @property
    def points(self) -> int:
        """How many points there are to draw."""
        dots = sum(len(curve.dots) for curve in self.curves)
        return dots + sum(len(piece) for curve in self.curves for piece in curve.pieces)


def lay_out(
    data: ChartData,
    shown: tuple[bool, ...],
    span: Span,
    size: tuple[float, float],
    zone: tzinfo,
    speech: Speech,
) -> Layout:
    """Lay a chart out on ``size`` pixels; ``shown`` says of each part whether it is drawn."""
    width, height = size
    top, bottom = _TOP + (SIGN_ROW if data.markers else 0.0), height - _BOTTOM
    ticks = _values(data, shown, span, bottom - top)
    values = tuple((tick, speech.value(tick, data.unit)) for tick in ticks)
    left = max(_LEAST_LEFT, max(speech.measure(text) for _, text in values) + 12)
    scale = Scale(span, left, max(width - _RIGHT, left + 10))
    per_unit = (bottom - top) / ticks[-1]
    made = Layout(scale, top, bottom, per_unit, values, (), (), (), (), (), ())
    times, tick_x = _times(data, made, zone, speech, width)
    stacked = data.stacked and bool(data.columns)
    return Layout(
        scale,
        top,
        bottom,
        per_unit,
        values,
        times,
        tick_x,
        bars=_bars(data, shown, made) if stacked else (),
        curves=() if stacked else _curves(data, shown, made),
        flags=_flags(data, shown, made, speech),
        gaps=_gaps(data, made),
    )


def in_sight(data: ChartData, span: Span) -> list[tuple[int, Column]]:
    """Give the columns that reach into a span, with their places."""
    return [
        (place, column)
        for place, column in enumerate(data.columns)
        if column.end > span.since and column.start < span.until
    ]


def _values(
    data: ChartData, shown: tuple[bool, ...], span: Span, height: float
) -> tuple[float, ...]:
    if data.unit == "%":
        return value_ticks(100, 5) if height >= 140 else (0.0, 50.0, 100.0)
    top = 0
    for _, column in in_sight(data, span):
        if data.stacked:
            top = max(top, column.total(shown))
        else:
            pairs = zip(column.amounts, shown, strict=True)
            top = max(top, *(a.value or 0 for a, on in pairs if on and a is not None), 0)
    return value_ticks(max(top, 1), max(2, int(height / _VALUE_APART)))


def _times(
    data: ChartData, made: Layout, zone: tzinfo, speech: Speech, width: float
) -> tuple[tuple[Label, ...], tuple[float, ...]]:
    """Give the words of the time axis, none over another and none cut off."""
    scale = made.scale
    most = max(2, int((scale.right - scale.left) / _TIME_APART))
    least = _LEAST_UNIT.get(data.bucket, Unit.MINUTE)
    if data.columns and scale.span.length < data.columns[-1].end - data.columns[-1].start:
        least = Unit.MINUTE  # a bucket and less: its days are not enough to know where one is
    span = scale.span
    found = time_ticks(span.since, span.until, zone, most, least=least, week=data.week)
    middles = {column.start: (column.start + column.end) / 2 for column in data.columns}
    # Where there is no column the word stands as if there were one.
    half_a_column = (data.columns[-1].end - data.columns[-1].start) / 2 if data.columns else 0.0
    labels: list[Label] = []
    free = 0.0
    for at in found.at:
        text = speech.tick(at, found.rule, zone)
        half = speech.measure(text) / 2
        fine = found.rule.unit in {Unit.MINUTE, Unit.HOUR}
        x = scale.x(at if fine else middles.get(at, at + half_a_column))
        if x > scale.right + 1:
            continue
        x = min(max(x, half), width - half)
        if x - half >= free:
            labels.append(Label(x, text))
            free = x + half + _BETWEEN
    return tuple(labels), tuple(scale.x(at) for at in found.at)


def _bars(data: ChartData, shown: tuple[bool, ...], made: Layout) -> tuple[Bar, ...]:
    """Give the bars; where several share a pixel, the highest stands for them."""
    found: dict[int, Bar] = {}
    heights: dict[int, int] = {}
    for place, column in in_sight(data, made.scale.span):
        bar = _bar(data, place, shown, made)
        pixel, height = round(bar.x), column.total(shown)
        if pixel not in found or height > heights[pixel]:
            found[pixel], heights[pixel] = bar, height
    return tuple(found.values())


def _bar(data: ChartData, place: int, shown: tuple[bool, ...], made: Layout) -> Bar:
    column = data.columns[place]
    scale = made.scale
    begin, end = scale.x(column.start), scale.x(column.end)
    width = max(1.0, min(_WIDEST, float(round((end - begin) * _SHARE))))
    if end - begin > (scale.right - scale.left) / 2:  # so near that hours are told apart
        begin, end = max(begin, scale.left), min(end, scale.right)
        width = max(1.0, end - begin - _BETWEEN)
    x = round((begin + end - width) / 2)
    segments: list[Segment] = []
    y = made.bottom
    for part, amount in enumerate(column.amounts):
        if not shown[part] or amount is None or not amount.value:
            continue
        height = amount.value * made.per_unit
        guess = amount.estimated * made.per_unit
        y -= height
        segments.append(Segment(part, y, height, guess, amount.complete))
    return Bar(place, float(x), width, tuple(segments), column.unknown(shown))


def _curves(data: ChartData, shown: tuple[bool, ...], made: Layout) -> tuple[Curve, ...]:
    if data.columns:
        return tuple(_compared(data, part, made) for part, on in enumerate(shown) if on)
    now = data.now or made.scale.span.until
    return tuple(
        _curve(place, line, made, now) for place, line in enumerate(data.lines) if shown[place]
    )


def _curve(place: int, line: Line, made: Layout, now: float) -> Curve:
    found = pieces(line.levels, made.scale, now)
    placed = tuple([(x, made.y(value)) for x, value in piece] for piece in found)
    return Curve(place, placed, [piece[0] for piece in placed if len(piece) == 1])


def _compared(data: ChartData, part: int, made: Layout) -> Curve:
    """Give the volumes of one of several devices: points in the middle of each bucket."""
    found: list[Piece] = [[]]
    for _, column in in_sight(data, made.scale.span):
        amount = column.amounts[part]
        if amount is None or amount.value is None:
            if found[-1]:
                found.append([])
            continue
        middle = made.scale.x((column.start + column.end) / 2)
        found[-1].append((middle, made.y(amount.value)))
    kept = tuple(thinned(piece) for piece in found if piece)
    return Curve(part, kept, [point for piece in kept for point in piece])


def _flags(
    data: ChartData, shown: tuple[bool, ...], made: Layout, speech: Speech
) -> tuple[Flag, ...]:
    """Give the markers in sight: those nearly at one place together, words where there is room."""
    keys = {part.key: on for part, on in zip(data.all_parts, shown, strict=True)}
    groups: list[list[Marker]] = []
    for marker in data.markers:
        if not made.scale.span.holds(marker.at) or not keys.get(marker.part, True):
            continue
        x = made.scale.x(marker.at)
        if groups and x - made.scale.x(groups[-1][0].at) < _NEAR:
            groups[-1].append(marker)
        else:
            groups.append([marker])
    result: list[Flag] = []
    for place, group in enumerate(groups):
        x, word = made.scale.x(group[0].at), _word(group)
        after = groups[place + 1][0].at if place + 1 < len(groups) else None
        room = (made.scale.right + _RIGHT if after is None else made.scale.x(after) - 8) - x - 10
        result.append(Flag(x, tuple(group), word if speech.measure(word) <= room else ""))
    return tuple(result)


def _word(group: Sequence[Marker]) -> str:
    kinds = list(dict.fromkeys(marker.word for marker in group))
    if len(kinds) == 1 and len(group) > 1:
        return f"{kinds[0]} ×{len(group)}"  # noqa: RUF001 - a multiplication sign is meant
    return kinds[0] if len(kinds) == 1 else f"{kinds[0]} +{len(kinds) - 1}"


def _gaps(data: ChartData, made: Layout) -> tuple[tuple[float, float], ...]:
    scale = made.scale
    found = []
    for gap in data.gaps:
        begin, end = max(scale.x(gap.since), scale.left), min(scale.x(gap.until), scale.right)
        if end > begin:
            found.append((begin, end))
    return tuple(found)
