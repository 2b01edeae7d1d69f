"""The details pane: everything a device tells, and where it comes from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.ui.devices import words as device_words
from app.ui.devices.details import DeviceDetails
from app.ui.devices.details_connection import quirk
from app.ui.theme import Theme
from app.ui.web_page import web_address
from app.ui.widgets import ElidedLabel
from core.model.device import DeviceSummary
from core.model.evidence import Evidence
from core.model.identity import Endpoint
from core.model.problem import Problem
from core.model.provenance import Source
from core.snmp.exchange import Quirk
from tests.support.sample_devices import summary
from tests.support.sample_readings import reading

KYOCERA = summary(0)


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme) -> DeviceDetails:
    made = DeviceDetails()
    qtbot.addWidget(made)
    made.resize(372, 760)
    made.show()
    return made


def values(pane: DeviceDetails) -> dict[str, QPushButton]:
    """Give the values that can be asked, by what a screen reader says."""
    QApplication.processEvents()  # a layout shows its new widgets with its next turn
    found = pane.findChildren(QPushButton)
    shown = [b for b in found if b.property("kind") == "value" and b.isVisibleTo(pane)]
    return {b.accessibleName(): b for b in shown}


def texts(pane: DeviceDetails) -> str:
    QApplication.processEvents()
    shown = [w for w in pane.findChildren(QLabel) if w.isVisibleTo(pane)]
    parts = [w.full_text() if isinstance(w, ElidedLabel) else w.text() for w in shown]
    return "\n".join([*parts, *values(pane)])


def show(pane: DeviceDetails, device: DeviceSummary) -> None:
    pane.show_device(device)
    pane.show_reading(device.device.key, reading(device))


def test_with_nothing_chosen_it_says_what_to_do(pane: DeviceDetails) -> None:
    assert "Choose a printer" in texts(pane)
    assert pane.key is None
    assert pane.web_address() is None


def test_before_the_reading_is_there_it_shows_what_the_list_knows(pane: DeviceDetails) -> None:
    pane.show_device(KYOCERA)
    assert "447,720 pages" in texts(pane)
    assert values(pane) == {}
    assert not pane.card.isVisible()


def test_it_shows_everything(pane: DeviceDetails) -> None:
    show(pane, KYOCERA)
    said = texts(pane)
    for words in (
        "Reception",
        "Kyocera CS 4053ci",
        "3 requests",
        "Magenta: low · 3 %",
        "Waste box: some left, amount unknown",
        "Total: 447,720 pages",
        "Engine life: 448,154 impressions",
        "350 of 500",
        "00:17:c8:00:00:00",
    ):
        assert words in said


def test_the_total_is_explained_without_asking(pane: DeviceDetails) -> None:
    show(pane, KYOCERA)
    assert pane.card.isVisible()
    assert pane.card.origin is not None
    assert pane.card.origin.question == "Where does 447,720 come from?"


def test_an_origin_that_is_out_of_sight_is_brought_into_sight_before_it_goes(
    pane: DeviceDetails,
) -> None:
    pane.resize(372, 420)
    show(pane, KYOCERA)
    (total,) = [b for name, b in values(pane).items() if name.startswith("Total: ")]
    assert pane.card.isVisible()
    assert pane.card.visibleRegion().isEmpty()
    total.click()
    assert pane.card.isVisible()
    assert not pane.card.visibleRegion().isEmpty()
    total.click()
    assert not pane.card.isVisible()


def test_a_long_word_pushes_nothing_out_of_sight(pane: DeviceDetails) -> None:
    said = "SNMP v2c: hrDeviceType says printer; MULTI-ENVIRONMENT,SN:CNBPP5E3Y3,FN:25A,PID:HP,X"
    evidence = (Evidence(Source.SNMP, said), Evidence(Source.DNS_SD, "x" * 120))
    show(pane, replace(KYOCERA, device=replace(KYOCERA.device, evidence=evidence)))
    QApplication.processEvents()
    assert pane._inner.width() <= pane._scroll.viewport().width()
    assert all(
        b.mapTo(pane._inner, b.rect().topRight()).x() < pane._inner.width()
        for b in values(pane).values()
    )


def test_its_address_is_said_once(pane: DeviceDetails) -> None:
    show(pane, KYOCERA)
    address = str(KYOCERA.device.endpoint)
    assert sum(address in line.split() for line in texts(pane).splitlines()) == 1


def test_a_click_on_a_value_explains_it_and_another_lets_it_be(pane: DeviceDetails) -> None:
    show(pane, KYOCERA)
    engine = values(pane)["Engine life: 448,154 impressions"]
    engine.click()
    assert pane.card.origin is not None
    assert pane.card.origin.evidence[0].startswith("1.3.6.1.2.1.43.10.2.1.4.1.1 = ")
    assert engine.isChecked()
    assert not values(pane)["Total: 447,720 pages"].isChecked()
    engine.click()
    assert not pane.card.isVisible()


def test_a_closed_card_stays_closed_for_the_next_device(pane: DeviceDetails) -> None:
    show(pane, KYOCERA)
    pane.card.closed.emit()
    show(pane, summary(5))
    assert not pane.card.isVisible()


def test_an_older_reading_never_hides_newer_numbers(pane: DeviceDetails) -> None:
    show(pane, KYOCERA)
    assert KYOCERA.latest is not None
    newer = replace(KYOCERA.latest, taken_at="2026-02-01T00:00:00Z", meters={"total": 500_000})
    pane.show_device(replace(KYOCERA, latest=newer))
    assert "500,000 pages" in texts(pane)
    assert "447,720" not in texts(pane)


def test_a_reading_of_another_device_is_not_shown(pane: DeviceDetails) -> None:
    pane.show_device(KYOCERA)
    pane.show_reading("d00005", reading(summary(5)))
    assert "447,720 pages" in texts(pane)


def test_the_failure_since_then_has_cause_and_remedy(pane: DeviceDetails) -> None:
    show(pane, summary(8))
    said = texts(pane)
    assert "The last visit failed" in said
    assert "gave no answer within 3 seconds" in said
    assert "Check that it is switched on" in said


def test_a_device_without_counts_says_so(pane: DeviceDetails) -> None:
    latest = KYOCERA.latest
    assert latest is not None
    pane.show_device(replace(KYOCERA, latest=replace(latest, meters={}, engine_life=None)))
    assert "tells no page counts" in texts(pane)


def test_a_provisional_device_says_so(pane: DeviceDetails) -> None:
    pane.show_device(summary(9))
    assert "neither serial, MAC nor UUID" in texts(pane)


def test_reading_now_is_asked_once_and_shown_while_it_lasts(pane: DeviceDetails) -> None:
    asked: list[str] = []
    pane.read_asked.connect(asked.append)
    pane.show_device(KYOCERA)
    button = next(b for b in pane.findChildren(QPushButton) if b.text() == "Read now")
    button.click()
    pane.set_busy("d00000", True)
    assert (button.isEnabled(), button.text()) == (False, "Reading…")
    pane.show_device(summary(5))
    assert button.isEnabled()
    pane.show_device(KYOCERA)
    pane.set_busy("d00000", False)
    assert button.isEnabled()
    assert asked == ["d00000"]


@pytest.mark.parametrize(
    ("address", "url"), [("10.0.0.7", "http://10.0.0.7/"), ("fe80::1", "http://[fe80::1]/")]
)
def test_the_web_page_is_the_printers_own(pane: DeviceDetails, address: str, url: str) -> None:
    device = KYOCERA.device
    there = replace(device, endpoint=replace(device.endpoint, address=address))
    pane.show_device(replace(KYOCERA, device=there))
    found = pane.web_address()
    assert found is not None
    assert found.toString() == url


def test_what_is_shown_can_be_copied(pane: DeviceDetails) -> None:
    pane.show_device(replace(KYOCERA, problem=Problem("snmp_timeout", "No answer came.")))
    next(
        b for b in pane.findChildren(QPushButton) if b.accessibleName().startswith("Copy what")
    ).click()
    copied = QGuiApplication.clipboard().text()
    for words in ("Reception", "Total: 447,720", "Magenta: 3 %", "No answer came."):
        assert words in copied


def test_nothing_is_wider_than_the_pane(pane: DeviceDetails, qtbot: QtBot) -> None:
    for number in (0, 7, 8):
        show(pane, summary(number))
        qtbot.waitUntil(lambda: pane._body.parentWidget() is not None)
        area = pane._scroll
        assert area.widget().minimumSizeHint().width() <= area.viewport().width() + 12


def test_a_stale_one_says_since_when_and_what_to_do(pane: DeviceDetails) -> None:
    silent = Problem("snmp_timeout", "Nothing came back.")
    show(pane, replace(KYOCERA, stale=True, problem=silent))
    said = texts(pane)
    assert "Stale since" in said
    assert "Read now" in said
    assert "Nothing came back." not in said  # once is enough
    assert device_words.state_chip(replace(KYOCERA, stale=True)).word == "Stale"


def test_notes_stand_at_what_they_are_about_and_only_there(pane: DeviceDetails) -> None:
    show(pane, KYOCERA)
    assert texts(pane).count("it also counts test pages") == 1  # under the meters
    assert "Remarks" not in texts(pane)


def test_the_page_that_is_named_is_opened_at_the_printer_itself(pane: DeviceDetails) -> None:
    def told(*urls: str | None) -> DeviceSummary:
        found = (Evidence(Source.IPP, "IPP", urls[0]), Evidence(Source.DNS_SD, "DNS-SD", urls[-1]))
        return replace(KYOCERA, device=replace(KYOCERA.device, evidence=found))

    host = KYOCERA.device.endpoint.address
    assert web_address(told("http://x.local/ipp", "https://x.local/own")) == f"https://{host}/own"
    assert web_address(told("https://x.local/ipp", None)) == f"https://{host}/ipp"
    for bad in ("javascript:alert(1)", "file:///etc/passwd", f"http://{host}:9100/", None):
        assert web_address(told(bad)) == f"http://{host}/"
    cable = replace(KYOCERA.device, endpoint=Endpoint("usb:abc", 0))
    assert web_address(replace(KYOCERA, device=cable)) is None
    show(pane, told(None, "https://x.local/own"))
    assert f"https://{host}/own (told by DNS-SD)" in texts(pane)


def test_quirks_are_said_in_words(pane: DeviceDetails) -> None:
    show(pane, replace(KYOCERA, device=replace(KYOCERA.device, quirks=("no_getbulk",))))
    assert "It knows no requests for many values at once." in texts(pane)
    for each in Quirk:
        assert quirk(each.value).endswith(".")
