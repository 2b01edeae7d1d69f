"""The table of devices: order, filter, selection, and ten thousand of them."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from statistics import median

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from app.ui.devices.model import ROW_ROLE, DeviceModel, cell_text
from app.ui.devices.row import Column, make_row, natural
from app.workers.batch import MOST_AT_ONCE
from core.model.device import DeviceSummary
from core.model.identity import Endpoint, Identity
from core.model.problem import Problem
from core.model.reading import DeviceState, Status
from tests.support.sample_devices import summaries, summary

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@pytest.fixture
def model(qapp: QApplication) -> DeviceModel:
    made = DeviceModel()
    made.update(summaries(40))
    return made


def shown(model: DeviceModel) -> list[str]:
    return [model.index(row, 0).data(ROW_ROLE).key for row in range(model.rowCount())]


def column_of(model: DeviceModel, column: Column) -> list[object]:
    return [model.index(row, 0).data(ROW_ROLE).order[column] for row in range(model.rowCount())]


def test_it_is_a_proper_model(qapp: QApplication) -> None:
    model = DeviceModel()
    mode = QAbstractItemModelTester.FailureReportingMode.Warning  # any word of Qt fails the test
    tester = QAbstractItemModelTester(model, mode)
    model.update(summaries(30))
    model.set_filter("kyocera")
    model.sort(Column.TOTAL, DOWN)
    model.update([replace(summary(0), latest=None), summary(70)])
    model.remove(["d00000", "d00010"])
    model.set_filter("")
    assert tester.model() is model
    assert model.rowCount() == 29


@pytest.mark.parametrize("column", Column)
@pytest.mark.parametrize("order", [UP, DOWN])
def test_it_sorts_and_the_unknown_stands_last(
    model: DeviceModel, column: Column, order: Qt.SortOrder
) -> None:
    model.sort(column, order)
    values = column_of(model, column)
    known = [v for v in values if v is not None]
    assert known == sorted(known, reverse=order is DOWN)  # type: ignore[type-var]
    assert values[len(known) :] == [None] * (len(values) - len(known))


def test_numbers_in_names_sort_as_numbers() -> None:
    names = ["Office 10", "office 9", "Office", "2nd floor"]
    assert sorted(names, key=natural) == ["2nd floor", "Office", "office 9", "Office 10"]


def test_addresses_sort_as_numbers(model: DeviceModel) -> None:
    model.sort(Column.ADDRESS, UP)
    found = [model.index(row, 0).data(ROW_ROLE).address for row in range(3)]
    assert found == ["10.1.0.32", "10.1.0.33", "10.1.0.34"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("VNC3J00002", "d00002"),
        ("192.168.4.20", "d00000"),
        ("00:17:C8:00:00:05", "d00005"),
        ("jam front canon", "d00007"),
        ("director 10.1.0.33", "d00013"),
        ("archive three times", "d00008"),
    ],
)
def test_the_filter_looks_at_everything(model: DeviceModel, text: str, key: str) -> None:
    model.set_filter(text)
    assert shown(model) == [key]


def test_every_word_of_the_filter_must_be_there(model: DeviceModel) -> None:
    model.set_filter("KYOCERA reception")
    assert shown(model) == ["d00000", "d00020"]
    model.set_filter("kyocera warehouse")
    assert shown(model) == []
    model.set_filter("  ")
    assert model.rowCount() == 40


def test_an_index_follows_its_device(model: DeviceModel) -> None:
    held = QPersistentModelIndex(model.index_of("d00005"))
    model.sort(Column.TOTAL, DOWN)
    assert held.data(ROW_ROLE).key == "d00005"
    model.update(summaries(400)[40:])
    assert held.data(ROW_ROLE).key == "d00005"
    model.set_filter("no such printer")
    assert not held.isValid()


def test_news_that_move_nothing_are_told_cell_by_cell(model: DeviceModel) -> None:
    heard: list[tuple[int, int]] = []
    moved: list[object] = []
    model.dataChanged.connect(lambda a, b, _roles=(): heard.append((a.row(), b.row())))
    model.layoutChanged.connect(lambda *_: moved.append(1))
    row = model.index_of("d00003").row()
    model.update([replace(summary(3), problem=Problem("snmp_timeout", "No answer."))])
    assert heard == [(row, row)]
    assert moved == []
    assert model.row("d00003").chip.word == "No answer"  # type: ignore[union-attr]


def test_it_counts_who_needs_attention(model: DeviceModel) -> None:
    rows = [make_row(s) for s in summaries(40)]
    assert model.needing_attention == sum(r.chip.needs_attention for r in rows)
    assert model.silent == sum(r.chip.silent for r in rows)
    model.remove([r.key for r in rows if r.chip.needs_attention])
    assert model.needing_attention == 0


def test_what_is_not_known_says_so() -> None:
    bare = DeviceSummary(replace(summary(9).device, provisional=True))
    row = make_row(bare)
    assert row.total == "not known"
    assert row.serial == "serial not known"
    assert row.supplies_text == "not known"
    zebra = make_row(summary(19))
    assert (zebra.total, zebra.total_note) == ("not known", "58,410 feet")


@pytest.mark.parametrize("column", list(Column))
def test_every_cell_of_every_kind_of_device_says_something(column: Column) -> None:
    read = summary(0).latest
    assert read is not None
    told_nothing = replace(
        read, status=Status(DeviceState.UNKNOWN), supplies=(), meters={}, engine_life=None
    )
    bare = replace(
        summary(0).device, identity=Identity(), hops=None, segment=None, evidence=(), version=None
    )
    cable = replace(bare, endpoint=Endpoint("usb:04f9:0022:E65436", 0))
    kinds = [
        DeviceSummary(device, latest, **more)
        for device in (bare, cable)
        for latest in (None, told_nothing)
        for more in ({}, {"stale": True}, {"state": DeviceState.OFFLINE})
    ]
    for kind in kinds:
        said = cell_text(make_row(kind), column)
        assert said.strip(" ,")
        assert "usb:" not in said


def test_what_was_never_read_and_what_hangs_on_a_cable_say_why() -> None:
    cable = replace(summary(0).device, endpoint=Endpoint("usb:04f9:0022:E65436", 0), segment=None)
    row = make_row(DeviceSummary(cable))
    assert (row.address, row.total, row.total_note) == ("USB cable", "not known", "not read yet")
    assert cell_text(row, Column.READ) == "not read yet"
    assert cell_text(row, Column.SEGMENT) == "on a cable"
    assert cell_text(make_row(summary(0)), Column.REMAINING) == "not known"


def test_a_tip_shows_letter_by_letter_what_a_printer_says(model: DeviceModel) -> None:
    said = Problem("snmp_odd", "It says <img src=x>.", "Look & see.")
    model.update([replace(summary(0), problem=said)])
    tip = model.index_of("d00000").siblingAtColumn(Column.STATE).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;img src=x&gt;" in tip


@pytest.fixture
def _calm_collector() -> Iterator[None]:
    """No cycle collector in between, as the window arranges for itself."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_calm_collector")
def test_ten_thousand_rows_are_quick(qapp: QApplication) -> None:
    many = summaries(10_000)
    model = DeviceModel()
    took = []
    for start in range(0, len(many), MOST_AT_ONCE):
        began = time.process_time()
        model.update(many[start : start + MOST_AT_ONCE])
        took.append(time.process_time() - began)
    assert max(took) < 0.05
    # A part costs what it brings, however many there are already.
    assert median(took[-10:]) < 2 * median(took[:10])
    for act in (
        lambda: model.set_filter("kyocera idle"),
        lambda: model.set_filter(""),
        lambda: model.set_filter("vendor:kyocera supply<50 -is:stale"),
        lambda: model.set_filter(""),
        *(partial(model.sort, column, DOWN) for column in Column),
        lambda: model.sort(Column.PLACE, UP),
    ):
        began = time.process_time()
        act()
        assert time.process_time() - began < 0.1
