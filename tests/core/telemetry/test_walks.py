"""Every recording, against what was worked out of its rows by hand."""

from __future__ import annotations

from typing import Any

import pytest

from core.model.provenance import Confidence
from core.model.reading import DeviceState, Reading
from core.telemetry.identify import identify
from core.telemetry.profile import METER_KEYS
from core.telemetry.reader import read_printers
from tests.support.expected import ENDPOINT, EXPECTED, by_name, expected_meters
from tests.support.recorded import recordings, walk

pytestmark = pytest.mark.walks


async def read(name: str) -> Reading:
    (reading,) = await read_printers(walk(name), ENDPOINT, "2026-01-01T00:00:00Z")
    return reading


def test_no_recording_is_left_out() -> None:
    if not recordings():
        pytest.skip("no folder of recordings")
    assert {path.stem for path in recordings()} <= {e["name"] for e in EXPECTED}


@by_name
async def test_identity(expected: dict[str, Any]) -> None:
    identity = (await read(expected["name"])).identity
    found = (identity.vendor, identity.model, identity.serial, identity.mac)
    assert found == tuple(expected.get(key) for key in ("vendor", "model", "serial", "mac"))


@by_name
async def test_discovery_says_the_same_as_a_reading(expected: dict[str, Any]) -> None:
    (found,) = await identify(walk(expected["name"]))
    assert found.is_printer
    assert found.why
    assert found.identity == (await read(expected["name"])).identity
    assert found.device_index is None


@by_name
async def test_life(expected: dict[str, Any]) -> None:
    reading = await read(expected["name"])
    life = reading.engine_life
    assert (None if life is None else [life.value, life.unit]) == expected.get("life")
    assert reading.meters == expected_meters(expected)
    assert set(reading.meters) <= METER_KEYS


@by_name
async def test_meters_explain_themselves(expected: dict[str, Any]) -> None:
    reading = await read(expected["name"])
    for key in expected.get("meters", {}):
        origin = reading.provenance[f"meters.{key}"]
        assert origin.confidence is Confidence.PROFILE, key
        assert origin.rule.startswith("profile "), key
    codes = {note.code for note in reading.notes}
    assert ("life_differs" in codes) is (expected["name"] in {"kyocera_cs4053ci", "konica_c250i"})
    assert "meters_disagree" not in codes


async def test_a_scan_counter_that_is_nonsense() -> None:
    reading = await read("jetdirect_m130nw")
    refused = reading.provenance["meters.scan_host"]
    assert "10884743" in refused.raw
    assert refused.confidence is Confidence.DOUBTFUL
    assert "scan_host" not in reading.meters
    (note,) = [note for note in reading.notes if note.code == "meter_implausible"]
    assert "10884743" in note.text


@by_name
async def test_supplies(expected: dict[str, Any]) -> None:
    found = [
        [
            s.index,
            s.kind,
            s.color or "",
            "" if s.level_percent is None else s.level_percent,
            s.state,
            *([] if s.remaining_pages is None else [s.remaining_pages]),
        ]
        for s in (await read(expected["name"])).supplies
    ]
    assert found == expected.get("supplies", [])


@by_name
async def test_every_value_says_where_it_is_from(expected: dict[str, Any]) -> None:
    reading = await read(expected["name"])
    for path, origin in reading.provenance.items():
        assert reading.observation(path) is not None
        assert len(origin.refs) == len(origin.raw), path
        assert origin.rule, path
    told = {name: value for name, value in values_of(reading).items() if value is not None}
    assert set(told) <= set(reading.provenance)


def values_of(reading: Reading) -> dict[str, object]:
    identity = reading.identity
    return {
        **{f"identity.{name}": getattr(identity, name) for name in type(identity).__slots__},
        **{f"meters.{name}": value for name, value in reading.meters.items()},
        "engine_life": reading.engine_life,
        "status.state": reading.status.state,
        "status.conditions": reading.status.conditions or None,
        "status.display": reading.status.display or None,
        **{
            f"supplies[{row.index}].{name}": getattr(row, name)
            for row in reading.supplies
            for name in (
                "kind",
                "color",
                "description",
                "level_percent",
                "state",
                "part",
                "serial",
                "remaining_pages",
            )
        },
        **{
            f"trays[{row.index}].{name}": getattr(row, name)
            for row in reading.trays
            for name in ("name", "description", "media", "level", "capacity", "level_percent")
        },
        **{f"alerts[{row.index}]": row for row in reading.alerts},
    }


async def test_a_sleeping_machine_that_calls_itself_idle() -> None:
    reading = await read("brother_full")
    assert reading.status.state is DeviceState.SLEEP
    assert reading.status.display == ("Sleep",)
    assert reading.alerts == ()  # its only row says "Sleep"


async def test_bits_of_the_error_state() -> None:
    assert (await read("sharp")).status.conditions == ("low_toner",)
    assert (await read("konica_c250i")).status.conditions == ("service_requested",)
    assert (await read("okilan_9450g")).status.conditions == ()


async def test_ready_is_no_alert() -> None:
    reading = await read("epson_sc")
    assert reading.alerts == ()
    assert reading.status.state is DeviceState.IDLE


async def test_part_and_serial_are_split_off() -> None:
    supplies = {s.index: s for s in (await read("xerox")).supplies}
    black = supplies["1.1"]
    assert (black.description, black.part) == ("Black Toner", "006R01509")
    assert black.serial == "48178080E0000481"
    fuser = supplies["1.9"]
    assert (fuser.description, fuser.part, fuser.serial) == ("Fuser", None, None)


async def test_texts_of_a_recording_in_its_own_octets() -> None:
    trays = {t.index: t for t in (await read("kyocera_cs4053ci")).trays}
    assert trays["1.3"].description == "Cassette 2"
    assert (trays["1.3"].level, trays["1.3"].capacity, trays["1.3"].level_percent) == (
        150,
        500,
        30.0,
    )


async def test_what_a_cartridge_holds_is_a_guess() -> None:
    reading = await read("jetdirect")
    assert reading.provenance["supplies[1.1].kind"].confidence is Confidence.DOUBTFUL
    assert reading.provenance["supplies[1.1].color"].confidence is Confidence.STANDARD


async def test_host_names_and_places() -> None:
    kyocera = (await read("kyocera_cs4053ci")).identity
    assert kyocera.hostname == "KM65E2B9"  # told as its serial number by others
    zebra = (await read("zebra")).identity
    assert (zebra.hostname, zebra.location) == ("6NM1PAS_AB07", "Booth 7")
    assert (await read("epson")).identity.location is None  # "<private>"
