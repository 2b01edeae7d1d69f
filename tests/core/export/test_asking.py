from __future__ import annotations

from dataclasses import replace

import pytest

from core import queries
from core.export import devices, histories
from core.export.asking import device_rows, history_rows
from core.model.device import DeviceSummary
from core.model.history import Bucket
from core.model.jsonio import from_json, to_json
from core.model.problem import BadInputError
from core.model.query import HistoryArguments
from core.store import Store
from tests.support.past import keep, read_at
from tests.support.sample_devices import summaries
from tests.support.sample_readings import reading
from tests.support.stored import opened

KEYS = [column.key for column in devices.columns()]


class Here:
    """The agent's answers, in pages of three; ``stale`` are the keys to be said stale."""

    def __init__(self, store: Store, stale=()) -> None:
        self.store, self.stale, self.asked = store, stale, []

    async def query(self, kind, arguments=None, page_token="", page_size=0):
        self.asked.append(kind)
        text = "{}" if arguments is None else to_json(arguments)
        page = await queries.answer(self.store, None, kind, text, page_token, page_size or 3)
        if kind != "devices":
            return page
        rows = [from_json(item, DeviceSummary) for item in page.items]
        items = [to_json(replace(r, stale=r.device.key in self.stale)) for r in rows]
        return replace(page, items=tuple(items))


async def _filled(store: Store) -> list[str]:
    keys = []
    for summary in summaries(8):
        keys.append((await store.save_reading(reading(summary))).device.key)
    return sorted(keys)


async def test_every_device_is_a_row_with_its_values_and_their_origins(tmp_path) -> None:
    async with opened(tmp_path) as store:
        keys = await _filled(store)
        rows = [dict(zip(KEYS, row, strict=True)) async for row in device_rows(Here(store))]
        assert [row["device"] for row in rows] == keys
        for row, key in zip(rows, keys, strict=True):
            latest = (await store.device(key)).latest
            for meter, value in latest.meters.items():
                assert row[f"meters.{meter}"] == value
                assert row[f"meters.{meter}.from"].startswith("snmp 1.3.6.1.4.1.1347.43")
            assert row["meters.fax"] is None
            assert row["meters.fax.from"] is None
        kyocera = next(row for row in rows if row["vendor"] == "Kyocera")
        assert "toner" in kyocera["supplies"]


async def test_stale_devices_are_left_out_unless_asked_for(tmp_path) -> None:
    async with opened(tmp_path) as store:
        keys = await _filled(store)
        agent = Here(store, stale=keys[:2])
        assert [row[0] async for row in device_rows(agent, origins=False)] == keys[2:]
        assert [row[0] async for row in device_rows(agent, stale=True)] == keys


async def test_histories_as_rows(tmp_path) -> None:
    async with opened(tmp_path) as store:
        key = await keep(store, [read_at(h, 100 + h, 90.0 - h) for h in range(30)])
        wanted = HistoryArguments("", ("meters.total",), bucket=Bucket.DAY)
        rows = [row async for row in history_rows(Here(store), [key], wanted)]
        assert [row[7] for row in rows] == [24, 5]
        assert len(rows[0]) == len(histories.columns(Bucket.DAY))
        raw = replace(wanted, bucket=Bucket.RAW, paths=())
        rows = [row async for row in history_rows(Here(store), [key], raw)]
        assert len(rows[0]) == len(histories.columns(Bucket.RAW))
        level = [row for row in rows if row[4] == "supplies[1.1].level_percent"]
        assert level[1][7:10] == (89.0, "snmp 1.2, 1.3 (l, standard)", "801, 900")
        with pytest.raises(BadInputError, match="no device"):
            _ = [row async for row in history_rows(Here(store), ["nobody"], wanted)]


async def test_the_clock_s_mark_goes_along(tmp_path) -> None:
    async with opened(tmp_path) as store:
        key = await keep(store, [read_at(0, 5), read_at(-99_999, 6)])
        wanted = HistoryArguments("", ("meters.total",))
        rows = [row async for row in history_rows(Here(store), [key], wanted)]
        assert [(row[7], row[10]) for row in rows] == [(5, None), (6, "clock_suspect")]
        assert [row[0] async for row in device_rows(Here(store))] == [key]
