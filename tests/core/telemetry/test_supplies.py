from __future__ import annotations

from core.model.provenance import Confidence
from core.model.reading import LevelState, Supply, SupplyKind
from core.telemetry.alerts import AlertFacts, alerts_of
from core.telemetry.snapshot import Snapshot
from core.telemetry.supplies import SupplyFacts, supplies_of
from tests.support.recorded import values

Rows = dict[str, int | str | bytes]


def row(
    index: str,
    *,
    colorant: int | None = None,
    klass: int | None = None,
    kind: int | None = 3,
    text: str | bytes | None = None,
    unit: int | None = None,
    most: int | None = None,
    level: int | None = None,
) -> Rows:
    columns = {3: colorant, 4: klass, 5: kind, 6: text, 7: unit, 8: most, 9: level}
    return {f"prt.11.1.1.{c}.{index}": v for c, v in columns.items() if v is not None}


def every(rows: Rows, device: int = 1, machine: str | None = None) -> tuple[SupplyFacts, ...]:
    snapshot = Snapshot(values(rows))
    return supplies_of(snapshot, device, alerts_of(snapshot, device), machine)


def one(rows: Rows, machine: str | None = None) -> Supply:
    (facts,) = every(rows, machine=machine)
    return facts.supply


def test_no_table() -> None:
    assert supplies_of(Snapshot({}), 1, AlertFacts()) == ()


def test_a_supply_is_its_row() -> None:
    rows = row("1.1", text="Black Toner", level=0, most=-2)
    rows |= row("1.2", text="Black Toner", level=-3, most=-2)
    found = [facts.supply for facts in every(rows)]
    assert [(s.index, s.state) for s in found] == [
        ("1.1", LevelState.EMPTY),
        ("1.2", LevelState.SOME_REMAINING),
    ]


def test_rows_of_another_printer_are_not_ours() -> None:
    rows = row("1.1", text="Black", level=1) | row("2.1", text="Black", level=2)
    assert [facts.supply.index for facts in every(rows, device=2)] == ["2.1"]


def test_colours_are_joined_by_device_and_index() -> None:
    rows = row("2.1", colorant=2, text="TK-1") | {"prt.12.1.1.4.1.2": "black"}
    rows["prt.12.1.1.4.2.2"] = "cyan"
    (facts,) = every(rows, device=2)
    assert facts.supply.color == "cyan"
    assert facts.provenance["color"].rule == "colorant table"
    assert facts.provenance["color"].raw == ("2", "cyan")


def test_colours_from_words() -> None:
    assert one(row("1.1", text="Toner noir")).color == "black"
    assert one(row("1.1", colorant=0, text="Cyan Drum", kind=9)).color == "cyan"
    assert one(row("1.1", colorant=5, text="Yellow Toner")).color == "yellow"  # no such colorant
    rows = row("1.1", colorant=1, text="Yellow Toner") | {"prt.12.1.1.4.1.1": "other"}
    assert one(rows).color == "yellow"
    assert one(row("1.1", text="Drum Unit", kind=9)).color is None


def test_waste_is_no_level() -> None:
    for kind, klass in ((4, 4), (4, None), (8, 4), (3, 4), (None, None)):
        found = one(row("1.1", kind=kind, klass=klass, text="Waste Toner", level=5, most=100))
        assert (found.level_percent, found.state) == (None, LevelState.UNKNOWN)


def test_the_raw_level_of_waste_is_kept() -> None:
    (facts,) = every(row("1.1", kind=4, klass=4, text="Waste", level=5, most=100))
    assert facts.provenance["level_percent"].raw == ("5", "100")
    assert facts.provenance["level_percent"].confidence is Confidence.DOUBTFUL


def alert(code: int, group_index: int, group: int = 11) -> Rows:
    return {
        "prt.18.1.1.2.1.9": 4,
        "prt.18.1.1.4.1.9": group,
        "prt.18.1.1.5.1.9": group_index,
        "prt.18.1.1.7.1.9": code,
    }


def test_alerts_tell_of_waste() -> None:
    waste = row("1.5", kind=4, klass=4, text="Waste Toner", level=5, most=100)
    assert one(waste | alert(1107, 5)).state is LevelState.LOW
    assert one(waste | alert(1109, 5)).state is LevelState.EMPTY
    assert one(waste | alert(1109, 4)).state is LevelState.UNKNOWN  # of another row
    assert one(waste | alert(13, 5, group=8)).state is LevelState.UNKNOWN  # of a tray


def test_alerts_make_a_level_worse_and_never_better() -> None:
    some = row("1.1", text="Black Toner", level=-3, most=-2)
    assert one(some).state is LevelState.SOME_REMAINING
    assert one(some | alert(1104, 1)).state is LevelState.LOW
    empty = row("1.1", text="Black Toner", level=0, most=100)
    assert one(empty | alert(1104, 1)).state is LevelState.EMPTY
    full = row("1.1", text="Black Toner", level=90, most=100)
    found = one(full | alert(1104, 1))
    assert (found.level_percent, found.state) == (90.0, LevelState.LOW)
    (facts,) = every(full | alert(1104, 1))
    assert facts.provenance["state"].rule == "prtAlertTable"


def test_kinds_by_type_before_words() -> None:
    assert one(row("1.1", kind=20, text="Belt Unit")).kind is SupplyKind.TRANSFER
    assert one(row("1.1", kind=9, text="Toner/Drum")).kind is SupplyKind.DRUM
    assert one(row("1.1", kind=1, text="Belt Unit")).kind is SupplyKind.TRANSFER
    assert one(row("1.1", kind=None, text="Fusing Unit")).kind is SupplyKind.FUSER
    assert one(row("1.1", kind=32, unit=18, most=-2, level=-3)).kind is SupplyKind.STAPLES
    assert one(row("1.1", kind=99, text="Thing")).kind is SupplyKind.OTHER
    assert one(row("1.1", kind=None, level=5)).kind is SupplyKind.OTHER


def test_a_cartridge_of_a_colour() -> None:
    rows = row("1.1", kind=None, text="Black Cartridge HP CF410A", level=54, most=100)
    assert one(rows).kind is SupplyKind.OTHER
    assert one(rows, machine="HP Color LaserJet M452nw").kind is SupplyKind.TONER
    assert one(rows | {"prt.10.2.1.2.1.1": 12}).kind is SupplyKind.INK
    (facts,) = every(rows, machine="HP LaserJet")
    assert facts.provenance["kind"].confidence is Confidence.DOUBTFUL
    assert (
        one(row("1.1", kind=None, text="Cartridge"), machine="HP LaserJet").kind is SupplyKind.OTHER
    )


def test_descriptions() -> None:
    found = one(row("1.1", text=b"Black Toner S/N:CRUM-1404\0"))
    assert (found.description, found.part, found.serial) == ("Black Toner", None, "CRUM-1404")
    found = one(row("1.1", text=b"Cyan Cartridge HP \n43 46 33 30 31 41 00 "))
    assert found.description == "Cyan Cartridge HP"
    assert one(row("1.1", level=5)).description is None


def test_a_row_with_a_description_only() -> None:
    found = one(row("1.1", kind=None, text="Black Toner"))
    assert (found.level_percent, found.state) == (None, LevelState.UNKNOWN)
    (facts,) = every(row("1.1", kind=None, text="Black Toner"))
    assert "level_percent" not in facts.provenance
