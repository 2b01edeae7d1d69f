"""The gallery looks as its reference pictures do, and a broken look does not pass.

After a wanted change: look at the pictures, then `python docs/make_gallery.py` writes them anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.ui import poses, stylesheet, tokens
from app.ui.gallery import gallery
from app.ui.schemes import SCHEMES
from app.ui.theme import Theme
from app.ui.tokens import LIGHT, Tokens
from tests.support.need import ROOT, missing
from tests.support.pictures import compare, small

REFERENCES = ROOT / "tests" / "data" / "gallery"
SHOTS = [
    *((page, scheme, 1.0) for page in gallery.PAGES for scheme in SCHEMES),
    ("content", "dark", 1.5),
    ("feedback", "light", 2.0),
]


def reference(page: str, scheme: str, scale: float) -> Path:
    """Give where a reference picture is."""
    return REFERENCES / f"{page}-{scheme}{'' if scale == 1 else f'@{scale:g}x'}.png"


@pytest.fixture
def drawn(qapp: QApplication, theme: Theme) -> Iterator[Theme]:
    """The theme, on a machine that has the fonts of the references."""
    if not gallery.has_fonts():
        missing(f"the font {gallery.BODY_FONT} is not installed")
    yield theme
    theme.force(False)


@pytest.mark.parametrize(("page", "scheme", "scale"), SHOTS)
def test_it_looks_as_it_did(
    drawn: Theme, tmp_path: Path, page: str, scheme: str, scale: float
) -> None:
    path = reference(page, scheme, scale)
    now = gallery.picture(drawn, page, scheme, scale)
    found = compare(now, QImage(str(path)))
    if found.broken:
        kept = tmp_path / path.name
        now.save(str(kept))
        pytest.fail(
            f"{path.name} differs at {found.at}, {found.beyond:.1f} times what is borne. "
            f"Now: {kept}. If that is wanted: python docs/make_gallery.py",
            pytrace=False,
        )


def _look(theme: Theme, page: str, monkeypatch: pytest.MonkeyPatch, colors: Tokens) -> QImage:
    monkeypatch.setitem(SCHEMES, "light", colors)
    return gallery.picture(theme, page, "light")


@pytest.mark.parametrize(
    ("page", "token", "value"),
    [
        ("feedback", "good_tint", "#E4ECF5"),  # a green that has become a blue
        ("controls", "border", "#FFFFFF"),  # lines that are gone
        ("controls", "on_accent", "#1F5FD6"),  # words that are gone
        ("feedback", "error_tint", "#FFFFFF"),
    ],
)
def test_a_broken_colour_is_seen(
    drawn: Theme, monkeypatch: pytest.MonkeyPatch, page: str, token: str, value: str
) -> None:
    broken = replace(LIGHT, **{token: value})
    now = _look(drawn, page, monkeypatch, broken)
    assert compare(now, QImage(str(reference(page, "light", 1.0)))).broken


@pytest.mark.parametrize("size", ["BODY", "RADIUS_CARD"])
def test_a_broken_measure_is_seen(drawn: Theme, monkeypatch: pytest.MonkeyPatch, size: str) -> None:
    monkeypatch.setattr(tokens, size, getattr(tokens, size) * 2 - 2)
    now = _look(drawn, "feedback", monkeypatch, replace(LIGHT))
    assert compare(now, QImage(str(reference("feedback", "light", 1.0)))).broken


def test_a_speck_is_not_a_broken_look(drawn: Theme) -> None:
    image = QImage(str(reference("content", "light", 1.0))).convertToFormat(
        QImage.Format.Format_RGB32
    )
    speck = QImage(image)
    for x in range(0, 200, 2):
        speck.setPixel(x, 40 + x, 0)
    assert not compare(image, speck).broken
    for x in range(100, 116):
        speck.setPixel(x, 400, 0x00FF00)
    assert compare(image, speck).broken


def test_references_are_small_and_none_is_left_over() -> None:
    wanted = {reference(*shot).name for shot in SHOTS}
    assert {path.name for path in REFERENCES.glob("*.png")} == wanted
    assert max(path.stat().st_size for path in REFERENCES.glob("*.png")) < 150_000
    assert small(QImage(str(REFERENCES / "content-light.png"))).colorCount() <= 256


def test_a_pose_follows_the_rule_of_its_state() -> None:
    sheet = stylesheet.build(LIGHT, posed=True)
    plain = stylesheet.build(LIGHT)
    assert 'QPushButton[pose="hover"]' in sheet
    assert poses.POSE not in plain
    assert sheet.count("{") == plain.count("{")
