"""Recordings of real printers, served by a real SNMP agent, through the real commands."""

from __future__ import annotations

import asyncio
import json
import sys
import tomllib

import pytest

from tests.support.need import ROOT, need_walks
from tests.support.site import platen
from tests.support.snmpsim import serve_walks

pytestmark = [pytest.mark.walks, pytest.mark.timeout(300)]

PORT = 1161
EXPECTED = {
    row["name"]: row
    for row in tomllib.loads((ROOT / "tests/data/expected/walks.toml").read_text())["walk"]
}


@pytest.fixture(scope="module")
def places():
    files = sorted(need_walks().glob("*.snmprec"))
    assert files
    placed = {f"127.22.0.{number}": path for number, path in enumerate(files, 1)}
    with serve_walks(placed, PORT):
        yield {address: path.stem for address, path in placed.items()}


@pytest.fixture(scope="module")
def found(places):
    done = platen("discover", "127.22.0.0/24", "--port", str(PORT), "--json")
    assert done.returncode == 0, done.stderr
    return {row["address"]: row for row in map(json.loads, done.stdout.splitlines())}


async def read_all(addresses):
    """Run ``platen read`` for each, four at a time."""
    gate = asyncio.Semaphore(4)

    async def one(address):
        async with gate:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "app", "read", address, "--port", str(PORT), "--json",
                cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            )  # fmt: skip
            out, errors = await process.communicate()
            assert process.returncode == 0, (address, errors.decode())
            return address, json.loads(out)

    return dict(await asyncio.gather(*map(one, addresses)))


@pytest.fixture(scope="module")
def readings(places):
    return asyncio.run(read_all(places))


def test_every_recording_is_found_and_none_else(places, found):
    assert set(found) == set(places)


def test_every_vendor_model_serial_and_mac_is_right(places, found, readings):
    for address, name in places.items():
        expected = EXPECTED[name]
        for row in (found[address], readings[address]["identity"]):
            for key in ("vendor", "model", "serial", "mac"):
                assert row[key] == expected.get(key), (name, key)
        assert found[address]["evidence"][0]["source"] == "snmp"


def test_every_meter_and_supply_is_right(places, readings):
    for address, name in places.items():
        expected, reading = EXPECTED[name], readings[address]
        life = reading["engine_life"]
        assert (life and [life["value"], life["unit"]]) == expected.get("life"), name
        assert reading["meters"] == _meters(expected), name
        supplies = [
            [s["index"], s["kind"], s["color"] or "", _percent(s), s["state"], *_remaining(s)]
            for s in reading["supplies"]
        ]
        assert supplies == expected.get("supplies", []), name


def _meters(expected):
    life = expected.get("life", [None, None])
    name = {"sheets": "sheets", "impressions": "total", "unknown": "total"}.get(life[1])
    return ({name: life[0]} if name else {}) | expected.get("meters", {})


def _remaining(supply):
    return [] if supply["remaining_pages"] is None else [supply["remaining_pages"]]


def _percent(supply):
    return "" if supply["level_percent"] is None else supply["level_percent"]


def test_every_value_says_where_it_came_from(readings):
    for reading in readings.values():
        origins = reading["provenance"]
        for key in reading["meters"]:
            assert origins[f"meters.{key}"]["refs"]
        for supply in reading["supplies"]:
            path = f"supplies[{supply['index']}]"
            assert origins[f"{path}.state"]["refs"]
            assert (f"{path}.level_percent" in origins) >= (supply["level_percent"] is not None)
        for key, value in reading["identity"].items():
            assert value is None or f"identity.{key}" in origins
        assert reading["cost"]["requests"] > 0
