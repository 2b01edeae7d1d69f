"""What the makers' profiles make of counters: numbers known from real machines, and nonsense."""

from __future__ import annotations

import pytest

from core.model.provenance import Confidence
from core.model.reading import EngineLife
from core.snmp.types import Oid
from core.telemetry.meters import MeterFacts, meters_of
from core.telemetry.profile import Profile
from core.telemetry.profile_file import parse_profile
from core.telemetry.profiles import all_profiles
from core.telemetry.snapshot import Snapshot
from tests.support.recorded import values

Rows = dict[str, int | str | bytes | Oid]
LIFE = "prt.10.2.1.4.1.1"
UNIT = "prt.10.2.1.3.1.1"
RICOH = "e.367.3.2.1.2.19.5.1"
XEROX = "e.253.8.53.13.2.1.6"
CANON = "e.1602.1.11"


def profile(name: str) -> Profile:
    return next(p for p in all_profiles() if p.name == name)


def facts(name: str, rows: Rows) -> MeterFacts:
    return meters_of(Snapshot(values(rows)), 1, (profile(name),))


def told(name: str, rows: Rows) -> dict[str, int]:
    return {key: o.value for key, o in facts(name, rows).meters.items()}


def codes(found: MeterFacts) -> list[str]:
    return [note.code for note in found.notes]


XEROX_ROWS: Rows = {
    f"{XEROX}.1.20.1": 30734, f"{XEROX}.1.20.34": 19735, f"{XEROX}.1.20.33": 10999,
    f"{XEROX}.1.20.7": 16733, f"{XEROX}.1.20.29": 10272, f"{XEROX}.103.20.3": 3002,
    f"{XEROX}.103.20.25": 727,
}  # fmt: skip


def test_xerox_all_and_printed_and_copied_are_told_apart() -> None:
    found = facts("xerox", XEROX_ROWS)
    assert {key: o.value for key, o in found.meters.items()} == {
        "total": 30734, "mono": 19735, "color": 10999, "print": 27005, "print_mono": 16733,
        "print_color": 10272, "copy": 3729, "copy_mono": 3002, "copy_color": 727,
    }  # fmt: skip
    assert codes(found) == []


XEROX_LABEL = "e.253.8.53.13.2.1.8"
XEROX_LABELS: Rows = {
    f"{XEROX_LABEL}.1.20.1": "Total Impressions",
    f"{XEROX_LABEL}.1.20.34": "Black Impressions ",
    f"{XEROX_LABEL}.1.20.33": "Color Impressions",
    f"{XEROX_LABEL}.1.20.7": "Black Printed Impressions",
    f"{XEROX_LABEL}.1.20.29": "Color Printed Impressions",
    f"{XEROX_LABEL}.103.20.3": "Black Copied Impressions",
    f"{XEROX_LABEL}.103.20.25": "Color Copied Impressions",
}


def test_xerox_labels_that_agree_are_part_of_the_origin() -> None:
    found = facts("xerox", XEROX_ROWS | XEROX_LABELS)
    assert {k: o.value for k, o in found.meters.items()} == told("xerox", XEROX_ROWS)
    assert codes(found) == []
    assert found.meters["color"].provenance.raw == ("10999", "Color Impressions")


def test_xerox_in_another_language_is_read_by_its_places() -> None:
    french: Rows = dict.fromkeys(XEROX_LABELS, "Impressions noires")
    assert told("xerox", XEROX_ROWS | french) == told("xerox", XEROX_ROWS)


@pytest.mark.parametrize(
    ("place", "label", "gone"),
    [
        ("1.20.33", "Color Level 1 Impressions", {"color"}),
        ("1.20.33", "Black + Color Level 1 Impressions", {"color"}),
        ("103.20.3", "Faxed Impressions", {"copy", "copy_mono"}),
    ],
)
def test_xerox_that_calls_a_place_something_else_is_not_read_there(
    place: str, label: str, gone: set[str]
) -> None:
    rows = XEROX_ROWS | XEROX_LABELS | {f"{XEROX_LABEL}.{place}": label}
    found = facts("xerox", rows)
    assert set(told("xerox", XEROX_ROWS)) - set(found.meters) == gone
    assert found.meters["total"].value == 30734
    assert {note.code for note in found.notes} == {"meter_label_differs"}
    assert any(label in note.text for note in found.notes)


def ricoh(order: list[int]) -> Rows:
    counts = {10: 271871, 200: 100_400, 201: 60_000, 202: 40_000, 203: 400, 300: 71,
              400: 171_400, 401: 100_000, 402: 71_000, 403: 400, 870: 500, 871: 40}  # fmt: skip
    rows: Rows = {}
    for row, code in enumerate(order, 1):
        rows |= {f"{RICOH}.2.{row}": code, f"{RICOH}.9.{row}": counts[code]}
    return rows


