"""What is asked of the agent for the History view, and what is made of its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from functools import partial

from app.ui.charts import series as chart_series
from app.ui.charts import words as chart_words
from app.ui.charts.data import ChartData, Gap, Part
from app.ui.charts.meters import DEVICE_INKS, MeterChoice, path
from app.ui.charts.series import LEVEL, Named
from app.ui.charts.span import Span
from app.ui.devices import words as device_words
from app.ui.history.answers import Answer, Printer, answers
from app.ui.history.period import Range, text_of
from app.workers.history import Found, Question
from core.model.device import DeviceSummary
from core.model.history import Bucket, Series
from core.model.query import HistoryArguments
from core.model.reading import Supply

_TOLD = ("total", "mono", "color", "scan")
_STATUS = "status.state"
_DAY = 86_400.0
_LONGEST_SILENCE = 26 * 3600.0  # as the agent has it: nobody knows what was in between
_BUCKET_DAYS = {Bucket.DAY: 1, Bucket.WEEK: 7, Bucket.MONTH: 31}
_LEAST_BUCKETS = 7
_AHEAD = 0.08  # of the time shown, for what is forecast


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants to see: devices (the first is the main one), meters, time, buckets, in
    days of ``days``, the zone that has the name ``zone``, and weeks
    that begin on ``week`` (0: Monday).
    """

    devices: tuple[DeviceSummary, ...]
    choice: MeterChoice
    bucket: Bucket
    range: Range
    zone: str
    days: tzinfo = UTC
    week: int = 0

    @property
    def key(self) -> tuple[object, ...]:
        """What it is about: with the same, zoom and place stay."""
        return (self.keys, self.choice.key, self.bucket, self.range.since, self.range.until)

    @property
    def keys(self) -> tuple[str, ...]:
        """The devices by their keys."""
        return tuple(summary.device.key for summary in self.devices)

    @property
    def compares(self) -> bool:
        """Whether several devices are shown."""
        return len(self.devices) > 1

    @property
    def supplies(self) -> dict[str, Supply]:
        """The supplies of the main device by index."""
        latest = self.devices[0].latest
        return {supply.index: supply for supply in latest.supplies} if latest else {}


@dataclass(frozen=True, slots=True)
class Shown:
    """All that is shown: both charts, and the answers over them. ``known``: there is a volume."""

    volumes: ChartData
    levels: ChartData
    answers: tuple[Answer, ...]
    known: bool


def question(wish: Wish, now: float) -> Question:
    """Make the question; its answer is a ``Shown``."""
    asked = tuple(_volumes(wish, place) for place in range(len(wish.devices)))
    return Question((*asked, _levels(wish)), partial(prepare, wish, now))


def exported(wish: Wish) -> list[HistoryArguments]:
    """Give what is written into a table: what the charts show, by the same buckets."""
    since, until = text_of(wish.range.since), text_of(wish.range.until)
    result = []
    for place, summary in enumerate(wish.devices):
        paths = wish.choice.paths if not wish.compares else (path(wish.choice.single),)
        if place == 0:
            paths = (*paths, *_level_paths(wish))
        key = summary.device.key
        result.append(HistoryArguments(key, paths, since, until, wish.bucket, wish.zone, wish.week))
    return result


def prepare(wish: Wish, now: float, found: Found) -> Shown:
    """Make what is shown of what was found. Runs in a thread."""
    series = [{one.path: one for one in part} for part in found]
    since = wish.range.since
    named = _named(wish, series)
    bounds = _bounds(wish, now, named, found[-1])
    trimmed = [replace(one, series=_cut(one.series, since)) for one in named]
    status = None if wish.compares else series[-1].get(_STATUS)
    volumes = chart_series.bars(
        trimmed, bounds, wish.bucket, stacked=not wish.compares, status=status
    )
    levels = chart_series.curves(
        found[-1], wish.supplies, bounds, now, _maker(wish.devices[0]), wish.days
    )
    known = any(v.value is not None for one in trimmed for v in one.series.volumes)
    silence = _silence(wish, found[-1], now)
    told = answers(series[0], wish.range, levels, _printer(wish, series[-1], silence))
    volumes, levels = (_finished(data, wish, silence) for data in (volumes, levels))
    return Shown(volumes, levels, told, known)


