"""The search field: its hint, and the keys that stand at its end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.search_box import SearchBox
from app.ui.theme import Theme


@pytest.fixture
def box(qtbot: QtBot, theme: Theme) -> SearchBox:
    made = SearchBox("Find", "Find name, serial number or address", keys="Ctrl+F")
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("way", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("wide", [120, 236, 300, 360, 480])
def test_the_keys_never_lie_on_the_hint(box: SearchBox, way: Qt.LayoutDirection, wide: int) -> None:
    box.setLayoutDirection(way)
    box.setFixedWidth(wide)
    box.grab()
    words = box.fontMetrics().horizontalAdvance(box.placeholderText())
    keys = box._hint
    assert keys is not None
    assert keys.isVisible() == (wide == 480 or words + keys.width() + 60 < wide)
    if keys.isVisible():
        assert box.rect().contains(keys.geometry())
        room = keys.x() if way is Qt.LayoutDirection.LeftToRight else wide - keys.geometry().right()
        assert words < room - 30  # the mark of searching stands before the words


def test_what_is_typed_hides_the_keys_and_clearing_shows_them(box: SearchBox) -> None:
    box.setFixedWidth(480)
    box.setText("kyocera")
    assert not box._hint.isVisible()
    box.clear()
    assert box._hint.isVisible()
