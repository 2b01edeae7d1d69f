"""What the Printer-MIB of a simulated printer says in which state."""

from __future__ import annotations

import pytest

from core.snmp.types import Oid
from sim.life import Situation
from sim.printer import Printer
from sim.spec import load_specs

SPECS = load_specs()
PRINTER: Oid = (1, 3, 6, 1, 2, 1, 43)


def made(model: str, situation: Situation = Situation.NORMAL) -> Printer:
    printer = Printer(SPECS[model], "1", situation=situation)
    printer.advance(0)
    return printer


def number(printer: Printer, *oid: int) -> int | None:
    value = printer.get((*PRINTER, *oid))
    return None if value is None else value.number()


def words(printer: Printer, *oid: int) -> str:
    value = printer.get((*PRINTER, *oid))
    return (b"" if value is None else value.octets() or b"").decode()


@pytest.mark.parametrize(("share", "level"), [(1.0, 100), (0.62, 62), (0.001, 1), (0.0, 0)])
def test_a_level_says_nothing_only_when_nothing_is_left(share: float, level: int) -> None:
    printer = made("hp-laserjet-m507")
    printer.life.supplies[0] = share
    assert number(printer, 11, 1, 1, 9, 1, 1) == level


def test_a_coarse_level_knows_some_and_none() -> None:
    printer = made("brother-hl-l6400dw")
    printer.life.supplies[0] = 0.03
    assert number(printer, 11, 1, 1, 8, 1, 1) == -2
    assert number(printer, 11, 1, 1, 9, 1, 1) == -3
    printer.life.supplies[0] = 0.0
    assert number(printer, 11, 1, 1, 9, 1, 1) == 0
    assert number(printer, 8, 2, 1, 10, 1, 2) == -3
    printer.life.trays[1] = 0.0
    assert number(printer, 8, 2, 1, 10, 1, 2) == 0
    assert number(printer, 8, 2, 1, 11, 1, 2) == 9


def test_a_level_that_is_not_measured_always_says_so() -> None:
    printer = made("sharp-bp-50c26")
    for share in (1.0, 0.0):
        printer.life.supplies[4] = printer.life.supplies[7] = share
        assert number(printer, 11, 1, 1, 9, 1, 5) == -3
        assert number(printer, 11, 1, 1, 9, 1, 8) == -2


def test_colours_are_joined_where_there_is_a_table() -> None:
    kyocera, oki = made("kyocera-taskalfa-2554ci"), made("oki-c650")
    assert number(kyocera, 11, 1, 1, 3, 1, 4) == 4
    assert words(kyocera, 12, 1, 1, 4, 1, 4) == "black"
    assert number(kyocera, 11, 1, 1, 3, 1, 5) == 0
    assert number(oki, 11, 1, 1, 3, 1, 1) == 0
    assert number(oki, 12, 1, 1, 2, 1, 1) is None


def test_a_new_cartridge_has_a_new_serial_number() -> None:
    printer = made("xerox-altalink-c8130")
    first = words(printer, 11, 1, 1, 6, 1, 1)
    assert first.startswith("Black Toner, PN 006R01746;SN")
    assert words(printer, 11, 1, 1, 6, 1, 1) == first
    printer.life.replaced[0] += 1
    second = words(printer, 11, 1, 1, 6, 1, 1)
    assert second != first
    assert second.startswith("Black Toner, PN 006R01746;SN")


@pytest.mark.parametrize(
    ("situation", "panel"),
    [
        (Situation.NORMAL, "Ready"),
        (Situation.SLEEPING, "Sleep mode on"),
        (Situation.JAM, "Paper jam: open the rear cover"),
        (Situation.EMPTY, "Replace Black Cartridge HP CF289X"),
    ],
)
def test_the_panel_says_how_it_is(situation: Situation, panel: str) -> None:
    assert words(made("hp-laserjet-m507", situation), 16, 5, 1, 2, 1, 1) == panel


def test_the_life_count_and_its_unit() -> None:
    printer = made("ricoh-im-c2510")
    assert number(printer, 10, 2, 1, 3, 1, 1) == 8
    assert number(printer, 10, 2, 1, 4, 1, 1) == printer.number("life")


def test_alerts_are_rows_with_their_time() -> None:
    printer = made("ricoh-im-c2510", Situation.LOW)
    (alert,) = printer.life.alerts
    row = (1, alert.index)
    assert number(printer, 18, 1, 1, 2, *row) == 4
    assert number(printer, 18, 1, 1, 4, *row) == 11
    assert number(printer, 18, 1, 1, 7, *row) == 1104
    assert words(printer, 18, 1, 1, 8, *row) == "Black Toner is low"
    since = number(printer, 18, 1, 1, 9, *row)
    assert since == int(printer.booted * 100) % 2**32
