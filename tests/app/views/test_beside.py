"""A list with a pane beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.ui.theme import Theme
from app.views.beside import beside, list_card, share


def test_the_pane_has_its_width_and_the_list_the_rest(qtbot: QtBot, theme: Theme) -> None:
    content, bar, pane = QLabel("list"), QLabel("bar"), QLabel("pane")
    card = list_card(content, bar, 200)
    split = beside(card, pane, 150, 300)
    qtbot.addWidget(split)
    split.resize(1000, 400)
    split.show()
    assert pane.width() == 300
    assert card.width() == 1000 - 300 - split.handleWidth()
    assert content.height() > bar.height()
    share(split, 150)
    assert pane.width() == 150
    split.resize(500, 400)
    assert pane.width() == 150
    assert card.minimumWidth() == 200
