"""Line icons from ``resources/icons`` (Lucide), in whatever colour is asked.

The files draw with ``currentColor`` and a stroke of 2; both are replaced before rendering, so one
file serves every state and every scheme.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.ui.tokens import ICON_SMALL

STROKE = 1.7  # of a 24-unit icon
_FILE_STROKE = 'stroke-width="2"'


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return (resources.files("resources") / "icons" / f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=256)
def renderer(name: str, color: str, stroke: float = STROKE) -> QSvgRenderer:
    """Give a renderer of the icon ``name`` (file name without ``.svg``) in ``color``."""
    text = _source(name).replace("currentColor", color)
    text = text.replace(_FILE_STROKE, f'stroke-width="{stroke}"', 1)
    return QSvgRenderer(QByteArray(text.encode()))


def draw(painter: QPainter, name: str, color: str, target: QRectF, stroke: float = STROKE) -> None:
    """Draw the icon into ``target``, sharp at any scale; large ones want a finer ``stroke``."""
    renderer(name, color, stroke).render(painter, target)


@lru_cache(maxsize=256)
def pixmap(name: str, color: str, size: int, ratio: float) -> QPixmap:
    """Render the icon as a pixmap of ``size`` device-independent pixels."""
    result = QPixmap(round(size * ratio), round(size * ratio))
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    renderer(name, color).render(painter)
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result


def icon(name: str, color: str, size: int = ICON_SMALL) -> QIcon:
    """Give an icon for a button, rendered for 100 %, 200 % and 300 %."""
    result = QIcon()
    for ratio in (1.0, 2.0, 3.0):
        result.addPixmap(pixmap(name, color, size, ratio))
    return result


def forget() -> None:
    """Let go of all that was rendered: pictures may not outlive the application."""
    for kept in (renderer, pixmap):
        kept.cache_clear()
