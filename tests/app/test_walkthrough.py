"""A new user's way through Platen, from nothing to the tray: every step told by agent and hub."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

from app.ui import window_state
from tests.support.need import missing
from tests.support.walk import PRINTERS, Walk, wait_until, walk
from tests.support.xvfb import missing as missing_programs

PLACE, THRESHOLD = "reception", 30

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="Xvfb and trayer are Linux"),
    pytest.mark.timeout(300),
]


def set_up(person: Walk) -> None:
    """From nothing to printers that are read, and a dealer that has the readings."""
    person.begin()
    status = person.status()
    assert status is not None
    assert not status.hub.enrolled
    assert not status.segments
    assert person.devices() == {}
    person.connect()
    person.search()
    assert set(person.devices()) == {printer.serial for printer in person.printers}
    status = person.status()
    assert status is not None
    assert status.hub.customer == "Harbour Street Dental"
    (agent,) = person.hub.agents().values()

    def delivered() -> bool:
        with person.hub.store() as store:
            return len(list(store.readings(agent, None))) >= PRINTERS

    wait_until(delivered, "the readings at the hub")


def ask(person: Walk, serial: str) -> None:
    """A level is the one that the printer gave, and the answer names where it was asked."""
    person.look(PLACE)
    told = person.ask_origin()
    latest = person.devices()[serial].latest
    assert latest is not None
    black = next(s for s in latest.supplies if s.color == "black")
    assert black.level_percent is not None
    assert f"Where does {int(black.level_percent)} % come from?" in told
    assert "1.3.6.1.2.1.43.11.1.1.9.1" in told  # prtMarkerSuppliesLevel, RFC 3805


def tighten(person: Walk) -> None:
    """The rule tells earlier, and so more is told at the next reading."""

    def threshold() -> float:
        rules = map(json.loads, person.platen("rules", "list", "--json").splitlines())
        return next(float(r["when"]["threshold"]) for r in rules if r["id"] == "toner-low")

    def told() -> int:
        alerts = map(json.loads, person.platen("alerts", "--json").splitlines())
        return sum(alert["rule"] == "toner-low" for alert in alerts)

    before = told()
    assert threshold() < THRESHOLD
    person.change_threshold(THRESHOLD)
    wait_until(lambda: threshold() == THRESHOLD, "the rule")
    person.platen("collect")
    wait_until(lambda: told() > before, "an alert at the new level")


def grow(person: Walk, serial: str, target: Path) -> None:
    """What is printed is seen growing, and is written into a workbook."""

    person.see_it_grow(person.open_history(PLACE))
    person.export(target)
    with ZipFile(target) as book:
        sheets = [name for name in book.namelist() if name.endswith(".xml")]
        words = "".join("".join(ET.fromstring(book.read(name)).itertext()) for name in sheets)
    assert serial in words
    assert "meters." in words


def test_a_new_user_walks_through_it(tmp_path: Path) -> None:
    if missing_programs():
        missing(f"not installed: {', '.join(missing_programs())}")
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    with walk(tmp_path, pictures) as person:
        set_up(person)
        serial = person.printers[0].serial  # it stands at the reception
        ask(person, serial)
        tighten(person)
        grow(person, serial, tmp_path / "reception.xlsx")
        agent = person.status()
        person.close_and_reopen()
        now = person.status()
        assert agent is not None
        assert now is not None
        assert now.pid == agent.pid  # it never ended
        assert window_state.load(person.data).view == "history"  # where it opened again
        chosen = person.devices()[serial].device.key
        assert window_state.load(person.data).device == chosen
        person.keys("ctrl+q")
        wait_until(lambda: not person.window(), "the window's end")
    assert len(list(pictures.glob("*.png"))) == 14