def _volumes(wish: Wish, place: int) -> HistoryArguments:
    summary = wish.devices[place]
    if place == 0:
        extra = tuple(path(meter) for meter in _TOLD)
        chosen = (path(wish.choice.single),) if wish.compares else wish.choice.paths
        paths = tuple(dict.fromkeys((*chosen, *extra)))
    else:
        paths = (path(wish.choice.single),)
    begin = wish.range.since if wish.range.before is None else wish.range.before
    since = begin if place == 0 else wish.range.since
    until = text_of(wish.range.until)
    key = summary.device.key
    return HistoryArguments(key, paths, text_of(since), until, wish.bucket, wish.zone, wish.week)


def _levels(wish: Wish) -> HistoryArguments:
    paths = (*_level_paths(wish), _STATUS)
    since, until = text_of(wish.range.since), text_of(wish.range.until)
    return HistoryArguments(
        wish.devices[0].device.key, paths, since, until, Bucket.RAW, wish.zone, wish.week
    )


def _level_paths(wish: Wish) -> tuple[str, ...]:
    return tuple(f"supplies[{index}]{LEVEL}" for index in wish.supplies) or ("supplies",)


def _named(wish: Wish, series: Sequence[dict[str, Series]]) -> list[Named]:
    if not wish.compares:
        parts = wish.choice.parts()
        maker = _maker(wish.devices[0])
        return [Named(part, series[0][part.key], maker) for part in parts if part.key in series[0]]
    result = []
    for place, summary in enumerate(wish.devices):
        one = series[place].get(path(wish.choice.single))
        if one is not None:
            name = device_words.place_name(summary)
            part = Part(summary.device.key, name, DEVICE_INKS[place], place)
            result.append(Named(part, one, _maker(summary)))
    return result


def _silence(wish: Wish, found: Sequence[Series], now: float) -> Gap | None:
    """Give the time at the end of what is shown in which nobody has read the main device."""
    read = [chart_series.seconds(s.points[-1].until) for s in found if s.points]
    last, until = max(read, default=now), min(now, wish.range.until or now)
    return Gap(last, until) if until - last > _LONGEST_SILENCE else None


def _finished(data: ChartData, wish: Wish, silence: Gap | None) -> ChartData:
    """Add what is not in the series: until when and since when nobody has read, and when weeks
    begin. Of several devices each would have its own.
    """
    data = replace(data, week=wish.week)
    if data.empty or (wish.compares and not data.lines):
        return data
    starts = [column.start for column in data.columns[:1]]
    starts += [line.levels[0].at for line in data.lines if line.levels]
    before = Gap(data.bounds.since, min(starts))
    found = [before] if before.until - before.since > _DAY else []
    return replace(data, gaps=(*found, *data.gaps, *([silence] if silence else [])))


def _printer(wish: Wish, levels: Mapping[str, Series], silence: Gap | None) -> Printer:
    main, status = wish.devices[0], levels.get(_STATUS)
    source = status.origins[-1].source if status is not None and status.origins else None
    name = device_words.place_name(main) if wish.compares else ""
    since = chart_words.day(silence.since, wish.days) if silence is not None else ""
    return Printer(main.latest, source, name, since)


def _maker(summary: DeviceSummary) -> str:
    return summary.device.identity.vendor or ""


def _cut(series: Series, since: float | None) -> Series:
    """Leave out what belongs to the time before, which was asked for to compare with."""
    if since is None:
        return series
    kept = tuple(v for v in series.volumes if chart_series.seconds(v.end) > since)
    marks = tuple(m for m in series.marks if chart_series.seconds(m.until) > since)
    return replace(series, volumes=kept, marks=marks)


def _bounds(wish: Wish, now: float, named: Sequence[Named], found: Sequence[Series]) -> Span:
    """Give the time to show: that which was chosen, from the first reading on."""
    starts = [chart_series.seconds(v.start) for one in named for v in one.series.volumes[:1]]
    starts += [chart_series.seconds(p.at) for s in found for p in s.points[:1]]
    ends = [chart_series.seconds(v.end) for one in named for v in one.series.volumes[-1:]]
    until = wish.range.until or max([now, *ends])
    least = _LEAST_BUCKETS * _BUCKET_DAYS.get(wish.bucket, 1) * _DAY
    since = min([*starts, until - least])
    if wish.range.since is not None:
        since = max(since, wish.range.since)
    since = min(since, until - _DAY)
    ahead = wish.range.until is None and any(s.forecast and s.forecast.days for s in found)
    return Span(since, until + (until - since) * _AHEAD if ahead else until)
