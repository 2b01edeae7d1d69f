"""What stands beside the map before a printer is chosen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.ui.map.kinds import Kind
from app.ui.map.list_model import MapListModel
from app.ui.map.overview import MapOverview
from app.ui.map.scene import MapScene
from app.ui.theme import Theme
from app.ui.two_lines import TwoLines
from core.model.evidence import Evidence
from core.model.problem import Problem
from core.model.provenance import Source
from core.model.reading import DeviceState
from tests.support.sample_devices import summary
from tests.support.sample_map import sample_map


@pytest.fixture
def scene(theme: Theme) -> MapScene:
    return sample_map(24)


@pytest.fixture
def overview(qtbot: QtBot, scene: MapScene) -> MapOverview:
    made = MapOverview(scene)
    qtbot.addWidget(made)
    made.resize(340, 600)
    made.show()
    return made


def words(home: MapOverview) -> list[str]:
    return [each.text() for each in home.findChildren(QLabel) if not each.isHidden()]


def test_every_printer_is_of_one_kind(overview: MapOverview) -> None:
    assert sum(row.count for row in overview.rows.values()) == 24
    assert overview.rows[Kind.WORKS].count == 12
    assert overview.rows[Kind.STOPPED].accessibleName() == "Stopped: 2"
    assert "24 printers" in words(overview)


def test_none_of_a_kind_is_said_and_offers_nothing(overview: MapOverview, scene: MapScene) -> None:
    scene.remove_devices([n.key for n in list(scene.nodes) if n.kind is Kind.STOPPED])
    overview.refresh()
    row = overview.rows[Kind.STOPPED]
    assert row.isVisible()
    assert row.count == 0
    assert not row.isEnabled()


def test_refusals_are_no_wear(scene: MapScene, overview: MapOverview) -> None:
    refused = Problem("snmp_refused", "It refuses every community.", "")
    silent = Problem("snmp_timeout", "No answer.", "")
    scene.update_devices(
        [
            replace(summary(0), problem=refused, state=DeviceState.IDLE),
            replace(summary(1), problem=silent, state=None),
        ]
    )
    assert scene.node("d00000").kind is Kind.UNREAD
    assert scene.node("d00001").kind is Kind.SILENT
    overview.refresh()
    assert overview.rows[Kind.UNREAD].isVisible()


def test_a_click_shows_these_alone_and_another_click_all(
    overview: MapOverview, scene: MapScene
) -> None:
    row = overview.rows[Kind.STOPPED]
    row.click()
    shown = {n.key for n in scene.nodes if not n.aside}
    assert shown == {n.key for n in scene.nodes if n.kind is Kind.STOPPED}
    assert set(scene.in_order()) == shown
    rows = MapListModel(scene)
    rows.refresh()
    assert sum(rows.rowCount(rows.index(n, 0)) for n in range(rows.rowCount())) == len(shown)
    row.click()
    assert not any(n.aside for n in scene.nodes)


def test_the_choice_follows_what_printers_become(overview: MapOverview, scene: MapScene) -> None:
    overview.rows[Kind.WORKS].click()
    works = next(n for n in scene.nodes if n.kind is Kind.WORKS)
    assert not works.aside
    scene.update_devices([replace(works.summary, latest=None)])
    assert works.aside
    assert overview.rows[Kind.WORKS].isChecked()


def test_trouble_comes_first_and_can_be_clicked(overview: MapOverview, qtbot: QtBot) -> None:
    first = overview.findChildren(TwoLines)[0]
    assert first.accessibleName() == "Front desk, Paper jam · 192.168.5.27"
    with qtbot.waitSignal(overview.picked) as heard:
        first.click()
    assert heard.args == ["d00007"]


def test_the_ways_they_were_found_are_counted_once_a_printer(
    overview: MapOverview, scene: MapScene
) -> None:
    twice = (Evidence(Source.SNMP, "a"), Evidence(Source.SNMP, "b"), Evidence(Source.IPP, "c"))
    one = summary(0)
    scene.update_devices([replace(one, device=replace(one.device, evidence=twice))])
    overview.refresh()
    assert "24 by SNMP · 1 by IPP" in words(overview)


def test_nothing_found_says_nothing(overview: MapOverview, scene: MapScene) -> None:
    scene.remove_devices([n.key for n in list(scene.nodes)])
    overview.refresh()
    assert not overview.isVisible()


def test_who_is_searched_is_found_whatever_kind_is_shown(
    overview: MapOverview, scene: MapScene
) -> None:
    overview.rows[Kind.STOPPED].click()
    works = next(n for n in scene.nodes if n.kind is Kind.WORKS)
    assert scene.in_order([works.key]) == [works.key]
    assert works.key not in scene.in_order()
    scene.match([works.key])
    assert not works.aside
    scene.match([])
    assert works.aside


def test_a_row_read_from_the_right_has_its_number_at_the_left(overview: MapOverview) -> None:
    row = overview.rows[Kind.STOPPED]
    row.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    picture = row.grab().toImage()
    ground = picture.pixelColor(picture.width() // 2, 2)
    inked = [
        x
        for x in range(picture.width())
        if any(picture.pixelColor(x, y) != ground for y in range(6, picture.height() - 6))
    ]
    assert min(inked) < 30  # the number
    assert max(inked) > picture.width() - 30  # the mark
    middle = range(40, picture.width() // 2)
    assert not set(middle) & set(inked)  # the word stands beside its mark
