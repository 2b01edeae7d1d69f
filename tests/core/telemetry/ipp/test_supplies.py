"""Supplies by IPP: printer-supply first, else marker-*."""

from __future__ import annotations

import pytest

from core.model.provenance import Confidence
from core.model.reading import LevelState, SupplyKind
from core.telemetry.ipp.alerts import alerts_of
from core.telemetry.ipp.supplies import supplies_of
from tests.support.ipp_attributes import attributes

TONER = "type=toner;maxcapacity=100;level={};class=supplyThatIsConsumed;unit=percent;"


def read(machine=None, **given):
    told = attributes(**given)
    return [facts.supply for facts in supplies_of(told, alerts_of(told), machine)]


@pytest.mark.parametrize(
    ("level", "percent", "state"),
    [
        ("62", 62.0, LevelState.OK),
        ("10", 10.0, LevelState.LOW),
        ("0", 0.0, LevelState.EMPTY),
        ("-1", None, LevelState.UNLIMITED),
        ("-2", None, LevelState.UNKNOWN),
        ("-3", None, LevelState.SOME_REMAINING),
        ("101", None, LevelState.UNKNOWN),
        ("many", None, LevelState.UNKNOWN),
        ("9" * 40, None, LevelState.UNKNOWN),
    ],
)
def test_levels_of_printer_supply_mean_what_they_mean_by_snmp(level, percent, state) -> None:
    [supply] = read(printer_supply=TONER.format(level).encode())
    assert (supply.level_percent, supply.state) == (percent, state)
    assert (supply.kind, supply.index) == (SupplyKind.TONER, "ipp.1")


@pytest.mark.parametrize(
    ("level", "percent", "state"),
    [
        (84, 84.0, LevelState.OK),
        (-1, None, LevelState.UNKNOWN),
        (-2, None, LevelState.UNKNOWN),
        (-3, None, LevelState.SOME_REMAINING),
        (200, None, LevelState.UNKNOWN),
    ],
)
def test_a_single_marker_is_no_list(level, percent, state) -> None:
    [supply] = read(marker_names="Black", marker_types="toner", marker_levels=level)
    assert (supply.level_percent, supply.state, supply.color) == (percent, state, "black")


def test_capacity_makes_a_percentage() -> None:
    [supply] = read(printer_supply=b"type=ink;maxcapacity=400;level=100;unit=tenthsOfMilliliters;")
    assert supply.level_percent == 25.0
    [supply] = read(printer_supply=b"type=ink;maxcapacity=-2;level=100;unit=tenthsOfMilliliters;")
    assert (supply.level_percent, supply.state) == (None, LevelState.UNKNOWN)


def test_what_the_printer_counts_as_low_is_low() -> None:
    rows = read(marker_names=["A", "B"], marker_levels=[18, 19], marker_low_levels=[18, 18])
    assert [row.state for row in rows] == [LevelState.LOW, LevelState.OK]


def test_lists_of_other_lengths_are_left_out() -> None:
    rows = read(
        marker_names=["Cyan", "Black"],
        marker_levels=[50],
        marker_types=["toner", "toner", "toner"],
        marker_colors=["#00FFFF", "#000000"],
    )
    assert [(r.color, r.level_percent, r.kind) for r in rows] == [
        ("cyan", None, SupplyKind.OTHER),
        ("black", None, SupplyKind.OTHER),
    ]


@pytest.mark.parametrize(
    ("name", "rgb", "color"),
    [
        ("BK", "#000000", "black"),
        ("Photo Black", "#000000", "photo_black"),
        ("Cartridge 3", "#A0A0A0", None),
        ("Cartridge 3", "none", None),
        ("Tri", "#00FFFF#FF00FF#FFFF00", "tricolor"),
    ],
)
def test_colours_by_words_then_by_code(name, rgb, color) -> None:
    [supply] = read(marker_names=name, marker_colors=rgb, marker_levels=5)
    assert supply.color == color


def test_types_by_number_dash_hump_or_words() -> None:
    given = ["waste-toner", "tonerCartridge", "5", "opc", "strange"]
    names = ["A", "B", "C", "D", "Fuser Kit"]
    rows = read(marker_names=names, marker_types=given, marker_levels=[1, 2, 3, 4, 5])
    assert [row.kind for row in rows] == [
        SupplyKind.WASTE, SupplyKind.TONER, SupplyKind.INK, SupplyKind.DRUM, SupplyKind.FUSER
    ]  # fmt: skip


def test_a_receptacle_gives_no_number() -> None:
    [waste] = read(printer_supply=b"type=wasteToner;level=25;maxcapacity=100;unit=percent;class=4;")
    assert (waste.level_percent, waste.state) == (None, LevelState.UNKNOWN)


def test_a_cartridge_of_a_colour_is_guessed_and_says_so() -> None:
    told = attributes(marker_names="Black Cartridge", marker_levels=50)
    [facts] = supplies_of(told, alerts_of(told), "HP LaserJet 4")
    assert facts.supply.kind is SupplyKind.TONER
    assert facts.provenance["kind"].confidence is Confidence.DOUBTFUL


def test_markers_add_words_only_where_they_are_the_same_rows() -> None:
    both = [TONER.format(50).encode() + b"colorantname=cyan;"]
    [named] = read(printer_supply=both, marker_names="Cyan Toner", marker_levels=50)
    assert named.description == "Cyan Toner"
    [other] = read(printer_supply=both, marker_names="Black Toner", marker_levels=50)
    assert other.description is None


def test_an_alert_about_a_row_makes_its_state_worse() -> None:
    alert = b"code=markerTonerEmpty;severity=critical;group=markerSupplies;groupindex=7"
    row = b"index=7;" + TONER.format(-3).encode()
    [supply] = read(printer_supply=row, printer_alert=alert)
    assert (supply.level_percent, supply.state) == (None, LevelState.EMPTY)
