from __future__ import annotations

from core.telemetry.oids import HR_TYPE_PRINTER, HR_TYPES
from core.telemetry.printers import PrinterRows, printer_rows
from core.telemetry.snapshot import Snapshot
from tests.support.recorded import values

PRINTER, OTHER = HR_TYPE_PRINTER, (*HR_TYPES, 1)
Rows = dict[str, int | str | bytes | tuple[int, ...]]


def found(rows: Rows) -> list[tuple[int, int]]:
    return [(rows.index, rows.host) for rows in printer_rows(Snapshot(values(rows)))]


def test_no_rows_at_all() -> None:
    assert printer_rows(Snapshot({})) == (PrinterRows(1, 1, alone=True, known=False),)


def test_one_printer_that_is_not_the_first_device() -> None:
    rows: Rows = {"hr.2.1.2.1": OTHER, "hr.2.1.2.3": PRINTER, "prt.10.2.1.4.3.1": 5}
    assert found(rows) == [(3, 3)]


def test_two_printers() -> None:
    rows: Rows = {"hr.2.1.2.1": PRINTER, "hr.2.1.2.2": PRINTER}
    rows |= {"prt.5.1.1.17.1": "A", "prt.5.1.1.17.2": "B"}
    assert found(rows) == [(1, 1), (2, 2)]
    assert not any(rows.alone for rows in printer_rows(Snapshot(values(rows))))


def test_a_printer_without_rows_beside_one_that_has_them_is_no_ghost() -> None:
    rows: Rows = {"hr.2.1.2.1": PRINTER, "hr.2.1.2.2": PRINTER, "prt.11.1.1.9.1.1": 50}
    assert found(rows) == [(1, 1)]


def test_rows_of_a_device_that_is_something_else() -> None:
    rows: Rows = {"hr.2.1.2.1": PRINTER, "hr.2.1.2.2": OTHER}
    rows |= {"prt.10.2.1.4.1.1": 5, "prt.10.2.1.4.2.1": 5}
    assert found(rows) == [(1, 1)]


def test_rows_of_a_device_that_is_not_listed() -> None:
    rows: Rows = {"hr.2.1.2.1": PRINTER, "prt.10.2.1.4.1.1": 5, "prt.10.2.1.4.2.1": 5}
    assert found(rows) == [(1, 1), (2, 2)]


def test_rows_without_any_device_table() -> None:
    assert found({"prt.11.1.1.9.4.1": -3}) == [(4, 4)]


def test_tables_that_count_apart() -> None:
    assert found({"hr.2.1.2.7": PRINTER, "prt.10.2.1.4.1.1": 5}) == [(1, 7)]


def test_only_typed() -> None:
    assert found({"hr.2.1.2.2": PRINTER, "hr.2.1.2.3": PRINTER}) == [(2, 2)]
    rows: Rows = {"hr.2.1.2.2": PRINTER, "hr.2.1.2.3": PRINTER, "hr.2.1.2.4": PRINTER}
    assert found(rows | {"hr.5.1.1.3": 3, "hr.5.1.2.4": b"\0"}) == [(3, 3), (4, 4)]


def test_localization_alone_is_no_printer() -> None:
    assert printer_rows(Snapshot(values({"prt.7.1.1.4.1.1": 106})))[0].known is False
