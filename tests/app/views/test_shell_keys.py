"""The keyboard in the whole window, by real key events: keys, guide, messages, copying."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.banner import Notice
from app.ui.charts.data import Amount, ChartData, Column, Part
from app.ui.charts.span import Span
from app.ui.guide import PLACES, Guide
from app.ui.tokens import Tone
from tests.support.fake_alerts import alert
from tests.support.inhabited import Opened
from tests.support.sample_devices import summary
from tests.support.sample_readings import reading

AT = datetime(2026, 1, 14, tzinfo=UTC).timestamp()
PART = Part("meters.mono", "Mono", "toner_k")
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def press(
    inhabited: Opened, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key where the keyboard is."""
    target = QApplication.focusWidget() or inhabited.window
    inhabited.qtbot.keyClick(target, key, modifier)


def focus(inhabited: Opened, widget: QWidget) -> None:
    inhabited.window.activateWindow()
    widget.setFocus()
    inhabited.loop.wait(widget.hasFocus, "the keyboard")


@pytest.mark.parametrize("view", ["map", "devices", "history", "alerts", "settings"])
def test_the_question_mark_shows_the_keys_in_every_view(inhabited: Opened, view: str) -> None:
    window = inhabited.window
    window.open_view(view)
    if view == "settings":
        focus(inhabited, window.rail._buttons["settings"])  # its search takes what is typed
    press(inhabited, Qt.Key.Key_Question, SHIFT)
    keys = inhabited.habits._keys
    assert keys is not None
    assert keys.isVisible()
    press(inhabited, Qt.Key.Key_Escape)
    assert not keys.isVisible()


def test_a_question_mark_that_is_typed_stays_a_letter(inhabited: Opened) -> None:
    field = inhabited.window.devices.filter
    focus(inhabited, field)
    press(inhabited, Qt.Key.Key_Question, SHIFT)
    assert field.text() == "?"
    assert inhabited.habits._keys is None


