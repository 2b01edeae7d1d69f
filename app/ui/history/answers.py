"""The answers over the charts: a sentence answers before a table does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.ui import wording, words
from app.ui.charts import series as chart_series
from app.ui.charts.data import ChartData, Line
from app.ui.charts.series import seconds
from app.ui.charts.words import said, short
from app.ui.history.period import Range
from core.model.device import LatestReading
from core.model.history import MarkKind, Series
from core.model.provenance import Source
from core.model.reading import LevelState, Supply

_PAGES = {"impressions", "sheets", "unknown"}
_LONGEST = 10  # letters of a name: it may be one word, and a card is narrow
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


@dataclass(frozen=True, slots=True)
class Printer:
    """The printer that is asked about: its last reading, how its state is read (``None``: nobody
    noted that), its name where it has to be said, and since which day nobody has read it, in words.
    """

    latest: LatestReading | None = None
    source: Source | None = None
    name: str = ""
    silent_since: str = ""

    @property
    def supplies(self) -> dict[str, Supply]:
        """Its supplies by index."""
        return {s.index: s for s in self.latest.supplies} if self.latest else {}


def answers(
    main: Mapping[str, Series], range_: Range, levels: ChartData, printer: Printer
) -> tuple[Answer, ...]:
    """Answer for the main device: pages, the share of colour, scans, the supply that ends first.

    What cannot be answered is said to be not known, and why.
    """
    found = (
        _pages(main, range_, printer),
        _share(main, range_, printer),
        _scans(main, range_, printer),
        _supply(levels, printer),
    )
    return tuple(_named(answer, printer.name) for answer in found)


def _named(answer: Answer, name: str) -> Answer:
    if not name:
        return answer
    form = said("%1: %2") if answer.note else "%1"
    note = form.replace("%2", answer.note, 1).replace("%1", short(name, _LONGEST), 1)
    return replace(answer, note=note)


def _unknown(question: str, why: str) -> Answer:
    return Answer(question, words.not_known(), why)


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


def _pages(main: Mapping[str, Series], range_: Range, printer: Printer) -> Answer:
    question = said("Pages in this period")
    series = main.get("meters.total") or main.get("meters.mono")
    if series is None:
        life = printer.latest.engine_life if printer.latest else None
        if life is None or life.unit in _PAGES:
            return _unknown(question, _no_count(printer, said("It tells no count of pages.")))
        form = said("It counts %1, not pages.").replace("%1", words.unit(life.unit), 1)
        return _unknown(question, form)
    return _counted(question, series, range_, printer)


def _counted(question: str, series: Series, range_: Range, printer: Printer) -> Answer:
    now = summed(series, range_.since, range_.until)
    if now.value is None:
        ever = any(volume.value is not None for volume in series.volumes)
        second = said("Read once so far: it takes two readings to tell.")
        return _unknown(question, said("Nobody read it in this period.") if ever else second)
    return Answer(question, wording.number(now.value), _compared(series, range_, now, printer))


def _no_count(printer: Printer, otherwise: str) -> str:
    if printer.source is Source.IPP:
        return said("It is read by IPP alone, which gives no such count. By SNMP it may.")
    return otherwise


def _compared(series: Series, range_: Range, now: Sum, printer: Printer) -> str:
    if printer.silent_since:
        form = said("until %1; nobody has read it since")
        return form.replace("%1", printer.silent_since, 1)
    if _falls(series, range_):
        return said("or more: the counter fell, and what was printed then is not known")
    before = _before(series, range_)
    if before is None or not before.value or not before.whole or now.value is None:
        if not now.whole:
            return said("what was read so far")
        return "" if before is None else said("the period before was not read throughout")
    percent = round(100 * (now.value - before.value) / before.value)
    sign = "+" if percent > 0 else "−" if percent < 0 else "±"  # noqa: RUF001 - a minus is meant
    text = sign + said("%1 %").replace("%1", wording.number(abs(percent)), 1)
    return said("%1 on the period before").replace("%1", text, 1)


def _falls(series: Series, range_: Range) -> bool:
    begin = range_.since or 0.0
    return any(m.kind in _FALLS and seconds(m.until) >= begin for m in series.marks)


def _before(series: Series, range_: Range) -> Sum | None:
    if range_.before is None:
        return None
    return summed(series, range_.before, range_.since)


def _share(main: Mapping[str, Series], range_: Range, printer: Printer) -> Answer:
    question = said("Colour share")
    mono, color = main.get("meters.mono"), main.get("meters.color")
    if color is None:
        return _unknown(question, _no_count(printer, said("It tells no count of colour pages.")))
    if mono is None:
        return _unknown(question, said("It tells no count of mono pages."))
    now = _percent(mono, color, range_.since, range_.until)
    if now is None:
        nothing = summed(mono, range_.since, range_.until).value is not None
        if nothing:
            return _unknown(question, said("Nothing was counted in this period."))
        return _counted(question, color, range_, printer)
    before = None
    if range_.before is not None:
        before = _percent(mono, color, range_.before, range_.since)
    note = "" if before is None else said("was %1").replace("%1", wording.percent(before), 1)
    return Answer(question, wording.percent(now), note)


def _percent(
    mono: Series | None, color: Series | None, since: float | None, until: float | None
) -> float | None:
    black, tint = summed(mono, since, until), summed(color, since, until)
    if black.value is None or tint.value is None or not black.value + tint.value:
        return None
    return 100 * tint.value / (black.value + tint.value)


def _scans(main: Mapping[str, Series], range_: Range, printer: Printer) -> Answer:
    question = said("Scans")
    series = main.get("meters.scan")
    if series is None:
        return _unknown(question, _no_count(printer, said("It tells no count of scans.")))
    return _counted(question, series, range_, printer)


def _supply(levels: ChartData, printer: Printer) -> Answer:
    supplies = printer.supplies
    lines = [line for line in levels.lines if chart_series.is_spent(line.part.key, supplies)]
    ending = [line for line in lines if line.band is not None]
    if ending:
        first = min(ending, key=lambda line: line.band.likely if line.band else 0.0)
        about, _, range_ = first.forecast.partition(", ")
        note = said("%1; %2").replace("%1", range_, 1) if range_ else "%2"
        return Answer(_title(first, supplies), about, note.replace("%2", first.rests, 1))
    told = [line for line in lines if line.levels and line.levels[-1].value is not None]
    if not told:
        return _unknown(said("Supplies"), untold(supplies))
    lowest = min(told, key=lambda line: line.levels[-1].value or 0.0)
    level = wording.percent(lowest.levels[-1].value or 0.0)
    form = said("No forecast. %1").replace("%1", lowest.forecast, 1)
    return Answer(_title(lowest, supplies), level, form)


def untold(supplies: Mapping[str, Supply]) -> str:
    """Say why there is no level to show."""
    if not supplies:
        return said("It tells of no supplies.")
    if any(supply.level_percent is not None for supply in supplies.values()):
        return said("It told no level in this period.")
    if any(supply.state is LevelState.SOME_REMAINING for supply in supplies.values()):
        return said("It says that some is left, and not how much.")
    return said("It names its supplies, and not how full they are.")


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
