"""The tables of ``platen history``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from rich.table import Table

from app.commands.tables import add_row, new_table
from core.host.clock import parse_rfc3339
from core.model.device import DeviceSummary
from core.model.history import Bucket, Forecast, Mark, MarkKind, Point, Series, Volume

_UNKNOWN = "?"
_LEVEL = ".level_percent"
_MAIN = ("total", "mono", "color", "print", "copy", "fax", "scan")
_WORDS = {
    MarkKind.RESET: "began anew",
    MarkKind.FELL: "fell",
    MarkKind.WRAPPED: "went past its end",
    MarkKind.GAP: "nobody read it",
    MarkKind.REPLACED: "replaced",
    MarkKind.SOURCE_CHANGED: "read from elsewhere since",
    MarkKind.CLOCK_SUSPECT: "read while this computer's clock was wrong",
}


def volumes(found: Sequence[Series], zone: tzinfo) -> Table | None:
    """Make the table of volumes: a line a bucket, a column a counter."""
    counters = [series for series in found if series.volumes]
    if not counters:
        return None
    names = [series.path.removeprefix("meters.").replace("_", " ") for series in counters]
    table = new_table(_title(counters[0].bucket), *names)
    cells: dict[str, dict[int, str]] = {}
    for place, series in enumerate(counters):
        for volume in series.volumes:
            cells.setdefault(volume.start, {})[place] = _volume(volume)
    for start in sorted(cells):
        row = (cells[start].get(place, _UNKNOWN) for place in range(len(counters)))
        add_row(table, f"{parse_rfc3339(start).astimezone(zone):%Y-%m-%d}", *row)
    return table


def _title(bucket: Bucket) -> str:
    return "Week of" if bucket is Bucket.WEEK else bucket.value.capitalize()


def _volume(volume: Volume) -> str:
    if volume.value is None:
        return _UNKNOWN
    text = f"{volume.value:,}"
    if volume.estimated:
        text += f" (~{volume.estimated:,})"
    if not volume.complete:
        text += " +"
    return text + "".join(f" {_WORDS[mark]}" for mark in volume.marks)


def is_usual(series: Series) -> bool:
    """Whether a series is shown where nobody named any: the main meters, the levels, changes."""
    if series.path.startswith("supplies["):
        return series.path.endswith(_LEVEL)
    return series.path.removeprefix("meters.") in _MAIN or series.bucket is Bucket.RAW


def supply_names(summary: DeviceSummary) -> dict[str, str]:
    """Give what a person calls each supply's level, by its path."""
    rows = summary.latest.supplies if summary.latest else ()
    return {
        f"supplies[{row.index}]{_LEVEL}": " ".join(filter(None, (row.color, row.kind.value)))
        for row in rows
    }


def levels(found: Sequence[Series], names: dict[str, str], zone: tzinfo) -> Table | None:
    """Make the table of levels by bucket, a column a supply."""
    told = [s for s in found if _is_level(s) and s.points]
    if not told:
        return None
    table = new_table(_title(told[0].bucket), *(names.get(s.path, s.path) for s in told))
    cells: dict[str, dict[int, str]] = {}
    for place, series in enumerate(told):
        for point in series.points:
            day = f"{parse_rfc3339(point.until).astimezone(zone):%Y-%m-%d}"
            cells.setdefault(day, {})[place] = _value(point)
    for day in sorted(cells):
        add_row(table, day, *(cells[day].get(place, _UNKNOWN) for place in range(len(told))))
    return table


def _is_level(series: Series) -> bool:
    return series.path.endswith(_LEVEL) and series.bucket is not Bucket.RAW


def points(found: Sequence[Series], names: dict[str, str], zone: tzinfo) -> Table | None:
    """Make the table of values: a line a change, or the last one of a bucket."""
    told = [series for series in found if series.points and not _is_level(series)]
    if not told:
        return None
    table = new_table("Value", "From", "Until", "Is", "Source", "Rule")
    for series in told:
        for point in series.points:
            origin = None if point.origin is None else series.origins[point.origin]
            add_row(
                table,
                names.get(series.path, series.path),
                _time(point.at, zone),
                _time(point.until, zone),
                _value(point),
                origin.source.value if origin else "",
                origin.rule if origin else "",
            )
    return table


def _value(point: Point) -> str:
    if point.value is None:
        return "not told"
    if isinstance(point.value, float):
        return f"{point.value:g} %"
    return f"{point.value:,}" if isinstance(point.value, int) else point.value


def remarks(found: Sequence[Series], names: dict[str, str], zone: tzinfo) -> Iterator[str]:
    """Give a line for each mark and each forecast, and what the signs mean."""
    for series in found:
        name = names.get(series.path, series.path)
        for mark in series.marks:
            yield f"{name}: {_mark(mark, zone)}"
        if series.forecast is not None:
            yield f"{name}: {_forecast(series.forecast)}"
    every = [volume for series in found for volume in series.volumes]
    if any(volume.estimated for volume in every):
        yield "(~n): n of it were counted across the border, and are shared out by time."
    if any(volume.value is not None and not volume.complete for volume in every):
        yield "+: there may be more; a part of that time is not known."
    if any(volume.value is None for volume in every):
        yield "?: not known."


def _mark(mark: Mark, zone: tzinfo) -> str:
    amount = "" if mark.amount is None else f", {mark.amount:,} in that time"
    since, until = _time(mark.since, zone), _time(mark.until, zone)
    span = until if since == until else f"between {since} and {until}"
    return f"{_WORDS[mark.kind]} {span}{amount}"


def _forecast(found: Forecast) -> str:
    if found.days is None:
        return f"no forecast. {found.reason}"
    most = "open" if found.most is None else f"{found.most:.0f}"
    return f"empty in {found.days:.0f} days (8 of 10: {found.least:.0f} to {most})"


def _time(text: str, zone: tzinfo) -> str:
    local: datetime = parse_rfc3339(text).astimezone(zone)
    return f"{local:%Y-%m-%d %H:%M}"
