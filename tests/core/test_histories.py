from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.histories import history
from core.host.clock import rfc3339
from core.model.history import Bucket, MarkKind, Run, Series
from core.model.jsonio import from_json
from core.model.problem import BadInputError, PlatenError
from core.model.query import HistoryArguments
from core.store.history import chunks, codec, read, save
from core.store.history.head import FULL
from core.telemetry.history import view
from core.telemetry.history.forecast import forecast
from core.telemetry.history.replacement import replacements
from tests.support.past import keep, read_at, runs
from tests.support.stored import START, opened


async def asked(store, wanted) -> list[Series]:
    found, token = [], ""
    while True:
        page = await history(store.history, wanted, token)
        found += [from_json(item, Series) for item in page.items]
        token = page.next_page_token
        if not token:
            return found


async def test_every_change_comes_in_pages_once(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(view, "MOST_POINTS", 120)
    async with opened(tmp_path) as store:
        count = 150
        key = await keep(store, (read_at(n / 60, n) for n in range(count)))
        found = await asked(store, HistoryArguments(key, ("meters",)))
        assert [len(series.points) for series in found] == [120, 30]
        assert [series.more for series in found] == [True, False]
        values = [point.value for series in found for point in series.points]
        assert values == list(range(count))
        point = found[0].points[0]
        assert found[0].origins[point.origin].rule == "rule"


async def test_where_one_value_goes_on_the_next_one_still_begins_at_its_beginning(
    tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(view, "MOST_POINTS", 120)
    async with opened(tmp_path) as store:
        key = await keep(store, (read_at(n / 60, n, 100.0 - n / 2) for n in range(150)))
        found = await asked(store, HistoryArguments(key, ("meters", "supplies")))
        counted = [(series.path, len(series.points)) for series in found][:4]
        level = "supplies[1.1].level_percent"
        assert counted == [("meters.total", 120), ("meters.total", 30), (level, 120), (level, 30)]


async def test_volumes_levels_marks_and_forecast(tmp_path) -> None:
    async with opened(tmp_path) as store:
        key = await keep(
            store,
            (
                read_at(h, 1000 + h if h < 100 else h, (50.0 if h < 96 else 146.0) - h / 2)
                for h in range(0, 240, 3)
            ),
        )
        wanted = HistoryArguments(key, ("meters", "supplies"), bucket=Bucket.DAY)
        total, level, *others = await asked(store, wanted)
        assert total.path == "meters.total"
        assert [volume.value for volume in total.volumes][:3] == [24, 24, 24]
        assert [mark.kind for mark in total.marks] == [MarkKind.RESET]
        assert level.path == "supplies[1.1].level_percent"
        assert [mark.kind for mark in level.marks] == [MarkKind.REPLACED]
        assert len(level.points) == 10
        assert level.forecast.days is None
        assert "few days" in level.forecast.reason
        assert {series.path for series in others} == {
            "supplies[1.1].serial",
            "supplies[1.1].state",
        }


async def test_a_window_takes_what_is_around_it_into_account(tmp_path) -> None:
    async with opened(tmp_path) as store:
        key = await keep(store, (read_at(h + 0.5, h) for h in range(200)))
        wanted = HistoryArguments(
            key, ("meters.total",), "2026-01-03T00:00:00Z", "2026-01-04T23:59:00Z", Bucket.DAY
        )
        (series,) = await asked(store, wanted)
        assert [(v.value, v.complete) for v in series.volumes] == [(24, True), (24, True)]
        (series,) = await asked(store, replace(wanted, bucket=Bucket.RAW))
        assert (series.points[0].value, series.points[-1].value) == (48, 95)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"zone": "Mars/Olympus"}, "unknown_zone"),
        ({"zone": "../../etc/passwd"}, "unknown_zone"),
        ({"since": "yesterday"}, "bad_time"),
        ({"device": "nobody"}, "unknown_device"),
    ],
)
async def test_what_cannot_be_answered_is_named(tmp_path, change, code) -> None:
    async with opened(tmp_path) as store:
        key = await keep(store, [read_at(0, 1)])
        with pytest.raises(PlatenError) as caught:
            await asked(store, replace(HistoryArguments(key, bucket=Bucket.DAY), **change))
        assert caught.value.problem.code == code
        assert await runs(store, key)


