"""What a frame of the map costs, in counts: pictures drawn with lines, labels placed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from app.ui.map import label_layer as map_label_layer
from app.ui.map import marks as map_marks
from app.ui.map.canvas import MapCanvas
from app.ui.map.scene import MapScene
from app.ui.theme import Theme
from tests.support.sample_devices import SEGMENTS, summaries, summary


class Counted:
    """Counts the calls of a function that it stands for."""

    def __init__(self, real: Callable[..., object]) -> None:
        self.real = real
        self.calls = 0

    def __call__(self, *given: object, **named: object) -> object:
        self.calls += 1
        return self.real(*given, **named)


@pytest.fixture
def placed(monkeypatch: pytest.MonkeyPatch) -> Counted:
    counted = Counted(map_label_layer.place_patiently)
    monkeypatch.setattr(map_label_layer, "place_patiently", counted)
    return counted


@pytest.fixture
def marks(monkeypatch: pytest.MonkeyPatch) -> Counted:
    counted = Counted(map_marks.draw_mark)
    monkeypatch.setattr(map_marks, "draw_mark", counted)
    return counted


@pytest.fixture
def canvas(qtbot: QtBot, theme: Theme) -> MapCanvas:
    scene = MapScene()
    scene.set_segments(SEGMENTS, swept=True)
    scene.update_devices(summaries(2000))
    made = MapCanvas(scene)
    qtbot.addWidget(made)
    made.resize(780, 660)
    made.show()
    made.show_zoom(0.63)
    made.grab()
    return made


def pan(canvas: MapCanvas, across: int) -> QPixmap:
    bar = canvas.horizontalScrollBar()
    bar.setValue(bar.value() + across)
    return canvas.grab()


def drawn(canvas: MapCanvas) -> int:
    return canvas._nodes.pictures.drawn


def test_printers_of_one_look_share_one_picture(canvas: MapCanvas) -> None:
    looks = {node.mark for node in canvas._map.nodes} | {node.bar for node in canvas._map.nodes}
    assert len(looks) < 200
    for across in range(-600, 700, 200):
        pan(canvas, across)
    assert drawn(canvas) <= len(looks)


def test_moving_the_map_draws_nothing_anew_and_places_no_label(
    canvas: MapCanvas, marks: Counted, placed: Counted
) -> None:
    pan(canvas, 7)
    marks.calls = placed.calls = 0
    for step in range(10):
        pan(canvas, 7 if step % 2 else -7)
    assert marks.calls == 0
    assert placed.calls == 0


def test_a_step_of_zooming_draws_each_mark_once(
    canvas: MapCanvas, marks: Counted, placed: Counted
) -> None:
    placed.calls = 0
    for _ in range(5):
        marks.calls = 0
        canvas.show_zoom(canvas.zoom * 1.02)
        canvas.grab()
        assert 0 < marks.calls <= 6
    assert placed.calls == 0


def test_labels_find_their_places_when_zooming_has_come_to_rest(
    canvas: MapCanvas, placed: Counted, qtbot: QtBot
) -> None:
    placed.calls = 0
    for _ in range(5):
        canvas.zoom_in()
        canvas.grab()
    qtbot.waitUntil(lambda: placed.calls == 1)


def test_a_reading_draws_what_is_new_and_places_no_label_at_once(
    canvas: MapCanvas, placed: Counted
) -> None:
    placed.calls, before = 0, drawn(canvas)
    for number in range(40):
        canvas._map.update_devices([replace(summary(number), latest=None)])
        canvas.grab()
    assert placed.calls == 0
    assert drawn(canvas) - before <= 1


def test_words_that_changed_are_those_of_now_before_places_are_found(
    canvas: MapCanvas, qtbot: QtBot
) -> None:
    key = next(n.key for n in canvas._map.nodes if canvas.label_at(n.key) is not None)
    one = canvas._map.node(key).summary
    identity = replace(one.device.identity, location="Elsewhere")
    canvas._map.update_devices([replace(one, device=replace(one.device, identity=identity))])
    assert canvas._labels._placed[key].words.first == "Elsewhere"


def test_no_frame_draws_more_than_some_words_for_the_first_time(canvas: MapCanvas) -> None:
    canvas._labels.pictures = map_label_layer.Pictures(2_000_000)
    before = 0
    canvas.grab()
    while canvas._labels.waiting:
        assert canvas._labels.pictures.drawn - before <= map_label_layer._MOST_NEW
        before = canvas._labels.pictures.drawn
        canvas.grab()
    assert canvas._labels.pictures.drawn > map_label_layer._MOST_NEW


def test_specks_of_ten_thousand_cost_a_call_a_colour(
    qtbot: QtBot, theme: Theme, marks: Counted
) -> None:
    scene = MapScene()
    scene.set_segments(SEGMENTS, swept=True)
    scene.update_devices(summaries(10_000))
    made = MapCanvas(scene)
    qtbot.addWidget(made)
    made.resize(1200, 900)
    made.show()
    began = time.process_time()
    made.grab()
    assert time.process_time() - began < 1.0
    assert marks.calls == 0
    assert len(made._nodes._specks) <= 6
    assert sum(spots.size() for _, _, spots in made._nodes._specks) == 10_000


def test_pictures_are_let_go_when_there_are_too_many(canvas: MapCanvas) -> None:
    pictures = canvas._nodes.pictures
    pictures._most = 20_000
    for step in range(30):
        canvas.show_zoom(0.63 + 0.01 * step)
        canvas.grab()
    pictures.begin(1.0)
    assert pictures._pixels <= 20_000
    assert pictures._pixels == sum(p.width() * p.height() for p, _ in pictures._kept.values())


def test_another_scheme_draws_all_anew(canvas: MapCanvas, theme: Theme, marks: Counted) -> None:
    theme.force(True)
    canvas.grab()
    assert marks.calls > 0
