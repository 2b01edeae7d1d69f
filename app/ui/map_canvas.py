"""The map as a widget: zoom, walking by keyboard, and labels that don't collide."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsView, QToolTip, QWidget

from app.ui import device_words
from app.ui.map_dots import DotLayer
from app.ui.map_items import NodeItem
from app.ui.map_label_layer import LabelLayer
from app.ui.map_labels import Box
from app.ui.map_scene import MapScene

LEAST_ZOOM, MOST_ZOOM = 0.08, 6.0
_STEP = 1.25
_NATURAL = 1.1  # fitting never enlarges beyond this
_NEAR_ENOUGH = 0.75  # the zoom at which a printer that was searched is shown
_CLICK_SLACK = 4
_NEAR = 7  # pixels around a dot that still mean it


class MapCanvas(QGraphicsView):
    """``picked`` gives the key of the printer that was chosen ("" for none), ``opened`` the one
    that was double-clicked or entered.
    """

    picked = Signal(str)
    opened = Signal(str)

    def __init__(self, scene: MapScene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self._map = scene
        self._labels = LabelLayer(scene)
        self._dots = DotLayer()
        self._fitted = True
        self._press = QPoint()
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Labels lie over everything in pixels of the viewport: they move as a whole.
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setAccessibleName(self.tr("Map of the network"))
        scene.rearranged.connect(self._follow)
        scene.renewed.connect(self._forget)

    # --- zoom -----------------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """The present scale."""
        return self.transform().m11()

    @property
    def chosen_zoom(self) -> float | None:
        """The scale that a person has chosen; ``None`` while everything is shown."""
        return None if self._fitted else self.zoom

    def show_zoom(self, zoom: float) -> None:
        """Take a scale that was chosen before."""
        self._scale(max(LEAST_ZOOM, min(zoom, MOST_ZOOM)) / self.zoom)

    def zoom_in(self) -> None:
        """Come closer."""
        self._scale(_STEP)

    def zoom_out(self) -> None:
        """Step back."""
        self._scale(1 / _STEP)

    def fit(self) -> None:
        """Show everything."""
        self._fitted = True
        whole = self.sceneRect()
        room = self.viewport().rect()
        if room.isEmpty() or whole.isEmpty():
            return
        factor = min(room.width() / whole.width(), room.height() / whole.height(), _NATURAL)
        self.resetTransform()
        self.scale(factor, factor)
        self.centerOn(whole.center())
        self._map.set_zoom(self.zoom)

    def _scale(self, factor: float) -> None:
        wanted = min(max(self.zoom * factor, LEAST_ZOOM), MOST_ZOOM)
        self._fitted = False
        self.scale(wanted / self.zoom, wanted / self.zoom)
        self._map.set_zoom(self.zoom)

    @property
    def far(self) -> bool:
        """Whether printers are dots at this scale."""
        return self.zoom < self._map.far_below

    def show_spot(self, key: str) -> None:
        """Bring a printer into the middle, near enough to be more than a dot."""
        node = self._map.node(key)
        if node is None:
            return
        if self.far:
            self._scale(_NEAR_ENOUGH / self.zoom)
        self.centerOn(node)
        self.setAccessibleDescription(self._spoken(key))

    def _forget(self) -> None:
        self._labels.forget()
        self._dots.forget()

    def _follow(self) -> None:
        self._forget()
        if self._fitted:
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep everything in sight while nobody has zoomed."""
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit at first sight."""
        super().showEvent(event)
        if self._fitted:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        turn = event.angleDelta().y()
        if turn:
            self._scale(1.0015**turn)
        event.accept()

    # --- pointer --------------------------------------------------------------------------------

    def node_at(self, at: QPoint) -> NodeItem | None:
        """Give the printer at a point of the viewport."""
        if self.far:
            return self._nearest(at)
        for item in self.items(at):
            if isinstance(item, NodeItem):
                return item
        return None

    def _nearest(self, at: QPoint) -> NodeItem | None:
        spot, reach = self.mapToScene(at), _NEAR / self.zoom
        close = [
            (abs(n.x() - spot.x()) + abs(n.y() - spot.y()), n.key, n)
            for n in self._map.nodes
            if abs(n.x() - spot.x()) < reach and abs(n.y() - spot.y()) < reach
        ]
        return min(close)[2] if close else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click began: a drag moves the map and chooses nothing."""
        self._press = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose what was clicked."""
        super().mouseReleaseEvent(event)
        event.accept()
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        at = event.position().toPoint()
        moved = (at - self._press).manhattanLength()
        if moved > _CLICK_SLACK:
            self._fitted = False
        elif event.button() is Qt.MouseButton.LeftButton:
            node = self.node_at(at)
            self._pick(node.key if node is not None else None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what was clicked twice."""
        node = self.node_at(event.position().toPoint())
        if node is not None:
            self.opened.emit(node.key)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell of the printer under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            node = self.node_at(event.pos())
            text = tell(node) if node is not None else ""
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    # --- keyboard -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, open with Enter, zoom with plus, minus and nought."""
        actions: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Equal: self.zoom_in,
            Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.fit,
            Qt.Key.Key_Right: lambda: self._walk(1),
            Qt.Key.Key_Down: lambda: self._walk(1),
            Qt.Key.Key_Left: lambda: self._walk(-1),
            Qt.Key.Key_Up: lambda: self._walk(-1),
            Qt.Key.Key_Return: self._open,
            Qt.Key.Key_Enter: self._open,
            Qt.Key.Key_Escape: lambda: self._pick(None),
        }
        action = actions.get(Qt.Key(event.key()))
        if action is None:
            super().keyPressEvent(event)
        else:
            action()

    def _walk(self, step: int) -> None:
        keys = self._map.in_order()
        if not keys:
            return
        now = self._map.selected
        place = (keys.index(now) + step) % len(keys) if now in keys else 0
        self._pick(keys[place])
        node = self._map.node(keys[place])
        if node is not None:
            self.ensureVisible(node, 60, 60)

    def _open(self) -> None:
        if self._map.selected is not None:
            self.opened.emit(self._map.selected)

    def _pick(self, key: str | None) -> None:
        self._map.select(key)
        self.setAccessibleDescription(self._spoken(key))
        self.picked.emit(key or "")

    def _spoken(self, key: str | None) -> str:
        node = self._map.node(key) if key is not None else None
        return tell(node).replace("\n", ", ") if node is not None else ""

    # --- painting -------------------------------------------------------------------------------

    def drawForeground(self, painter: QPainter, _rect: QRectF | QRect) -> None:
        """Draw the dots of afar, and write the labels over the map in pixels of the viewport."""
        if self.far:
            self._dots.draw(painter, self._map.nodes, self.zoom, self._map.marked())
        painter.save()
        painter.resetTransform()
        self._labels.draw(painter, self.viewportTransform(), self.viewport().size())
        painter.restore()

    def keep_free(self, place: QRect) -> None:
        """Write no label there: something else lies over the map."""
        box = Box(place.x(), place.y(), place.width(), place.height())
        self._labels.kept_free = box
        self._labels.forget()

    def label_at(self, key: str) -> QRectF | None:
        """Give where the label of a printer stands, in the viewport; ``None`` where it has none."""
        return self._labels.box_of(key)

    def spot(self, key: str) -> QPoint:
        """Give where a printer stands, in the viewport."""
        node = self._map.node(key)
        return self.mapFromScene(node.pos() if node is not None else QPointF())


def tell(node: NodeItem) -> str:
    """Tell of a printer in a few lines."""
    summary = node.summary
    lines = [
        device_words.place_name(summary),
        device_words.second_line(summary),
        f"{summary.device.endpoint.address} · {node.chip.word}",
    ]
    if node.lowest is not None:
        lines.append(device_words.supply_line(node.lowest))
    return "\n".join(lines)