def test_the_list_has_every_key_of_the_guide(inhabited: Opened) -> None:
    listed = {command.keys for command in inhabited.habits.commands.with_keys()}
    assert {"Ctrl+K", "F1", "?", "Ctrl+1", "Ctrl+F", "Ctrl+R", "Ctrl+C", "F8", "Esc"} <= listed


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where the guide was opened."""
    opened_at: list[str] = []
    monkeypatch.setattr(Guide, "open_at", lambda _self, place: opened_at.append(place))
    return opened_at


@pytest.mark.parametrize("view", ["map", "devices", "history", "alerts", "settings"])
def test_f1_opens_the_guide_at_the_view(inhabited: Opened, view: str, shown: list[str]) -> None:
    inhabited.window.open_view(view)
    press(inhabited, Qt.Key.Key_F1)
    assert shown == [PLACES[view]]


def test_f1_opens_the_guide_at_what_has_the_keyboard(inhabited: Opened, shown: list[str]) -> None:
    window = inhabited.window
    window.devices.show_key("d00001")
    focus(inhabited, window.devices.details._read)
    press(inhabited, Qt.Key.Key_F1)
    focus(inhabited, window.header.support)
    press(inhabited, Qt.Key.Key_F1)
    inhabited.habits.open_palette()
    press(inhabited, Qt.Key.Key_F1)
    inhabited.habits.palette.leave()
    inhabited.habits.set_up()
    press(inhabited, Qt.Key.Key_F1)
    assert shown == [
        "Where a number comes from",
        "Sending logs to support",
        "Keys",
        "Setting up",
    ]


def test_every_place_is_a_heading_of_the_guide(inhabited: Opened) -> None:
    guide = Guide(inhabited.window)
    assert set(PLACES.values()) <= set(guide.headings())


# --- messages -------------------------------------------------------------------------------------


def test_a_message_is_reached_and_answered_by_keys(inhabited: Opened) -> None:
    window, done = inhabited.window, []
    focus(inhabited, window.devices.table)
    window.toasts.say("Saved.", Tone.GOOD, "Undo", lambda: done.append("undone"))
    press(inhabited, Qt.Key.Key_F8)
    press(inhabited, Qt.Key.Key_Space)
    assert done == ["undone"]
    assert window.toasts.texts == ()
    assert window.devices.table.hasFocus()


def test_escape_takes_a_message_away_and_then_nothing(inhabited: Opened) -> None:
    window = inhabited.window
    focus(inhabited, window.devices.table)
    window.toasts.say("One.")
    window.toasts.say("Two.")
    press(inhabited, Qt.Key.Key_Escape)
    assert window.toasts.texts == ("One.",)
    press(inhabited, Qt.Key.Key_Escape)
    assert window.toasts.texts == ()
    assert window.isVisible()


# --- copying --------------------------------------------------------------------------------------


def copied(inhabited: Opened) -> list[list[str]]:
    QApplication.clipboard().clear()
    press(inhabited, Qt.Key.Key_C, CTRL)
    return [line.split("\t") for line in QApplication.clipboard().text().splitlines()]


def test_rows_of_printers_are_copied(inhabited: Opened) -> None:
    inhabited.window.devices.table.choose(["d00001", "d00002"])
    focus(inhabited, inhabited.window.devices.table)
    assert len(copied(inhabited)) == 3  # with the heads


def test_details_are_copied_from_any_button_of_theirs(inhabited: Opened) -> None:
    window = inhabited.window
    inhabited.agent.readings["d00001"] = reading(summary(1))
    window.devices.show_key("d00001")
    focus(inhabited, window.devices.details._read)
    text = "\n".join("\t".join(line) for line in copied(inhabited))
    assert window.model.row("d00001").address in text  # type: ignore[union-attr]
    assert "Total" in text


def test_alerts_and_what_stands_beside_them_are_copied(inhabited: Opened) -> None:
    window = inhabited.window
    inhabited.agent.alerts.put(alert(1), alert(2))
    inhabited.loop.run(inhabited.workers.alerts.close())
    window.open_view("alerts")
    window.alerts._take([alert(1), alert(2)])
    window.alerts.table.setCurrentIndex(window.alerts.model.index(0, 1))
    focus(inhabited, window.alerts.table)
    assert len(copied(inhabited)) == 2
    focus(inhabited, window.alerts.pane.change)
    said = copied(inhabited)
    assert any(alert(1).name in " ".join(line) for line in said)


def test_the_list_of_the_map_is_copied(inhabited: Opened) -> None:
    window = inhabited.window
    window.open_view("map")
    window.map._toggle_list()
    rows = window.map.list._rows
    inhabited.loop.wait(lambda: rows.index_of("d00001").isValid(), "the list")
    window.map.list.show_key("d00001")
    focus(inhabited, window.map.list)
    assert len(copied(inhabited)) >= 2


def test_the_values_of_a_chart_are_copied(inhabited: Opened) -> None:
    window = inhabited.window
    window.open_view("history")
    inhabited.loop.run(inhabited.workers.history.close())  # what it says is not what is looked at
    card = window.history.volumes
    bucket = Column(AT, AT + 86_400, (Amount(120),))
    card.show_data(ChartData(Span(AT, AT + 86_400), (PART,), (bucket,)), UTC, None)
    window.history._pages.setCurrentIndex(0)
    focus(inhabited, card.chart)
    rows = copied(inhabited)
    assert len(rows) == 2
    assert "120" in rows[1]


def test_marked_words_come_first(inhabited: Opened) -> None:
    window = inhabited.window
    window.tell(Notice(Tone.WARNING, "Harbour Print does not answer.", "Look at the network."))
    window.banner._text.setSelection(0, 6)
    assert copied(inhabited) == [["Harbou"]]


def test_where_there_is_nothing_that_is_said(inhabited: Opened) -> None:
    window = inhabited.window
    window.open_view("settings")
    focus(inhabited, window.rail._buttons["settings"])
    assert copied(inhabited) == []
    assert "Nothing to copy" in window.toasts.texts[-1]
