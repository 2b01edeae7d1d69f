from __future__ import annotations

import pytest

from core.model.reading import LevelState
from core.telemetry.snapshot import Snapshot
from core.telemetry.trays import TrayFacts, status_conditions, trays_of
from tests.support.recorded import values

Rows = dict[str, int | str | bytes]


def trays(rows: Rows, charset: int | None = None) -> list[TrayFacts]:
    return list(trays_of(Snapshot(values(rows)), 1, charset))


def test_a_known_tray() -> None:
    rows: Rows = {"prt.8.2.1.9.1.2": 500, "prt.8.2.1.10.1.2": 150, "prt.8.2.1.11.1.2": 4}
    rows |= {
        "prt.8.2.1.12.1.2": "PLAIN",
        "prt.8.2.1.13.1.2": "Tray 1",
        "prt.8.2.1.18.1.2": "Cassette",
    }
    (facts,) = trays(rows)
    tray = facts.tray
    assert (tray.index, tray.name, tray.description, tray.media) == (
        "1.2",
        "Tray 1",
        "Cassette",
        "PLAIN",
    )
    assert (tray.level, tray.capacity, tray.level_percent) == (150, 500, 30.0)
    assert (tray.state, tray.conditions) == (LevelState.OK, ())
    assert set(facts.provenance) == {
        "state", "level", "capacity", "level_percent", "name", "description", "media"
    }  # fmt: skip


def test_what_is_not_known_is_none() -> None:
    (facts,) = trays({"prt.8.2.1.9.1.1": -2, "prt.8.2.1.10.1.1": -3})
    tray = facts.tray
    assert (tray.level, tray.capacity, tray.level_percent) == (None, None, None)
    assert tray.state is LevelState.SOME_REMAINING
    assert (tray.name, tray.description, tray.media) == (None, None, None)
    assert set(facts.provenance) == {"state"}


def test_other_devices() -> None:
    assert trays({"prt.8.2.1.10.2.1": 5}) == []


def test_names_in_the_printers_own_letters() -> None:
    (facts,) = trays({"prt.8.2.1.13.1.1": "Fach für A4".encode("hp-roman8")}, 2004)
    assert facts.tray.name == "Fach für A4"


@pytest.mark.parametrize(
    ("status", "conditions"),
    [
        (None, ()),
        (0, ()),
        (2, ()),
        (9, ("unavailable", "warning")),
        (19, ("unavailable", "critical")),
        (16, ("critical",)),
        (33, ("unavailable", "offline")),
        (64, ("in_transition",)),
        (5, ()),
        (-2, ()),
    ],
)
def test_status(status: int | None, conditions: tuple[str, ...]) -> None:
    assert status_conditions(status) == conditions
