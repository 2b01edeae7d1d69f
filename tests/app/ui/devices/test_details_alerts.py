"""What is open of a printer, on top of its details; one scroll, and a keyboard that stays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from app.ui.devices.details import DeviceDetails
from app.ui.devices.details_alerts import MOST, AlertRow
from app.ui.theme import Theme
from core.model.rule import Weight
from tests.support.fake_alerts import alert
from tests.support.sample_devices import summary
from tests.support.sample_readings import reading

KYOCERA = summary(0)


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme) -> DeviceDetails:
    made = DeviceDetails()
    qtbot.addWidget(made)
    made.resize(372, 480)
    made.show()
    made.show_device(KYOCERA)
    made.show_reading("d00000", reading(KYOCERA))
    QApplication.processEvents()
    return made


def rows(pane: DeviceDetails) -> list[AlertRow]:
    QApplication.processEvents()
    return [row for row in pane.findChildren(AlertRow) if row.isVisibleTo(pane)]


def value(pane: DeviceDetails, name: str) -> QPushButton:
    QApplication.processEvents()
    found = [b for b in pane.findChildren(QPushButton) if b.isVisibleTo(pane)]
    return next(b for b in found if b.accessibleName().startswith(name))


def test_what_is_open_stands_on_top_and_leads_to_the_alert(pane: DeviceDetails) -> None:
    heard: list[str] = []
    pane.alert_asked.connect(heard.append)
    assert rows(pane) == []
    pane.show_alerts([alert(1), alert(2, weight=Weight.CRITICAL), alert(3)])
    shown = rows(pane)
    assert [row.accessibleName().split(" is at ")[0] for row in shown] == [
        "Critical: Black toner",
        "Warning: Black toner",
        "Warning: Black toner",
    ]
    assert "since" in shown[0].accessibleName()
    assert (
        shown[0].mapTo(pane, shown[0].rect().topLeft()).y()
        < value(pane, "Black").mapTo(pane, value(pane, "Black").rect().topLeft()).y()
    )
    shown[0].click()
    assert heard == ["a00002"]


def test_more_than_a_few_are_counted_and_lead_to_all_of_them(pane: DeviceDetails) -> None:
    heard: list[str] = []
    pane.alerts_asked.connect(heard.append)
    pane.show_alerts([alert(n) for n in range(MOST + 4)])
    assert len(rows(pane)) == MOST
    said = [w.text() for w in pane.findChildren(QLabel) if w.isVisibleTo(pane)]
    assert any(f"{MOST + 4} open alerts" in text for text in said)
    value(pane, "")
    rest = next(b for b in pane.findChildren(QPushButton) if b.text() == "and 4 more")
    rest.click()
    assert heard == ["d00000"]
    pane.show_alerts([])
    assert rows(pane) == []


def test_there_is_one_scroll_and_the_origin_stands_in_it_under_its_value(
    pane: DeviceDetails,
) -> None:
    (area,) = [a for a in pane.findChildren(QScrollArea) if a.isVisibleTo(pane)]
    assert area.widget().isAncestorOf(pane.card)
    for name in ("Black", "Total", "Serial"):
        if not value(pane, name).isChecked():
            value(pane, name).click()
        QApplication.processEvents()
        asked = value(pane, name)
        section = asked.parentWidget()
        assert section is not None
        gap = pane.card.geometry().top() - section.geometry().bottom()
        assert 0 <= gap < 40, name
        assert not asked.visibleRegion().isEmpty(), name
        assert not pane.card.visibleRegion().isEmpty(), name


def test_news_move_neither_the_place_nor_the_keyboard(pane: DeviceDetails) -> None:
    (area,) = pane.findChildren(QScrollArea)
    bar = area.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    assert place > 0
    value(pane, "Serial").setFocus()
    newer = replace(reading(KYOCERA), taken_at="2026-03-01T00:00:00Z")
    place = bar.value()
    pane.show_reading("d00000", newer)
    assert bar.value() == place
    QApplication.processEvents()
    assert bar.value() == place
    assert pane.focusWidget() is value(pane, "Serial")


def test_tab_goes_from_top_to_bottom(pane: DeviceDetails, qtbot: QtBot) -> None:
    pane.activateWindow()
    pane.show_alerts([alert(1), alert(2)])
    QApplication.processEvents()
    value(pane, "Serial").click()  # its origin is explained under it
    first = next(b for b in pane.findChildren(QPushButton) if b.text() == "Last ten readings")
    first.setFocus()
    names: list[str] = []
    for _ in range(40):
        qtbot.keyClick(pane.focusWidget() or pane, Qt.Key.Key_Tab)
        focused = pane.focusWidget()
        assert focused is not None
        names.append(focused.accessibleName() or getattr(focused, "text", str)())
        if "Copy what is shown" in names[-1]:
            break
    order = ["Warning: Black toner", "Black: 80 %", "Total", "Serial", "Copy the explanation"]
    order += ["What the dealer", "Read now", "Open the printer", "Copy what is shown"]
    places = [next(i for i, name in enumerate(names) if name.startswith(o)) for o in order]
    assert places == sorted(places)
