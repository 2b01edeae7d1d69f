"""The last readings side by side, and the sheet that shows them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.devices.readings_beside import Cell, beside
from app.ui.devices.readings_sheet import ReadingsSheet
from app.ui.theme import Theme
from core.model.provenance import Source
from core.model.reading import DeviceState, EngineLife, LevelState, Reading
from tests.support.sample_devices import summary
from tests.support.sample_readings import reading

WHOLE = reading(summary(0))


def at(day: int, total: int | None, black: float | None) -> Reading:
    """Make a reading of that day; black is the first supply."""
    meters = {} if total is None else {"total": total}
    state = LevelState.UNKNOWN if black is None else LevelState.OK
    supply = replace(WHOLE.supplies[0], level_percent=black, state=state)
    when = f"2026-01-{day:02}T08:00:00Z"
    return replace(WHOLE, taken_at=when, meters=meters, supplies=(supply,), engine_life=None)


def test_changes_have_their_sign_and_the_oldest_has_none() -> None:
    found = beside([at(3, 76_064, 40.0), at(2, 76_064, 41.0), at(1, 75_652, 3.0)])
    assert found.times == tuple(f"2026-01-{day:02}T08:00:00Z" for day in (3, 2, 1))
    rows = dict(found.rows)
    assert rows["Total"] == (Cell("76,064"), Cell("76,064", "+412"), Cell("75,652"))
    assert rows["Black"] == (Cell("40 %", "\u22121 %"), Cell("41 %", "+38 %"), Cell("3 %"))


def test_a_gap_is_not_known_and_is_stepped_over() -> None:
    rows = dict(beside([at(3, 120, None), at(2, None, 50.0), at(1, 100, 60.0)]).rows)
    assert rows["Total"] == (Cell("120", "+20"), Cell("not known", known=False), Cell("100"))
    assert rows["Black"][0] == Cell("not known", known=False)


def test_a_counter_that_fell_says_so() -> None:
    rows = dict(beside([at(2, 90, 50.0), at(1, 1_100, 50.0)]).rows)
    assert rows["Total"][0] == Cell("90", "\u22121,010")


def test_another_state_is_told() -> None:
    jam = replace(at(2, 1, 1.0), status=replace(WHOLE.status, state=DeviceState.ERROR))
    calm = replace(at(1, 1, 1.0), status=replace(WHOLE.status, state=DeviceState.IDLE))
    assert dict(beside([jam, calm]).rows)["State"] == (Cell("Error", "was Idle"), Cell("Idle"))


def test_a_state_that_is_not_told_is_not_known() -> None:
    odd = replace(at(2, 1, 1.0), status=replace(WHOLE.status, state=DeviceState.UNKNOWN))
    cells = dict(beside([at(3, 1, 1.0), odd, at(1, 1, 1.0)]).rows)["State"]
    assert cells[0].change == "was not known"
    assert cells[1] == Cell("not known", f"was {cells[2].text}", known=False)


def test_another_source_is_told_and_its_supplies_are_the_same_ones() -> None:
    by_ipp = replace(at(2, 1, 30.0), sources=(Source.IPP,))
    by_ipp = replace(by_ipp, supplies=(replace(by_ipp.supplies[0], index="marker-0"),))
    rows = beside([by_ipp, at(1, 1, 31.0)]).rows
    assert [name for name, _ in rows].count("Black") == 1
    assert dict(rows)["Black"] == (Cell("30 %", "\u22121 %"), Cell("31 %"))
    assert dict(rows)["Read by"] == (Cell("IPP", "was SNMP"), Cell("SNMP"))


def test_several_supplies_of_one_name_stay_apart() -> None:
    two = replace(at(1, 1, 30.0))
    other = replace(two.supplies[0], index="1.2", level_percent=80.0)
    rows = beside([replace(two, supplies=(*two.supplies, other))]).rows
    assert [cells[0].text for name, cells in rows if name == "Black"] == ["30 %", "80 %"]


def test_lives_in_other_units_have_no_difference() -> None:
    feet = replace(at(2, 1, 1.0), engine_life=EngineLife(500, "feet"))
    sheets = replace(at(1, 1, 1.0), engine_life=EngineLife(400, "impressions"))
    first, second = dict(beside([feet, sheets]).rows)["Engine life"]
    assert (first, second.change) == (Cell("500 feet"), "")
    more = replace(feet, engine_life=EngineLife(510, "feet"))
    assert dict(beside([more, feet]).rows)["Engine life (feet)"][0] == Cell("510", "+10")


def test_the_sheet_shows_them_and_only_of_its_device(qtbot: QtBot, theme: Theme) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    home.resize(1200, 700)
    home.show()
    sheet = ReadingsSheet(home)
    sheet.open_for(summary(0))
    sheet.show_readings("d00001", [at(1, 5, 5.0)])
    assert sheet.table.columnCount() == 0
    sheet.show_readings("d00000", [at(2, 120, 40.0), at(1, 100, 60.0)])
    assert (sheet.table.columnCount(), sheet.table.rowCount()) == (2, 4)
    names = [sheet.table.verticalHeaderItem(row).text() for row in range(4)]
    assert names == ["Total", "Black", "State", "Read by"]
    assert sheet._note.text().startswith("2 readings so far. ")
    theme.force(True)
    assert not sheet.table.grab().isNull()


def test_one_that_was_never_read_says_what_to_do(qtbot: QtBot, theme: Theme) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    home.show()
    sheet = ReadingsSheet(home)
    sheet.open_for(summary(16))
    sheet.show_readings("d00016", [])
    assert "Read now" in sheet._note.text()
    assert not sheet.table.isVisible()
