"""A reading gives each value together with where it came from."""

from __future__ import annotations

import json

from core.model.identity import Identity
from core.model.jsonio import to_json
from core.model.provenance import Observation, Provenance, Source
from core.model.reading import (
    DeviceState,
    EngineLife,
    LevelState,
    Reading,
    Status,
    Supply,
    SupplyKind,
)

ORIGIN = Provenance(Source.SNMP, ("1.3.6",), ("62",), "rfc3805")
SUPPLY = Supply("1.1", SupplyKind.TONER, "black", "TK", 62.0, LevelState.OK)
READING = Reading(
    address="127.0.0.1",
    port=1161,
    taken_at="2026-01-01T00:00:00Z",
    sources=(Source.SNMP,),
    identity=Identity(vendor="Kyocera"),
    meters={"total": 76064},
    engine_life=EngineLife(76498, "impressions"),
    supplies=(SUPPLY,),
    trays=(),
    status=Status(DeviceState.IDLE),
    alerts=(),
    provenance=dict.fromkeys(
        (
            "meters.total",
            "supplies[1.1].level_percent",
            "supplies[9.9].level_percent",
            "engine_life",
            "identity.vendor",
            "status.state",
        ),
        ORIGIN,
    ),
)


def test_each_path_leads_to_its_value():
    def value(path: str) -> object:
        seen = READING.observation(path)
        assert seen is not None
        return seen.value

    assert READING.observation("meters.total") == Observation(76064, ORIGIN)
    assert value("supplies[1.1].level_percent") == 62.0
    assert value("engine_life") == EngineLife(76498, "impressions")
    assert value("identity.vendor") == "Kyocera"
    assert value("status.state") is DeviceState.IDLE


def test_a_path_without_provenance_has_no_observation():
    assert READING.observation("meters.color") is None


def test_a_row_that_is_gone_has_no_value():
    seen = READING.observation("supplies[9.9].level_percent")
    assert seen is not None
    assert seen.value is None


def test_the_json_is_the_contract():
    data = json.loads(to_json(READING))
    assert list(data)[:11] == [
        "address", "port", "taken_at", "sources", "identity", "meters", "engine_life",
        "supplies", "trays", "status", "alerts",
    ]  # fmt: skip
    assert set(data["identity"]) == {
        "vendor", "model", "serial", "mac", "uuid", "hostname", "name", "location", "firmware",
    }  # fmt: skip
    assert data["supplies"][0] == {
        "index": "1.1", "kind": "toner", "color": "black", "description": "TK",
        "level_percent": 62.0, "state": "ok", "part": None, "serial": None,
        "remaining_pages": None,
    }  # fmt: skip
    assert data["provenance"]["meters.total"]["refs"] == ["1.3.6"]
