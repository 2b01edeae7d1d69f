"""Every recorded message, over a real connection, against what was worked out of it by hand."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from core.ipp.network import IppNetwork
from core.ipp.ways import Way
from core.model.identity import Endpoint
from core.model.problem import PlatenError
from core.model.provenance import Source
from core.model.reading import Reading
from core.telemetry.ipp.reader import NAMES, read_by_ipp
from tests.support.ipp_recordings import need_ipp_recordings
from tests.support.need import ROOT
from tests.support.odd_http import always, http, odd_http

pytestmark = pytest.mark.walks

HERE = "127.42.0.2"
EXPECTED: list[dict[str, Any]] = tomllib.loads(
    (ROOT / "tests" / "data" / "expected" / "ipp.toml").read_text(encoding="utf-8")
)["message"]
TOLD = [e for e in EXPECTED if "error" not in e]
IDENTITY = ("vendor", "model", "serial", "mac", "uuid", "hostname", "location", "firmware")


async def read(name: str) -> Reading:
    body = (need_ipp_recordings() / name).read_bytes()
    async with odd_http(always(http(200, body)), address=HERE) as odd, IppNetwork() as network:
        way = Way(odd.port, tls=False)
        endpoint, at = Endpoint(HERE), "2026-01-01T00:00:00Z"
        return (await read_by_ipp(network, endpoint, at, ways=(way,))).reading


def test_no_recording_is_left_out() -> None:
    files = {path.name for path in need_ipp_recordings().iterdir() if path.is_file()}
    assert files == {expected["name"] for expected in EXPECTED}


@pytest.mark.parametrize("expected", EXPECTED, ids=[e["name"] for e in EXPECTED])
async def test_it_gives_a_reading_or_a_named_error(expected: dict[str, Any]) -> None:
    if "error" in expected:
        with pytest.raises(PlatenError) as caught:
            await read(expected["name"])
        assert caught.value.problem.code == expected["error"]
        assert caught.value.problem.remedy
        return
    reading = await read(expected["name"])
    identity = reading.identity
    assert [getattr(identity, key) for key in IDENTITY] == [expected.get(k) for k in IDENTITY]
    assert identity.name == expected.get("printer_name")
    assert reading.meters == {}
    assert reading.engine_life is None
    assert [reading.status.state, list(reading.status.conditions)] == expected["status"]
    assert supplies(reading) == expected["supplies"]
    assert trays(reading) == expected["trays"]
    assert alerts(reading) == expected.get("alerts", [])
    parts = [[s.index, s.description, s.serial] for s in reading.supplies if s.serial]
    assert parts == expected.get("parts", [])
    assert (reading.sources, reading.port) == ((Source.IPP,), 161)
    assert reading.cost is not None
    assert reading.cost.requests == 1


@pytest.mark.parametrize("expected", TOLD, ids=[e["name"] for e in TOLD])
async def test_everything_told_has_its_origin(expected: dict[str, Any]) -> None:
    reading = await read(expected["name"])
    assert {o.source for o in reading.provenance.values()} == {Source.IPP}
    assert {ref for o in reading.provenance.values() for ref in o.refs} <= set(NAMES)
    for supply in reading.supplies:
        for name in ("kind", "color", "description", "level_percent", "state", "serial"):
            if getattr(supply, name) is not None:
                assert reading.observation(f"supplies[{supply.index}].{name}") is not None
    for tray in reading.trays:
        assert reading.observation(f"trays[{tray.index}].state") is not None
    for name in IDENTITY:
        if getattr(reading.identity, name) is not None:
            assert reading.provenance[f"identity.{name}"].raw[0]


def supplies(reading: Reading) -> list[list[Any]]:
    return [
        [
            s.index,
            s.kind,
            s.color or "",
            "" if s.level_percent is None else s.level_percent,
            s.state,
        ]
        for s in reading.supplies
    ]


def trays(reading: Reading) -> list[list[Any]]:
    rows = []
    for tray in reading.trays:
        numbers = (tray.level, tray.capacity, tray.level_percent)
        shown = ["" if number is None else number for number in numbers]
        name = [tray.index, tray.name, tray.media or ""]
        rows.append([*name, *shown, tray.state, list(tray.conditions)])
    return rows


def alerts(reading: Reading) -> list[list[Any]]:
    return [[a.index, a.severity, a.code, a.group, a.location] for a in reading.alerts]
