"""Histories as tables: every change with its origin, or volumes by day, week or month."""

from __future__ import annotations

from collections.abc import Iterator

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
_WHEN = (Column("from", "From (UTC)", 19), Column("until", "Until (UTC)", 19))


def columns(bucket: Bucket) -> tuple[Column, ...]:
    """Give the columns of a table of changes, or of buckets."""
    if bucket is Bucket.RAW:
        tail = (
            Column("value", "Is", 14),
            Column("origin", "From where", 40),
            Column("raw", "As the printer said it", 20),
            Column("marks", "Marks", 20),
        )
    else:
        tail = (
            Column("value", "Volume or last value", 14),
            Column("estimated", "Of it estimated", 14),
            Column("complete", "Complete", 10),
            Column("marks", "Marks", 20),
        )
    return (*_WHO, *_WHEN, *tail)


def rows(device: Device, series: Series) -> Iterator[tuple[Cell, ...]]:
    """Give the rows of a series, by time; those read while the clock was wrong come last."""
    identity = device.identity
    who = (device.key, identity.vendor, identity.model, identity.serial, series.path)
    for point in series.points:
        yield (*who, *_point(series, point, ""))
    for volume in series.volumes:
        yield (
            *who,
            parse_rfc3339(volume.start),
            parse_rfc3339(volume.end),
            volume.value,
            volume.estimated,
            volume.complete,
            ", ".join(mark.value for mark in volume.marks) or None,
        )
    for point in series.suspect:
        yield (*who, *_point(series, point, "clock_suspect"))


def _point(series: Series, point: Point, mark: str) -> tuple[Cell, ...]:
    origin = None if point.origin is None else origin_text(series.origins[point.origin])
    at = parse_rfc3339(point.at)
    marks = [mark] if mark else [m.kind.value for m in series.marks if m.until == point.at]
    written = ", ".join(marks) or None
    times = (at, parse_rfc3339(point.until), point.value)
    if series.bucket is Bucket.RAW:
        return (*times, origin, None if point.raw is None else ", ".join(point.raw), written)
    return (*times, None, None, written)
