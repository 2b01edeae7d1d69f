"""Four schemes that everyone can read, and tell apart what must be told apart."""

from __future__ import annotations

import pytest

from app.ui.schemes import CONTRAST_DARK, CONTRAST_LIGHT, SCHEMES, Choice, scheme
from app.ui.stylesheet import pressed
from app.ui.tokens import DARK, LIGHT, LINE_PAIRS, TEXT_PAIRS, Tokens, Tone, contrast
from tests.support.colour_vision import VISIONS, distance

EVERY = pytest.mark.parametrize("colors", SCHEMES.values(), ids=SCHEMES.keys())
TONERS = ("toner_k", "toner_c", "toner_m", "toner_y")


@EVERY
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_every_text_has_contrast(colors: Tokens, ink: str, ground: str) -> None:
    least = 7.0 if colors in {CONTRAST_LIGHT, CONTRAST_DARK} else 4.5
    assert contrast(getattr(colors, ink), getattr(colors, ground)) >= least


@EVERY
@pytest.mark.parametrize(("line", "ground"), LINE_PAIRS)
def test_edges_and_the_focus_ring_are_seen(colors: Tokens, line: str, ground: str) -> None:
    assert contrast(getattr(colors, line), getattr(colors, ground)) >= 3


@EVERY
def test_chips_have_contrast(colors: Tokens) -> None:
    assert all(contrast(colors.ink(tone), colors.tint(tone)) >= 4.5 for tone in Tone)


@EVERY
def test_a_button_that_is_held_can_be_read(colors: Tokens) -> None:
    assert contrast(colors.text, pressed(colors)) >= 4.5
    assert contrast(colors.muted, colors.background) >= 4.5  # disabled


@pytest.mark.parametrize("colors", [CONTRAST_LIGHT, CONTRAST_DARK], ids=["light", "dark"])
def test_high_contrast_has_lines_around_everything(colors: Tokens) -> None:
    for ground in ("background", "surface", "raised"):
        assert contrast(colors.border, getattr(colors, ground)) >= 3
    for toner in TONERS:
        assert contrast(getattr(colors, toner), colors.track) >= 3


@EVERY
@pytest.mark.parametrize("vision", VISIONS)
def test_toners_can_be_told_apart_by_every_eye(colors: Tokens, vision: str) -> None:
    # 12 in CIELAB is far more than the least difference a person sees (about 2).
    pairs = [(a, b) for i, a in enumerate(TONERS) for b in TONERS[i + 1 :]]
    near = {
        pair: round(distance(getattr(colors, pair[0]), getattr(colors, pair[1]), vision), 1)
        for pair in pairs
    }
    assert {pair: far for pair, far in near.items() if far < 12} == {}


@pytest.mark.parametrize(
    ("choice", "dark", "contrasts", "wanted"),
    [
        (Choice.SYSTEM, False, False, LIGHT),
        (Choice.SYSTEM, True, False, DARK),
        (Choice.SYSTEM, False, True, CONTRAST_LIGHT),
        (Choice.SYSTEM, True, True, CONTRAST_DARK),
        (Choice.LIGHT, True, True, LIGHT),
        (Choice.DARK, False, True, DARK),
        (Choice.CONTRAST, False, False, CONTRAST_LIGHT),
        (Choice.CONTRAST, True, False, CONTRAST_DARK),
    ],
)
def test_what_is_chosen_wins_over_the_system(
    choice: Choice, dark: bool, contrasts: bool, wanted: Tokens
) -> None:
    assert scheme(choice, system_dark=dark, system_contrast=contrasts) is wanted
