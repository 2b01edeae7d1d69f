"""Finding printers on the map."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.map.finder import MapFinder, matches
from app.ui.map.scene import MapScene
from app.ui.theme import Theme
from tests.support.sample_devices import summary
from tests.support.sample_map import sample_map


@pytest.fixture
def scene(theme: Theme) -> MapScene:
    return sample_map(20)


@pytest.fixture
def finder(qtbot: QtBot, scene: MapScene) -> MapFinder:
    made = MapFinder(scene)
    qtbot.addWidget(made)
    made.show()
    made.begin()
    return made


@pytest.mark.parametrize(
    "text",
    [
        "reception",
        "Kyocera",
        "4053CI",
        "RH28Y00000",
        "00:17:c8:00:00:00",
        "192.168.4.20",
        "kyo rec",
    ],
)
def test_a_printer_is_found_by_all_that_names_it(text: str) -> None:
    assert matches(text, summary(0))


@pytest.mark.parametrize("text", ["brother", "kyocera brother", "192.168.4.21"])
def test_every_word_must_be_there(text: str) -> None:
    assert not matches(text, summary(0))


def marked(scene: MapScene) -> set[str]:
    return {node.key for node in scene.nodes if node.matched}


def test_typing_rings_all_matches_and_shows_the_first(
    finder: MapFinder, scene: MapScene, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(finder.found) as heard:
        qtbot.keyClicks(finder.field, "kyocera")
    assert marked(scene) == {"d00000", "d00010"}
    assert heard.args[0] in marked(scene)
    assert finder.figures == "1 of 2"
    assert finder.field.accessibleDescription() == "1 of 2"


def test_enter_walks_around_the_matches(finder: MapFinder, qtbot: QtBot) -> None:
    found: list[str] = []
    finder.found.connect(found.append)
    qtbot.keyClicks(finder.field, "kyocera")
    for _ in range(3):
        qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    assert len(found) == 3
    assert found[0] == found[2] != found[1]
    qtbot.keyClick(finder.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert found[3] == found[1]
    assert finder.figures == "2 of 2"


def test_nothing_found_is_said(finder: MapFinder, scene: MapScene, qtbot: QtBot) -> None:
    qtbot.keyClicks(finder.field, "zzz")
    qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    assert finder.figures == "Nothing matches"
    assert marked(scene) == set()


def test_escape_ends_the_search(finder: MapFinder, scene: MapScene, qtbot: QtBot) -> None:
    qtbot.keyClicks(finder.field, "kyocera")
    qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    with qtbot.waitSignal(finder.left):
        qtbot.keyClick(finder.field, Qt.Key.Key_Escape)
    assert (finder.field.text(), finder.figures, marked(scene)) == ("", "", set())


def test_a_match_that_goes_away_does_no_harm(
    finder: MapFinder, scene: MapScene, qtbot: QtBot
) -> None:
    qtbot.keyClicks(finder.field, "kyocera")
    qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    scene.remove_devices(["d00000", "d00010"])
    qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    scene.match([])
    assert scene.marked() == []
