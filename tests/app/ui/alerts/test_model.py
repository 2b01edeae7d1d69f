"""The table of alerts: order, filters, checks, and that nothing moves under a person's hands."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.alerts.model import AlertColumn, AlertFilter, AlertModel
from app.ui.alerts.table import AlertTable
from app.ui.theme import Theme
from tests.support.fake_alerts import alert


def names(key: str) -> tuple[str, str]:
    return f"Place {key}", "A model"


@pytest.fixture
def model(qtbot: QtBot, theme: Theme) -> AlertModel:
    return AlertModel(names)


def keys(model: AlertModel) -> list[str | None]:
    return [model.key_at(row) for row in range(model.rowCount())]


def test_the_newest_is_first_and_what_is_seen_to_goes(model: AlertModel) -> None:
    model.update([alert(1), alert(3), alert(2)])
    assert keys(model) == ["a00003", "a00002", "a00001"]
    model.update([replace(alert(3), acknowledged_at="2026-01-14T15:00:00Z")])
    assert keys(model) == ["a00002", "a00001"]
    assert model.open_count == 2
    model.set_filter(AlertFilter(only_open=False))
    assert keys(model) == ["a00003", "a00002", "a00001"]
    model.remove(["a00002"])
    assert keys(model) == ["a00003", "a00001"]
    assert model.open_count == 1


def test_filters_by_kind_device_and_words(model: AlertModel) -> None:
    model.update([alert(1), alert(2, "d2", kind="offline", text="It is offline."), alert(3)])
    for wanted, found in (
        (AlertFilter(kind="offline"), ["a00002"]),
        (AlertFilter(device="d2"), ["a00002"]),
        (AlertFilter(words=("place", "d2")), ["a00002"]),
        (AlertFilter(words=("toner", "d2")), ["a00002"]),
        (AlertFilter(words=("nothing",)), []),
    ):
        model.set_filter(wanted)
        assert keys(model) == found, wanted


def test_what_belongs_together_can_stand_together(model: AlertModel) -> None:
    model.update([alert(1, "x"), alert(2, "y"), alert(3, "x"), alert(4, "y", kind="offline")])
    model.set_filter(AlertFilter(group="device"))
    assert keys(model) == ["a00004", "a00002", "a00003", "a00001"]
    model.set_filter(AlertFilter(group="kind"))
    assert keys(model) == ["a00004", "a00003", "a00002", "a00001"]


def test_a_selection_follows_its_alert(model: AlertModel) -> None:
    model.update([alert(n) for n in range(5)])
    held = QPersistentModelIndex(model.index_of("a00002"))
    model.update([alert(9)])
    assert model.key_at(held.row()) == "a00002"
    model.update([replace(alert(2), cleared_at="2026-01-14T15:00:00Z")])
    assert not held.isValid()


def test_checks_are_of_what_is_in_sight(model: AlertModel, qtbot: QtBot) -> None:
    model.update([alert(n) for n in range(3)])
    model.toggle(["a00000", "a00002"])
    assert [o.key for o in model.checked_items()] == ["a00002", "a00000"]
    with qtbot.waitSignal(model.checked):
        model.update([replace(alert(2), cleared_at="2026-01-14T15:00:00Z")])
    assert [o.key for o in model.checked_items()] == ["a00000"]
    model.check_all(on=True)
    assert len(model.checked_items()) == 2


def test_a_screen_reader_hears_every_cell(model: AlertModel) -> None:
    model.update([alert(4)])
    role = Qt.ItemDataRole.AccessibleTextRole
    said = [model.data(model.index(0, column), role) for column in AlertColumn]
    assert said[:4] == [
        "Not selected",
        "Warning",
        "Black toner is at 4 %. Toner or ink is low",
        "Place d00000, A model",
    ]
    assert said[4].startswith("Since 10 Jan")
    tips = [
        model.data(model.index(0, column), Qt.ItemDataRole.ToolTipRole) for column in AlertColumn
    ]
    assert tips[AlertColumn.WHAT] == "<qt>Black toner is at 4 %.<br>Toner or ink is low</qt>"


def test_the_end_of_the_list_asks_for_older_ones(model: AlertModel, qtbot: QtBot) -> None:
    model.set_more(True)
    assert not model.canFetchMore()
    model.set_filter(AlertFilter(only_open=False))
    with qtbot.waitSignal(model.older_wanted):
        model.fetchMore()


def test_keys_check_open_and_walk(model: AlertModel, qtbot: QtBot) -> None:
    table = AlertTable(model)
    qtbot.addWidget(table)
    model.update([alert(n) for n in range(3)])
    picked: list[str] = []
    opened: list[str] = []
    table.picked.connect(picked.append)
    table.opened.connect(opened.append)
    table.select_key("a00002")
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert picked == ["a00002", "a00001"]
    assert [o.key for o in model.checked_items()] == ["a00001"]
    table.setCurrentIndex(model.index(1, AlertColumn.WHAT))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == ["a00001"]
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(model.checked_items()) == 3


def test_ten_thousand_alerts_hold_nothing_up(model: AlertModel, qtbot: QtBot) -> None:
    table = AlertTable(model)
    qtbot.addWidget(table)
    table.resize(900, 600)
    table.show()
    model.update([alert(n, f"d{n % 50}") for n in range(10_000)])
    table.select_key("a05000")
    bar = table.verticalScrollBar()
    row = model.index_of("a05000").row()
    before = table.rowViewportPosition(row)
    began = time.perf_counter()
    model.update([alert(20_000 + n) for n in range(100)])
    took = time.perf_counter() - began
    assert took < 0.5, took
    assert bar.value() > 0
    assert table.current_key == "a05000"
    assert table.rowViewportPosition(model.index_of("a05000").row()) == before
    began = time.perf_counter()
    model.set_filter(AlertFilter(words=("d7",)))
    assert time.perf_counter() - began < 0.5
    assert model.rowCount() == 200
