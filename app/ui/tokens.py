"""The look as data: colours, spacing, radii and the type scale.

Everything that is painted takes its colours from here; the style sheet is made from the same
tokens. Every text pair named in ``TEXT_PAIRS`` has a contrast of at least 4.5 (WCAG 2, AA).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a chip, a node or a card wants to say."""

    GOOD = "good"
    ACCENT = "accent"
    NEUTRAL = "neutral"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme, as ``#RRGGBB``."""

    background: str
    surface: str
    raised: str
    border: str
    track: str
    text: str
    muted: str
    accent: str
    accent_tint: str
    on_accent: str
    good: str
    good_tint: str
    warning: str
    warning_tint: str
    error: str
    error_tint: str
    toner_k: str
    toner_c: str
    toner_m: str
    toner_y: str
    swept: str  # an arc of the map that has been asked
    on_error: str  # text on a button that destroys
    outline: str  # the edge of check boxes, radio buttons and switches: 3 to 1
    focus: str  # the ring around what has the keyboard: 3 to 1

    def ink(self, tone: Tone) -> str:
        """Give the text and line colour of ``tone``."""
        return self.muted if tone is Tone.NEUTRAL else str(getattr(self, tone.value))

    def tint(self, tone: Tone) -> str:
        """Give the fill behind text of ``tone``."""
        return self.track if tone is Tone.NEUTRAL else str(getattr(self, f"{tone.value}_tint"))

    def toner(self, color: str | None) -> str:
        """Give the colour of a supply by its colorant name; what is not one of four is muted."""
        name = _TONER.get(color or "")
        return str(getattr(self, name)) if name else self.muted


_TONER = {
    "black": "toner_k",
    "photo black": "toner_k",
    "matte black": "toner_k",
    "cyan": "toner_c",
    "light cyan": "toner_c",
    "magenta": "toner_m",
    "light magenta": "toner_m",
    "yellow": "toner_y",
}

LIGHT = Tokens(
    background="#F5F6F8",
    surface="#FFFFFF",
    raised="#FBFCFD",
    border="#E2E6EC",
    track="#E8EBF0",
    text="#1A1F29",
    muted="#5C6675",
    accent="#1F5FD6",
    accent_tint="#E8F0FE",
    on_accent="#FFFFFF",
    good="#12703F",
    good_tint="#E4F5EC",
    warning="#8A5600",
    warning_tint="#FDF1DC",
    error="#B02A22",
    error_tint="#FCE8E6",
    toner_k="#2A2F3A",
    toner_c="#0095C8",
    toner_m="#CC2E86",
    toner_y="#E0AC00",
    swept="#A9C2EE",
    on_error="#FFFFFF",
    outline="#78828F",
    focus="#1F5FD6",
)

DARK = Tokens(
    background="#11151B",
    surface="#181D25",
    raised="#1E242E",
    border="#2B3340",
    track="#2A313D",
    text="#E6EAF1",
    muted="#97A3B4",
    accent="#78A6FF",
    accent_tint="#1D2C4A",
    on_accent="#0F1B33",
    good="#4CC38A",
    good_tint="#16332A",
    warning="#E5A83B",
    warning_tint="#3A2C12",
    error="#F07A70",
    error_tint="#3D1E1D",
    toner_k="#C9D2E0",
    toner_c="#29B6E8",
    toner_m="#EC5FA8",
    toner_y="#F0C63A",
    swept="#435C8C",
    on_error="#2A0B08",
    outline="#76839A",
    focus="#78A6FF",
)

# (text, what it stands on): every pair that the window really draws.
TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((ink, ground) for ink in ("text", "muted") for ground in ("background", "surface", "raised")),
    ("text", "accent_tint"),
    ("muted", "accent_tint"),
    ("text", "track"),
    ("muted", "track"),
    ("accent", "surface"),
    ("accent", "raised"),
    ("accent", "accent_tint"),
    ("on_accent", "accent"),
    ("on_error", "error"),
    ("accent", "background"),
    *((tone, f"{tone}_tint") for tone in ("good", "warning", "error")),
    *((tone, "surface") for tone in ("good", "warning", "error")),
    *((tone, "raised") for tone in ("good", "warning", "error")),
    *(("text", f"{tone}_tint") for tone in ("good", "warning", "error")),
)

# (line, what it stands on): what a person must see to use a control (WCAG 2, 1.4.11: 3 to 1).
LINE_PAIRS: tuple[tuple[str, str], ...] = tuple(
    (line, ground)
    for line in ("focus", "outline")
    for ground in ("background", "surface", "raised")
)

# Spacing in steps of 4, in device-independent pixels.
XS, S, M, L, XL = 4, 8, 12, 16, 20
RADIUS_CONTROL = 7
RADIUS_CARD = 10

# Type scale, in device-independent pixels.
BODY = 13
SMALL = 12
TINY = 11
SECTION = 13
HEADING = 15
TITLE = 19
VALUE = 21  # the figure of a card that answers a question

ICON = 22
ICON_SMALL = 16
CONTROL_HEIGHT = 32
ROW_HEIGHT = 55


def luminance(color: str) -> float:
    """Give the relative luminance of ``#RRGGBB`` (WCAG 2, 0 to 1)."""
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours (WCAG 2, 1 to 21)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
