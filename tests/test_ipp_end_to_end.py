"""A printer whose SNMP is off, all the way: found, read, shown and delivered, by real processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.ippeveprinter import ADDRESS, run_ippeveprinter
from tests.support.netns import places
from tests.support.site import platen, platen_hub, site

CONF = """\
ATTR text printer-make-and-model "Acme Marker 9"
ATTR text printer-device-id "MFG:Acme;MDL:Marker 9;SN:AC12345678;"
ATTR name marker-names "Black Toner","Cyan Toner"
ATTR keyword marker-types toner,toner
ATTR name marker-colors "#000000","#00FFFF"
ATTR integer marker-levels 18,-3
ATTR integer marker-low-levels 20,20
ATTR integer marker-high-levels 100,100
ATTR integer printer-impressions-completed 4711
ATTR integer printer-media-sheets-completed 2500
"""
SUPPLIES = [
    {"index": "ipp.1", "kind": "toner", "color": "black", "level_percent": 18.0, "state": "low"},
    {"index": "ipp.2", "kind": "toner", "color": "cyan", "level_percent": None,
     "state": "some_remaining"},
]  # fmt: skip


@pytest.fixture
def printer(tmp_path: Path):
    """A printer at port 631 in a network of its own, which this thread is in until the end."""
    conf = tmp_path / "printer.conf"
    conf.write_text(CONF)
    with places(1) as [home], home.inside(), run_ippeveprinter(631, "-a", str(conf)) as running:
        yield running


def test_it_is_found_read_shown_and_delivered(printer, tmp_path: Path) -> None:
    with site(tmp_path / "site") as here:
        here.folder.mkdir()
        here.start_hub()
        here.start_agent()
        here.enrol()
        found = here.platen("scan", ADDRESS, "--timeout", "0.3", "--fast")
        assert found.returncode == 0, found.stderr
        read = here.platen("collect")
        assert read.returncode == 0, read.stderr
        [row] = [json.loads(x) for x in here.platen("devices", "--json").stdout.splitlines()]
        assert row["device"]["identity"]["serial"] == "AC12345678"
        assert {one["source"] for one in row["device"]["evidence"]} == {"ipp"}
        assert row["problem"] is None
        latest = row["latest"]
        assert latest["status"]["state"] == "idle"
        assert latest["meters"] == {"total": 4711, "sheets": 2500}
        assert [{k: s[k] for k in SUPPLIES[0]} for s in latest["supplies"]] == SUPPLIES
        here.wait_until_delivered()
        told = platen_hub("readings", "--json", "--data", str(here.hub_data))
        [reading] = [json.loads(line) for line in told.stdout.splitlines()]
        assert '"sources":["ipp"]' in json.dumps(reading, separators=(",", ":"))


def test_one_read_says_its_source_and_shows_what_was_said(printer) -> None:
    done = platen("read", ADDRESS, "--timeout", "0.2", "--json", "--trace")
    assert done.returncode == 0, done.stderr
    reading = json.loads(done.stdout)
    assert reading["sources"] == ["ipp"]
    assert reading["port"] == 161
    assert reading["cost"]["bytes_in"] > 500
    asked = reading["trace"][-1]
    assert asked["request"] == "get-printer-attributes"
    assert {"attribute": "marker-levels", "value": "18, -3"} in asked["answer"]
    assert asked["status"].startswith("successful-ok")
    plain = platen("read", ADDRESS, "--timeout", "0.2", "--trace")
    assert "Sources: IPP" in plain.stdout
    assert "marker-levels = 18, -3" in plain.stdout
    nobody = platen("read", "127.42.0.9", "--timeout", "0.2")
    assert nobody.returncode == 1
    assert "127.42.0.9:161" in nobody.stderr
    assert "TCP port 631" in nobody.stderr
    refused = platen("read", ADDRESS, "--ipp-port", "9100")
    assert (refused.returncode, refused.stdout) == (3, "")
