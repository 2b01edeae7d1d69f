"""The whole map as a picture: SVG, or PNG at twice the size.

Painting has to happen in the window's thread, so it is done in parts with pauses in between;
packing and writing happen in another one. The file appears when it is complete, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import (
    QBuffer,
    QCoreApplication,
    QIODevice,
    QObject,
    QRect,
    QRectF,
    QSize,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QImage, QPainter, QTransform
from PySide6.QtSvg import QSvgGenerator

from app.ui.map.label_layer import LabelLayer
from app.ui.map.scene import MapScene
from app.ui.theme import painted_in, tokens
from app.ui.tokens import LIGHT
from app.workers.picture_file import save_picture
from core.model.problem import Problem

Steps: TypeAlias = Iterator[int]  # milliseconds until the next one

_LOOK_AGAIN_MS = 10
_AT_ONCE = 40  # printers painted before the window may breathe
_MOST_LABELS = 600
_ASIDE = 100  # pixels at zoom 1
_SHARPER = 2.0
_LONGEST_SIDE = 6000  # pixels of a PNG


class MapExport(QObject):
    """Writes one picture at a time. ``done`` gives the path, ``failed`` a ``Problem``."""

    done = Signal(str)
    failed = Signal(object)

    def __init__(self, scene: MapScene, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._map = scene
        self._running = False

    @property
    def running(self) -> bool:
        """Whether a picture is being made."""
        return self._running

    def start(self, path: str) -> None:
        """Make the picture; the end of its name says whether it is an SVG or a PNG."""
        if self._running:
            return
        self._running = True
        make = self._png if Path(path).suffix.lower() == ".png" else self._svg
        self._step(make(Path(path)))

    def _step(self, steps: Steps) -> None:
        # On paper and in a mail a picture is light, whatever the window wears.
        with painted_in(LIGHT):
            pause = next(steps, None)
        if pause is not None:
            QTimer.singleShot(pause, self, lambda: self._step(steps))

    # --- the two forms --------------------------------------------------------------------------

    def _svg(self, path: Path) -> Steps:
        size, buffer = self.area().size().toSize(), QBuffer(self)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(size)
        generator.setViewBox(QRect(0, 0, size.width(), size.height()))
        generator.setTitle(QCoreApplication.translate("Map", "Map of the network"))
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        painter = QPainter(generator)
        yield from self._paint(painter, size)
        painter.end()
        picture = bytes(buffer.data().data())
        buffer.deleteLater()
        yield from self._write(path, picture)

    def _png(self, path: Path) -> Steps:
        size = self.area().size().toSize()
        scale = min(_SHARPER, _LONGEST_SIDE / max(size.width(), size.height()))
        image = QImage(size * scale, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(scale, scale)
        yield from self._paint(painter, size)
        painter.end()
        yield from self._write(path, image)

    def area(self) -> QRectF:
        """Give what of the scene is painted: all of it, and room for words around."""
        return self._map.sceneRect().adjusted(-_ASIDE, -_ASIDE / 2, _ASIDE, _ASIDE / 2)

    # --- painting -------------------------------------------------------------------------------

    def _paint(self, painter: QPainter, size: QSize) -> Steps:
        """Paint everything at zoom 1, whatever the window shows."""
        base, corner = painter.transform(), self.area().topLeft()
        into = QTransform.fromTranslate(-corner.x(), -corner.y())
        painter.fillRect(0, 0, size.width(), size.height(), QColor(tokens().surface))
        painter.setTransform(into * base)
        self._map.draw_ground(painter)
        everything = list(self._map.nodes)
        for start in range(0, len(everything), _AT_ONCE):
            for node in everything[start : start + _AT_ONCE]:
                painter.save()
                painter.setTransform(QTransform.fromTranslate(node.x, node.y) * into * base)
                node.paint(painter)
                painter.restore()
            yield 0
        painter.setTransform(base)
        labels = LabelLayer(self._map, most=_MOST_LABELS, grown=False)
        labels.place(into, size, list(self._map.nodes))
        labels.write(painter, into)
        yield 0

    # --- writing --------------------------------------------------------------------------------

    def _write(self, path: Path, picture: QImage | bytes) -> Steps:
        writer = ThreadPoolExecutor(max_workers=1)
        trouble = writer.submit(save_picture, str(path), picture)
        writer.shutdown(wait=False)
        while not trouble.done():
            yield _LOOK_AGAIN_MS
        self._finish(path, trouble.result())

    def _finish(self, path: Path, trouble: str) -> None:
        self._running = False
        if not trouble:
            self.done.emit(str(path))
            return
        text = QCoreApplication.translate("Map", "%1 could not be written: %2.")
        said = text.replace("%1", path.name, 1).replace("%2", trouble.rstrip("."), 1)
        remedy = QCoreApplication.translate("Map", "Choose another folder.")
        self.failed.emit(Problem("map_not_saved", said, remedy))
