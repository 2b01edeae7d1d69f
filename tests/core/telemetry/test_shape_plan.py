from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.snmp.types import Oid, Tag, Value
from core.telemetry import oids
from core.telemetry.shape_places import ALERTS, SUPPLIES, TRAYS, changing
from core.telemetry.shape_plan import plan
from core.telemetry.snapshot import Snapshot

PLACES = changing(())


def rows(columns: tuple[Oid, ...], count: int) -> dict[Oid, Value]:
    return {
        (*column, 1, row): Value(Tag.INTEGER, 7)
        for column in columns
        for row in range(1, count + 1)
    }


def planned(values: dict[Oid, Value]):
    snapshot = Snapshot(values)
    return plan(snapshot, sorted(values), PLACES)


def test_one_row_is_asked_by_name_and_beside_it_a_further_one_is_watched_for() -> None:
    way = planned(rows(SUPPLIES, 1))
    assert [table.rows for table in way.tables] == [1]
    watched = [column for table in way.tables for column in table.columns]
    assert set(watched) == {SUPPLIES[0], ALERTS[0]}
    assert way.scalars == ((*SUPPLIES[1], 1, 1),)


def test_long_tables_are_asked_by_column() -> None:
    way = planned(rows(SUPPLIES, 9) | rows(TRAYS, 2))
    columns = {column for table in way.tables for column in table.columns}
    assert {*SUPPLIES, ALERTS[0]} <= columns
    assert len(way.tables) == 2
    assert sorted(table.rows for table in way.tables) == [2, 9]


def test_places_that_are_no_rows_are_asked_by_name() -> None:
    place = (*oids.ENTERPRISES, 1347, 1, 0)
    way = planned({place: Value(Tag.INTEGER, 1), oids.SYS_UP_TIME: Value(Tag.TIME_TICKS, 1)})
    assert set(way.scalars) == {place, oids.SYS_UP_TIME}


@given(st.integers(0, 20), st.integers(0, 9), st.integers(0, 9), st.integers(0, 3))
def test_everything_is_asked_once_in_at_most_two_tables(
    supplies: int, trays: int, alerts: int, markers: int
) -> None:
    values = rows(SUPPLIES, supplies) | rows(TRAYS, trays) | rows(ALERTS, alerts)
    values |= rows((oids.PRT_MARKER_LIFE_COUNT,), markers)
    way = planned(values)
    columns = [column for table in way.tables for column in table.columns]
    assert len(way.tables) <= 2
    assert len(columns) == len(set(columns))
    for place in values:
        in_tables = [c for c in columns if place[: len(c)] == c]
        assert len(in_tables) + (place in way.scalars) == 1, place
    for table in way.tables:
        for column in table.columns:
            assert len(Snapshot(values).column(column)) <= table.rows
    # Of each table that is there, and of the alerts always, one column shows new rows.
    for table, count in ((SUPPLIES, supplies), (TRAYS, trays), (ALERTS, 1)):
        assert not count or any(column in columns for column in table)
