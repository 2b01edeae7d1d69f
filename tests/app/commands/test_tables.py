"""What a terminal shows of the agent: local times with their zone, and problems in few words."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from rich.table import Table

from app.commands import tables, times
from core.model.jsonio import to_json
from core.model.problem import Problem
from core.model.schedule import LaneStatus, Outcome, RunRecord, ScheduleStatus
from core.model.status import HubStatus
from tests.support.fake_agent import usual_status
from tests.support.sample_devices import summaries

RUN = RunRecord("collect", "2026-01-31T23:30:00Z", Outcome.FAILED, "gone at 2026-07-01T10:00:00Z")


@pytest.fixture(autouse=True)
def in_vienna(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(times, "local_zone", lambda: ZoneInfo("Europe/Vienna"))


def cells(table: Table) -> list[list[str]]:
    return [list(map(str, row)) for row in zip(*(c.cells for c in table.columns), strict=True)]


def test_status_is_told_in_local_time_and_json_in_utc() -> None:
    lane = LaneStatus("collect", "Read the devices", RUN, "2026-07-01T10:00:00Z")
    hub = HubStatus(True, "hub:1", "Dealer", certificate_ends="2026-03-01T00:00:00Z")
    schedule = ScheduleStatus((lane,), zone="Europe/Vienna")
    status = replace(
        usual_status(), schedule=schedule, hub=hub, last_scan="2026-01-31T23:30:00Z", problem=None
    )
    told = {name: value for name, value in cells(tables.status(status)) if name}
    assert told["last scan"] == "2026-02-01 00:30:00 CET"
    assert told["certificate"] == "good until 2026-03-01 01:00:00 CET, renewed by itself before"
    shown = str(cells(tables.status(status)))
    assert "last 2026-02-01 00:30:00 CET failed (gone at 2026-07-01 12:00:00 CEST)" in shown
    assert "next 2026-07-01 12:00:00 CEST" in shown
    assert "Z'" not in shown
    assert '"last_scan":"2026-01-31T23:30:00Z"' in to_json(status)


def test_runs_and_devices_are_told_in_local_time() -> None:
    ((planned, *_, why),) = cells(tables.runs([RUN]))
    assert planned == "2026-02-01 00:30:00 CET"
    assert why == "gone at 2026-07-01 12:00:00 CEST"
    rows = cells(tables.devices(summaries(3)))
    assert all(row[-1] == "never" or row[-1].endswith(("CET", "CEST")) for row in rows)


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59Z", "2026-13-45T99:00:00Z", "no time", ""])
def test_what_is_no_time_stays_as_it_is(text: str) -> None:
    assert times.here(text) == text


def test_a_devices_problem_is_in_few_words() -> None:
    row = summaries(1)[0]
    failed = replace(row, problem=Problem("snmp_timeout", "A long sentence.", "A remedy."))
    (whole,) = cells(tables.devices([row]))
    (short,) = cells(tables.devices([failed]))
    state = whole[6]
    assert short[6] == f"{state}; failed: snmp timeout"
    assert "A long sentence" not in str(short)


def test_a_rescue_that_is_not_the_first_problem_is_a_note() -> None:
    rescued = Problem("store_rescued", "The store was damaged.", "Have the disk looked at.")
    status = replace(usual_status(), rescued=rescued, problem=Problem("x", "The hub is away."))
    told = dict(cells(tables.status(status)))
    assert told["note"] == "The store was damaged. Have the disk looked at."
    alone = replace(status, problem=rescued)
    assert "note" not in dict(cells(tables.status(alone)))
