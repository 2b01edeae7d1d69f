"""Fonts: the platform's own, in the sizes of the type scale; figures with tabular digits."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from app.ui import tokens

_TABULAR = QFont.Tag("tnum")


class _Chosen:
    """A family in place of the platform's own: for pictures that are the same everywhere."""

    body = ""
    mono = ""


def choose(body: str, mono: str) -> None:
    """Use these families instead of the platform's; empty names give them back."""
    _Chosen.body, _Chosen.mono = body, mono


def body() -> QFont:
    """Give the font of running text."""
    return _sized(tokens.BODY)


def strong() -> QFont:
    """Give the font of what a row is about."""
    return _sized(tokens.BODY, QFont.Weight.DemiBold)


def small() -> QFont:
    """Give the font of second lines, with tabular digits."""
    return _tabular(_sized(tokens.SMALL))


def small_strong() -> QFont:
    """Give the font of labels and column heads."""
    return _sized(tokens.SMALL, QFont.Weight.DemiBold)


def rail(*, strong: bool) -> QFont:
    """Give the font of the words in the navigation rail."""
    weight = QFont.Weight.DemiBold if strong else QFont.Weight.Normal
    return _sized(tokens.TINY, weight)


def sign() -> QFont:
    """Give the font of the signs beside the printers of the map."""
    return _sized(10, QFont.Weight.Bold)


def figures() -> QFont:
    """Give the body font with digits of one width."""
    return _tabular(_sized(tokens.BODY))


def mono() -> QFont:
    """Give the fixed-width font for OIDs, raw values and panel text."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    if _Chosen.mono:
        font = QFont(_Chosen.mono)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setPixelSize(tokens.SMALL)
    return font


def _sized(pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if _Chosen.body:
        font = QFont(_Chosen.body)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font


def _tabular(font: QFont) -> QFont:
    font.setFeature(_TABULAR, 1)
    return font
