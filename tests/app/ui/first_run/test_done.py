"""The end of the first run says what was found, what was not, and what happens from now on."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.ui.first_run.done import DoneStep, found, said
from app.ui.theme import Theme
from app.workers.scan import Scan
from core.model.event import Finished


def ended(**counts: int) -> Scan:
    scan = Scan("a", began=0.0, ended=3.0, addresses=254)
    scan.result = Finished(counts)
    return scan


def words(step: DoneStep) -> str:
    return " ".join(label.text() for label in step.findChildren(QLabel) if label.isVisibleTo(step))


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        ({"found": 0}, "No printer was found"),
        ({"found": 1, "read": 1}, "1 printer found, 1 read"),
        ({"found": 12, "read": 9}, "12 printers found, 9 read"),
    ],
)
def test_found_and_read_are_counted(counts: dict[str, int], line: str) -> None:
    scan = ended(**counts)
    assert found(scan) == counts["found"]
    assert said(scan) == line


def test_without_a_dealer_it_says_that_nothing_leaves(qtbot: QtBot, theme: Theme) -> None:
    step = DoneStep()
    qtbot.addWidget(step)
    step.show_end(ended(found=2, read=2), enrolled=False)
    assert "Nothing leaves this computer" in words(step)
    step.show_end(ended(found=2, read=2), enrolled=True)
    assert "Nothing leaves this computer" not in words(step)
    assert "Your dealer gets the page counts" in words(step)


def test_an_empty_site_gets_causes_and_what_to_do(qtbot: QtBot, theme: Theme) -> None:
    step = DoneStep()
    qtbot.addWidget(step)
    step.show_end(ended(found=0), enrolled=False)
    told = words(step)
    assert "254 addresses were asked" in told
    assert "SNMP" in told
