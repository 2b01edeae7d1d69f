from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.export.delimited import DelimitedFile, guarded
from core.export.lines import LinesFile
from core.export.table import Column
from core.export.workbook import WorkbookFile

COLUMNS = (Column("a", "A, the first"), Column("b", "B"), Column("c", "C"))
WHEN = datetime(2026, 1, 31, 14, 0, 5, tzinfo=UTC)
ROWS = (
    ("text", 12, WHEN),
    ("=1+1", None, True),
    ('=HYPERLINK("http://x","y")', 2**70, 1.5),
    ("https://example.org/", "-5", False),
    ("two\nlines", "@x", "\x1b[31m\x00"),
)
cells = st.one_of(st.none(), st.integers(), st.text(max_size=20), st.booleans())


def written(make, rows=ROWS, **options) -> str:
    stream = io.StringIO(newline="")
    file = make(stream, COLUMNS, **options)
    for row in rows:
        file.row(row)
    file.close()
    return stream.getvalue()


def test_csv_as_rfc_4180_has_it() -> None:
    text = written(DelimitedFile)
    assert text.startswith('"A, the first",B,C\r\ntext,12,2026-01-31T14:00:05Z\r\n')
    found = list(csv.reader(io.StringIO(text, newline="")))
    assert found[2] == ["'=1+1", "", "yes"]
    assert found[3][0].startswith("'=HYPERLINK")
    assert found[3][1] == str(2**70)
    assert found[4] == ["https://example.org/", "'-5", "no"]
    assert found[5] == ["two\nlines", "'@x", "\x1b[31m"]
    assert written(DelimitedFile, mark=True) == "\ufeff" + text


@pytest.mark.parametrize("begin", "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
def test_no_text_of_a_printer_is_run(begin) -> None:
    assert guarded(f"{begin}cmd|' /C calc'!A0").startswith("'")
    assert guarded(f"  {begin}x").startswith("'")


@given(st.lists(st.tuples(cells, cells, cells), max_size=5))
@settings(max_examples=150)
def test_any_cells_are_read_back(rows) -> None:
    found = list(csv.reader(io.StringIO(written(DelimitedFile, rows), newline="")))
    assert len(found) == len(rows) + 1
    for row in found[1:]:
        assert len(row) == 3
        for cell in row:
            number = cell.lstrip("-").isdecimal()
            assert number or not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    # A line ends with LF alone: NEL and their like may stand in a text.
    lines = list(io.StringIO(written(LinesFile, [r for r in rows if not _large(r)])))
    for line, row in zip(lines, [r for r in rows if not _large(r)], strict=True):
        assert tuple(json.loads(line).values()) == row


def _large(row) -> bool:
    whole = [c for c in row if isinstance(c, int)]
    return any(not -(2**63) <= c < 2**63 for c in whole)


def test_json_lines() -> None:
    lines = [json.loads(line) for line in io.StringIO(written(LinesFile, ROWS[:2]))]
    assert lines[0] == {"a": "text", "b": 12, "c": "2026-01-31T14:00:05Z"}
    assert lines[1] == {"a": "=1+1", "b": None, "c": True}


def test_a_workbook_has_typed_cells_and_a_header_that_stays(tmp_path) -> None:
    path = tmp_path / "a.xlsx"
    file = WorkbookFile(path, COLUMNS, name="Devices")
    for row in ROWS:
        file.row(row)
    file.close()
    sheet = openpyxl.load_workbook(path)["Devices"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C6"
    assert [cell.value for cell in sheet[1]] == [column.title for column in COLUMNS]
    assert sheet["A1"].font.bold
    assert sheet["C2"].value == WHEN.replace(tzinfo=None)
    assert sheet["B2"].value == 12
    assert (sheet["A3"].value, sheet["A3"].data_type) == ("=1+1", "s")
    assert sheet["A4"].data_type == "s"
    assert sheet["A5"].hyperlink is None
    assert (sheet["B3"].value, sheet["B4"].value) == (None, str(2**70))
    assert sheet["C3"].value is True


def test_a_workbook_begins_another_sheet_before_one_is_full(tmp_path) -> None:
    path = tmp_path / "a.xlsx"
    file = WorkbookFile(path, COLUMNS, name="H", limit=3)
    for number in range(7):
        file.row((number, None, None))
    file.close()
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["H", "H 2", "H 3"]
    assert [row[0].value for row in book["H 3"].iter_rows(min_row=2)] == [6]


def test_a_workbook_that_cannot_be_written(tmp_path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        WorkbookFile(tmp_path / "nowhere" / "a.xlsx", COLUMNS, name="H")
