"""What stands where there is nothing, in a wide place and in a narrow one."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.ui.empty_state import EmptyState
from app.ui.theme import Theme

TEXT = "Scan the network: every printer that answers is shown here with its counters. " * 2


@pytest.mark.parametrize("width", [280, 340, 380, 900])
def test_the_words_fit_the_place(theme: Theme, qtbot: QtBot, width: int) -> None:
    made = EmptyState("devices")
    qtbot.addWidget(made)
    made.say("No printers yet", TEXT, "Scan network")
    made.resize(width, 400)
    made.show()
    assert made.minimumSizeHint().width() <= width
    for words in made.findChildren(QLabel):
        assert made.rect().contains(words.geometry()), words.text()
        needs = words.heightForWidth(words.width()) if words.wordWrap() else 0
        assert words.height() >= needs, words.text()


def test_nothing_to_say_is_no_fault(theme: Theme, qtbot: QtBot) -> None:
    made = EmptyState("map")
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    assert made.isVisible()
