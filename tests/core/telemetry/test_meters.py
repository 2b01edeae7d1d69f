from __future__ import annotations

import pytest

from core.model.provenance import Confidence
from core.model.reading import EngineLife
from core.snmp.types import Oid, Tag, Value
from core.telemetry.meters import MeterFacts, meters_of
from core.telemetry.snapshot import Snapshot
from tests.support.recorded import values

Rows = dict[str, int | str | bytes]


def facts(rows: Rows, device: int = 1) -> MeterFacts:
    return meters_of(Snapshot(values(rows)), device)


def told(rows: Rows) -> tuple[dict[str, int], EngineLife | None]:
    found = facts(rows)
    life = found.engine_life
    return {k: o.value for k, o in found.meters.items()}, None if life is None else life.value


def test_no_marker() -> None:
    assert told({}) == ({}, None)


@pytest.mark.parametrize(
    ("unit", "name", "meters"),
    [
        (7, "impressions", {"total": 500}),
        (8, "sheets", {"sheets": 500}),
        (11, "hours", {}),
        (16, "feet", {}),
        (17, "meters", {}),
        (5, "characters", {}),
        (6, "lines", {}),
        (3, "ten_thousandths_of_inches", {}),
        (1, "unknown", {}),
        (2, "unknown", {}),
        (0, "unknown", {"total": 500}),  # no unit of the standard: as good as none
    ],
)
def test_units(unit: int, name: str, meters: dict[str, int]) -> None:
    rows: Rows = {"prt.10.2.1.4.1.1": 500, "prt.10.2.1.3.1.1": unit}
    assert told(rows) == (meters, EngineLife(500, name))


def test_no_unit() -> None:
    found = facts({"prt.10.2.1.4.1.1": 500})
    assert told({"prt.10.2.1.4.1.1": 500}) == ({"total": 500}, EngineLife(500, "unknown"))
    assert found.engine_life is not None
    assert found.engine_life.provenance.rule == "prtMarkerLifeCount, no unit told"


def test_zero_is_a_count_and_less_is_none() -> None:
    assert told({"prt.10.2.1.4.1.1": 0, "prt.10.2.1.3.1.1": 7})[0] == {"total": 0}
    assert told({"prt.10.2.1.4.1.1": -2}) == ({}, None)


def test_large_counters() -> None:
    oid: Oid = (1, 3, 6, 1, 2, 1, 43, 10, 2, 1, 4, 1, 1)
    found = meters_of(Snapshot({oid: Value(Tag.COUNTER32, 999_999_999)}), 1)
    assert found.meters["total"].value == 999_999_999
    found = meters_of(Snapshot({oid: Value(Tag.COUNTER32, 2**32 - 1)}), 1)
    assert found.meters == {}
    assert found.engine_life is not None
    assert found.engine_life.value.value == 4294967295  # kept as it came, and doubted
    assert found.engine_life.provenance.confidence is Confidence.DOUBTFUL
    assert [note.code for note in found.notes] == ["meter_implausible"]


def test_other_devices() -> None:
    assert facts({"prt.10.2.1.4.2.1": 5}).engine_life is None
    assert facts({"prt.10.2.1.4.2.1": 5}, device=2).engine_life is not None


def test_markers_that_agree() -> None:
    rows: Rows = {f"prt.10.2.1.4.1.{n}": 700 for n in (1, 2, 3, 4)}
    rows |= {f"prt.10.2.1.3.1.{n}": 7 for n in (1, 2, 3, 4)}
    found = facts(rows)
    assert told(rows)[0] == {"total": 700}
    assert found.notes == ()
    assert len(found.meters["total"].provenance.refs) == 8  # all of them are kept


def test_markers_of_which_one_counts() -> None:
    rows: Rows = {"prt.10.2.1.4.1.1": 0, "prt.10.2.1.4.1.2": 700}
    assert told(rows)[0] == {"total": 700}
    assert facts(rows).notes == ()


def test_markers_that_differ_are_not_added_up() -> None:
    rows: Rows = {"prt.10.2.1.4.1.1": 300, "prt.10.2.1.4.1.2": 700}
    rows |= {"prt.10.2.1.3.1.1": 7, "prt.10.2.1.3.1.2": 7}
    found = facts(rows)
    assert told(rows)[0] == {"total": 700}
    assert found.meters["total"].provenance.confidence is Confidence.DOUBTFUL
    assert found.meters["total"].provenance.raw == ("700", "7", "300", "7")
    (note,) = found.notes
    assert note.code == "several_markers"
    assert "300" in note.text
    assert "1000" not in note.text


def test_the_default_marker() -> None:
    rows: Rows = {"prt.10.2.1.4.1.1": 300, "prt.10.2.1.4.1.2": 700, "prt.5.1.1.8.1": 1}
    assert told(rows)[0] == {"total": 300}
    assert told(rows | {"prt.5.1.1.8.1": 9})[0] == {"total": 700}
