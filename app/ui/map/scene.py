"""The map's contents: keeps items in step with devices, segments and the search under way."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable

from PySide6.QtCore import QCoreApplication, QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsScene

from app.ui.map.items import FAR, ArcItem, CentreItem, NodeItem, RingItem
from app.ui.map.kinds import Kind
from app.ui.map.layout import INNER_RADIUS, NODE_RADIUS
from app.ui.map.places import ArcId, Resident, RingLayout
from app.workers.scan import Scan
from core.model.device import DeviceSummary
from core.model.event import SegmentProgress

_MARGIN = 12.0
_FEW = 80  # printers that may grow where the map is small
_CROWD, _FAR_CROWD = 4000, 0.62
_LEAST_SCALE, _MOST_GROWN = 0.85, 1.4


def by_address() -> str:
    """Name the arc of printers that belong to no segment."""
    return QCoreApplication.translate("Map", "By address")


class MapScene(QGraphicsScene):
    """``rearranged`` when anything has another place, ``renewed`` when it may look different.

    Qt's scene gives the canvas its coordinates; what stands in it are ``map_items``.
    """

    rearranged = Signal()
    renewed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.layout_of = RingLayout()
        self.progress: dict[str, SegmentProgress] = {}  # of the search under way
        self._shares: dict[str, float] = {}  # how much of a segment this window saw being asked
        self._swept = False
        self._told = False
        self._nodes: dict[str, NodeItem] = {}
        self._arcs: dict[ArcId, ArcItem] = {}
        self._rings: dict[int | None, RingItem] = {}
        self._selected: str | None = None
        self._matched: dict[str, None] = {}
        self._kind: Kind | None = None
        self._centre = CentreItem()
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self._arrange()

    # --- for the views --------------------------------------------------------------------------

    @property
    def nodes(self) -> Collection[NodeItem]:
        """Every printer."""
        return self._nodes.values()

    @property
    def arcs(self) -> Iterable[ArcItem]:
        """Every segment, once a distance."""
        return self._arcs.values()

    @property
    def rings(self) -> Iterable[RingItem]:
        """Every distance."""
        return self._rings.values()

    def node(self, key: str) -> NodeItem | None:
        """Give a printer's item."""
        return self._nodes.get(key)

    @property
    def selected(self) -> str | None:
        """The key of the chosen printer."""
        return self._selected

    def select(self, key: str | None) -> None:
        """Choose a printer, or none."""
        before = self._selected
        self._selected = key if key in self._nodes else None
        self._look_at({before, self._selected} - {None})
        self.renewed.emit()

    def match(self, keys: Iterable[str]) -> None:
        """Ring these printers: a person searches them."""
        before = self._matched
        self._matched = dict.fromkeys(key for key in keys if key in self._nodes)
        self._look_at({*before, *self._matched})
        self.renewed.emit()

    @property
    def kind(self) -> Kind | None:
        """The kind of printers that a person wants to see; ``None``: all."""
        return self._kind

    def show_kind(self, kind: Kind | None) -> None:
        """Draw all printers pale that are not of this kind, and leave them out of the list."""
        if kind is not self._kind:
            self._kind = kind
            self._look_at(self._nodes)
            self.renewed.emit()

    def _look_at(self, keys: Iterable[str | None]) -> None:
        for key in keys:
            node = self._nodes.get(key) if key is not None else None
            if node is None:
                continue
            node.selected, node.matched = key == self._selected, key in self._matched
            other = self._kind is not None and node.kind is not self._kind
            node.aside = other and not (node.selected or node.matched)
            node.look_changed()

    @property
    def far_below(self) -> float:
        """The zoom below which printers are dots; a crowd is drawn so from nearer by."""
        return FAR if len(self._nodes) <= _CROWD else _FAR_CROWD

    def marked(self) -> list[QPointF]:
        """Give where the chosen printer and the matches stand."""
        keys = dict.fromkeys((*self._matched, *((self._selected,) if self._selected else ())))
        return [self._nodes[key].spot for key in keys if key in self._nodes]

    def grown(self, zoom: float) -> float:
        """Give how many times as large as they stand printers are drawn at this zoom: few of them
        stay large from a little further away.
        """
        few = len(self._nodes) <= _FEW and not self.layout_of.tight
        far = zoom < self.far_below
        return min(max(_LEAST_SCALE / zoom, 1.0), _MOST_GROWN) if few and not far else 1.0

    def in_order(self, among: Iterable[str] | None = None) -> list[str]:
        """Give the keys for walking by keyboard: arc by arc, row by row, around. Those of another
        kind than a person wants to see are passed over; ``among`` says who is asked for instead.
        """
        order = {arc: place for place, arc in enumerate(self._arcs)}
        wanted = among if among is not None else (k for k, n in self._nodes.items() if not n.aside)
        spots = sorted(
            (order[arc], math.hypot(n.x, n.y) // 20, (n.outward + 450) % 360, key)
            for key in wanted
            if (n := self._nodes.get(key)) and (arc := self.layout_of.arc_of(key)) is not None
        )
        return [spot[3] for spot in spots]

    def by_arc(self) -> list[tuple[ArcItem, tuple[str, ...]]]:
        """Give every arc with the keys of its printers, in the order of ``in_order``."""
        found: dict[ArcId, list[str]] = {arc_id: [] for arc_id in self._arcs}
        for key in self.in_order():
            arc_id = self.layout_of.arc_of(key)
            if arc_id is not None:
                found[arc_id].append(key)
        return [(self._arcs[arc_id], tuple(keys)) for arc_id, keys in found.items()]

    def draw_ground(self, painter: QPainter) -> None:
        """Draw rings, arcs and this PC, in coordinates of the scene."""
        for ring in self._rings.values():
            ring.paint(painter)
        for arc in self._arcs.values():
            arc.paint(painter)
        self._centre.paint(painter)

    # --- changes --------------------------------------------------------------------------------

    def update_devices(self, summaries: Iterable[DeviceSummary]) -> None:
        """Take new and changed devices."""
        moving = False
        for summary in summaries:
            device = summary.device
            node = self._nodes.get(device.key)
            if node is None:
                self._nodes[device.key] = NodeItem(summary)
            else:
                node.set_summary(summary)
            if self._kind is not None:
                self._look_at((device.key,))
            segment = device.segment or by_address()
            told = Resident(device.key, segment, device.hops, device.first_seen)
            moving = self.layout_of.put(told) or moving
        if moving:
            self._arrange()
        else:  # a reading moves nothing
            self.renewed.emit()

    def remove_devices(self, keys: Iterable[str]) -> None:
        """Drop devices that are no more."""
        for key in keys:
            node = self._nodes.pop(key, None)
            if node is not None:
                self.layout_of.remove(key)
            if key == self._selected:
                self._selected = None
        self._arrange()

    def set_segments(self, names: Iterable[str], *, swept: bool) -> None:
        """Take the approved segments; ``swept`` says that a search has been through already."""
        self._swept = swept and not self._told
        self.layout_of.set_approved(names, keep=self.progress)
        self._arrange()
        self._told = True

    def show_scan(self, scan: Scan | None) -> None:
        """Fill the arcs as far as the search has come."""
        if scan is None:
            return
        self.progress = dict(scan.segments) if scan.running else {}
        for name, progress in scan.segments.items():
            self.layout_of.add_segment(name, progress.hops)
            share = progress.asked / progress.addresses if progress.addresses else 0.0
            self._shares[name] = min(share, 1.0)
        self._arrange()

    def _share(self, name: str) -> float:
        # Known before this window looked, or holding printers: it has been searched. A segment
        # that somebody approves now has not.
        seen = self._shares.get(name)
        if seen is None:
            seen = self._shares[name] = 1.0 if self._swept else 0.0
        searched = name not in self.progress and self.layout_of.holds(name)
        return 1.0 if searched and not seen else seen

    # --- places ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        layout, before = self.layout_of, (self.layout_of.rings, set(self._arcs))
        moved = layout.arrange()
        self._arrange_arcs()
        self._arrange_rings()
        for arc in moved:
            for key, (x, y) in layout.positions(arc).items():
                node = self._nodes[key]
                node.x, node.y = x, y
        if moved or before != (layout.rings, set(self._arcs)) or self.sceneRect().isEmpty():
            self._resize()
            self.rearranged.emit()
        self.renewed.emit()

    def _arrange_arcs(self) -> None:
        sectors = {(sector.name, sector.hops): sector for sector in self.layout_of.sectors}
        for arc_id in set(self._arcs) - set(sectors):
            del self._arcs[arc_id]
        for arc_id, sector in sectors.items():
            arc = self._arcs.get(arc_id)
            if arc is None:
                arc = self._arcs[arc_id] = ArcItem(sector)
            arc.sector = sector
            arc.share = self._share(sector.name)
        self._arcs = {arc_id: self._arcs[arc_id] for arc_id in sectors}

    def _arrange_rings(self) -> None:
        self._rings = {ring.hops: RingItem(ring) for ring in self.layout_of.rings}

    def _resize(self) -> None:
        # The rings are whole circles: what is drawn reaches at least around the outermost.
        outermost = max((ring.radius for ring in self.layout_of.rings), default=INNER_RADIUS)
        whole = QRectF(-outermost, -outermost, 2 * outermost, 2 * outermost)
        across = [node.x for node in self._nodes.values()] or [0.0]
        along = [node.y for node in self._nodes.values()] or [0.0]
        reach = QRectF(QPointF(min(across), min(along)), QPointF(max(across), max(along)))
        room = NODE_RADIUS + _MARGIN
        whole = whole.united(reach.adjusted(-room, -room, room, room))
        if whole != self.sceneRect():
            self.setSceneRect(whole)
