"""Two sources of one printer: by rank, filled where one does not know, disagreement shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.identity import Identity
from core.model.provenance import Provenance, Source
from core.model.reading import (
    Alert,
    Cost,
    DeviceState,
    EngineLife,
    LevelState,
    Note,
    Reading,
    Severity,
    Status,
    Supply,
    SupplyKind,
    Tray,
)
from core.telemetry.merge import contradiction, merge
from core.telemetry.merge_supplies import rekeyed

IDLE = Status(DeviceState.IDLE)


def supply(index, kind="toner", color="black", percent=None, state="unknown", text=None) -> Supply:
    return Supply(index, SupplyKind(kind), color, text, percent, LevelState(state))


def reading(source, supplies=(), meters=None, status=IDLE, identity=None, **more) -> Reading:
    origin = Provenance(source, ("here",), ("raw",), "rule")
    paths = [f"supplies[{s.index}].{n}" for s in supplies for n in ("level_percent", "state")]
    paths += [f"meters.{name}" for name in meters or {}]
    paths += ["status.state", "status.conditions", "identity.uuid"]
    return Reading(
        address="192.0.2.1",
        port=161,
        taken_at="2026-01-01T00:00:00Z",
        sources=(source,),
        identity=identity or Identity(vendor="Kyocera", serial="A1"),
        meters=meters or {},
        engine_life=more.get("life"),
        supplies=tuple(supplies),
        trays=more.get("trays", ()),
        status=status,
        alerts=more.get("alerts", ()),
        provenance=dict.fromkeys(paths, origin),
        notes=more.get("notes", ()),
        cost=Cost(2, 30, 40, 5.0),
    )


def snmp(supplies=(), **more) -> Reading:
    return reading(Source.SNMP, supplies, **more)


def ipp(supplies=(), **more) -> Reading:
    return reading(Source.IPP, supplies, **more)


def codes(merged) -> list[str]:
    return [note.code for note in merged.reading.notes]


@pytest.mark.parametrize("state", ["unknown", "some_remaining"])
def test_a_level_that_snmp_does_not_know_is_filled(state) -> None:
    merged = merge(
        snmp([supply("1.1", state=state)]), ipp([supply("ipp.1", percent=62.0, state="ok")])
    )
    [row] = merged.reading.supplies
    assert (row.index, row.level_percent, row.state) == ("1.1", 62.0, LevelState.OK)
    assert merged.reading.provenance["supplies[1.1].level_percent"].source is Source.IPP
    assert merged.reading.sources == (Source.SNMP, Source.IPP)
    assert merged.adds == {"levels"}
    assert merged.reading.notes == ()
    assert merged.reading.cost == Cost(4, 60, 80, 10.0)


def test_a_level_that_both_know_stays_and_a_difference_is_shown() -> None:
    one = snmp([supply("1.1", percent=60.0, state="ok", text="TK-1")])
    near = merge(one, ipp([supply("ipp.1", percent=65.0, state="ok")]))
    assert (near.reading.supplies, codes(near), near.adds) == (one.supplies, [], set())
    far = merge(one, ipp([supply("ipp.1", percent=65.1, state="ok")]))
    assert far.reading.supplies == one.supplies
    assert far.reading.notes == (
        Note("sources_disagree", "TK-1 (1.1): SNMP says 60 %, IPP 65.1 %."),
    )
    assert far.adds == {"disagreement"}
    assert far.reading.provenance["supplies[1.1].level_percent"].source is Source.SNMP


@pytest.mark.parametrize(
    ("state", "percent"), [("some_remaining", 0.0), ("empty", 80.0)], ids=["some", "empty"]
)
def test_a_number_against_a_state_is_shown_and_not_taken(state, percent) -> None:
    told = [supply("ipp.1", percent=percent, state="ok" if percent else "empty")]
    merged = merge(snmp([supply("1.1", state=state)]), ipp(told))
    assert merged.reading.supplies[0].level_percent is None
    assert codes(merged) == ["sources_disagree"]


def test_low_is_never_taken_back_and_unlimited_has_no_number() -> None:
    told = [supply("ipp.1", percent=30.0, state="ok")]
    [row] = merge(snmp([supply("1.1", state="low")]), ipp(told)).reading.supplies
    assert (row.level_percent, row.state) == (30.0, LevelState.LOW)
    [row] = merge(snmp([supply("1.1", state="unlimited")]), ipp(told)).reading.supplies
    assert (row.level_percent, row.state) == (None, LevelState.UNLIMITED)


def test_rows_that_may_be_another_are_left_alone_and_none_is_doubled() -> None:
    own = [supply("1.1"), supply("1.2"), supply("1.3", color="cyan")]
    told = [supply("ipp.1", percent=9.0, state="low"), supply("ipp.2", color="red", percent=1.0)]
    merged = merge(snmp(own), ipp(told))
    assert merged.reading.supplies == tuple(own)
    assert merged.adds == set()


def test_without_any_of_its_own_the_other_sources_rows_stand() -> None:
    told = [supply("ipp.1", percent=9.0, state="low")]
    tray = Tray("ipp.1", "Tray 1", None, None, None, None, None, LevelState.UNKNOWN)
    alert = Alert("ipp.1", Severity.WARNING, 1105, "Ink is low.")
    merged = merge(snmp(), ipp(told, trays=(tray,), alerts=(alert,), meters={"total": 5}))
    found = merged.reading
    assert (found.supplies, found.trays, found.alerts) == (tuple(told), (tray,), (alert,))
    assert found.meters == {"total": 5}
    assert found.provenance["meters.total"].source is Source.IPP
    assert merged.adds == {"supplies", "trays", "meters"}


def test_impressions_against_life_are_shown() -> None:
    life = EngineLife(76498, "impressions")
    one = snmp(meters={"total": 76064}, life=life)
    for counted in (76064, 76490, 76070):
        assert codes(merge(one, ipp(meters={"total": counted}))) == []
    merged = merge(one, ipp(meters={"total": 40600, "mono": 40000}))
    assert merged.reading.meters == {"total": 76064}
    assert "76064" in merged.reading.notes[0].text
    assert "40600" in merged.reading.notes[0].text
    feet = merge(snmp(life=EngineLife(1, "feet")), ipp(meters={"total": 40600}))
    assert feet.reading.meters == {"total": 40600}


@pytest.mark.parametrize(
    ("one", "two", "state", "notes"),
    [
        ("idle", "sleep", "sleep", 0),
        ("unknown", "printing", "printing", 0),
        ("idle", "printing", "idle", 0),
        ("idle", "error", "idle", 1),
        ("error", "idle", "error", 1),
        ("error", "offline", "error", 0),
        ("idle", "unknown", "idle", 0),
    ],
)
def test_states(one, two, state, notes) -> None:
    merged = merge(snmp(status=Status(DeviceState(one))), ipp(status=Status(DeviceState(two))))
    assert merged.reading.status.state == state
    assert codes(merged) == ["sources_disagree"] * notes


def test_conditions_are_one_list_and_nothing_is_said_twice() -> None:
    one = Status(DeviceState.IDLE, ("low_toner", "low_paper"), ("Ready",))
    two = Status(DeviceState.IDLE, ("low_supply", "low_paper", "output_full"))
    status = merge(snmp(status=one), ipp(status=two)).reading.status
    assert status == Status(DeviceState.IDLE, ("low_toner", "low_paper", "output_full"), ("Ready",))


@pytest.mark.parametrize(
    ("one", "two", "apart"),
    [
        (Identity(serial="A1", uuid="u1"), Identity(serial="a1", uuid="u2"), False),
        (Identity(serial="A1"), Identity(serial="B2"), True),
        (Identity(uuid="u1"), Identity(uuid="u2"), True),
        (Identity(uuid="u1"), Identity(serial="B2"), False),
        (Identity(vendor="HP"), Identity(vendor="Canon"), True),
        (Identity(), Identity(), False),
    ],
)
def test_identities_must_not_contradict(one, two, apart) -> None:
    assert (contradiction(one, two) is not None) == apart
    told = [supply("ipp.1", percent=9.0, state="low")]
    merged = merge(snmp(identity=one), ipp(told, identity=two))
    assert (merged.reading.supplies == ()) == apart
    assert merged.reading.sources == ((Source.SNMP,) if apart else (Source.SNMP, Source.IPP))
    assert codes(merged) == ["ipp_other_printer"] * apart


def test_a_queue_of_a_computer_is_not_the_printer() -> None:
    told = [supply("ipp.1", percent=9.0, state="low")]
    merged = merge(snmp(), ipp(told, notes=(Note("ipp_queue", "A queue."),)))
    assert (merged.reading.supplies, codes(merged), merged.adds) == ((), ["ipp_queue"], set())


def test_identity_is_completed_with_its_origin() -> None:
    merged = merge(snmp(), ipp(identity=Identity(serial="A1", uuid="u1", vendor="Other")))
    assert merged.reading.identity == Identity(vendor="Kyocera", serial="A1", uuid="u1")
    assert merged.reading.provenance["identity.uuid"].source is Source.IPP


def test_rows_keep_the_index_under_which_they_are_known() -> None:
    one = ipp([supply("ipp.1"), supply("ipp.2", color="cyan")])
    known = [supply("1.4", color="cyan"), supply("1.1", color="red")]
    found = rekeyed(one, known)
    assert [s.index for s in found.supplies] == ["ipp.1", "1.4"]
    assert "supplies[1.4].state" in found.provenance
    assert "supplies[ipp.2].state" not in found.provenance
    assert len(found.provenance) == len(one.provenance)


ROWS = st.lists(
    st.builds(
        supply,
        st.integers(1, 9).map(str),
        st.sampled_from(["toner", "ink", "waste", "other"]),
        st.sampled_from(["black", "cyan", None]),
        st.one_of(st.none(), st.sampled_from([0.0, 4.0, 50.0, 100.0])),
        st.sampled_from(list(LevelState)),
    ),
    max_size=5,
    unique_by=lambda row: row.index,
)


@settings(deadline=None, max_examples=200)
@given(ROWS, ROWS)
def test_no_row_is_doubled_and_no_number_replaced(one, two) -> None:
    merged = merge(snmp(one), ipp(two)).reading
    assert [s.index for s in merged.supplies] == [s.index for s in (one or two)]
    told = {s.level_percent for s in two}
    for before, after in zip(one, merged.supplies, strict=False):
        if before.level_percent is not None:
            assert after.level_percent == before.level_percent
        else:
            assert after.level_percent is None or after.level_percent in told
        assert replace(after, level_percent=None, state=before.state) == replace(
            before, level_percent=None
        )
