"""What the tables of an export say of a history: marks by their names, a changed source too."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.export.histories import columns, rows, zone_of
from core.histories import history
from core.model.device import Device
from core.model.history import Bucket, Mark, MarkKind, Point, Series
from core.model.jsonio import from_json
from core.model.provenance import Provenance, Source
from core.model.query import HistoryArguments
from tests.support.past import keep, read_at
from tests.support.sample_devices import summary
from tests.support.stored import opened

DEVICE: Device = summary(0).device
SINCE, AT = "2026-01-01T12:00:00Z", "2026-01-01T13:00:00Z"


def told(series: Series) -> list[dict[str, object]]:
    names = [column.key for column in columns(series.bucket)]
    return [dict(zip(names, row, strict=True)) for row in rows(DEVICE, series)]


async def exchanged(tmp_path, bucket: Bucket) -> Series:
    """Read a counter from another place from noon on: it says something else there."""

    def from_elsewhere(hour: int):
        reading = read_at(hour, 9000 + hour)
        origin = Provenance(Source.IPP, ("marker-life",), (str(9000 + hour),), "ipp: life")
        return replace(reading, provenance={"meters.total": origin})

    async with opened(tmp_path) as store:
        readings = [read_at(h, 100 + h) if h < 12 else from_elsewhere(h) for h in range(24)]
        key = await keep(store, readings)
        page = await history(store.history, HistoryArguments(key, ("meters",), bucket=bucket), "")
        return from_json(page.items[0], Series)


async def test_a_day_in_which_the_source_changed_says_so_and_is_not_whole(tmp_path) -> None:
    (row,) = told(await exchanged(tmp_path, Bucket.DAY))
    assert row["marks"] == "source_changed"
    assert row["complete"] is False
    assert row["value"] == 11 + 11  # not the thousands that two counters differ by


async def test_each_change_says_from_where_and_where_that_changed(tmp_path) -> None:
    found = told(await exchanged(tmp_path, Bucket.RAW))
    assert [row["marks"] for row in found].count("source_changed") == 1
    first = next(row for row in found if row["marks"])
    assert first["value"] == 9012
    assert first["origin"] == "ipp marker-life (ipp: life, standard)"
    assert found[11]["origin"] == "snmp 1.3.6.1 (rule, standard)"


async def test_a_day_is_that_of_the_place_and_the_printer_has_its_name(tmp_path) -> None:
    async with opened(tmp_path) as store:
        key = await keep(store, [read_at(h, 100 + h) for h in range(-30, 30)])
        wanted = HistoryArguments(key, ("meters",), bucket=Bucket.DAY, zone="Europe/Berlin")
        page = await history(store.history, wanted, "")
    series = from_json(page.items[0], Series)
    names = [column.key for column in columns(Bucket.DAY)]
    found = [
        dict(zip(names, row, strict=True)) for row in rows(DEVICE, series, zone_of("Europe/Berlin"))
    ]
    assert found[1]["from"] == datetime(2025, 12, 31, 23, tzinfo=UTC) - timedelta(days=1)
    assert [row["day"] for row in found] == [
        "2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02"
    ]  # fmt: skip
    assert found[0]["location"] == DEVICE.identity.location
    assert zone_of("Mars/Olympus") is UTC


@pytest.mark.parametrize("kind", list(MarkKind))
def test_every_mark_is_written_by_its_name(kind: MarkKind) -> None:
    series = Series("meters.total", Bucket.RAW, (Point(AT, AT, 5),), marks=(Mark(kind, SINCE, AT),))
    assert told(series)[0]["marks"] == kind.value
