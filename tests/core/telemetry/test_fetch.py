from __future__ import annotations

from core.telemetry import oids
from core.telemetry.fetch import _READING, _SIGNS, fetch_identity, fetch_reading, fetch_signs
from tests.support.recorded import RecordedAgent, oid, values

MOST_VARIABLES = 44  # what fits 1,400 octets at about 32 each


def test_every_portion_fits_a_datagram() -> None:
    for columns, rows in (*_SIGNS, *_READING):
        assert len(columns) * (rows + 1) <= MOST_VARIABLES


def test_discovery_and_readings_ask_for_the_same_signs() -> None:
    for portions in (_SIGNS, _READING):
        asked = {column for columns, _ in portions for column in columns}
        assert set(oids.PRINTER_COLUMNS) <= asked
        assert {oids.HR_DEVICE_TYPE, oids.HR_PRINTER_STATUS, *oids.DEVICE_ID_COLUMNS} <= asked


async def test_the_second_round_asks_what_the_profiles_know() -> None:
    agent = RecordedAgent(values({"sys.2.0": oid("e.1347.41"), "e.1347.43.5.1.1.28.1": "A1"}))
    snapshot, profiles = await fetch_reading(agent)
    assert [profile.name for profile in profiles] == ["kyocera"]
    assert snapshot.octets(oid("e.1347.43.5.1.1.28.1")) == b"A1"


async def test_character_sets_of_the_localizations_in_use() -> None:
    agent = RecordedAgent(
        values(
            {"prt.5.1.1.2.2": 7, "prt.5.1.1.10.2": 3, "prt.7.1.1.4.2.3": 5, "prt.7.1.1.4.2.7": 6}
        )
    )
    snapshot, _ = await fetch_reading(agent)
    assert snapshot.number(oid("prt.7.1.1.4.2.7")) == 6
    assert snapshot.number(oid("prt.7.1.1.4.2.3")) == 5
    assert oid("prt.7.1.1.4.2.1") not in agent.asked


async def test_the_first_localization_where_none_is_told() -> None:
    agent = RecordedAgent(values({"prt.10.2.1.4.1.1": 5, "prt.7.1.1.4.1.1": 106}))
    snapshot, _ = await fetch_reading(agent)
    assert snapshot.number(oid("prt.7.1.1.4.1.1")) == 106


async def test_a_localization_that_is_none() -> None:
    agent = RecordedAgent(values({"prt.5.1.1.2.1": -2, "prt.5.1.1.10.1": 0}))
    snapshot, _ = await fetch_reading(agent)
    assert all(part >= 0 for name in agent.asked for part in name)
    assert len(snapshot) == 2


async def test_nothing_is_asked_twice() -> None:
    description = "HP ETHERNET MULTI-ENVIRONMENT,JETDIRECT"
    agent = RecordedAgent(values({"sys.1.0": description, "sys.2.0": oid("e.11.2.3.9.1")}))
    signs = await fetch_signs(agent)
    await fetch_identity(agent, signs)
    assert len(agent.asked) == len(set(agent.asked))
    assert oid("sys.1.0") not in agent.asked  # a profile's source, and known by then
