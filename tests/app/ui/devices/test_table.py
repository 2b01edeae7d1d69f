"""The table as a widget: selection and scroll stay where a person left them."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui import delegates
from app.ui.devices.columns import USUAL
from app.ui.devices.model import DeviceModel
from app.ui.devices.row import Column
from app.ui.devices.table import DeviceTable
from app.ui.theme import Theme
from tests.support.sample_devices import summaries, summary


@pytest.fixture
def table(qtbot: QtBot, theme: Theme) -> DeviceTable:
    model = DeviceModel()
    made = DeviceTable(model)
    made.setProperty("devices", model)
    qtbot.addWidget(made)
    made.resize(780, 600)
    model.update(summaries(200))
    made.show()
    return made


def model_of(table: DeviceTable) -> DeviceModel:
    model = table.model()
    assert isinstance(model, DeviceModel)
    return model


def test_picking_a_row_tells_its_key_once(table: DeviceTable, qtbot: QtBot) -> None:
    heard: list[str] = []
    table.picked.connect(heard.append)
    place = table.visualRect(model_of(table).index(2, Column.STATE)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard == [table.current_key]


def test_selection_survives_news_sorting_and_filtering(table: DeviceTable) -> None:
    assert table.select_key("d00050")
    model = model_of(table)
    model.update([replace(summary(50), latest=None), summary(500)])
    assert table.current_key == "d00050"
    table.sortByColumn(Column.TOTAL, Qt.SortOrder.DescendingOrder)
    assert table.current_key == "d00050"
    model.set_filter("kyocera")
    assert table.current_key == "d00050"
    assert len(table.selectionModel().selectedRows()) == 1


def test_what_is_read_stays_put_while_rows_come_in_above(table: DeviceTable) -> None:
    table.select_key("d00120")
    bar = table.verticalScrollBar()
    bar.setValue(bar.value() + 17)
    first = table.indexAt(table.viewport().rect().topLeft())
    key, offset = first.data(Qt.ItemDataRole.UserRole).key, table.rowViewportPosition(first.row())
    model = model_of(table)
    model.update(summaries(400)[200:])
    now = model.index_of(key)
    assert now.row() != first.row()
    assert table.rowViewportPosition(now.row()) == offset


def test_at_the_top_it_stays_at_the_top(table: DeviceTable) -> None:
    model_of(table).update(summaries(400)[200:])
    assert table.verticalScrollBar().value() == 0


def test_a_device_that_the_filter_hides_cannot_be_selected(table: DeviceTable) -> None:
    model_of(table).set_filter("kyocera")
    assert not table.select_key("d00001")
    assert not table.select_key("no such key")


def test_keys_walk_rows_and_enter_opens(table: DeviceTable, qtbot: QtBot) -> None:
    opened: list[str] = []
    table.activated_key.connect(opened.append)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    first = table.current_key
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.current_key != first
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert table.currentIndex().column() == 0
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == [table.current_key]


def test_a_narrow_table_leaves_out_what_the_details_show(table: DeviceTable) -> None:
    hidden = {}
    for width in (780, 600, 450):
        table.resize(width, 600)
        hidden[width] = [c for c in USUAL if table.isColumnHidden(c)]
        assert not table.horizontalScrollBar().isVisible()
    assert hidden == {780: [], 600: [Column.ADDRESS], 450: [Column.SUPPLIES, Column.ADDRESS]}


def test_thousands_stay_selected_while_rows_come_and_go(table: DeviceTable) -> None:
    model = model_of(table)
    model.update(summaries(3_000))
    keys = model.visible()[::2]
    table.choose(keys)
    heard: list[int] = []
    table.chosen_changed.connect(lambda: heard.append(1))
    began = time.process_time()
    model.update([summary(number) for number in range(3_000, 3_010)])
    assert time.process_time() - began < 0.5
    assert table.chosen == keys
    assert heard == []
    model.remove(keys[:1_000])
    assert table.chosen == keys[1_000:]
    assert heard


def test_columns_are_chosen_and_keep_their_order(table: DeviceTable) -> None:
    table.show_columns((Column.PLACE, Column.READ, Column.MONO))
    assert table.columns == [Column.PLACE, Column.READ, Column.MONO]
    assert [c for c in Column if not table.isColumnHidden(c)] == [
        Column.PLACE,
        Column.MONO,
        Column.READ,
    ]
    table.show_columns(Column)
    assert table.columnWidth(Column.PLACE) >= 180
    assert table.horizontalHeader().length() > table.viewport().width()
    table.show_columns(())
    assert table.columns == list(USUAL)


@pytest.mark.parametrize("dark", [False, True])
def test_it_paints_every_kind_of_row(table: DeviceTable, theme: Theme, dark: bool) -> None:
    theme.force(dark)
    picture = table.grab().toImage()
    colors = {picture.pixelColor(x, y).name() for x in range(0, 780, 3) for y in range(40, 600, 2)}
    assert len(colors) > 20  # chips, bars and text, not one flat ground


def test_a_cell_that_is_cut_off_tells_all_of_itself(
    table: DeviceTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    tips: list[str] = []
    monkeypatch.setattr(
        delegates.QToolTip, "showText", lambda _at, text, _widget: tips.append(text)
    )
    long = "A place with a name that nobody would fit into any column of any table at all <b>"
    device = summary(0).device
    identity = replace(device.identity, location=long)
    model_of(table).update([replace(summary(0), device=replace(device, identity=identity))])
    for key, column in (("d00000", Column.TOTAL), ("d00000", Column.PLACE)):
        table.select_key(key)
        at = table.visualRect(model_of(table).index_of(key).siblingAtColumn(column)).center()
        event = QHelpEvent(QEvent.Type.ToolTip, at, table.viewport().mapToGlobal(at))
        QApplication.sendEvent(table.viewport(), event)
    (tip,) = tips
    assert "any table at all &lt;b&gt;" in tip
    assert "Kyocera CS 4053ci" in tip
