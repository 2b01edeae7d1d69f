"""The map as a widget: zoom, walking by keyboard, and everything drawn from pictures."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsView, QToolTip, QWidget

from app.ui.devices import words as device_words
from app.ui.map.items import NodeItem
from app.ui.map.label_layer import LabelLayer
from app.ui.map.labels import Box
from app.ui.map.node_layer import NodeLayer
from app.ui.map.scene import MapScene
from app.ui.theme import tokens
from app.ui.widgets import plain_tip

LEAST_ZOOM, MOST_ZOOM = 0.08, 6.0
_STEP = 1.25
_NATURAL = 1.25  # fitting never enlarges beyond this
_NEAR_ENOUGH = 0.75  # the zoom at which a printer that was searched is shown
_CLICK_SLACK = 4
_NEAR = 7  # pixels around a dot that still mean it
_EDGE = 60  # pixels: nearer to the edge nothing counts as in sight
_TOUCH = 16.0  # around a printer, in coordinates of the scene
# Around everything, in pixels: room for names beside, above and below; for dots less will do.
_ASIDE, _ABOVE, _BARE = 112.0, 40.0, 26.0
_BY_KEYS = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}
_REST_MS = 140  # after the last step of zooming, labels find their places
_PAN_MS = 160  # while the map is moved, they do so that often


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
        self._nodes = NodeLayer()
        self._fitted = True
        self._press = QPoint()
        self._drawn_zoom = 0.0
        self._by_keys = False  # whether the keyboard came here by itself
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._settle)
        self._set_up()
        scene.rearranged.connect(self._follow)
        scene.renewed.connect(self._renew)
        self._nodes.rearranged(scene.nodes)

    def _set_up(self) -> None:
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
        """Show everything, in the middle."""
        self._fitted = True
        whole, room = self._map.sceneRect(), QRectF(self.viewport().rect())
        if room.isEmpty() or whole.isEmpty():
            return
        named = _fitting(whole, room.size(), _ASIDE, _ABOVE)
        bare = _fitting(whole, room.size(), _BARE, _BARE)
        factor = bare if named < self._map.far_below else named
        self._bound(min(factor, self.zoom))
        self.resetTransform()
        self.scale(factor, factor)
        self._bound(factor)
        self.centerOn(whole.center())

    def _scale(self, factor: float) -> None:
        wanted = min(max(self.zoom * factor, LEAST_ZOOM), MOST_ZOOM)
        self._fitted = False
        self._bound(min(wanted, self.zoom))
        self.scale(wanted / self.zoom, wanted / self.zoom)
        self._bound(wanted)

    def _bound(self, zoom: float) -> None:
        """Let the map be moved until its edge is in the middle, and no further."""
        size = self.viewport().size() / (2 * zoom)
        wide, high = size.width(), size.height()
        self.setSceneRect(self._map.sceneRect().adjusted(-wide, -high, wide, high))

    @property
    def far(self) -> bool:
        """Whether printers are dots at this scale."""
        return self.zoom < self._map.far_below

    def show_spot(self, key: str) -> None:
        """Bring a printer into sight, near enough to be more than a dot; what is well in sight
        stays where it is.
        """
        node = self._map.node(key)
        if node is None:
            return
        seen = self.viewport().rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        if self.far:
            self._scale(_NEAR_ENOUGH / self.zoom)
            self.centerOn(node.spot)
        elif not seen.contains(self.spot(key)):
            self.centerOn(node.spot)
        self.setAccessibleDescription(self._spoken(key))

    def _renew(self) -> None:
        self._nodes.renewed()
        self._labels.outdate()
        self.viewport().update()

    def _follow(self) -> None:
        self._nodes.rearranged(self._map.nodes)
        self._labels.outdate()
        if self._fitted:
            self.fit()
        else:
            self._bound(self.zoom)
        self.viewport().update()

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
        """Give the printer at a point of the viewport: the nearest one within reach."""
        spot, zoom = self.mapToScene(at), self.zoom
        reach = _NEAR / zoom if self.far else _TOUCH * self._map.grown(zoom)
        area = QRectF(spot.x() - reach, spot.y() - reach, 2 * reach, 2 * reach)
        close = [
            (n.aside, abs(n.x - spot.x()) + abs(n.y - spot.y()), n.key, n)
            for n in self._nodes.within(area)
            if abs(n.x - spot.x()) < reach and abs(n.y - spot.y()) < reach
        ]
        return min(close)[3] if close else None

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
            QToolTip.showText(event.globalPos(), plain_tip(text), self.viewport())
            return True
        return super().viewportEvent(event)

    # --- keyboard -------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is here, to who came by it."""
        self._by_keys = event.reason() in _BY_KEYS
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no more."""
        super().focusOutEvent(event)
        self.viewport().update()

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
            Qt.Key.Key_Escape: self._leave,
        }
        self._by_keys = True
        self.viewport().update()
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
            reach = _TOUCH
            self.ensureVisible(
                QRectF(node.x - reach, node.y - reach, 2 * reach, 2 * reach), _EDGE, _EDGE
            )

    def _leave(self) -> None:
        """Let go of the chosen printer; where none is chosen, show all kinds again."""
        if self._map.selected is None:
            self._map.show_kind(None)
        self._pick(None)

    def _open(self) -> None:
        if self._map.selected is not None:
            self.opened.emit(self._map.selected)

    def _pick(self, key: str | None) -> None:
        self._map.select(key)
        said = self._spoken(key)
        self.setAccessibleDescription(said)
        if said and self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
        self.picked.emit(key or "")

    def _spoken(self, key: str | None) -> str:
        node = self._map.node(key) if key is not None else None
        return tell(node).replace("\n", ", ") if node is not None else ""

    # --- painting -------------------------------------------------------------------------------

    def drawForeground(self, painter: QPainter, _rect: QRectF | QRect) -> None:
        """Draw the ground with lines, and over it copies: printers or dots, then words."""
        self._map.draw_ground(painter)
        into, size = self.viewportTransform(), self.viewport().size()
        ratio = self.devicePixelRatioF()
        painter.save()
        painter.resetTransform()
        area = into.inverted()[0].mapRect(QRectF(self.viewport().rect()))
        if self.far:
            self._nodes.draw_dots(painter, into, area, ratio)
            self._nodes.draw_rings(painter, self._map.marked(), into)
        else:
            self._nodes.draw(painter, into, area, self._map.grown(self.zoom), ratio)
        if not self._labels.placed:
            self._place_labels()
        self._labels.draw(painter, into, size, ratio)
        if self._by_keys and self.hasFocus():
            painter.setPen(QPen(QColor(tokens().focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.viewport().rect().adjusted(1, 1, -1, -1), 9, 9)
        painter.restore()
        self._look_ahead()

    def _look_ahead(self) -> None:
        """Have labels find their places when zooming has come to rest, or now and then while the
        map is moved; and words drawn that were too many for this frame.
        """
        zoomed, self._drawn_zoom = self.zoom != self._drawn_zoom, self.zoom
        if not self._labels.settled(self.viewportTransform(), self.viewport().size()):
            if zoomed:
                self._rest.start(_REST_MS)
            elif not self._rest.isActive():
                self._rest.start(_PAN_MS)
        if self._labels.waiting:
            QTimer.singleShot(0, self.viewport(), self.viewport().update)

    def _settle(self) -> None:
        if self.isVisible():
            self._place_labels()
            self.viewport().update()

    def _place_labels(self) -> None:
        into, size = self.viewportTransform(), self.viewport().size()
        area = into.inverted()[0].mapRect(QRectF(self.viewport().rect()))
        aside = _ASIDE / self.zoom
        nodes = self._nodes.within(area.adjusted(-aside, -aside, aside, aside))
        self._labels.place(into, size, nodes)

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
        return self.mapFromScene(node.spot if node is not None else QPointF())


def _fitting(whole: QRectF, room: QSizeF, aside: float, above: float) -> float:
    """Give the zoom at which ``whole`` fits with so many pixels around."""
    wide = room.width() - 2 * min(aside, room.width() / 7)
    high = room.height() - 2 * min(above, room.height() / 7)
    return min(wide / whole.width(), high / whole.height(), _NATURAL)


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
