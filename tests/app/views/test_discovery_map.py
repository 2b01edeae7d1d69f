"""The Map view by itself: map or list, the search, the export, and what stands beside."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.ui.map.items import FAR
from app.ui.map.scene import MapScene
from app.ui.theme import Theme
from app.ui.tokens import Tone
from app.views.discovery_map import MapView
from app.workers.scan import Scan
from core.model.event import AddressRejected, SegmentProgress
from core.model.evidence import Evidence
from core.model.provenance import Source
from tests.support.sample_devices import SEGMENTS, summaries, summary


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> MapView:
    made = MapView(MapScene())
    qtbot.addWidget(made)
    made.resize(1180, 740)
    made.show()
    return made


def fill(view: MapView, count: int = 20) -> None:
    view._map.set_segments(SEGMENTS, swept=True)
    view._map.update_devices(summaries(count))


def words(view: MapView) -> list[str]:
    return [each.text() for each in view.findChildren(QLabel) if not each.isHidden()]


def told(home: QWidget) -> list[str]:
    return [each.accessibleName() for each in home.findChildren(QWidget)]


def test_an_empty_map_has_a_next_step(view: MapView, qtbot: QtBot) -> None:
    assert view._empty.isVisible()
    with qtbot.waitSignal(view.scan_asked):
        view._empty.acted.emit()
    fill(view)
    assert view.canvas.isVisible()
    view._map.set_segments((), swept=True)
    view._map.remove_devices([node.key for node in list(view._map.nodes)])
    assert view._empty.isVisible()


def test_control_f_finds_centres_and_tells(view: MapView, qtbot: QtBot) -> None:
    fill(view, 2000)
    view.canvas.fit()
    assert view.canvas.zoom < FAR
    wanted: list[str] = []
    view.wanted.connect(wanted.append)
    shortcut = next(s for s in view.findChildren(QShortcut) if s.key() == QKeySequence("Ctrl+F"))
    shortcut.activated.emit()
    qtbot.keyClicks(view.finder.field, "prn-00037")
    qtbot.keyClick(view.finder.field, Qt.Key.Key_Return)
    assert wanted == ["d00037"]
    assert view._map.selected == "d00037"
    assert view.details.isVisible()
    middle = view.canvas.viewport().rect().center()
    assert (view.canvas.spot("d00037") - middle).manhattanLength() < 80
    assert view.canvas.zoom > FAR


def test_the_list_is_the_maps_twin(view: MapView, qtbot: QtBot) -> None:
    fill(view)
    view._pick("d00004")
    view._switch.click()
    assert view.list.isVisible()
    assert view.list._rows.key(view.list.currentIndex()) == "d00004"
    qtbot.keyClick(view.list, Qt.Key.Key_Down)
    assert view._map.selected not in {None, "d00004"}
    assert view.details.key == view._map.selected
    view._switch.click()
    assert view.canvas.isVisible()


def dialog(view: MapView) -> QFileDialog:
    return next(d for d in view.findChildren(QFileDialog) if d.isVisible())


def test_the_map_is_exported_and_said(view: MapView, qtbot: QtBot, tmp_path: Path) -> None:
    fill(view)
    view.save.click()
    asked = dialog(view)
    assert not asked.isModal() or asked.windowModality() is Qt.WindowModality.WindowModal
    target = str(tmp_path / "floor.svg")
    with qtbot.waitSignal(view.saved, timeout=20_000) as heard:
        asked.fileSelected.emit(target)
    assert heard.args == [target]
    assert Path(target).read_text("utf-8").startswith("<?xml")
    asked.close()


def test_the_kind_that_is_chosen_ends_the_name(view: MapView) -> None:
    fill(view)
    view.save.click()
    asked = dialog(view)
    assert asked.defaultSuffix() == "svg"
    asked.filterSelected.emit(asked.nameFilters()[1])
    assert asked.defaultSuffix() == "png"
    asked.close()


def test_a_failed_export_says_why(view: MapView, qtbot: QtBot, tmp_path: Path) -> None:
    fill(view)
    with qtbot.waitSignal(view.noticed, timeout=20_000) as heard:
        view.export.start(str(tmp_path / "nowhere" / "x.png"))
    assert heard.args[0].tone is Tone.WARNING


def test_details_tell_every_piece_of_evidence_and_the_distance(view: MapView) -> None:
    fill(view)
    one = summary(0)
    evidence = (
        Evidence(Source.SNMP, "SNMP v2c: hrDeviceType says printer (hrDeviceIndex 1)"),
        Evidence(Source.DNS_SD, 'announces itself as "Reception"'),
        Evidence(Source.USB, "USB: 0482:0650"),
    )
    view._map.update_devices([replace(one, device=replace(one.device, evidence=evidence, hops=2))])
    view._pick("d00000")
    said = words(view)
    assert {"SNMP v2c", "DNS-SD", "USB"} <= set(said)
    assert "hrDeviceType says printer (hrDeviceIndex 1)" in said
    names = [w.accessibleName() for w in view.details.findChildren(QLabel)]
    assert 'DNS-SD: announces itself as "Reception"' in names
    assert {"Distance", "2 routers away"} <= set(said) | set(told(view.details))


def test_finds_name_their_evidence_and_refusals_are_sentences(view: MapView) -> None:
    one = summary(6)
    evidence = (Evidence(Source.SNMP, "SNMP v1: x"), Evidence(Source.IPP, "answers on 631"))
    found = replace(one, device=replace(one.device, evidence=evidence, version="1"))
    scan = Scan("a", 0.0)
    scan.take_found(found)
    scan.take_rejected(AddressRejected("192.168.5.77", 161, None, "hrDeviceType says computer"))
    scan.take_rejected(AddressRejected("192.168.5.78", 161, None, "refuses every community"))
    view.side.show_scan(scan, None)
    said = words(view)
    line = f"{one.device.endpoint.address} · SNMP v1, IPP"
    assert any(name.endswith(line) for name in told(view.side))
    assert "hrDeviceType says computer." in said
    assert "Refuses every community." in said
    assert sum(text.startswith("If it is a printer, check that SNMP is on") for text in said) == 2


def test_every_refusal_says_what_to_do(view: MapView) -> None:
    scan = Scan("a", 0.0)
    scan.take_rejected(AddressRejected("10.0.0.1", 161, None, "answered the sweep, then fell"))
    scan.take_rejected(AddressRejected("10.0.0.2", 631, None, "takes connections as a printer"))
    scan.take_rejected(AddressRejected("10.0.0.3", 161, None, "could not be asked: no route"))
    view.side.show_scan(scan, None)
    said = words(view)
    assert "Scan again: it may have been busy or just waking up." in said
    assert "If it is a printer, switch SNMP on at its web page, then scan again." in said
    assert any(text.startswith("Check this PC's network and firewall") for text in said)


def test_rings_and_arcs_come_live_while_a_search_runs(view: MapView) -> None:
    scan = Scan("a", 0.0)
    scan.take_segment(SegmentProgress("10.0.0.0/24", 254, 127, 3, 1, hops=0))
    scan.take_segment(SegmentProgress("10.9.0.0/24", 254, 0, 0, 0))
    view._map.show_scan(scan)
    assert [ring.ring.hops for ring in view._map.rings] == [0, None]
    scan.take_segment(SegmentProgress("10.9.0.0/24", 254, 254, 2, 0, hops=3))
    view._map.show_scan(scan)
    assert [ring.ring.hops for ring in view._map.rings] == [0, 3]
    assert [arc.share for arc in view._map.arcs] == [0.5, 1.0]
    assert view.canvas.isVisible()