@pytest.mark.parametrize("turn", [0, 3, 7])
def test_ricoh_by_type_in_whatever_row(turn: int) -> None:
    order = [10, 200, 201, 202, 203, 300, 400, 401, 402, 403, 870, 871]
    assert told("ricoh", ricoh(order[turn:] + order[:turn])) == {
        "total": 271871, "mono": 160_071, "color": 111_800, "print": 171_400,
        "print_mono": 100_000, "print_color": 71_400, "copy": 100_400, "copy_mono": 60_000,
        "copy_color": 40_400, "fax": 71, "scan": 540,
    }  # fmt: skip


def test_canon_by_its_labels() -> None:
    labels = {1: "Total 1", 17: "Copy (Total 1)", 25: "Print (Total 1)", 4: "Total (Black 1)"}
    counts = {1: 9026, 17: 354, 25: 8672, 4: 5000}
    rows: Rows = {f"{CANON}.2.1.1.2.{row}": label for row, label in labels.items()}
    rows |= {f"{CANON}.2.1.1.3.{row}": count for row, count in counts.items()}
    found = facts("canon", rows)
    assert {key: o.value for key, o in found.meters.items()} == {
        "total": 9026, "copy": 354, "print": 8672, "mono": 5000,
    }  # fmt: skip
    assert found.meters["total"].provenance.confidence is Confidence.PROFILE
    assert codes(found) == []


def test_canon_101_is_the_total_and_no_copies() -> None:
    head = f"{CANON}.1.3.1.4"
    rows: Rows = {f"{head}.101": 900, f"{head}.112": 50, f"{head}.113": 350}
    rows |= {f"{head}.122": 100, f"{head}.123": 400, f"{head}.301": 700, f"{head}.501": 30}
    assert told("canon", rows) == {
        "total": 900, "mono": 400, "color": 500, "print": 700, "scan": 30,
    }  # fmt: skip


def test_epson() -> None:
    head = "e.1248.1.2.2.27"
    rows: Rows = {f"{head}.1.1.30.1.1": 500, f"{head}.1.1.3.1.1": 200, f"{head}.1.1.4.1.1": 300}
    rows |= {f"{head}.6.1.4.1.1.1": 450, f"{head}.6.1.4.1.1.2": 50, f"{head}.1.1.33.1.1": 2}
    assert told("epson", rows) == {
        "total": 500, "mono": 200, "color": 300, "print": 450, "copy": 50,
    }  # fmt: skip


def test_zebra_counts_a_length_and_no_pages() -> None:
    rows: Rows = {"e.10642.200.17.3.0": "700918 INCHES, 1780333 CENTIMETERS"}
    found = facts("zebra", rows)
    assert found.meters == {}
    assert found.engine_life is not None
    assert found.engine_life.value == EngineLife(700918, "inches")
    assert found.engine_life.provenance.raw == ("700918 INCHES, 1780333 CENTIMETERS",)
    standard: Rows = {LIFE: 5, UNIT: 16}
    assert facts("zebra", rows | standard).engine_life.value == EngineLife(5, "feet")  # type: ignore[union-attr]


def test_a_sum_that_does_not_add_up_is_shown_with_both_sides() -> None:
    found = facts("xerox", XEROX_ROWS | {f"{XEROX}.1.20.1": 99999})
    assert codes(found) == ["meters_disagree"]
    assert "99999" in found.notes[0].text
    assert "30734" in found.notes[0].text
    assert found.meters["total"].value == 99999
    assert found.meters["total"].provenance.confidence is Confidence.DOUBTFUL
    assert found.meters["mono"].provenance.confidence is Confidence.DOUBTFUL
    assert found.meters["copy_mono"].provenance.confidence is Confidence.PROFILE


def test_parts_that_are_not_all_known_may_be_less() -> None:
    rows: Rows = {f"{XEROX}.1.20.1": 30734, f"{XEROX}.1.20.34": 19735}
    assert codes(facts("xerox", rows)) == []
    assert codes(facts("xerox", rows | {f"{XEROX}.1.20.34": 30735})) == ["meters_disagree"]


def test_the_makers_total_goes_before_the_life_count() -> None:
    found = facts("xerox", XEROX_ROWS | {LIFE: 31000, UNIT: 7})
    assert found.meters["total"].value == 30734
    assert found.meters["total"].provenance.rule == "profile xerox"
    assert found.engine_life is not None
    assert found.engine_life.value == EngineLife(31000, "impressions")
    assert codes(found) == ["life_differs"]
    assert "30734" in found.notes[0].text
    assert "31000" in found.notes[0].text


