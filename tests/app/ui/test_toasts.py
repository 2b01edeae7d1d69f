"""Messages lie where they cover nothing that a person may press."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui import free_spot
from app.ui.theme import Theme
from app.ui.toasts import Toasts


@pytest.fixture
def home(qtbot: QtBot, theme: Theme) -> QWidget:
    result = QWidget()
    result.resize(980, 600)
    qtbot.addWidget(result)
    result.show()
    qtbot.waitExposed(result)
    return result


def put(home: QWidget, box: QRect) -> QPushButton:
    result = QPushButton(home)
    result.setGeometry(box)
    result.show()
    return result


def covered(home: QWidget, shown: Toasts) -> bool:
    return any(shown.geometry().intersects(box) for box in free_spot.controls(home, shown))


def test_a_button_in_the_corner_stays_free(home: QWidget) -> None:
    put(home, QRect(800, 550, 120, 32))
    shown = Toasts(home)
    shown.say("Saved.")
    assert not covered(home, shown)
    assert home.rect().contains(shown.geometry())


def test_a_whole_row_of_buttons_below_stays_free(home: QWidget) -> None:
    for left in range(0, 980, 60):
        put(home, QRect(left, 560, 50, 32))
    shown = Toasts(home)
    shown.say("One.")
    shown.say("Two.", action="Undo")
    assert not covered(home, shown)


def test_one_that_comes_later_is_given_way_to(home: QWidget, qtbot: QtBot) -> None:
    shown = Toasts(home)
    shown.say("Saved.")
    put(home, shown.geometry().adjusted(40, 4, -200, -4))
    assert covered(home, shown)
    qtbot.waitUntil(lambda: not covered(home, shown), timeout=3000)


def test_where_everything_is_a_control_the_lower_edge_it_is(home: QWidget) -> None:
    put(home, home.rect())
    shown = Toasts(home)
    shown.say("Saved.")
    assert home.rect().contains(shown.geometry())
    assert shown.geometry().center().x() == pytest.approx(home.width() / 2, abs=2)


def test_the_keyboard_comes_and_goes_back(home: QWidget, qtbot: QtBot) -> None:
    start = put(home, QRect(0, 0, 80, 32))
    home.activateWindow()
    start.setFocus()
    qtbot.waitUntil(start.hasFocus)
    shown = Toasts(home)
    toast = shown.say("Saved.", action="Undo")
    shown.take_keyboard()
    assert toast.isAncestorOf(QApplication.focusWidget())
    assert not toast._timer.isActive()  # it waits for the answer
    assert shown.dismiss()
    assert start.hasFocus()
    assert not shown.dismiss()
