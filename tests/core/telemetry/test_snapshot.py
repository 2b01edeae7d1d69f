from __future__ import annotations

from core.snmp.types import Tag, Value
from core.telemetry.snapshot import Snapshot
from tests.support.recorded import oid, values


def test_what_is_not_present_is_absent() -> None:
    snapshot = Snapshot({(1, 3, 1): Value(Tag.NULL, None), (1, 3, 2): Value(Tag.INTEGER, 0)})
    assert snapshot.value((1, 3, 1)) is None
    assert snapshot.number((1, 3, 2)) == 0
    assert len(snapshot) == 1


def test_numbers_and_octets_do_not_mix() -> None:
    snapshot = Snapshot(values({"sys.1.0": "text", "sys.7.0": 72}))
    assert snapshot.number(oid("sys.1.0")) is None
    assert snapshot.octets(oid("sys.7.0")) is None
    assert snapshot.octets(oid("sys.1.0")) == b"text"


def test_a_column_has_its_own_rows_only() -> None:
    snapshot = Snapshot(
        values({"prt.8.2.1.9.1.2": 5, "prt.8.2.1.9.1.10": 6, "prt.8.2.1.90.1.1": 7})
    )
    rows = snapshot.column(oid("prt.8.2.1.9"))
    assert list(rows) == [(1, 2), (1, 10)]


def test_the_column_itself_is_no_row() -> None:
    assert Snapshot(values({"prt.8.2.1.9": 5})).column(oid("prt.8.2.1.9")) == {}


def test_indexes_of_one_device() -> None:
    rows = {"prt.8.2.1.9.1.1": 5, "prt.8.2.1.10.1.3": 6, "prt.8.2.1.9.2.1": 7, "prt.8.2.1.9.1": 8}
    columns = (oid("prt.8.2.1.9"), oid("prt.8.2.1.10"))
    assert Snapshot(values(rows)).indexes(columns, 1) == [(1, 1), (1, 3)]


def test_more_values() -> None:
    first = Snapshot(values({"sys.1.0": "a"}))
    second = first.with_values(values({"sys.5.0": "b"}))
    assert (len(first), len(second)) == (1, 2)
