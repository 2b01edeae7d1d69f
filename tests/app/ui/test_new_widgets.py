"""The shared widgets: what they say, and what a person does to them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui import paint, toasts
from app.ui.banner import Notice
from app.ui.buttons import MenuButton, TextButton
from app.ui.cards import Card, NoticeCard, StatCard
from app.ui.chips import FilterChip
from app.ui.choices import CheckBox, RadioButton, Switch
from app.ui.forms import Form, FormRow
from app.ui.page_header import PageHeader
from app.ui.pickers import ComboBox, NumberField
from app.ui.search_box import SearchBox
from app.ui.segmented import SegmentedControl
from app.ui.sheet import Sheet
from app.ui.task_progress import Task, TaskProgress, TaskState
from app.ui.theme import Theme
from app.ui.toasts import Toasts
from app.ui.tokens import Tone


@pytest.fixture
def home(qtbot: QtBot, theme: Theme) -> QWidget:
    """A window of 900 by 600, shown."""
    result = QWidget()
    result.resize(900, 600)
    qtbot.addWidget(result)
    result.show()
    qtbot.waitExposed(result)
    return result


def button_of(widget: QWidget, text: str) -> QPushButton:
    return next(b for b in widget.findChildren(QPushButton) if text in {b.text(), b.toolTip()})


def test_toasts_go_by_themselves_and_make_room(
    home: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toasts, "SHOWN_MS", 30)
    shown = Toasts(home)
    shown.say("Saved")
    assert shown.texts == ("Saved",)
    assert shown.geometry().right() < home.width()
    assert shown.geometry().bottom() < home.height()
    qtbot.waitUntil(lambda: not shown.texts, timeout=2000)
    assert not shown.isVisible()
    for number in range(5):
        shown.say(f"Export {number}", action="Open")
    assert shown.texts == ("Export 2", "Export 3", "Export 4")


def test_a_toast_has_an_action_and_is_said_aloud(
    home: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", staticmethod(lambda event: said.append(event.message()))
    )
    done: list[str] = []
    shown = Toasts(home)
    toast = shown.say("Exported", action="Open", act=lambda: done.append("opened"))
    assert said == ["Exported"]
    qtbot.mouseClick(button_of(toast, "Open"), Qt.MouseButton.LeftButton)
    assert done == ["opened"]
    assert shown.texts == ()


def test_an_error_is_never_a_toast(home: QWidget) -> None:
    with pytest.raises(ValueError, match="stays until"):
        Toasts(home).say("Could not be saved", Tone.ERROR)


def test_work_can_be_stopped_once(home: QWidget, qtbot: QtBot) -> None:
    heard: list[str] = []
    progress = TaskProgress()
    qtbot.addWidget(progress)
    progress.cancelled.connect(lambda: heard.append("cancelled"))
    progress.closed.connect(lambda: heard.append("closed"))
    progress.show_task(Task("Sending the logs", 0.4, "2 of 5 MB"))
    press = button_of(progress, "Cancel")
    press.click()
    assert progress.task is not None
    assert progress.task.state is TaskState.CANCELLING
    assert not press.isEnabled()
    press.click()
    assert heard == ["cancelled"]
    progress.show_task(Task("Not sent", None, "The hub does not answer.", TaskState.FAILED))
    assert press.text() == "Close"
    press.click()
    assert heard == ["cancelled", "closed"]
    progress.show_task(None)
    assert not progress.isVisible()


def test_a_sheet_gives_the_keyboard_back(home: QWidget, qtbot: QtBot) -> None:
    opener = QPushButton("Open", home)
    opener.show()
    home.activateWindow()
    opener.setFocus()
    sheet = Sheet(home, "Edit the segment")
    field = QLineEdit()
    sheet.body.addWidget(field)
    heard: list[bool] = []
    sheet.closed.connect(lambda: heard.append(True))
    sheet.open()
    assert sheet.height() == home.height()
    assert sheet.x() + sheet.width() == home.width()
    home.resize(700, 500)
    qtbot.waitUntil(lambda: sheet.height() == 500)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert heard == [True]
    assert home.focusWidget() is opener


def test_a_row_says_in_its_place_what_is_wrong(home: QWidget) -> None:
    field = QLineEdit()
    row = FormRow("Address", field, "A name or an address", beside=False)
    Form(row).setParent(home)
    assert field.accessibleName() == "Address"
    row.refuse("“10.0.0.” is not an address: four numbers belong to one")
    assert field.property("wrong") == "true"
    assert field.accessibleDescription() == row.refused
    row.refuse("")
    assert field.accessibleDescription() == "A name or an address"


def test_segments_choose_by_pointer_and_by_arrows(home: QWidget, qtbot: QtBot) -> None:
    heard: list[str] = []
    choice = SegmentedControl("Range", (("d", "Day"), ("w", "Week"), ("m", "Month")), home)
    choice.chosen.connect(heard.append)
    choice.show()
    assert choice.key == "d"
    qtbot.mouseClick(choice.part("m"), Qt.MouseButton.LeftButton)
    choice.part("d").setEnabled(False)
    qtbot.keyClick(choice.part("m"), Qt.Key.Key_Right)
    choice.choose("m")
    assert heard == ["m", "w"]


def test_a_search_waits_for_the_end_of_typing(home: QWidget, qtbot: QtBot) -> None:
    box = SearchBox("Filter", keys="Ctrl+F", scope=home)
    box.setParent(home)
    heard: list[str] = []
    box.searched.connect(heard.append)
    qtbot.keyClicks(box, "ricoh")
    assert heard == []
    qtbot.waitUntil(lambda: heard == ["ricoh"], timeout=2000)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert heard == ["ricoh"]
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert heard == ["ricoh", ""]


def test_a_button_at_work_cannot_be_pressed_again(home: QWidget) -> None:
    send = TextButton("Send", "send", "primary")
    send.setParent(home)
    send.show()
    wide = send.sizeHint().width()
    send.work(True)
    assert not send.isEnabled()
    assert send.sizeHint().width() == wide
    send.work(False)
    assert send.isEnabled()


def test_a_menu_offers_commands(home: QWidget) -> None:
    heard: list[str] = []
    more = MenuButton("More")
    more.setParent(home)
    more.offer("Export", lambda: heard.append("export"), icon="download", keys="Ctrl+E")
    more.list.actions()[0].trigger()
    assert heard == ["export"]


def test_marks_take_the_keyboard(home: QWidget, qtbot: QtBot) -> None:
    for each in (CheckBox("Keep"), RadioButton("Day"), Switch("On")):
        each.setParent(home)
        each.show()
        qtbot.keyClick(each, Qt.Key.Key_Space)
        assert each.isChecked()


def test_the_longest_choice_is_whole_where_there_is_room(qtbot: QtBot, theme: Theme) -> None:
    for words in ("Newest first", "All kinds of alerts"):
        choice = ComboBox("Order", (("", words), ("b", "b"))).give_way(6)
        qtbot.addWidget(choice)
        choice.resize(choice.sizeHint())
        choice.show()
        assert choice.toolTip() == ""  # it says what does not fit
        choice.resize(choice.sizeHint().width() - 8, choice.height())
        assert choice.toolTip() == f"<qt>{words}</qt>"


def test_the_wheel_changes_no_setting(home: QWidget) -> None:
    choice = ComboBox("Scheme", (("light", "Light"), ("dark", "Dark")))
    choice.choose("dark")
    choice.choose("nothing like it")
    assert choice.value() == "dark"
    number = NumberField("Every", 1, 90, unit="days")
    assert number.text() == "1 days"


def test_chips_are_taken_away_by_the_keyboard(home: QWidget, qtbot: QtBot) -> None:
    chip = FilterChip("Ricoh", removable=True)
    chip.setParent(home)
    with qtbot.waitSignal(chip.removed):
        qtbot.keyClick(chip, Qt.Key.Key_Delete)


def test_cards_say_what_they_show(home: QWidget) -> None:
    card = StatCard("Pages in this range", "11,842", "+6 % on the six weeks before")
    assert "11,842" in card.accessibleName()
    titled = Card("Supplies", "since 1 Oct")
    titled.show_title("Pages")
    titled.show_tone(Tone.WARNING)
    assert titled.property("tone") == "warning"
    notice = NoticeCard(Notice(Tone.WARNING, "No answer", "Look at the cable", "Try again"))
    assert notice.accessibleDescription() == "Look at the cable"
    notice.tell(None)
    assert not notice.isVisible()
    header = PageHeader("History")
    header.summarise("24 printers")
    assert header.summary == "24 printers"


def test_every_tone_has_a_shape_of_its_own(theme: Theme) -> None:
    shapes = set()
    for tone in Tone:
        picture = QImage(16, 16, QImage.Format.Format_Alpha8)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint.draw_sign(painter, QPointF(8, 8), tone)
        painter.end()
        shapes.add(bytes(picture.constBits()))  # type: ignore[arg-type]
    assert len(shapes) == len(Tone)