async def test_a_page_that_is_none(tmp_path) -> None:
    async with opened(tmp_path) as store:
        key = await keep(store, [read_at(0, 1)])
        for token in ("x", "5|nothing", "-1|meters.total"):
            with pytest.raises(BadInputError):
                await history(store.history, HistoryArguments(key), token)


async def test_too_long_a_time_for_days(tmp_path) -> None:
    async with opened(tmp_path) as store:
        key = await keep(store, [read_at(0, 1)])
        # The window ends with what there is: only a history can be too long, not a question.
        wanted = HistoryArguments(key, (), "1980-01-01T00:00:00Z", None, Bucket.DAY)
        assert all(len(series.volumes) <= 1 for series in await asked(store, wanted))


async def test_what_values_have_in_common_is_read_once_a_question(tmp_path, monkeypatch) -> None:
    loads: list[int] = []

    def load(connection: object, device: int) -> object:
        loads.append(device)
        return save.load(connection, device)  # type: ignore[arg-type]

    async with opened(tmp_path) as store:
        key = await keep(store, (read_at(h, h, 90.0 - h / 9) for h in range(100)))
        monkeypatch.setattr(read, "load", load)
        found = await asked(store, HistoryArguments(key, bucket=Bucket.DAY))
        assert len(found) == 6
        assert len(loads) == 2  # the names of its values, and all of these at once


async def test_a_forecast_reads_no_more_than_it_rests_on(tmp_path, monkeypatch) -> None:
    unpacked: list[int] = []

    def unpack(body: bytes, *, raw: bool = True) -> list[Run]:
        found = codec.unpack(body, raw=raw)
        unpacked.append(len(found))
        return found

    async with opened(tmp_path) as store:
        levels = ((h, 100.0 - (h / 24 * 0.7) % 100) for h in range(0, 24 * 330, 12))
        key = await keep(store, (read_at(h, int(h), round(level, 1)) for h, level in levels))
        path = "supplies[1.1].level_percent"
        begin = rfc3339(START + timedelta(days=320))
        monkeypatch.setattr(chunks, "unpack", unpack)
        (found,) = await asked(store, HistoryArguments(key, (path,), begin))
        assert 240 <= sum(unpacked) <= 240 + 3 * FULL  # of 660, for 120 days of two readings each
        every = await runs(store, key, path)
        since = replacements(every)[-1][1]
        assert found.forecast == forecast(every, since, int(store.history.clock().timestamp()))
        assert [point.value for point in found.points] == [
            r.value for r in every[-len(found.points) :]
        ]


async def test_what_the_printer_said_is_unpacked_where_it_is_shown(tmp_path, monkeypatch) -> None:
    unpacked: list[bool] = []

    def unpack(body: bytes, *, raw: bool = True) -> object:
        unpacked.append(raw)
        return codec.unpack(body, raw=raw)

    monkeypatch.setattr(chunks, "unpack", unpack)
    async with opened(tmp_path) as store:
        key = await keep(store, (read_at(h, h, 99.0 - h / 9) for h in range(300)))
        path = "supplies[1.1].level_percent"
        wanted = HistoryArguments(key, (path,), "2026-01-10T00:00:00Z")
        (series,) = await asked(store, wanted)
        assert all(point.raw is not None for point in series.points)
        assert set(unpacked) == {False, True}  # what is before the window only tells a forecast
        unpacked.clear()
        await asked(store, HistoryArguments(key, ("meters",), bucket=Bucket.DAY))
        assert set(unpacked) == {False}
