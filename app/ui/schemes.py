"""The four schemes: light and dark, and each again with high contrast."""

from __future__ import annotations

from enum import StrEnum

from app.ui.tokens import DARK, LIGHT, Tokens


class Choice(StrEnum):
    """What a person chose; the value is what is stored. ``CONTRAST`` is light or dark as the
    system is.
    """

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


# Text of at least 7 (WCAG 2, AAA), lines of at least 3: for eyes that the quiet greys leave out.
CONTRAST_LIGHT = Tokens(
    background="#FFFFFF",
    surface="#FFFFFF",
    raised="#FFFFFF",
    border="#5A6270",
    track="#DDE2E9",
    text="#000000",
    muted="#2E3642",
    accent="#0A3C9E",
    accent_tint="#DCE8FF",
    on_accent="#FFFFFF",
    good="#064F2A",
    good_tint="#D6F2E2",
    warning="#593700",
    warning_tint="#FFEBC2",
    error="#86110D",
    error_tint="#FFE0DD",
    toner_k="#000000",
    toner_c="#006B94",
    toner_m="#A3125F",
    toner_y="#8A6A00",
    swept="#3F6DC4",
    on_error="#FFFFFF",
    outline="#2E3642",
    focus="#0A3C9E",
)

CONTRAST_DARK = Tokens(
    background="#000000",
    surface="#000000",
    raised="#0D1117",
    border="#8C97A8",
    track="#262D38",
    text="#FFFFFF",
    muted="#D5DCE6",
    accent="#9CC2FF",
    accent_tint="#0F2A5C",
    on_accent="#000000",
    good="#6BE3A6",
    good_tint="#06281A",
    warning="#FFC95C",
    warning_tint="#332300",
    error="#FFA198",
    error_tint="#3D100D",
    toner_k="#E8EDF5",
    toner_c="#2FBDF5",
    toner_m="#F471B5",
    toner_y="#FFD84A",
    swept="#6F94DB",
    on_error="#000000",
    outline="#D5DCE6",
    focus="#FFD84A",
)

#: By the name that ``platen gallery`` and the pictures use.
SCHEMES: dict[str, Tokens] = {
    "light": LIGHT,
    "dark": DARK,
    "contrast": CONTRAST_LIGHT,
    "contrast-dark": CONTRAST_DARK,
}


def scheme(choice: Choice, *, system_dark: bool, system_contrast: bool) -> Tokens:
    """Give the scheme for a choice on such a system; the system may ask for contrast itself."""
    dark = system_dark if choice in {Choice.SYSTEM, Choice.CONTRAST} else choice is Choice.DARK
    contrast = choice is Choice.CONTRAST or (choice is Choice.SYSTEM and system_contrast)
    if contrast:
        return CONTRAST_DARK if dark else CONTRAST_LIGHT
    return DARK if dark else LIGHT
