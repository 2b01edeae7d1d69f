"""Histories as tables: every change with its origin, or volumes by day, week or month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.export.devices import origin_text
from core.export.table import Cell, Column
from core.host.clock import parse_rfc3339
from core.model.device import Device
from core.model.history import Bucket, Point, Series

_WHO = (
    Column("device", "Device", 38),
    Column("vendor", "Vendor", 14),
    Column("model", "Model", 24),
    Column("serial", "Serial number", 18),
    Column("path", "Value", 30),
)
_PLACE = (Column("name", "Name", 18), Column("location", "Location", 18))
_WHEN = (Column("from", "From (UTC)", 19), Column("until", "Until (UTC)", 19))


def columns(bucket: Bucket) -> tuple[Column, ...]:
    """Give the columns of a table of changes, or of buckets."""
    tail: tuple[Column, ...]
    if bucket is Bucket.RAW:
        tail = (
            Column("value", "Is", 14),
            Column("origin", "From where", 40),
            Column("raw", "As the printer said it", 20),
            Column("marks", "Marks", 20),
            *_PLACE,
        )
    else:
        tail = (
            Column("value", "Volume or last value", 14),
            Column("estimated", "Of it estimated", 14),
            Column("complete", "Complete", 10),
            Column("marks", "Marks", 20),
            *_PLACE,
            Column("day", "First day", 12),
        )
    return (*_WHO, *_WHEN, *tail)


def rows(device: Device, series: Series, zone: tzinfo = UTC) -> Iterator[tuple[Cell, ...]]:
    """Give the rows of a series, by time; those read while the clock was wrong come last.

    ``zone`` is that of the buckets: their first days are told by its calendar.
    """
    identity = device.identity
    who = (device.key, identity.vendor, identity.model, identity.serial, series.path)
    place = (identity.name, identity.location)

    def told(point: Point, mark: str) -> tuple[Cell, ...]:
        day = () if series.bucket is Bucket.RAW else (_day(point.at, zone),)
        return (*who, *_point(series, point, mark), *place, *day)

    for point in series.points:
        yield told(point, "")
    for volume in series.volumes:
        yield (
            *who,
            parse_rfc3339(volume.start),
            parse_rfc3339(volume.end),
            volume.value,
            volume.estimated,
            volume.complete,
            ", ".join(mark.value for mark in volume.marks) or None,
            *place,
            _day(volume.start, zone),
        )
    for point in series.suspect:
        yield told(point, "clock_suspect")


def zone_of(name: str) -> tzinfo:
    """Give the zone of a question (IANA); UTC where this computer does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _day(at: str, zone: tzinfo) -> str:
    return parse_rfc3339(at).astimezone(zone).date().isoformat()


def _point(series: Series, point: Point, mark: str) -> tuple[Cell, ...]:
    origin = None if point.origin is None else origin_text(series.origins[point.origin])
    at = parse_rfc3339(point.at)
    marks = [mark] if mark else [m.kind.value for m in series.marks if m.until == point.at]
    written = ", ".join(marks) or None
    times = (at, parse_rfc3339(point.until), point.value)
    if series.bucket is Bucket.RAW:
        return (*times, origin, None if point.raw is None else ", ".join(point.raw), written)
    return (*times, None, None, written)
