"""The map's contents: keeps items in step with devices, segments and the search under way."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable

from PySide6.QtCore import QCoreApplication, QObject, QPointF, QRectF, Signal
from PySide6.QtWidgets import QGraphicsScene

from app.ui.map_items import ArcItem, CentreItem, Holder, NodeItem
from app.ui.map_layout import NODE_RADIUS, RingLayout
from app.workers.scan import Scan
from core.model.device import DeviceSummary

_MARGIN = 46.0


def by_address() -> str:
    """Name the arc of printers that belong to no segment."""
    return QCoreApplication.translate("Map", "By address")


class MapScene(QGraphicsScene):
    """``rearranged`` when anything has another place, ``renewed`` when labels may differ."""

    rearranged = Signal()
    renewed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.layout_of = RingLayout()
        self._approved: set[str] = set()
        self._swept = False
        self._told = False
        self._nodes: dict[str, NodeItem] = {}
        self._arcs: dict[str, ArcItem] = {}
        self._selected: str | None = None
        self._centre = CentreItem()
        self.addItem(self._centre)
        self._printers = Holder()
        self.addItem(self._printers)
        # Printers stand still; the index that finds them again is built once a change.
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.BspTreeIndex)
        self._arrange({})

    # --- for the views --------------------------------------------------------------------------

    @property
    def nodes(self) -> Collection[NodeItem]:
        """Every printer."""
        return self._nodes.values()

    @property
    def arcs(self) -> Iterable[ArcItem]:
        """Every segment."""
        return self._arcs.values()

    def node(self, key: str) -> NodeItem | None:
        """Give a printer's item."""
        return self._nodes.get(key)

    @property
    def selected(self) -> str | None:
        """The key of the chosen printer."""
        return self._selected

    def select(self, key: str | None) -> None:
        """Choose a printer, or none."""
        for each, on in ((self._selected, False), (key, True)):
            node = self._nodes.get(each) if each is not None else None
            if node is not None:
                node.set_selected(on)
        self._selected = key if key in self._nodes else None
        self.renewed.emit()

    def set_far(self, far: bool) -> None:
        """Hide the printers while they are drawn as dots."""
        if far == self._printers.isVisible():
            self._printers.setVisible(not far)

    def in_order(self) -> list[str]:
        """Give the keys around the ring, for walking by keyboard."""
        spots = sorted(
            (name, math.hypot(n.x(), n.y()) // 20, (n.outward + 450) % 360, key)
            for key, n in self._nodes.items()
            for name in (self._segment_of(n.summary),)
        )
        order = {name: place for place, name in enumerate(self.layout_of.segments)}
        return [key for name, _, _, key in sorted(spots, key=lambda s: (order[s[0]], s[1], s[2]))]

    # --- changes --------------------------------------------------------------------------------

    def update_devices(self, summaries: Iterable[DeviceSummary]) -> None:
        """Take new and changed devices."""
        touched: set[str] = set()
        before = self.layout_of.segments
        for summary in summaries:
            key, segment = summary.device.key, self._segment_of(summary)
            node = self._nodes.get(key)
            if node is None:
                node = self._nodes[key] = NodeItem(summary)
                node.setParentItem(self._printers)
            else:
                node.set_summary(summary)
            if self.layout_of.add(key, segment):
                touched.add(segment)
        if before != self.layout_of.segments:
            self._arrange_all()
        elif touched:
            self._arrange(dict.fromkeys(touched))
        self.renewed.emit()

    def remove_devices(self, keys: Iterable[str]) -> None:
        """Drop devices that are no more."""
        for key in keys:
            node = self._nodes.pop(key, None)
            if node is not None:
                self.layout_of.remove(key)
                self.removeItem(node)
            if key == self._selected:
                self._selected = None
        if self.layout_of.drop_empty(self._approved):
            self._arrange_all()
        self.renewed.emit()

    def set_segments(self, names: Iterable[str], *, swept: bool) -> None:
        """Take the approved segments; ``swept`` says that a search has been through already."""
        self._approved = set(names)
        before = self.layout_of.segments
        self._swept = swept and not self._told
        for name in names:
            self.layout_of.add_segment(name)
        self.layout_of.drop_empty(self._approved)
        if before != self.layout_of.segments:
            self._arrange_all()
        self._told = True
        self.renewed.emit()

    def show_scan(self, scan: Scan | None) -> None:
        """Fill the arcs as far as the search has come."""
        if scan is None:
            return
        fresh = [self.layout_of.add_segment(name) for name in scan.segments]
        if any(fresh):
            self._arrange_all()
        for name, progress in scan.segments.items():
            share = progress.asked / progress.addresses if progress.addresses else 0.0
            self._arcs[name].set_share(min(share, 1.0))
        if any(fresh):
            self.renewed.emit()

    def _first_share(self, name: str) -> float:
        # Known before this window looked, or holding printers: it has been searched. A segment
        # that somebody approves now has not.
        return 1.0 if self._swept or self.layout_of.count(name) else 0.0

    # --- places ---------------------------------------------------------------------------------

    def _segment_of(self, summary: DeviceSummary) -> str:
        return summary.device.segment or by_address()

    def _arrange_all(self) -> None:
        names = self.layout_of.segments
        for name in set(self._arcs) - set(names):
            self.removeItem(self._arcs.pop(name))
        for name in names:
            sector = self.layout_of.sector(name)
            arc = self._arcs.get(name)
            if arc is None:
                arc = self._arcs[name] = ArcItem(sector)
                arc.set_share(self._first_share(name))
                self.addItem(arc)
            arc.set_sector(sector)
        self._arrange(dict.fromkeys(names))

    def _arrange(self, names: dict[str, None]) -> None:
        for name in names:
            for key, (x, y) in self.layout_of.positions(name).items():
                self._nodes[key].setPos(x, y)
        self._centre.set_ring(self.layout_of.radius)
        # At least the ring with room around it, so that few printers do not look enormous.
        least = self.layout_of.radius + 2 * NODE_RADIUS + _MARGIN
        whole = QRectF(-least, -least, 2 * least, 2 * least)
        left, up, right, down = self.layout_of.extent()
        reach = QRectF(QPointF(left, up), QPointF(right, down))
        whole = whole.united(reach.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN))
        if whole != self.sceneRect():
            self.setSceneRect(whole)
        self.rearranged.emit()
