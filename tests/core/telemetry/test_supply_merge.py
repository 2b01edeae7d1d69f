"""What makers' own places add to the supplies of the Printer MIB."""

from __future__ import annotations

from core.model.provenance import Confidence
from core.model.reading import LevelState, Supply, SupplyKind
from core.snmp.types import Oid
from core.telemetry.alerts import alerts_of
from core.telemetry.profile import Profile
from core.telemetry.profile_file import parse_profile
from core.telemetry.profiles import all_profiles
from core.telemetry.snapshot import Snapshot
from core.telemetry.supplies import SupplyFacts, supplies_of
from tests.support.recorded import values

Rows = dict[str, int | str | bytes | Oid]
MAINTENANCE, CARE = "e.2435.2.3.9.4.2.1.5.5.8.0", "e.2435.2.3.9.4.2.1.5.5.11.0"
RICOH = "e.367.3.2.1.2.24.1.1"


def profile(name: str) -> Profile:
    return next(p for p in all_profiles() if p.name == name)


def read(
    rows: Rows, *profiles: Profile, machine: str | None = None
) -> tuple[list[Supply], list[SupplyFacts]]:
    snapshot = Snapshot(values(rows))
    facts = supplies_of(snapshot, 1, alerts_of(snapshot, 1), machine, None, profiles)
    return [fact.supply for fact in facts], list(facts)


def row(number: int, name: str, kind: int, level: int, most: int = -2) -> Rows:
    return {
        f"prt.11.1.1.6.1.{number}": name, f"prt.11.1.1.5.1.{number}": kind,
        f"prt.11.1.1.9.1.{number}": level, f"prt.11.1.1.8.1.{number}": most,
    }  # fmt: skip


def records(**levels: int) -> bytes:
    each = (bytes((int(key[1:], 16), 1, 4)) + n.to_bytes(4, "big") for key, n in levels.items())
    return b"".join(each) + b"\xff"


def shown(supplies: list[Supply]) -> list[tuple[str, str, str | None, float | None, str]]:
    return [(s.index, s.kind.value, s.color, s.level_percent, s.state.value) for s in supplies]


def test_brothers_levels_on_their_rows() -> None:
    rows = row(1, "Black Toner Cartridge", 3, -3) | row(2, "Cyan Toner Cartridge", 3, -3)
    rows |= row(6, "Belt Unit", 1, 56461, 100000) | row(7, "Drum Unit", 9, 22596, 30000)
    rows[MAINTENANCE] = records(x6f=2600, x70=1000, x69=5650, x41=7532)
    rows[CARE] = records(x82=22596)
    supplies, facts = read(rows, profile("brother"))
    assert shown(supplies) == [
        ("1.1", "toner", "black", 26.0, "ok"),
        ("1.2", "toner", "cyan", 10.0, "low"),
        ("1.6", "transfer", None, 56.5, "ok"),
        ("1.7", "drum", None, 75.3, "ok"),
    ]
    assert supplies[3].remaining_pages == 22596
    origin = facts[0].provenance["level_percent"]
    assert origin.rule == "profile brother"
    assert origin.refs == ("1.3.6.1.4.1.2435.2.3.9.4.2.1.5.5.8.0",)
    assert facts[3].provenance["remaining_pages"].raw[0].startswith("0x82")
    assert facts[0].provenance["description"].rule == "prtMarkerSuppliesDescription"


def test_rows_of_one_colour_are_not_guessed_between() -> None:
    rows = row(1, "Black Toner", 3, 0) | row(2, "Black Toner", 3, -3)
    rows[MAINTENANCE] = records(x6f=2600)
    supplies, _ = read(rows, profile("brother"))
    assert shown(supplies) == [
        ("1.1", "toner", "black", None, "empty"),
        ("1.2", "toner", "black", None, "some_remaining"),
    ]


def test_the_only_row_of_its_kind_may_tell_no_colour() -> None:
    rows = row(1, "Toner Cartridge", 3, -3)
    rows[MAINTENANCE] = records(x6f=2600)
    assert shown(read(rows, profile("brother"))[0]) == [("1.1", "toner", None, 26.0, "ok")]
    rows[MAINTENANCE] = records(x6f=2600, x70=500)
    assert [s.index for s in read(rows, profile("brother"))[0]] == [
        "1.1", "brother.toner.black", "brother.toner.cyan",
    ]  # fmt: skip


