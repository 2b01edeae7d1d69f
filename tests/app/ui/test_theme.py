"""Light and dark, and pictures in whatever colour is asked."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui import fonts, icons
from app.ui.paint import draw_level
from app.ui.schemes import CONTRAST_DARK, CONTRAST_LIGHT, Choice
from app.ui.theme import Theme, tokens
from app.ui.tokens import DARK, LIGHT
from core.model.reading import LevelState

ICONS = sorted(
    entry.name.removesuffix(".svg")
    for entry in (resources.files("resources") / "icons").iterdir()
    if entry.name.endswith(".svg")
)


def test_the_scheme_reaches_palette_and_style_sheet(qapp: QApplication, theme: Theme) -> None:
    heard: list[bool] = []
    theme.changed.connect(lambda: heard.append(theme.dark))
    theme.force(True)
    assert tokens() is DARK
    assert qapp.palette().window().color() == QColor(DARK.background)
    assert DARK.surface in qapp.styleSheet()
    theme.force(True)
    theme.force(False)
    assert tokens() is LIGHT
    assert LIGHT.surface in qapp.styleSheet()
    assert heard == [True, False]


def test_it_follows_the_system(
    qapp: QApplication, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Theme, "_system_is_dark", staticmethod(lambda: True))
    theme.force(None)
    assert theme.dark
    monkeypatch.setattr(Theme, "_system_is_dark", staticmethod(lambda: False))
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert not theme.dark


def test_it_follows_the_systems_wish_for_contrast(
    qapp: QApplication, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Theme, "_system_wants_contrast", staticmethod(lambda: True))
    monkeypatch.setattr(Theme, "_system_is_dark", staticmethod(lambda: False))
    theme.choose(Choice.SYSTEM)
    assert tokens() is CONTRAST_LIGHT
    monkeypatch.setattr(Theme, "_system_is_dark", staticmethod(lambda: True))
    hints = qapp.styleHints()
    hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert tokens() is CONTRAST_DARK
    assert theme.dark
    theme.choose(Choice.LIGHT)
    assert (tokens(), theme.choice) == (LIGHT, Choice.LIGHT)


def test_digits_have_one_width(qapp: QApplication) -> None:
    assert fonts.figures().featureTags()
    assert fonts.small().featureTags()


def drawn(name: str, color: str) -> QImage:
    picture = QImage(48, 48, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    icons.draw(painter, name, color, QRectF(0, 0, 48, 48))
    painter.end()
    return picture


def colors_of(picture: QImage) -> set[str]:
    return {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() > 200
    }


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_drawn_in_the_colour_asked(qapp: QApplication, name: str) -> None:
    assert colors_of(drawn(name, "#ff0000")) == {"#ff0000"}
    assert colors_of(drawn(name, "#00ff00")) == {"#00ff00"}


def test_every_icon_that_is_used_is_there() -> None:
    code = Path(__file__).parents[3] / "app"
    used = {
        name
        for name in (
            "map",
            "devices",
            "search",
            "close",
            "copy",
            "plus",
            "minus",
            "fit",
            "computer",
        )
        for path in code.rglob("*.py")
        if f'"{name}"' in path.read_text("utf-8")
    }
    assert used <= set(ICONS)
    assert len(used) == 9


@pytest.mark.parametrize("standing", [True, False], ids=["standing", "lying"])
def test_no_two_states_of_a_level_look_alike(qtbot: QtBot, theme: Theme, standing: bool) -> None:
    box = QRectF(2, 2, 10, 24) if standing else QRectF(2, 2, 60, 8)
    states = [
        (LevelState.OK, 50.0),
        (LevelState.OK, 0.5),
        (LevelState.SOME_REMAINING, None),
        (LevelState.UNKNOWN, None),
        (LevelState.UNLIMITED, None),
        (LevelState.EMPTY, None),
        (LevelState.EMPTY, 0.0),
    ]
    pictures = []
    for state, percent in states:
        picture = QImage(64, 32, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        draw_level(painter, box, "#0095C8", state, percent)
        painter.end()
        pictures.append(picture.convertToFormat(QImage.Format.Format_Grayscale8))
    different = {bytes(p.constBits()) for p in pictures}  # type: ignore[arg-type]
    assert len(different) == len(states) - 1  # empty is empty, however it was told
