"""Comparing a picture with its reference, so that a broken look is seen and a speck is not.

Where a renderer rounds differently, single pixels at the edges of letters differ a little; where
something moved, lost its line or its colour, many pixels of one place differ. So the picture is
cut into tiles of 16 by 16, and the worst tile decides: a few pixels that differ much (something is
elsewhere, a line is gone), or many that differ a little (a ground has another colour).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter, qRgb

TILE = 16
#: (levels of 255 in any of red, green and blue, share of a tile whose pixels differ by more)
MUCH, FEW = 24, 0.045  # one line of 16 pixels is 0.0625
LITTLE, MANY = 5, 0.5
_EXACT, _COLORS = 96, 256


@dataclass(frozen=True, slots=True)
class Difference:
    """The worst tile: how far beyond what is borne (1 is just borne), and where, in pixels."""

    beyond: float
    at: tuple[int, int]

    @property
    def broken(self) -> bool:
        """Whether a person would see it."""
        return self.beyond > 1


def compare(one: QImage, other: QImage) -> Difference:
    """Compare two pictures; those of different sizes differ wholly."""
    one, other = _plain(one), _plain(other)
    if one.size() != other.size():
        return Difference(100.0, (0, 0))
    gap = _gap(one, other)
    much, little = (_worst(_mask(gap, level), one) for level in (MUCH, LITTLE))
    found = (Difference(much[0] / FEW, much[1]), Difference(little[0] / MANY, little[1]))
    return max(found, key=lambda each: each.beyond)


def _worst(mask: bytes, one: QImage) -> tuple[float, tuple[int, int]]:
    """Give the share of the tile with most pixels that differ, and its corner."""
    width, height = -(-one.width() // TILE), -(-one.height() // TILE)
    rows = [mask[y * one.width() : (y + 1) * one.width()] for y in range(one.height())]
    worst, at = 0, (0, 0)
    for tile_y in range(height):
        band = rows[tile_y * TILE : (tile_y + 1) * TILE]
        if not any(b"\xff" in line for line in band):
            continue
        for tile_x in range(width):
            left = tile_x * TILE
            count = sum(line[left : left + TILE].count(255) for line in band)
            if count > worst:
                worst, at = count, (left, tile_y * TILE)
    return worst / (TILE * TILE), at


def _plain(image: QImage) -> QImage:
    result = image.convertToFormat(QImage.Format.Format_RGB32)
    result.setDevicePixelRatio(1)
    return result


def _gap(one: QImage, other: QImage) -> bytes:
    """Give how far each part of each pixel is from the other: blue, green, red, nothing."""
    gap = QImage(one)
    painter = QPainter(gap)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(QPoint(0, 0), other)
    painter.end()
    return bytes(gap.constBits())  # type: ignore[arg-type]


def _mask(gap: bytes, level: int) -> bytes:
    """Give a byte a pixel: 255 where any part of it is farther than ``level``."""
    raw = gap.translate(bytes(255 if part > level else 0 for part in range(256)))
    any_part = 0
    for part in range(3):
        any_part |= int.from_bytes(raw[part::4], "big")
    return any_part.to_bytes(len(raw) // 4, "big")


def small(image: QImage) -> QImage:
    """Give the picture with at most 256 colours, each near enough for ``compare``.

    The most frequent ones stay (grounds, lines, words); of the rest, those that agree in the upper
    half of each part share one: so only the edges of letters are rounded.
    """
    plain = _plain(image)
    raw = bytes(plain.constBits())
    pixels = Counter(zip(raw[0::4], raw[1::4], raw[2::4], strict=True))
    exact = [pixel for pixel, _ in pixels.most_common(_EXACT)]
    likes: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
    for pixel, _ in pixels.most_common()[_EXACT:]:
        likes.setdefault(tuple(part >> 4 for part in pixel), []).append(pixel)
    heads = sorted(likes.values(), key=lambda like: sum(pixels[p] for p in like), reverse=True)
    kept = [*exact, *(like[0] for like in heads)][:_COLORS]
    table = [qRgb(red, green, blue) for blue, green, red in kept]
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table, flags)