def test_sheets_beside_a_total_are_no_difference() -> None:
    found = facts("xerox", XEROX_ROWS | {LIFE: 20000, UNIT: 8})
    assert (found.meters["total"].value, found.meters["sheets"].value) == (30734, 20000)
    assert codes(found) == []


def test_a_doubtful_total_gives_way_to_the_life_count() -> None:
    rows: Rows = {"e.2001.1.1.1.1.100.1.1.1.3.1": 700}
    alone = facts("oki", rows).meters["total"]
    assert (alone.value, alone.provenance.confidence) == (700, Confidence.DOUBTFUL)
    both = facts("oki", rows | {LIFE: 900, UNIT: 7})
    assert both.meters["total"].value == 900
    assert both.meters["total"].provenance.confidence is Confidence.STANDARD
    assert codes(both) == ["life_differs"]


HP = "e.11.2.3.9.4.2.1"


def test_a_counter_that_cannot_be_is_kept_and_not_used() -> None:
    found = facts("hp", {f"{HP}.4.1.2.5.0": 15232, f"{HP}.2.2.1.44.0": 10884743})
    assert {key: o.value for key, o in found.meters.items()} == {"total": 15232}
    assert found.refused["scan"].raw == ("10884743",)
    assert found.refused["scan"].confidence is Confidence.DOUBTFUL
    assert codes(found) == ["meter_implausible"]
    assert "10884743" in found.notes[0].text


def test_the_next_source_is_tried() -> None:
    rows: Rows = {f"{HP}.4.1.2.5.0": 15232, f"{HP}.2.2.1.44.0": 10884743, f"{HP}.2.2.1.20.0": 12}
    found = facts("hp", rows)
    assert found.meters["scan"].value == 12
    assert found.refused["scan"].raw == ("10884743",)


@pytest.mark.parametrize("count", [2**31 - 1, 2**32 - 1, 1_000_000_000])
def test_what_no_engine_prints(count: int) -> None:
    found = facts("hp", {f"{HP}.4.1.2.5.0": count})
    assert found.meters == {}
    assert "total" in found.refused


def test_many_scans_of_a_busy_machine_are_believed() -> None:
    rows: Rows = {f"{HP}.4.1.2.5.0": 15232, f"{HP}.2.2.1.44.0": 1_000_000}
    assert told("hp", rows)["scan"] == 1_000_000


def test_a_new_engine_in_an_old_scanner_is_believed() -> None:
    assert told("hp", {f"{HP}.4.1.2.5.0": 5, f"{HP}.2.2.1.44.0": 90_000})["scan"] == 90_000


def test_a_total_of_nothing_beside_a_used_engine() -> None:
    rows: Rows = {f"{HP}.4.1.2.5.0": 0, LIFE: 15232, UNIT: 7}
    assert told("hp", rows) == {"total": 15232}
    assert told("hp", {f"{HP}.4.1.2.5.0": 0, LIFE: 0, UNIT: 7}) == {"total": 0}


def test_less_than_zero_is_how_makers_say_not_known() -> None:
    found = facts("hp", {f"{HP}.4.1.2.5.0": -1, f"{HP}.4.1.2.7.0": -2})
    assert (found.meters, found.refused, found.notes) == ({}, {}, ())


def test_a_limit_of_the_profile() -> None:
    acme = parse_profile(
        "name = 'a'\n[match]\nobject_ids = ['1.3.6.1.4.1.9']\n"
        "[[meters.fax]]\noid = '1.3.6.1.4.1.9.1.0'\nmost = 100",
        "a.toml",
    )
    snapshot = Snapshot(values({"e.9.1.0": 101}))
    assert meters_of(snapshot, 1, (acme,)).meters == {}
    assert "fax" in meters_of(snapshot, 1, (acme,)).refused


def test_the_best_profile_that_gives_any_meter_is_taken_alone() -> None:
    rows = XEROX_ROWS | {f"{HP}.4.1.2.5.0": 5, f"{HP}.4.1.2.22.0": 6}
    both = meters_of(Snapshot(values(rows)), 1, (profile("xerox"), profile("hp")))
    assert {o.provenance.rule for o in both.meters.values()} == {"profile xerox"}
    other = meters_of(Snapshot(values(rows)), 1, (profile("sharp"), profile("hp")))
    assert {o.provenance.rule for o in other.meters.values()} == {"profile hp"}
