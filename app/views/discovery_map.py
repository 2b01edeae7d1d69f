"""The Map view: this PC, its segments and printers, and the search beside it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui import wording
from app.ui.banner import Notice
from app.ui.buttons import TextButton
from app.ui.devices.details import DeviceDetails
from app.ui.empty_state import EmptyState
from app.ui.map.canvas import MapCanvas
from app.ui.map.export import MapExport
from app.ui.map.finder import MapFinder
from app.ui.map.list import MapList
from app.ui.map.scene import MapScene
from app.ui.scan.side import ScanSide
from app.ui.tokens import M, S, Tone
from app.ui.widgets import IconButton
from app.views.page import Page
from core.model.device import DeviceSummary
from core.model.problem import Problem

_SIDE, _NARROW_SIDE, _WIDE = 388, 360, 1120  # beside a map in a narrow page there is less room


class MapView(Page):
    """``wanted`` gives the key of the device whose details are shown; ``opened`` the one to show
    among the devices; ``read_asked`` the one to read now; ``scan_asked`` the button that asked;
    ``noticed`` a ``Notice`` to show for a while; ``file_asked`` when a name for a file is asked
    for, ``saved`` the path of one that was written.
    """

    wanted = Signal(str)
    opened = Signal(str)
    read_asked = Signal(str)
    scan_asked = Signal(QWidget)
    noticed = Signal(object)
    file_asked = Signal()
    saved = Signal(str)

    def __init__(self, scene: MapScene) -> None:
        super().__init__(QCoreApplication.translate("Map", "Map"))
        self._map = scene
        self._as_list = False
        self.canvas = MapCanvas(scene)
        self.list = MapList(scene)
        self.finder = MapFinder(scene, self)
        self.export = MapExport(scene, self)
        self.side = ScanSide(scene)
        self.details = DeviceDetails(closable=True)
        self._make_head()
        self._make_body()
        self._connect()
        self._refresh()

    # --- making ---------------------------------------------------------------------------------

    def _make_head(self) -> None:
        self._switch = TextButton("").give_way("list")
        self._switch.clicked.connect(self._toggle_list)
        tip = self.tr("Export the map as SVG or PNG")
        self.save = TextButton(self.tr("Export")).give_way("download")
        self.save.setToolTip(tip)
        self.save.setAccessibleName(tip)
        self.save.clicked.connect(self._ask_file)
        self.scan = TextButton(self.tr("Scan network"), kind="primary").give_way("scan", 2)
        self.scan.clicked.connect(lambda: self.scan_asked.emit(self.scan))
        for each in (self.finder, self._switch, self.save, self.scan):
            self.head.addWidget(each)

    def _make_body(self) -> None:
        self._empty = EmptyState("map")
        self._empty.say(
            self.tr("Nothing on the map yet"),
            self.tr(
                "Scan the network: every printer that answers is shown here at its distance, "
                "with its state and the supply that ends first."
            ),
            self.tr("Scan network"),
        )
        self._shown = QStackedWidget()
        for each in (self._empty, self.canvas, self.list):
            self._shown.addWidget(each)
        card = QFrame()
        card.setProperty("role", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self._shown)
        self._zoom = self._make_zoom(self.canvas)
        self._stack = QStackedWidget()
        self._stack.setFixedWidth(_SIDE)
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
        self.list.picked.connect(self._pick)
        self.list.opened.connect(self.opened)
        self.finder.found.connect(self._show_found)
        self.finder.left.connect(self.focus_first)
        self.side.picked.connect(self._show_found)
        self.side.scan_asked.connect(self.scan_asked)
        self._empty.acted.connect(lambda: self.scan_asked.emit(self.scan))
        self.details.closed.connect(lambda: self._pick(""))
        self.details.read_asked.connect(self.read_asked)
        self.export.done.connect(self.saved)
        self.export.failed.connect(self._tell_failed)
        self._map.renewed.connect(self._refresh)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the map its room."""
        self._stack.setFixedWidth(_SIDE if event.size().width() >= _WIDE else _NARROW_SIDE)
        super().resizeEvent(event)

    # --- what the window tells ------------------------------------------------------------------

    def focus_first(self) -> None:
        """Give the keyboard to the map, or to its list."""
        (self.list if self._as_list else self.canvas).setFocus()

    def show_key(self, key: str) -> None:
        """Show the details of a printer beside the map; "" shows the search again."""
        node = self._map.node(key) if key else None
        self.list.show_key(key or None)
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

    def _show_found(self, key: str) -> None:
        self._pick(key)
        self.canvas.show_spot(key)

    # --- map or list ----------------------------------------------------------------------------

    def _toggle_list(self) -> None:
        self._as_list = not self._as_list
        self._choose()
        self.focus_first()

    def _choose(self) -> None:
        empty = not self._map.nodes and not self._map.layout_of.segments
        view = self.list if self._as_list else self.canvas
        self._shown.setCurrentWidget(self._empty if empty else view)
        said = self.tr("Show as map") if self._as_list else self.tr("Show as list")
        self._switch.setText(said)
        for each in (self.finder, self._switch, self.save):
            each.setEnabled(not empty)

    # --- export ---------------------------------------------------------------------------------

    def _ask_file(self) -> None:
        svg, png = self.tr("SVG picture (*.svg)"), self.tr("PNG picture (*.png)")
        dialog = QFileDialog(self, self.tr("Export the map"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([svg, png])
        dialog.setDefaultSuffix("svg")
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix("png" if chosen == png else "svg")
        )
        dialog.fileSelected.connect(self.export.start)
        self.file_asked.emit()
        dialog.open()

    def _tell_failed(self, problem: Problem) -> None:
        self.noticed.emit(Notice(Tone.WARNING, problem.text, problem.remedy))

    # --- keeping up -----------------------------------------------------------------------------

    def _refresh(self) -> None:
        printers = len(self._map.nodes)
        segments = len(self._map.layout_of.segments)
        said = QCoreApplication.translate("Map", "%n network(s)", "", segments)
        told = QCoreApplication.translate("Map", "%n printer(s)", "", printers)
        parts = [wording.counted(said, segments)] if segments else []
        parts += [wording.counted(told, printers)] if printers else []
        self.summarise(" · ".join(parts))
        self._choose()
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
