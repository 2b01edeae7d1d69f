"""The Map view: this PC, its segments and printers, and the search beside it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui import wording
from app.ui.device_details import DeviceDetails
from app.ui.map_canvas import MapCanvas
from app.ui.map_scene import MapScene
from app.ui.scan_side import ScanSide
from app.ui.tokens import M, S
from app.ui.widgets import IconButton, button
from app.views.page import Page
from core.model.device import DeviceSummary

_SIDE_WIDTH = 388


class MapView(Page):
    """``wanted`` gives the key of the device whose details are shown; ``opened`` the one to show
    among the devices; ``read_asked`` the one to read now; ``scan_asked`` the button that asked.
    """

    wanted = Signal(str)
    opened = Signal(str)
    read_asked = Signal(str)
    scan_asked = Signal(QWidget)

    def __init__(self, scene: MapScene) -> None:
        super().__init__(QCoreApplication.translate("Map", "Map"))
        self._map = scene
        self.canvas = MapCanvas(scene)
        self.side = ScanSide()
        self.details = DeviceDetails(closable=True)
        self._make_head()
        self._make_body()
        self._connect()
        self._refresh()

    def _make_head(self) -> None:
        self.scan = button(self.tr("Scan network"), "primary")
        self.scan.clicked.connect(lambda: self.scan_asked.emit(self.scan))
        self.head.addWidget(self.scan)

    def _make_body(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.canvas)
        self._zoom = self._make_zoom(self.canvas)
        self._stack = QStackedWidget()
        self._stack.setFixedWidth(_SIDE_WIDTH)
        self._stack.addWidget(self.side)
        self._stack.addWidget(self.details)
        row = QHBoxLayout()
        row.setSpacing(M + 2)
        row.addWidget(card, 1)
        row.addWidget(self._stack)
        self.body.addLayout(row, 1)

    def _make_zoom(self, home: QWidget) -> QWidget:
        box = QFrame(home)
        box.setProperty("role", "inset")
        layout = QHBoxLayout(box)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(0)
        for icon, tip, act in (
            ("minus", self.tr("Zoom out (-)"), self.canvas.zoom_out),
            ("plus", self.tr("Zoom in (+)"), self.canvas.zoom_in),
            ("fit", self.tr("Show everything (0)"), self.canvas.fit),
        ):
            each = IconButton(icon, tip)
            each.clicked.connect(act)
            layout.addWidget(each)
        box.adjustSize()
        box.move(S, S)
        self.canvas.keep_free(box.geometry().adjusted(-S, -S, S, S))
        return box

    def _connect(self) -> None:
        self.canvas.picked.connect(self.show_key)
        self.canvas.opened.connect(self.opened)
        self.side.picked.connect(self._pick)
        self.side.scan_asked.connect(self.scan_asked)
        self.details.closed.connect(lambda: self._pick(""))
        self.details.read_asked.connect(self.read_asked)
        self._map.renewed.connect(self._refresh)

    # --- what the window tells ------------------------------------------------------------------

    def focus_first(self) -> None:
        """Give the keyboard to the map."""
        self.canvas.setFocus()

    def show_key(self, key: str) -> None:
        """Show the details of a printer beside the map; "" shows the search again."""
        node = self._map.node(key) if key else None
        if node is None:
            self.details.clear()
            self._stack.setCurrentWidget(self.side)
            return
        self.details.show_device(node.summary)
        self._stack.setCurrentWidget(self.details)
        self.wanted.emit(key)

    def _pick(self, key: str) -> None:
        self._map.select(key or None)
        self.show_key(key)

    def _refresh(self) -> None:
        printers = len(self._map.nodes)
        segments = len(self._map.layout_of.segments)
        said = QCoreApplication.translate("Map", "%n segment(s)", "", segments)
        told = QCoreApplication.translate("Map", "%n printer(s)", "", printers)
        parts = [wording.counted(said, segments)] if segments else []
        parts += [wording.counted(told, printers)] if printers else []
        self.summarise(" · ".join(parts))
        self._refresh_details()
        self.canvas.viewport().update()

    def _refresh_details(self) -> None:
        shown: DeviceSummary | None = self.details.summary
        if shown is None:
            return
        node = self._map.node(shown.device.key)
        if node is None:
            self._pick("")
        elif node.summary is not shown:
            self.details.show_device(node.summary)
