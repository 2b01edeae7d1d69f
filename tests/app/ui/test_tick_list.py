"""Printers to be ticked: found among thousands, and none loses its tick by a search."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.theme import Theme
from app.ui.tick_list import TickList

MANY = [(f"d{n:05}", f"Printer {n}  ·  10.0.{n // 250}.{n % 250}") for n in range(10_000)]


def test_a_few_have_no_search(qtbot: QtBot, theme: Theme) -> None:
    few = TickList("Printers", MANY[:8], 160)
    qtbot.addWidget(few)
    assert few.search.isHidden()
    assert few._count.isHidden()


def test_one_of_ten_thousand_is_found_and_ticked(qtbot: QtBot, theme: Theme) -> None:
    many = TickList("Printers", MANY, 160)
    qtbot.addWidget(many)
    many.tick(["d00003"])
    heard: list[int] = []
    many.changed.connect(lambda: heard.append(1))
    begun = time.perf_counter()
    many.search.setText("10.0.7.33")
    took = time.perf_counter() - begun
    shown = [row for row in range(many.list.count()) if not many.list.item(row).isHidden()]
    assert shown == [1783]
    assert "1 of 10,000" in many._count.text()
    assert "1 printer ticked" in many._count.text()
    assert heard == []
    many.list.item(1783).setCheckState(Qt.CheckState.Checked)
    assert heard == [1]
    assert many.ticked() == ["d00003", "d01783"]
    many.search.clear()
    assert not many.list.item(0).isHidden()
    assert took < 2  # on a machine that has other things to do
