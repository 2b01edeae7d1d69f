"""The map as a widget: places, choice, labels, zoom."""

from __future__ import annotations

import gc
import time
from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.map import canvas as map_canvas
from app.ui.map.canvas import LEAST_ZOOM, MOST_ZOOM, MapCanvas
from app.ui.map.items import FAR
from app.ui.map.kinds import Kind
from app.ui.map.scene import MapScene
from app.ui.theme import Theme
from app.workers.scan import Scan
from core.model.event import SegmentProgress
from tests.support.sample_devices import SEGMENTS, summaries, summary
from tests.support.sample_map import sample_map


@pytest.fixture
def scene(theme: Theme) -> MapScene:
    return sample_map(20)


@pytest.fixture
def canvas(qtbot: QtBot, scene: MapScene) -> MapCanvas:
    made = MapCanvas(scene)
    qtbot.addWidget(made)
    made.resize(780, 660)
    made.show()
    made.grab()
    return made


def places(scene: MapScene) -> dict[str, tuple[float, float]]:
    return {node.key: (node.x, node.y) for node in scene.nodes}


def test_every_printer_stands_in_its_segment(scene: MapScene) -> None:
    assert len(scene.nodes) == 20
    assert scene.layout_of.segments == SEGMENTS
    assert [arc.share for arc in scene.arcs] == [1.0] * 4


def test_printers_keep_their_places_while_others_come_and_go(scene: MapScene) -> None:
    before = places(scene)
    scene.update_devices([summary(n) for n in (20, 21, 22)])
    scene.update_devices([replace(summary(3), latest=None)])
    scene.remove_devices(["d00001"])
    after = places(scene)
    assert all(after[key] == before[key] for key in before if key != "d00001")
    assert "d00001" not in after


def test_a_printer_of_no_segment_has_a_place_too(scene: MapScene) -> None:
    loose = summary(30)
    scene.update_devices([replace(loose, device=replace(loose.device, segment=None))])
    assert "By address" in scene.layout_of.segments
    scene.remove_devices(["d00030"])
    assert "By address" not in scene.layout_of.segments


def test_arcs_fill_as_far_as_has_been_asked(scene: MapScene) -> None:
    scan = Scan("a", 0.0)
    scan.take_segment(SegmentProgress(SEGMENTS[1], 254, 127, 3, 1))
    scan.take_segment(SegmentProgress("10.9.0.0/24", 200, 50, 0, 0))
    scene.show_scan(scan)
    shares = {arc.sector.name: arc.share for arc in scene.arcs}
    assert shares[SEGMENTS[1]] == 0.5
    assert shares["10.9.0.0/24"] == 0.25
    assert shares[SEGMENTS[0]] == 1.0


def test_a_segment_approved_now_has_not_been_searched(scene: MapScene) -> None:
    scene.set_segments((*SEGMENTS, "10.7.0.0/24"), swept=True)
    shares = {arc.sector.name: arc.share for arc in scene.arcs}
    assert shares["10.7.0.0/24"] == 0.0
    assert shares[SEGMENTS[0]] == 1.0


def test_labels_neither_collide_nor_leave_the_view(canvas: MapCanvas, scene: MapScene) -> None:
    boxes = [box for n in scene.nodes if (box := canvas.label_at(n.key)) is not None]
    assert len(boxes) >= 15
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
    assert all(canvas.viewport().rect().contains(box.toAlignedRect()) for box in boxes)


@pytest.mark.parametrize("count", [1, 2, 20, 200])
def test_everything_is_in_sight_and_in_the_middle(
    canvas: MapCanvas, scene: MapScene, count: int
) -> None:
    scene.remove_devices([f"d{n:05}" for n in range(20)])
    scene.update_devices(summaries(count))
    canvas.fit()
    room = canvas.viewport().rect()
    assert all(room.contains(canvas.spot(node.key)) for node in scene.nodes)
    middle = canvas.mapFromScene(scene.sceneRect().center())
    assert (middle - room.center()).manhattanLength() <= 3


def test_every_printer_of_a_small_site_has_its_name(
    canvas: MapCanvas, scene: MapScene, qtbot: QtBot
) -> None:
    one = [summary(n) for n in range(24)]
    here = [replace(s, device=replace(s.device, segment=SEGMENTS[0], hops=0)) for s in one]
    scene.set_segments(SEGMENTS[:1], swept=True)
    scene.update_devices(here)
    canvas.fit()
    qtbot.waitUntil(lambda: all(canvas.label_at(n.key) is not None for n in scene.nodes))


def test_in_the_smallest_window_too_every_printer_of_a_small_site_is_named(
    canvas: MapCanvas, scene: MapScene, qtbot: QtBot
) -> None:
    one = [summary(n) for n in range(24)]
    here = [replace(s, device=replace(s.device, segment=SEGMENTS[0], hops=0)) for s in one]
    scene.set_segments(SEGMENTS[:1], swept=True)
    scene.update_devices(here)
    canvas.resize(486, 462)
    canvas.fit()
    qtbot.waitUntil(lambda: all(canvas.label_at(n.key) is not None for n in scene.nodes))


