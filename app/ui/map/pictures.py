"""Pictures that are drawn once and then only copied: marks, bars, dots and words of the map.

Copying a small picture takes about a microsecond, drawing it with lines a hundred.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from app.ui.theme import tokens
from app.ui.tokens import Tokens

MOST_PIXELS = 6_000_000  # about what a large sharp screen shows; four octets each
_RATIO_NOW = 1.0


class Pictures:
    """Pictures by what they show, the ones that were used last. A change of the colours or of the
    screen's sharpness begins anew.
    """

    def __init__(self, most_pixels: int = MOST_PIXELS) -> None:
        self._most = most_pixels
        self._kept: OrderedDict[Hashable, tuple[QPixmap, QPointF]] = OrderedDict()
        self._pixels = 0
        self._worn: tuple[Tokens, float] | None = None
        self.drawn = 0  # how many were drawn so far

    def __contains__(self, key: Hashable) -> bool:
        return key in self._kept

    def __len__(self) -> int:
        return len(self._kept)

    def begin(self, ratio: float) -> None:
        """Begin a frame on a screen with so many pixels to one of ours: let go what is too much."""
        worn = (tokens(), ratio)
        if self._worn is None or self._worn[0] is not worn[0] or self._worn[1] != ratio:
            self._worn = worn
            self._kept.clear()
            self._pixels = 0
        while self._pixels > self._most and self._kept:
            _, (picture, _) = self._kept.popitem(last=False)
            self._pixels -= picture.width() * picture.height()

    def get(
        self, key: Hashable, extent: QRectF, scale: float, draw: Callable[[QPainter], None]
    ) -> tuple[QPixmap, QPointF]:
        """Give the picture of ``key`` and where its corner lies from the middle, in pixels of ours.

        ``draw`` draws it around (0, 0) within ``extent``, which is enlarged by ``scale``.
        """
        found = self._kept.get(key)
        if found is None:
            ratio = self._worn[1] if self._worn is not None else _RATIO_NOW
            found = self._kept[key] = _drawn(extent, scale, ratio, draw)
            self._pixels += found[0].width() * found[0].height()
            self.drawn += 1
        else:
            self._kept.move_to_end(key)
        return found


def _drawn(
    extent: QRectF, scale: float, ratio: float, draw: Callable[[QPainter], None]
) -> tuple[QPixmap, QPointF]:
    left, top = ceil(-extent.left() * scale), ceil(-extent.top() * scale)
    width = left + ceil(extent.right() * scale)
    height = top + ceil(extent.bottom() * scale)
    picture = QPixmap(ceil(width * ratio), ceil(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(left, top)
    painter.scale(scale, scale)
    draw(painter)
    painter.end()
    return picture, QPointF(-left, -top)
