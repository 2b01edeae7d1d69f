"""What a chart says of one time: the lines of its read-out, and the places one may step to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import tzinfo

from app.ui import wording, words
from app.ui.charts import origins as chart_origins
from app.ui.charts import words as chart_words
from app.ui.charts.data import Amount, ChartData, Column, Level, Line, Part
from app.ui.charts.sampling import apart
from app.ui.charts.words import said
from app.ui.origin import Origin

#: So much of what is in sight is as near as one can point.
_NEAR = 0.012


@dataclass(frozen=True, slots=True)
class Row:
    """A value with the part it belongs to."""

    part: Part
    text: str


@dataclass(frozen=True, slots=True)
class Readout:
    """What is said of one time: a title, a value a part, remarks, and where the values came from
    in words; more of that is told on demand (``chart_origins.explained``).

    ``at`` is the time that is meant exactly: the middle of a bucket, or where one points.
    """

    at: float
    title: str
    rows: tuple[Row, ...]
    remarks: tuple[str, ...]
    origin: str = ""

    def as_text(self) -> str:
        """Give it as one text, for a screen reader."""
        values = [f"{row.part.name}: {row.text}" for row in self.rows]
        return ". ".join(filter(None, [self.title, *values, *self.remarks, self.origin]))


def read(
    data: ChartData, shown: tuple[bool, ...], at: float, zone: tzinfo, near: float | None = None
) -> Readout | None:
    """Say what is known of a time (Unix seconds); ``None`` where the chart has nothing to say.

    What happened to a level is told within ``near`` seconds of it: as much as one can point at.
    """
    if data.columns:
        place = bisect_right(data.columns, at, key=lambda column: column.start) - 1
        if place < 0 or at > data.columns[place].end:
            return None
        return _column(data, data.columns[place], shown, zone)
    near = nearness(data.bounds.length) if near is None else near
    return _levels(data, shown, at, zone, near) if data.lines else None


def stops(data: ChartData, shown: tuple[bool, ...]) -> list[float]:
    """Give the times to step to by keyboard, rising."""
    if data.columns:
        return [(column.start + column.end) / 2 for column in data.columns]
    on = (line for line, wanted in zip(data.lines, shown, strict=True) if wanted)
    return sorted({level.at for line in on for level in line.levels})


def step(data: ChartData, shown: tuple[bool, ...], at: float | None, by: int) -> float | None:
    """Give the next time to step to from ``at``, ``by`` steps away; without ``at``, the last."""
    found = stops(data, shown)
    if not found:
        return None
    if at is None:
        return found[-1]
    place = bisect_right(found, at) if by > 0 else bisect_left(found, at)
    place += by - 1 if by > 0 else by
    return found[min(max(place, 0), len(found) - 1)]


def amount(found: Amount | None) -> str:
    """Write a volume: what nobody knows is said, and never a zero."""
    if found is None or found.value is None:
        return words.not_known()
    text = wording.number(found.value)
    if not found.complete:
        text = said("%1 or more").replace("%1", text, 1)
    return text


def _column(data: ChartData, column: Column, shown: tuple[bool, ...], zone: tzinfo) -> Readout:
    pairs = list(zip(data.parts, column.amounts, shown, strict=True))
    rows = [Row(part, amount(found)) for part, found, on in pairs if on]
    if data.stacked and len(rows) > 1 and not column.unknown(shown):
        rows.append(Row(Part("", said("Together"), ""), _together(column, shown)))
    known = [found for _, found, on in pairs if on and found is not None]
    remarks = []
    guess = sum(found.estimated for found in known)
    if guess:
        form = said("%1 of it shared out by time between two readings")
        remarks.append(form.replace("%1", wording.number(guess), 1))
    if any(not found.complete for found in known):
        remarks.append(said("A part of this time is not known."))
    remarks += _gap_remarks(data, column.start, column.end)
    remarks += [m.told or m.word for m in data.markers if column.start <= m.at < column.end]
    title = chart_words.bucket(column.start, data.bucket, zone)
    middle = (column.start + column.end) / 2
    from_where = zip(data.parts, data.sources, shown, strict=False)
    origin = chart_origins.brief(
        (part.name, chart_origins.newest(sources), sources.maker)
        for part, sources, on in from_where
        if on
    )
    return Readout(middle, title, tuple(rows), tuple(remarks), origin)


def _together(column: Column, shown: tuple[bool, ...]) -> str:
    on = [a for a, wanted in zip(column.amounts, shown, strict=True) if wanted and a is not None]
    whole = all(a.value is not None and a.complete for a in on)
    return amount(Amount(column.total(shown), complete=whole))


def _levels(
    data: ChartData, shown: tuple[bool, ...], at: float, zone: tzinfo, near: float
) -> Readout | None:
    now = data.now or at
    if at > now:
        return _ahead(data, shown, at, zone)
    chosen = [line for line, on in zip(data.lines, shown, strict=True) if on]
    found = [(line, level_at(line, at, now)) for line in chosen]
    if not any(level for _, level in found) and not _gap_remarks(data, at, at):
        return None
    rows = tuple(Row(line.part, _level(level)) for line, level in found)
    marks = [m.told for m in data.markers if abs(m.at - at) <= near and _is_on(data, shown, m.part)]
    remarks = (*_gap_remarks(data, at, at), *marks)
    origin = chart_origins.brief(
        (line.part.name, chart_origins.own(level, line.sources), line.sources.maker)
        for line, level in found
        if level is not None
    )
    return Readout(at, chart_words.moment(at, zone), rows, remarks, origin)


def _ahead(data: ChartData, shown: tuple[bool, ...], at: float, zone: tzinfo) -> Readout | None:
    """Say of a time to come what is forecast."""
    rows = tuple(
        Row(line.part, line.forecast)
        for line, on in zip(data.lines, shown, strict=True)
        if on and line.band is not None
    )
    if not rows:
        return None
    remark = said("Days until it is empty, from how its level fell until now.")
    return Readout(at, chart_words.moment(at, zone), rows, (remark,))


def level_at(line: Line, at: float, now: float) -> Level | None:
    """Give the level that was told last before a time; ``None`` in a gap and before the first."""
    place = bisect_right(line.levels, at, key=lambda level: level.at) - 1
    if place < 0:
        return None
    found = line.levels[place]
    after = line.levels[place + 1] if place + 1 < len(line.levels) else None
    if after is not None and at > found.until and apart(found, after, now):
        return None
    return found


def _level(level: Level | None) -> str:
    if level is None or level.value is None:
        return words.not_known()
    return wording.percent(level.value)


def _is_on(data: ChartData, shown: tuple[bool, ...], key: str) -> bool:
    pairs = zip(data.all_parts, shown, strict=True)
    return next((on for part, on in pairs if part.key == key), True)


def _gap_remarks(data: ChartData, since: float, until: float) -> list[str]:
    found = []
    for gap in data.gaps:
        if (gap.since < until and gap.until > since) or gap.since < since < gap.until:
            text = said("Nobody read it for a while.")
            if gap.told:
                form = said("Nobody read it for a while; in all that time: %1.")
                text = form.replace("%1", gap.told, 1)
            found.append(text)
    return found


def nearness(length: float) -> float:
    """Give how near (seconds) one can point where so much time is in sight."""
    return _NEAR * length


def explained(data: ChartData, shown: tuple[bool, ...], at: float) -> list[Origin]:
    """Say of each value at a time where it comes from."""
    if data.columns:
        place = bisect_right(data.columns, at, key=lambda column: column.start) - 1
        if place < 0:
            return []
        every = zip(data.parts, data.sources, data.columns[place].amounts, shown, strict=False)
        return [
            chart_origins.of_volume(part.name, amount(found), sources)
            for part, sources, found, on in every
            if on
        ]
    chosen = [line for line, on in zip(data.lines, shown, strict=True) if on]
    found_levels = [(line, level_at(line, at, data.now or at)) for line in chosen]
    return [
        chart_origins.of_level(line.part.name, _level(level), level, line.sources)
        for line, level in found_levels
        if level is not None
    ]
