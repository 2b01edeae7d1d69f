"""The colours can be read by everyone, and say what they stand for."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest

from app.ui import stylesheet
from app.ui.tokens import DARK, LIGHT, TEXT_PAIRS, Tokens, Tone, contrast, luminance


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_every_text_has_contrast(colors: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(colors, ink), getattr(colors, ground)) >= 4.5


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", Tone)
def test_every_chip_has_contrast(colors: Tokens, tone: Tone) -> None:
    assert contrast(colors.ink(tone), colors.tint(tone)) >= 4.5


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#FFFFFF") == pytest.approx(1)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert luminance("#808080") == pytest.approx(0.2158, abs=0.001)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_uses_no_colour_of_its_own(colors: Tokens) -> None:
    sheet = stylesheet.build(colors)
    assert "$" not in sheet
    used = set(re.findall(r"#[0-9A-Fa-f]{6}", sheet))
    own = used - set(asdict(colors).values())
    assert len(own) == 3  # the accent, a little darker: hovered and pressed; a pressed plain button


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_a_hovered_primary_button_can_still_be_read(colors: Tokens) -> None:
    hovered = re.search(
        r"hover \{ background: (#[0-9A-F]{6}); \}\n.*pressed \{ background: (#[0-9A-F]{6})",
        stylesheet.build(colors),
    )
    assert hovered is not None
    sheet = stylesheet.build(colors)
    for state in ("hover", "pressed"):
        found = re.search(rf'primary"\]:{state} {{ background: (#[0-9A-F]{{6}})', sheet)
        assert found is not None
        assert contrast(colors.on_accent, found.group(1)) >= 4.5


def test_colorants_have_their_colours() -> None:
    assert LIGHT.toner("cyan") == LIGHT.toner_c
    assert LIGHT.toner("light magenta") == LIGHT.toner_m
    assert LIGHT.toner(None) == LIGHT.toner("gold") == LIGHT.muted
