"""The panel that starts a search."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.scan.panel import ScanPanel
from app.ui.theme import Theme
from app.workers.reckon import Reckoned
from core.model.action import DiscoverArguments
from core.model.problem import Problem
from core.model.segment import Segment


class Home:
    """A window with a button and the panel."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(900, 700)
        self.opener = QPushButton("Scan network", self.window)
        self.opener.move(760, 20)
        self.panel = ScanPanel(self.window)
        self.asked: list[DiscoverArguments] = []
        self.panel.asked.connect(self.asked.append)
        self.window.show()
        self.panel.open_at(self.opener)

    def field(self, name: str) -> QLineEdit:
        return next(f for f in self.panel.findChildren(QLineEdit) if f.accessibleName() == name)

    @property
    def start(self) -> QPushButton:
        return next(b for b in self.panel.findChildren(QPushButton) if b.text() == "Start scan")


@pytest.fixture
def home(qtbot: QtBot, theme: Theme) -> Home:
    return Home(qtbot)


def test_it_opens_inside_the_window(home: Home) -> None:
    assert home.panel.isVisible()
    assert home.window.rect().contains(home.panel.geometry())


def test_what_is_typed_is_asked_once(home: Home, qtbot: QtBot) -> None:
    qtbot.keyClicks(home.field("Targets"), "10.0.0.0/24")
    qtbot.keyClick(home.field("Targets"), Qt.Key.Key_Return)
    qtbot.keyClick(home.field("Targets"), Qt.Key.Key_Return)
    assert [a.segments[0].targets for a in home.asked] == [("10.0.0.0/24",)]
    assert not home.start.isEnabled()


def test_the_community_is_masked_and_forgotten(home: Home, qtbot: QtBot) -> None:
    field = home.field("SNMP name")
    assert field.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(field, "secret")
    qtbot.mouseClick(home.start, Qt.MouseButton.LeftButton)
    assert home.asked[0].communities == ("secret",)
    home.panel.accept()
    assert field.text() == ""
    assert not home.panel.isVisible()


def test_a_wrong_target_is_explained_in_place(home: Home, qtbot: QtBot) -> None:
    qtbot.keyClicks(home.field("Targets"), "10.0.0.300")
    home.start.click()
    home.panel.refuse(Problem("bad_target", "It is no address.", "Write it like 10.0.0.1."))
    assert home.panel.isVisible()
    assert home.field("Targets").text() == "10.0.0.300"
    assert home.start.isEnabled()
    assert home.panel._wrong.isVisible()
    assert home.panel._wrong.text() == "It is no address."
    qtbot.keyClicks(home.field("Targets"), "x")
    assert not home.panel._wrong.isVisible()


def test_the_port_is_a_port(home: Home, qtbot: QtBot) -> None:
    field = home.field("SNMP port")
    field.selectAll()
    qtbot.keyClicks(field, "99999x")
    home.start.click()
    assert home.panel.form().port in range(1, 65536)
    field.clear()
    assert home.panel.form().port == 161


def test_empty_means_the_approved_networks_by_name(home: Home) -> None:
    home.panel.set_approved(())
    assert "own networks" in home.panel._hint.text()
    many = tuple(Segment(f"net{i}", (f"10.0.{i}.0/24",)) for i in range(6))
    home.panel.set_approved(many)
    assert "net0, net1, net2, net3, 2 more" in home.panel._hint.text()


def test_escape_and_a_click_outside_close_it_and_lose_nothing(home: Home, qtbot: QtBot) -> None:
    qtbot.keyClicks(home.field("Targets"), "10.1.0.0/24")
    qtbot.keyClick(home.field("Targets"), Qt.Key.Key_Escape)
    assert not home.panel.isVisible()
    home.panel.toggle_at(home.opener)
    assert home.field("Targets").text() == "10.1.0.0/24"
    qtbot.mouseClick(home.panel, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert home.panel.isVisible()
    qtbot.mouseClick(home.window, Qt.MouseButton.LeftButton, pos=QPoint(20, 500))
    assert not home.panel.isVisible()


def test_networks_that_are_named_are_kept_unless_one_says_no(home: Home, qtbot: QtBot) -> None:
    keep = next(b for b in home.panel.findChildren(QCheckBox) if b.text().startswith("Keep"))
    assert not keep.isEnabled()
    assert not home.panel.form().remember
    qtbot.keyClicks(home.field("Targets"), "10.0.0.0/24")
    assert keep.isEnabled()
    assert home.panel.form().remember
    keep.click()
    assert not home.panel.form().remember


@pytest.mark.parametrize(
    ("typed", "limit"), [("", None), ("0", 0), ("2", 2), ("31", 30), ("x", None)]
)
def test_the_hop_limit_is_a_small_number_or_none(
    home: Home, qtbot: QtBot, typed: str, limit: int | None
) -> None:
    qtbot.keyClicks(home.field("Hop limit"), typed)
    assert home.panel.form().max_hops == limit


def test_the_size_is_asked_for_after_a_pause_and_said(home: Home, qtbot: QtBot) -> None:
    home.panel.set_approved((Segment("office", ("10.0.0.0/24",)),))
    with qtbot.waitSignal(home.panel.considered) as heard:
        qtbot.keyClicks(home.field("Targets"), "10.1.0.0/30")
    arguments, approved = heard.args
    assert arguments.segments[0].targets == ("10.1.0.0/30",)
    assert [segment.name for segment in approved] == ["office"]
    home.panel.show_size(Reckoned(1234, 150.0, 1, at_most=True))
    assert (
        home.panel._size.text() == "Asks at most 1,234 addresses and 1 host name, in about 2 min."
    )
    home.panel.show_size(None)
    assert home.panel._size.text() == ""