def test_what_marks_in_ink_has_ink() -> None:
    rows: Rows = {MAINTENANCE: records(x6f=2600), "prt.10.2.1.2.1.1": 12}
    assert shown(read(rows, profile("brother"))[0]) == [
        ("brother.ink.black", "ink", "black", 26.0, "ok")
    ]


def test_an_alert_makes_a_level_worse() -> None:
    rows = row(1, "Black Toner", 3, -3)
    rows[MAINTENANCE] = records(x6f=2600)
    rows |= {"prt.18.1.1.4.1.1": 11, "prt.18.1.1.5.1.1": 1, "prt.18.1.1.7.1.1": 1101}
    supplies, _ = read(rows, profile("brother"))
    assert supplies[0].level_percent == 26.0
    assert supplies[0].state is not LevelState.OK


def test_more_than_full_is_no_level() -> None:
    assert read({MAINTENANCE: records(x6f=10_001)}, profile("brother"))[0] == []


def ricoh(levels: dict[str, int | str]) -> Rows:
    rows: Rows = {}
    for number, (name, level) in enumerate(levels.items(), 1):
        rows |= {f"{RICOH}.2.{number}": name, f"{RICOH}.5.{number}": level}
    return rows


def test_ricohs_own_levels_by_their_names() -> None:
    rows = row(1, "Black Toner", 3, -3) | row(2, "Waste Toner", 4, 100, 100)
    rows |= row(3, "Cyan Toner", 3, -100, 100) | row(4, "Magenta Toner", 3, 50, 100)
    rows |= ricoh({"Cyan Toner": -100, "Magenta Toner": 40, "Black Toner": "30", "Waste Toner": 7})
    supplies, facts = read(rows, profile("ricoh"))
    assert shown(supplies) == [
        ("1.1", "toner", "black", 30.0, "ok"),
        ("1.2", "waste", None, None, "unknown"),
        ("1.3", "toner", "cyan", None, "low"),
        ("1.4", "toner", "magenta", 40.0, "ok"),
    ]
    assert "nearly empty" in facts[2].provenance["state"].rule


def test_nearly_empty_in_the_printer_mib_itself() -> None:
    supplies, _ = read(row(1, "Cyan Toner", 3, -100, 100), profile("ricoh"))
    assert shown(supplies) == [("1.1", "toner", "cyan", None, "low")]
    supplies, _ = read(row(1, "Cyan Toner", 3, -100, 100))
    assert shown(supplies) == [("1.1", "toner", "cyan", None, "unknown")]


def test_ricohs_levels_without_rows() -> None:
    supplies, _ = read(ricoh({"Black Toner": -3, "Yellow Toner": 0, "Thing": 5}), profile("ricoh"))
    assert shown(supplies) == [
        ("ricoh.1", "toner", "black", None, "some_remaining"),
        ("ricoh.2", "toner", "yellow", 0.0, "empty"),
    ]
    assert supplies[0].description == "Black Toner"


ACME = """
name = 'acme'
[match]
object_ids = ['1.3.6.1.4.1.9']
"""


def test_a_doubtful_level_leaves_a_known_one() -> None:
    place = "{ oid = '1.3.6.1.4.1.9.1.0', confirmed = false }"
    text = f"[[supply.item]]\nkind = 'toner'\nlevel = [{place}]"
    acme = parse_profile(ACME + text, "acme.toml")
    known, _ = read(row(1, "Toner", 3, 40, 100) | {"e.9.1.0": 60}, acme)
    assert known[0].level_percent == 40.0
    unknown, facts = read(row(1, "Toner", 3, -3) | {"e.9.1.0": 60}, acme)
    assert unknown[0].level_percent == 60.0
    assert facts[0].provenance["level_percent"].confidence is Confidence.DOUBTFUL


def test_what_the_level_of_a_waste_box_means() -> None:
    box = row(1, "Waste Toner Box", 4, 30, 100)
    for meaning, percent in (("filled", 70.0), ("remaining", 30.0)):
        acme = parse_profile(ACME + f"[supply]\nwaste = '{meaning}'", "acme.toml")
        supplies, _ = read(box, acme)
        assert (supplies[0].kind, supplies[0].level_percent) == (SupplyKind.WASTE, percent)
    assert read(box)[0][0].level_percent is None
