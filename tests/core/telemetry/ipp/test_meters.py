"""Counters by IPP: impressions, sheets, and colour where it adds up."""

from __future__ import annotations

import pytest

from core.ipp.deny import denied_reason
from core.telemetry.ipp.meters import meters_of
from core.telemetry.ipp.reader import NAMES
from core.telemetry.ipp.trays import trays_of
from tests.support.ipp_attributes import attributes


def read(total=None, **columns):
    given = {"printer_impressions_completed": total} if total is not None else {}
    members = {name.replace("_", "-"): number for name, number in columns.items()}
    if members:
        given["printer_impressions_completed_col"] = members
    found = meters_of(attributes(**given)).meters
    return {name: o.value for name, o in found.items()}


def test_impressions_are_the_total_and_sheets_are_sheets() -> None:
    told = meters_of(
        attributes(
            printer_impressions_completed=1200,
            printer_media_sheets_completed=700,
            printer_pages_completed=900,
        )
    )
    assert {name: o.value for name, o in told.meters.items()} == {"total": 1200, "sheets": 700}
    assert told.meters["total"].provenance.refs == ("printer-impressions-completed",)
    assert list(told.refused) == ["pages"]


@pytest.mark.parametrize("number", [-1, -2, 2**31 - 1])
def test_what_is_no_count_is_no_meter(number) -> None:
    assert read(number) == {}


@pytest.mark.parametrize(
    ("total", "columns", "expected"),
    [
        (10, {"monochrome": 7, "full_color": 3}, {"total": 10, "mono": 7, "color": 3}),
        (10, {"monochrome": 7, "full_color": 2, "highlight_color": 1},
         {"total": 10, "mono": 7, "color": 3}),
        # Beside each other: 4 + 3 + 3 = 10. Inside each other: 7 + 3 = 10.
        (10, {"monochrome": 4, "monochrome_two_sided": 3, "full_color": 3},
         {"total": 10, "mono": 7, "color": 3}),
        (10, {"monochrome": 7, "monochrome_two_sided": 3, "full_color": 3},
         {"total": 10, "mono": 7, "color": 3}),
        # Neither adds up: nothing is made of it.
        (99, {"monochrome": 7, "monochrome_two_sided": 3, "full_color": 3}, {"total": 99}),
        (None, {"monochrome": 7, "monochrome_two_sided": 3}, {}),
        (None, {"monochrome": 7}, {"mono": 7}),
        (10, {"monochrome": -1, "full_color": 3}, {"total": 10}),
        (10, {"monochrome": 6, "full_color": 3, "blank": 1}, {"total": 10, "mono": 6, "color": 3}),
    ],
)  # fmt: skip
def test_colour_where_it_adds_up(total, columns, expected) -> None:
    assert read(total, **columns) == expected


def test_nothing_of_jobs_is_asked() -> None:
    assert [name for name in NAMES if denied_reason(name)] == []
    assert not any("job" in name and name != "printer-is-accepting-jobs" for name in NAMES)


def test_trays_with_words_for_nothing() -> None:
    told = attributes(printer_input_tray=[b"", b"name=Tray 1;level=-3;maxcapacity=250;status=19"])
    [facts] = trays_of(told)
    assert (facts.tray.index, facts.tray.name, facts.tray.state) == (
        "ipp.2", "Tray 1", "some_remaining",
    )  # fmt: skip
    assert facts.tray.conditions == ("unavailable", "critical")
