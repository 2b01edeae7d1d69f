"""What a technician wants to know before a printer is chosen: how they are, where to go first, and
how they were found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from heapq import nsmallest

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui import evidence_words, wording
from app.ui.devices import words as device_words
from app.ui.map.items import NodeItem
from app.ui.map.kind_row import KindRow
from app.ui.map.kinds import ALWAYS, Kind
from app.ui.map.scene import MapScene
from app.ui.tokens import S
from app.ui.two_lines import TwoLines
from app.ui.widgets import clear, frame, label
from app.workers.batch import Throttle
from core.model.provenance import Source

_MOST_FIRST = 4
_LATER_MS = 300  # counting ten thousand takes some milliseconds


class MapOverview(QWidget):
    """``picked`` gives the key of a printer that was clicked."""

    picked = Signal(str)

    def __init__(self, scene: MapScene) -> None:
        super().__init__()
        self._map = scene
        self._shown: object = None
        self.rows = {kind: KindRow(kind) for kind in Kind}
        self._title = label(role="section")
        self._first = QVBoxLayout()
        self._first.setSpacing(2)
        self._ways = label(role="small", wrap=True)
        self._lay_out()
        for row in self.rows.values():
            row.clicked.connect(lambda on, r=row: self._choose(r, on=on))
        self._later = Throttle(self, interval_ms=_LATER_MS)
        self._later.fired.connect(self.refresh)
        scene.renewed.connect(self._later.poke)
        self.refresh()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(S)
        layout.addWidget(self._title)
        rows = QVBoxLayout()
        rows.setSpacing(0)
        for row in self.rows.values():
            rows.addWidget(row)
        layout.addLayout(rows)
        layout.addLayout(self._first)
        layout.addWidget(frame("divider"))
        ways = QVBoxLayout()
        ways.setSpacing(S - 2)
        ways.addWidget(label(self.tr("How they were found"), "section"))
        ways.addWidget(self._ways)
        layout.addLayout(ways)

    # --- keeping up -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Count again."""
        nodes = self._map.nodes
        self.setVisible(bool(nodes))
        said = QCoreApplication.translate("Map", "%n printer(s)", "", len(nodes))
        self._title.setText(wording.counted(said, len(nodes)))
        counts = Counter(node.kind for node in nodes)
        for kind, row in self.rows.items():
            row.setChecked(self._map.kind is kind)
            row.show_count(counts[kind])
            row.setVisible(kind in ALWAYS or counts[kind] > 0 or row.isChecked())
        self._ways.setText(_ways(nodes))
        self._show_first(nodes)

    def _choose(self, row: KindRow, *, on: bool) -> None:
        self._map.show_kind(row.kind if on else None)
        self.refresh()

    def _show_first(self, nodes: Collection[NodeItem]) -> None:
        waiting = (n for n in nodes if n.chip.needs_attention)
        first = nsmallest(_MOST_FIRST, waiting, key=lambda n: (n.chip.rank, _left(n), n.key))
        lines = [(n.key, device_words.place_name(n.summary), _second(n)) for n in first]
        if lines == self._shown:
            return
        self._shown = lines
        clear(self._first)
        if not lines:
            return
        self._first.addWidget(frame("divider"))
        title = label(self.tr("Go there first"), "section")
        title.setContentsMargins(0, S - 2, 0, 2)  # as far from the line as the next title is
        self._first.addWidget(title)
        for key, name, second in lines:
            row = TwoLines(name, second)
            row.clicked.connect(lambda _=False, k=key: self.picked.emit(k))
            self._first.addWidget(row)


def _left(node: NodeItem) -> float:
    level = node.lowest.level_percent if node.lowest is not None else None
    return 101.0 if level is None else level


def _second(node: NodeItem) -> str:
    low = node.lowest is not None and node.chip.rank in {8, 20}
    line = device_words.supply_line(node.lowest) if low and node.lowest is not None else ""
    parts = (node.chip.word, line, node.summary.device.endpoint.address)
    return " · ".join(part for part in parts if part)


def _ways(nodes: Collection[NodeItem]) -> str:
    """Say by what so many were heard of: "SNMP 24 · IPP 3"."""
    heard: Counter[Source] = Counter()
    for node in nodes:
        heard.update({each.source for each in node.summary.device.evidence})
    form = QCoreApplication.translate("Map", "%1 by %2")
    return " · ".join(
        form.replace("%1", wording.number(count), 1).replace("%2", evidence_words.source(way), 1)
        for way, count in heard.most_common()
    )
