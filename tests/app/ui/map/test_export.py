"""The map as a file."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.ui.map.export import MapExport
from app.ui.map.scene import MapScene
from app.ui.theme import Theme, tokens
from app.ui.tokens import DARK
from tests.support.sample_devices import SEGMENTS, summaries, summary
from tests.support.sample_map import sample_map

_SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def scene(theme: Theme) -> MapScene:
    return sample_map(24)


def export(qtbot: QtBot, scene: MapScene, path: Path) -> Path:
    work = MapExport(scene)
    with qtbot.waitSignal(work.done, timeout=20_000) as heard:
        work.start(str(path))
        assert work.running
    assert heard.args == [str(path)]
    assert not work.running
    return path


def test_an_svg_holds_words_and_no_pixels(qtbot: QtBot, scene: MapScene, tmp_path: Path) -> None:
    root = ET.parse(export(qtbot, scene, tmp_path / "map.svg")).getroot()
    words = {"".join(text.itertext()).strip() for text in root.iter(f"{_SVG}text")}
    assert {"This PC", "distance not known", *SEGMENTS} <= words
    assert "Reception" in words
    assert not list(root.iter(f"{_SVG}image"))
    assert root.attrib["viewBox"]


def test_a_png_shows_the_whole_map(qtbot: QtBot, scene: MapScene, tmp_path: Path) -> None:
    picture = QImage(str(export(qtbot, scene, tmp_path / "map.png")))
    wanted = MapExport(scene).area().size().toSize() * 2
    assert picture.size() == wanted
    assert picture.pixelColor(2, 2).name() == "#ffffff"
    corner = MapExport(scene).area().topLeft()
    x, y = round(-2 * corner.x()), round(-2 * corner.y())
    colours = {picture.pixelColor(x + dx, y).name() for dx in range(-46, 46)}
    assert "#1f5fd6" in colours


def test_a_folder_that_is_not_there_is_said_and_leaves_nothing(
    qtbot: QtBot, scene: MapScene, tmp_path: Path
) -> None:
    work = MapExport(scene)
    with qtbot.waitSignal(work.failed) as heard:
        work.start(str(tmp_path / "nowhere" / "map.svg"))
    (problem,) = heard.args
    assert problem.code == "map_not_saved"
    assert problem.text.startswith("map.svg could not be written: ")
    assert not work.running
    assert list(tmp_path.iterdir()) == []


def test_printers_may_go_while_it_is_painted(qtbot: QtBot, scene: MapScene, tmp_path: Path) -> None:
    scene.update_devices(summaries(200))
    work = MapExport(scene)
    with qtbot.waitSignal(work.done, timeout=20_000):
        work.start(str(tmp_path / "map.svg"))
        scene.remove_devices([f"d{n:05}" for n in range(150)])
    assert (tmp_path / "map.svg").stat().st_size > 10_000


def test_two_thousand_printers_do_not_hold_the_window(scene: MapScene, tmp_path: Path) -> None:
    scene.update_devices(summaries(2000))
    work = MapExport(scene)
    took = []
    steps = work._svg(tmp_path / "map.svg")
    began = time.process_time()
    for _ in steps:
        took.append(time.process_time() - began)
        began = time.process_time()
    took.sort()
    assert len(took) > 40
    assert took[len(took) // 2] < 0.05


HOSTILE = (
    "<script>alert(1)</script>",
    "\"quoted\" & 'so' ]]>",
    "line\nbreak\x00\x01\x1b[31m\x7f\x9b",
    "\u202etpircs\u202c \ufffe",
    "x" * 3000,
)


def test_a_hostile_name_is_only_words(qtbot: QtBot, scene: MapScene, tmp_path: Path) -> None:
    for number, name in enumerate(HOSTILE):
        one = summary(number)
        identity = replace(one.device.identity, location=name)
        scene.update_devices([replace(one, device=replace(one.device, identity=identity))])
    root = ET.parse(export(qtbot, scene, tmp_path / "map.svg")).getroot()
    kinds = {element.tag.removeprefix(_SVG) for element in root.iter()}
    assert "script" not in kinds
    assert not {"image", "a", "foreignObject"} & kinds
    words = {"".join(text.itertext()).strip() for text in root.iter(f"{_SVG}text")}
    assert any(said.startswith("<script>") for said in words)


def test_a_dark_window_exports_a_light_picture(
    qtbot: QtBot, scene: MapScene, theme: Theme, tmp_path: Path
) -> None:
    theme.force(True)
    picture = QImage(str(export(qtbot, scene, tmp_path / "map.png")))
    assert picture.pixelColor(2, 2).name() == "#ffffff"
    assert tokens() is DARK
