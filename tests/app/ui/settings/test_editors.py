"""What an editor shows is what it gives back, for every type of setting."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QSpinBox
from pytestqt.qtbot import QtBot

from app.ui.settings.devices import DevicesEditor
from app.ui.settings.lists import plain_editor
from app.ui.settings.segment_form import NameEditor, VersionsEditor
from app.ui.theme import Theme
from core.model.setting import Setting
from core.settings import Settings
from core.settings.shown import shown

ROWS = {row.path: row for row in shown(Settings())}
SEGMENT = {field.path: field for field in ROWS["discovery.segments"].fields}
PLAIN = [row for row in ROWS.values() if row.type != "table"]


@pytest.mark.parametrize("row", PLAIN, ids=lambda row: row.path)
def test_a_default_comes_back_as_it_is(row: Setting, qtbot: QtBot, theme: Theme) -> None:
    editor = plain_editor(row)
    qtbot.addWidget(editor)
    heard: list[int] = []
    editor.changed.connect(lambda: heard.append(1))
    editor.show_value(row.default)
    assert editor.value() == row.default
    assert heard == []
    assert editor.valid


@pytest.mark.parametrize(
    ("row", "value"),
    [
        (ROWS["collection.timeout"], 0.05),
        (ROWS["privacy.macs"], "omit"),
        (ROWS["schedule.search_days"], ["mon", "sun"]),
        (ROWS["schedule.deliver_from"], "23:59"),
        (ROWS["privacy.hidden"], ["10.0.0.1", "printer.local"]),
        (SEGMENT["max_hops"], 0),
        (SEGMENT["max_hops"], None),
        (SEGMENT["read_every"], None),
        (ROWS["privacy.segments"].fields[1], None),
        (ROWS["privacy.segments"].fields[1], "mask"),
    ],
)
def test_a_value_comes_back_as_it_is(row: Setting, value: Any, qtbot: QtBot) -> None:
    editor = plain_editor(row)
    qtbot.addWidget(editor)
    editor.show_value(value)
    assert editor.value() == value


def test_half_an_hour_is_none(qtbot: QtBot) -> None:
    editor = plain_editor(ROWS["schedule.search_at"])
    qtbot.addWidget(editor)
    heard: list[object] = []
    editor.changed.connect(lambda: heard.append(editor.value()))
    field = editor.findChild(QLineEdit)
    assert field is not None
    for key in "2359":
        qtbot.keyClick(field, key)
        if key == "3":
            qtbot.keyClick(field, ":")
    assert field.text() == "23:59"
    assert heard == ["23:59"]


def test_lines_are_split_at_commas_and_said_once(qtbot: QtBot) -> None:
    editor = plain_editor(SEGMENT["targets"])
    qtbot.addWidget(editor)
    box = editor.findChild(QPlainTextEdit)
    assert box is not None
    with qtbot.waitSignal(editor.changed):
        box.setPlainText("10.0.0.0/24, 10.0.1.0/24\n\n 10.0.0.0/24 ")
    assert editor.value() == ["10.0.0.0/24", "10.0.1.0/24"]
    assert editor.needed


def test_the_wheel_changes_nothing(qtbot: QtBot) -> None:
    editor = plain_editor(ROWS["schedule.read_every"])
    qtbot.addWidget(editor)
    editor.show_value(60)
    box = editor.findChild(QSpinBox)
    assert box is not None
    turn, none = QPoint(0, 120), Qt.MouseButton.NoButton
    at = QPointF(5, 5)
    event = QWheelEvent(
        at,
        at,
        turn,
        turn,
        none,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, event)
    assert editor.value() == 60


def test_versions_keep_their_order_and_v3_comes_first(qtbot: QtBot) -> None:
    editor = VersionsEditor(SEGMENT["versions"])
    qtbot.addWidget(editor)
    editor.show_value(["2c", "1"])
    editor._switches["3"].click()
    assert editor.value() == ["3", "2c", "1"]
    editor._switches["2c"].click()
    assert editor.value() == ["3", "1"]


def test_a_name_that_is_no_more_stays(qtbot: QtBot) -> None:
    editor = NameEditor(SEGMENT["credentials"], ("default",))
    qtbot.addWidget(editor)
    editor.show_value("gone")
    assert editor.value() == "gone"


def test_printers_are_ticked_by_name(qtbot: QtBot) -> None:
    row = ROWS["schedule.groups"].fields[1]
    editor = DevicesEditor(row, {"d2": "Annexe", "d1": "Zoo"})
    qtbot.addWidget(editor)
    editor.show_value(["d1", "old"])
    assert editor.value() == ["d1", "old"]
    assert [editor._box.list.item(n).text() for n in range(3)] == [
        "Annexe",
        "Zoo",
        "old (not known any more)",
    ]


def test_a_port_is_shown_as_it_is_typed(qtbot: QtBot, theme: Theme) -> None:
    editor = plain_editor(SEGMENT["port"])
    qtbot.addWidget(editor)
    editor.show_value(1161)
    assert editor.findChild(QSpinBox).text() == "1161"
