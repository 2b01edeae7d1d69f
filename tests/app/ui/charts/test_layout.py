"""Spans, sampling and layout of charts, without a widget."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC

from hypothesis import given, settings
from hypothesis import strategies as st

from app.ui.charts.data import Amount, ChartData, Column, Gap, Level, Line, Marker, Part, Sign
from app.ui.charts.layout import Layout, Speech, lay_out
from app.ui.charts.sampling import pieces, thinned
from app.ui.charts.span import LEAST, Scale, Span
from core.model.history import Bucket

DAY = 86_400.0
SPEECH = Speech(lambda text: 7.0 * len(text), lambda v, u: f"{v:g} {u}", lambda a, r, z: f"{a:.0f}")
ONE = Part("a", "A", "accent")


def columns(count: int, start: float = 0.0) -> tuple[Column, ...]:
    return tuple(
        Column(start + n * DAY, start + (n + 1) * DAY, (Amount(n % 90 + 1, n % 7),))
        for n in range(count)
    )


def laid(data: ChartData, size: tuple[float, float] = (1000.0, 240.0)) -> Layout:
    shown = tuple(True for _ in data.all_parts)
    return lay_out(data, shown, data.bounds, size, UTC, SPEECH)


@given(
    st.floats(0, 1e9), st.floats(LEAST, 1e9), st.floats(0.01, 100), st.floats(0, 1), st.floats(0, 1)
)
@settings(max_examples=200, deadline=None)
def test_zoom_stays_in_bounds_and_around_its_place(
    since: float, length: float, factor: float, where: float, place: float
) -> None:
    bounds = Span(since, since + length)
    span = bounds.zoomed(0.5, since + place * length, bounds)
    at = span.since + where * span.length
    made = span.zoomed(factor, at, bounds)
    assert bounds.since - 1 <= made.since <= made.until <= bounds.until + 1
    assert made.since - 1e-3 * length <= at <= made.until + 1e-3 * length
    moved = made.moved(0.4, bounds)
    assert abs(moved.length - made.length) <= 1e-6 * length + 1e-3
    assert moved.until <= bounds.until + 1


@given(st.lists(st.tuples(st.floats(0, 50), st.floats(0, 100)), max_size=400))
@settings(max_examples=200, deadline=None)
def test_thinning_keeps_what_stands_out(points: list[tuple[float, float]]) -> None:
    points.sort(key=lambda point: point[0])
    kept = thinned(points)
    assert len(kept) <= 4 * 51
    assert [point[0] for point in kept] == sorted(point[0] for point in kept)
    by_pixel: dict[int, list[float]] = {}
    for x, value in points:
        by_pixel.setdefault(int(x), []).append(value)
    for pixel, values in by_pixel.items():
        there = [value for x, value in kept if int(x) == pixel]
        assert (min(there), max(there)) == (min(values), max(values))


def test_ten_thousand_points_are_few_to_draw_and_quick() -> None:
    levels = tuple(Level(n * 900.0, n * 900.0 + 800, float(n * 37 % 101)) for n in range(10_000))
    bounds = Span(0, 10_000 * 900.0)
    data = ChartData(bounds, lines=(Line(ONE, levels),), unit="%", now=bounds.until)
    best = 1.0
    for _ in range(3):
        began = time.process_time()
        made = laid(data)
        best = min(best, time.process_time() - began)
    assert 1000 < made.points <= 4 * 1000
    assert best < 0.05


def test_where_nobody_read_no_line_is_drawn() -> None:
    levels = (Level(0, DAY, 80.0), Level(2 * DAY, 3 * DAY, 70.0), Level(9 * DAY, 9 * DAY, 60.0))
    found = pieces(levels, Scale(Span(0, 10 * DAY), 0, 1000), now=10 * DAY)
    assert [len(piece) for piece in found] == [4, 1]
    unknown = (levels[0], Level(DAY, DAY, None), levels[1])
    assert len(pieces(unknown, Scale(Span(0, 10 * DAY), 0, 1000), now=10 * DAY)) == 2


def test_bars_stand_in_their_buckets_and_unknown_ones_have_none() -> None:
    told = (*columns(5), Column(5 * DAY, 6 * DAY, (Amount(None),)))
    made = laid(ChartData(Span(0, 6 * DAY), (ONE,), told))
    for bar, column in zip(made.bars, told, strict=True):
        middle = made.scale.x((column.start + column.end) / 2)
        assert abs(bar.x + bar.width / 2 - middle) <= 1
    assert made.bars[-1].unknown
    assert made.bars[-1].segments == ()
    assert made.bars[4].segments[0].height == 5 * made.per_unit
    assert made.bars[4].segments[0].guess == 4 * made.per_unit
    assert made.values[-1][0] >= 5


def test_more_buckets_than_pixels_are_one_bar_a_pixel() -> None:
    made = laid(ChartData(Span(0, 3700 * DAY), (ONE,), columns(3700)), (400.0, 200.0))
    assert len(made.bars) <= 400
    assert max(bar.segments[0].height for bar in made.bars) == 90 * made.per_unit


@given(st.integers(60, 1600), st.integers(1, 400), st.sampled_from(list(Bucket)))
@settings(max_examples=150, deadline=None)
def test_no_word_is_over_another_or_cut_off(width: int, days: int, bucket: Bucket) -> None:
    data = ChartData(Span(0, days * DAY), (ONE,), columns(days), bucket=bucket)
    labels = laid(data, (float(width), 200.0)).times
    ends = 0.0
    for label in labels:
        half = SPEECH.measure(label.text) / 2
        assert label.x - half >= ends - 1e-6
        ends = label.x + half
        assert ends <= width + 1e-6


def test_markers_at_one_place_share_a_sign_and_words_need_room() -> None:
    marks = (
        Marker(DAY, Sign.RESET, "began anew"),
        Marker(DAY + 60, Sign.RESET, "began anew"),
        Marker(DAY * 1.4, Sign.FELL, "fell", "a"),
        Marker(DAY * 8, Sign.REPLACED, "replaced", "hidden"),
        Marker(DAY * 9, Sign.STATUS, "error"),
    )
    data = ChartData(Span(0, 10 * DAY), (ONE,), columns(10), markers=marks,
                     gaps=(Gap(-DAY, DAY), Gap(20 * DAY, 21 * DAY)))  # fmt: skip
    made = laid(data)
    words = [flag.word for flag in made.flags]
    assert [len(flag.markers) for flag in made.flags] == [2, 1, 1, 1]
    assert words == ["", "fell", "replaced", "error"]
    assert made.gaps == ((made.scale.left, made.scale.x(DAY)),)
    off = lay_out(data, (False,), data.bounds, (1000, 240), UTC, SPEECH)
    assert next(flag.word for flag in off.flags).endswith("×2")  # noqa: RUF001 - as it is shown
    assert len(off.flags) == 3


def test_a_bucket_that_fills_the_sight_is_seen_as_one() -> None:
    data = ChartData(Span(0, 10 * DAY), (ONE,), columns(10))
    hour = Span(4.3 * DAY, 4.3 * DAY + 3600)
    made = lay_out(data, (True,), hour, (1000, 240), UTC, SPEECH)
    (bar,) = made.bars
    assert bar.column == 4
    assert bar.width > 0.9 * (made.scale.right - made.scale.left)
    assert made.scale.left <= bar.x
    assert bar.x + bar.width <= made.scale.right
    assert len(made.times) > 3  # minutes, though the buckets are days


def test_weeks_begin_where_the_person_lives() -> None:
    monday = 4 * DAY  # 5 January 1970
    data = ChartData(Span(0, 60 * DAY), (ONE,), columns(60))
    for week, behind in ((0, 0.0), (6, DAY)):
        made = lay_out(replace(data, week=week), (True,), data.bounds, (900, 240), UTC, SPEECH)
        first = made.scale.at(made.tick_x[0])
        assert (first + behind - monday) % (7 * DAY) < 60 or (first + behind - monday) % (
            7 * DAY
        ) > 7 * DAY - 60
