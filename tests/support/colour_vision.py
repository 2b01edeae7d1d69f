"""How colours look to eyes that lack one kind of cone, and how far apart they then are.

The matrices are those of Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
"""

from __future__ import annotations

import math

_Row = tuple[float, float, float]
VISIONS: dict[str, tuple[_Row, _Row, _Row]] = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def _linear(color: str) -> list[float]:
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def _lab(linear: list[float]) -> tuple[float, float, float]:
    """Give CIELAB (D65) of linear RGB."""
    red, green, blue = linear
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def seen(color: str, vision: str) -> tuple[float, float, float]:
    """Give CIELAB of ``#RRGGBB`` as this eye sees it."""
    linear = _linear(color)
    rows = VISIONS[vision]
    mixed = (sum(a * b for a, b in zip(row, linear, strict=True)) for row in rows)
    return _lab([min(1.0, max(0.0, part)) for part in mixed])


def distance(one: str, other: str, vision: str) -> float:
    """Give how far apart two colours are to this eye (Delta E 1976)."""
    return math.dist(seen(one, vision), seen(other, vision))
