"""The map's twin as a tree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.ui.map.list import MapList
from app.ui.map.list_model import MapListModel
from app.ui.map.scene import MapScene
from app.ui.theme import Theme
from tests.support.sample_devices import SEGMENTS, summary
from tests.support.sample_map import sample_map


@pytest.fixture
def scene(theme: Theme) -> MapScene:
    return sample_map(24, (*SEGMENTS, "10.9.0.0/24"))


@pytest.fixture
def tree(qtbot: QtBot, scene: MapScene) -> MapList:
    made = MapList(scene)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


def shown(tree: MapList) -> list[str]:
    model, found = tree.model(), []
    for row in range(model.rowCount(QModelIndex())):
        home = model.index(row, 0, QModelIndex())
        found.append(f"{home.data().split(' ')[0]}: {model.rowCount(home)}")
    return found


def test_the_model_keeps_qts_rules(scene: MapScene) -> None:
    model = MapListModel(scene)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.refresh()
    scene.update_devices([summary(30)])
    model.refresh()
    scene.remove_devices(["d00001"])
    model.refresh()
    assert tester.model() is model


def test_every_segment_with_its_printers(tree: MapList) -> None:
    assert shown(tree) == [*(f"{name}: 6" for name in SEGMENTS), "10.9.0.0/24: 0"]
    empty = tree.model().index(4, 0, QModelIndex())
    assert empty.data() == "10.9.0.0/24 · no printers found · distance not known"


def test_a_row_is_read_out_in_one_line(tree: MapList) -> None:
    index = tree._rows.index_of("d00000")
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Reception · Kyocera CS 4053ci, ")
    assert said.endswith("192.168.4.20")


def test_walking_picks_and_enter_opens(tree: MapList, qtbot: QtBot) -> None:
    picked: list[str] = []
    opened: list[str] = []
    tree.picked.connect(picked.append)
    tree.opened.connect(opened.append)
    tree.show_key("d00000")
    assert picked == []
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert len(picked) == 1
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert opened == picked


def test_walking_over_a_segment_does_not_lose_the_way(
    tree: MapList, scene: MapScene, qtbot: QtBot
) -> None:
    def take(key: str) -> None:
        scene.select(key or None)
        tree.show_key(key or None)

    tree.picked.connect(take)
    tree.setFocus()
    seen: set[str | None] = set()
    for _ in range(40):
        qtbot.keyClick(tree, Qt.Key.Key_Down)
        seen.add(scene.selected)
    assert len(seen - {None}) == 24


def test_it_follows_the_map_and_keeps_what_is_closed(
    tree: MapList, scene: MapScene, qtbot: QtBot
) -> None:
    closed = tree.model().index(1, 0, QModelIndex())
    tree.setExpanded(closed, False)
    scene.select("d00003")
    one = summary(40)
    scene.update_devices([replace(one, device=replace(one.device, segment="10.8.0.0/24", hops=2))])
    qtbot.waitUntil(lambda: len(shown(tree)) == 6)
    assert tree._rows.key(tree.currentIndex()) == "d00003"
    states = {tree._rows.group(row)[0]: tree._is_open(row) for row in range(6)}
    assert not states[SEGMENTS[1]]
    assert states[SEGMENTS[2]]


def test_only_what_has_news_is_told(scene: MapScene) -> None:
    model = MapListModel(scene)
    assert model.refresh()
    told: list[str | None] = []
    model.dataChanged.connect(lambda first, *_: told.append(model.key(first)))
    assert not model.refresh()
    assert told == []
    scene.update_devices([replace(summary(3), latest=None)])
    assert not model.refresh()
    assert told == ["d00003"]
    assert model.index_of("d00003").siblingAtColumn(1).data() == "Not read yet"
