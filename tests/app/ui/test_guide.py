"""The guide: there, complete, and opened at the place."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.ui.guide import PLACES, Guide, guide_file
from app.ui.theme import Theme
from tests.support.need import ROOT

DOCS = ROOT / "docs"


def test_each_place_has_a_heading(qtbot: QtBot, theme: Theme) -> None:
    guide = Guide()
    qtbot.addWidget(guide)
    assert set(PLACES.values()) <= set(guide.headings())


def test_links_inside_lead_to_headings(qtbot: QtBot, theme: Theme) -> None:
    guide = Guide()
    qtbot.addWidget(guide)
    links = re.findall(r"\]\(#([^)]+)\)", guide_file().read_text("utf-8"))
    assert links
    for link in links:
        assert guide._heading(link) is not None, link


@pytest.mark.qt_log_ignore("does not support (raise|propagate)")
def test_it_opens_at_the_place_and_follows_links(qtbot: QtBot, theme: Theme) -> None:
    guide = Guide()
    qtbot.addWidget(guide)
    guide.open_at("Alerts")
    assert guide.text.textCursor().block().text() == "Alerts"
    assert guide.text.verticalScrollBar().value() > 100
    guide.text.anchorClicked.emit(QUrl("#history"))
    assert guide.text.textCursor().block().text() == "History"
    guide.open_at("No such place")
    assert guide.text.verticalScrollBar().value() == 0


def test_a_guide_that_is_missing_says_so(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    guide = Guide(file=tmp_path / "guide.md")
    qtbot.addWidget(guide)
    assert guide.headings() == ["The guide is missing"]


def test_the_guide_and_its_pictures_are_packed() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packed = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", (DOCS / "guide.md").read_text("utf-8"))
    wanted = {f"docs/{each}": f"resources/{each}" for each in ("guide.md", *pictures)}
    assert packed == wanted
    assert all((ROOT / each).is_file() for each in wanted)


@pytest.mark.qt_log_ignore("does not support (raise|propagate)")
def test_no_holes_under_pictures(qtbot: QtBot, theme: Theme) -> None:
    guide = Guide()
    qtbot.addWidget(guide)
    guide.open_at("Alerts")  # all is laid out when it is shown
    layout, block, seen = guide.text.document().documentLayout(), guide.text.document().begin(), 0
    while block.isValid():
        piece = block.begin().fragment() if not block.begin().atEnd() else None
        shape = piece.charFormat().toImageFormat() if piece is not None else None
        if shape is not None and shape.isValid() and block.text() == "\ufffc":
            picture = QImage(str(DOCS / shape.name()))
            height = picture.height() * shape.width() / picture.width()
            tops = [layout.blockBoundingRect(each).top() for each in (block, block.next())]
            assert tops[1] - tops[0] < height + 40, shape.name()
            seen += 1
        block = block.next()
    assert seen > 5
