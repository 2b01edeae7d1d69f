"""Words of the map: how large they are, how they are written, and pictures of them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from app.ui import fonts
from app.ui.devices import words as device_words
from app.ui.map.items import NodeItem
from app.ui.map.labels import Box
from app.ui.theme import tokens
from app.ui.tokens import Tone

WIDEST = 128.0
_AIR = 8.0  # so that neighbours on one line do not read as one name
_VEIL = 216  # how much of what lies under words is hidden, of 255
_LONGEST = 160  # letters: more are never seen, and measuring them all takes time


# Control, format, surrogate, line and paragraph separators; and those of format that writing needs.
_STEERING, _JOINERS = {"Cc", "Cf", "Cs", "Zl", "Zp"}, "\u200c\u200d"
_NO_LETTERS = "\ufffe\uffff"


@dataclass(frozen=True, slots=True)
class Words:
    """One line, or two; ``tone`` is that of the second."""

    first: str
    second: str = ""
    tone: Tone = Tone.NEUTRAL
    strong: bool = False


def plain(text: str) -> str:
    """Give a text as one line without signs that steer: they would break a file, or show letters
    in another order than they have.
    """
    return "".join(
        c if c in _JOINERS or unicodedata.category(c) not in _STEERING else " "
        for c in text[:_LONGEST]
        if c not in _NO_LETTERS
    )


def node_words(node: NodeItem) -> Words:
    """Give what stands beside a printer: its name, and its state where that matters."""
    second = node.chip.word if node.chip.needs_attention or node.chip.silent else ""
    name = plain(device_words.place_name(node.summary))
    return Words(name, second, node.chip.tone, strong=node.selected)


def font_of(words: Words) -> QFont:
    """Give the font of the first line."""
    return fonts.small_strong() if words.strong else fonts.small()


def measure(words: Words, widest: float = WIDEST) -> tuple[float, float]:
    """Give width and height; what is wider than ``widest`` will be shortened."""
    width, height = _size(words.first, words.second, strong=words.strong, font=_key())
    return min(width, widest) + _AIR, height


def _key() -> str:
    return fonts.small().toString()


@lru_cache(maxsize=4096)
def _size(first: str, second: str, *, strong: bool, font: str) -> tuple[float, float]:
    del font  # other fonts, other sizes
    upper = QFontMetricsF(font_of(Words(first, strong=strong)))
    width, height = upper.horizontalAdvance(first), upper.height()
    if second:
        lower = QFontMetricsF(fonts.small())
        width = max(width, lower.horizontalAdvance(second))
        height += lower.height()
    return width, height


def write(painter: QPainter, box: Box, words: Words) -> None:
    """Write into a box, shortened to its width, on a veil that keeps the words readable."""
    colors = tokens()
    font = font_of(words)
    metrics = QFontMetricsF(font)
    # A place may be larger than the words: they stand in its middle.
    high = metrics.height() * (2 if words.second else 1)
    room = QRectF(box.x, box.y + (box.height - high) / 2, box.width, high)
    veil = QColor(colors.surface)
    veil.setAlpha(_VEIL)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(veil)
    painter.drawRoundedRect(room, 4, 4)
    ink = colors.text if words.strong or words.second else colors.muted
    _line(painter, room, words.first, font, ink)
    if words.second:
        lower = room.translated(QPointF(0, metrics.height()))
        _line(painter, lower, words.second, fonts.small(), colors.ink(words.tone))


def _line(painter: QPainter, room: QRectF, text: str, font: QFont, ink: str) -> None:
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.setFont(font)
    painter.setPen(QColor(ink))
    painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, shown)
