"""The answers over the charts: a sentence answers before a table does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.ui import chart_series, wording, words
from app.ui.chart_data import ChartData, Line
from app.ui.chart_series import seconds
from app.ui.chart_words import said
from app.ui.history_period import Range
from core.model.history import MarkKind, Series
from core.model.reading import Supply

_FALLS = {MarkKind.RESET, MarkKind.FELL, MarkKind.SOURCE_CHANGED}


@dataclass(frozen=True, slots=True)
class Answer:
    """A question, its answer, and what it is to be compared with."""

    question: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """What a counter rose by; not ``whole``: there may be more."""

    value: int | None
    whole: bool


def answers(
    main: Mapping[str, Series], range_: Range, levels: ChartData, supplies: Mapping[str, Supply]
) -> tuple[Answer, ...]:
    """Answer for the main device: pages, the share of colour, scans, the supply that ends first."""
    found = [_pages(main, range_), _share(main, range_), _scans(main, range_)]
    found.append(_supply(levels, supplies))
    return tuple(answer for answer in found if answer is not None)


def summed(series: Series | None, since: float | None, until: float | None) -> Sum:
    """Give what a counter rose by in a time; gaps inside it belong to it."""
    if series is None:
        return Sum(None, whole=False)
    begin = float("-inf") if since is None else since
    end = float("inf") if until is None else until
    inside = [v for v in series.volumes if seconds(v.end) > begin and seconds(v.start) < end]
    known = [v.value for v in inside if v.value is not None]
    told = all(v.value is not None or MarkKind.GAP in v.marks for v in inside)
    whole = bool(inside) and told and not any(_FALLS & set(v.marks) for v in inside)
    for mark in series.marks:
        in_it = begin <= seconds(mark.since) and seconds(mark.until) <= end
        if mark.kind is MarkKind.GAP and mark.amount is not None and in_it:
            known.append(mark.amount)
    first = seconds(inside[0].start) if inside else end
    return Sum(sum(known) if known else None, whole and (since is None or first <= begin))


def _pages(main: Mapping[str, Series], range_: Range) -> Answer | None:
    series = main.get("meters.total") or main.get("meters.mono")
    if series is None:
        return None
    now = summed(series, range_.since, range_.until)
    question = said("Pages in this time")
    if now.value is None:
        return Answer(question, words.not_known(), said("The second reading makes a volume."))
    text = wording.number(now.value)
    return Answer(question, text, _compared(series, range_, now))


def _compared(series: Series, range_: Range, now: Sum) -> str:
    if _falls(series, range_):
        return said("or more: the counter fell, and what was printed then is not known")
    before = _before(series, range_)
    if before is None or not before.value or not before.whole or now.value is None:
        return said("what was read so far") if not now.whole else ""
    percent = round(100 * (now.value - before.value) / before.value)
    sign = "+" if percent > 0 else "−" if percent < 0 else "±"  # noqa: RUF001 - a minus is meant
    return said("%1 on the time before").replace("%1", f"{sign}{abs(percent)} %", 1)


def _falls(series: Series, range_: Range) -> bool:
    begin = range_.since or 0.0
    return any(m.kind in _FALLS and seconds(m.until) >= begin for m in series.marks)


def _before(series: Series, range_: Range) -> Sum | None:
    if range_.before is None:
        return None
    return summed(series, range_.before, range_.since)


def _share(main: Mapping[str, Series], range_: Range) -> Answer | None:
    mono, color = main.get("meters.mono"), main.get("meters.color")
    now = _percent(mono, color, range_.since, range_.until)
    if now is None:
        return None
    before = None
    if range_.before is not None:
        before = _percent(mono, color, range_.before, range_.since)
    note = "" if before is None else said("was %1").replace("%1", wording.percent(before), 1)
    return Answer(said("Colour share"), wording.percent(now), note)


def _percent(
    mono: Series | None, color: Series | None, since: float | None, until: float | None
) -> float | None:
    black, tint = summed(mono, since, until), summed(color, since, until)
    if black.value is None or tint.value is None or not black.value + tint.value:
        return None
    return 100 * tint.value / (black.value + tint.value)


def _scans(main: Mapping[str, Series], range_: Range) -> Answer | None:
    series = main.get("meters.scan")
    now = summed(series, range_.since, range_.until)
    if series is None or now.value is None:
        return None
    return Answer(said("Scans"), wording.number(now.value), _compared(series, range_, now))


def _supply(levels: ChartData, supplies: Mapping[str, Supply]) -> Answer | None:
    lines = [line for line in levels.lines if chart_series.is_spent(line.part.key, supplies)]
    ending = [line for line in lines if line.band is not None]
    if ending:
        first = min(ending, key=lambda line: line.band.likely if line.band else 0.0)
        about, _, range_ = first.forecast.partition(", ")
        return Answer(_title(first, supplies), about, range_)
    told = [line for line in lines if line.levels and line.levels[-1].value is not None]
    if not told:
        return None
    lowest = min(told, key=lambda line: line.levels[-1].value or 0.0)
    level = wording.percent(lowest.levels[-1].value or 0.0)
    form = said("No forecast. %1").replace("%1", lowest.forecast, 1)
    return Answer(_title(lowest, supplies), level, form)


def _title(line: Line, supplies: Mapping[str, Supply]) -> str:
    supply = supplies.get(chart_series.index_of(line.part.key))
    if supply is None:
        return line.part.name
    name, kind = words.supply_name(supply), words.kind(supply.kind)
    return name if kind.lower() in name.lower() else f"{name} {kind.lower()}"


def forecasts(levels: ChartData, shown: tuple[bool, ...]) -> str:
    """Say of each supply in how many days it is empty, or why that cannot be told."""
    on = [line for line, wanted in zip(levels.lines, shown, strict=True) if wanted and line.levels]
    known = [line for line in on if line.band is not None]
    parts = [f"{line.part.name}: {line.forecast}" for line in known]
    reasons: dict[str, list[str]] = {}
    for line in on:
        if line.band is None and line.forecast:
            reasons.setdefault(line.forecast, []).append(line.part.name)
    for why, names in reasons.items():
        form = said("%1: no forecast. %2").replace("%1", ", ".join(names), 1)
        parts.append(form.replace("%2", why, 1))
    return wording.listed(parts)