def test_labels_leave_the_controls_free(canvas: MapCanvas, scene: MapScene) -> None:
    corner = QRect(0, 0, 390, 330)
    canvas.keep_free(corner)
    canvas.grab()
    boxes = [box for n in scene.nodes if (box := canvas.label_at(n.key)) is not None]
    assert boxes
    assert not any(QRectF(corner).intersects(box) for box in boxes)


def test_a_click_chooses_and_a_click_beside_lets_go(canvas: MapCanvas, qtbot: QtBot) -> None:
    heard: list[str] = []
    canvas.picked.connect(heard.append)
    button = Qt.MouseButton.LeftButton
    qtbot.mouseClick(canvas.viewport(), button, pos=canvas.spot("d00004"))
    qtbot.mouseClick(canvas.viewport(), button, pos=QPoint(390, 200))
    assert heard == ["d00004", ""]


def test_the_keyboard_walks_opens_and_zooms(
    canvas: MapCanvas, scene: MapScene, qtbot: QtBot
) -> None:
    opened: list[str] = []
    canvas.opened.connect(opened.append)
    seen = set()
    for _ in range(20):
        qtbot.keyClick(canvas, Qt.Key.Key_Right)
        seen.add(scene.selected)
    assert len(seen) == 20
    last = scene.selected
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert scene.selected == last
    assert canvas.accessibleDescription()
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert opened == [last]
    before = canvas.zoom
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.zoom > before
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.zoom == pytest.approx(before)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert scene.selected is None


def test_zoom_has_ends(canvas: MapCanvas) -> None:
    for _ in range(60):
        canvas.zoom_in()
    assert canvas.zoom == pytest.approx(MOST_ZOOM)
    for _ in range(60):
        canvas.zoom_out()
    assert canvas.zoom == pytest.approx(LEAST_ZOOM)


def test_from_afar_printers_are_dots_that_can_still_be_chosen(
    canvas: MapCanvas, qtbot: QtBot
) -> None:
    while not canvas.far:
        canvas.zoom_out()
    assert canvas.zoom < FAR
    canvas.grab()
    heard: list[str] = []
    canvas.picked.connect(heard.append)
    qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=canvas.spot("d00007"))
    assert heard == ["d00007"]


def test_two_thousand_printers_are_painted_within_a_frame(
    canvas: MapCanvas, scene: MapScene
) -> None:
    scene.update_devices(summaries(2000))
    canvas.fit()
    canvas.grab()
    took = []
    gc.disable()  # as the window sees to for itself
    for _ in range(4):
        scene.update_devices([summary(5)])
        began = time.process_time()
        canvas.grab()
        took.append(time.process_time() - began)
    gc.enable()
    assert min(took) < 0.05


@pytest.mark.parametrize("dark", [False, True])
def test_it_is_painted_in_both_schemes(canvas: MapCanvas, theme: Theme, dark: bool) -> None:
    theme.force(dark)
    picture = canvas.grab().toImage()
    spot = canvas.spot("d00000")
    around = {
        picture.pixelColor(spot.x() + dx, spot.y() + dy).name()
        for dx in range(-20, 21)
        for dy in range(-20, 21)
    }
    assert len(around) > 5


def test_escape_lets_go_and_then_shows_all_kinds(
    canvas: MapCanvas, scene: MapScene, qtbot: QtBot
) -> None:
    scene.show_kind(Kind.WORKS)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert scene.node(scene.selected or "").kind is Kind.WORKS
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert scene.selected is None
    assert scene.kind is Kind.WORKS
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert scene.kind is None


def test_what_a_printer_says_is_no_markup_in_its_tip(
    canvas: MapCanvas, scene: MapScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(map_canvas.QToolTip, "showText", lambda _at, text, _home: said.append(text))
    one = summary(0)
    identity = replace(one.device.identity, location="<b>bold</b><img src='file:///etc/passwd'>")
    scene.update_devices([replace(one, device=replace(one.device, identity=identity))])
    at = canvas.spot(one.device.key)
    event = QHelpEvent(QEvent.Type.ToolTip, at, canvas.viewport().mapToGlobal(at))
    QApplication.sendEvent(canvas.viewport(), event)
    assert "&lt;img" in said[0]
    assert "<img" not in said[0]


def test_who_comes_by_keyboard_sees_where_the_keyboard_is(canvas: MapCanvas, qtbot: QtBot) -> None:
    edge = QPoint(canvas.viewport().width() // 2, 1)
    canvas.activateWindow()
    canvas.setFocus(Qt.FocusReason.OtherFocusReason)
    plain = canvas.grab().toImage().pixelColor(edge)
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.grab().toImage().pixelColor(edge) != plain
