"""A leak planted where a search learns its credentials is caught; without the net it is found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.canaries import search
from tests.support.canary_site import SECRETS, WHOLE_SET
from tests.support.need import ROOT
from tests.support.site import Server

_LEAKS = {
    "communities": ["community of a set"],
    "passwords": ["v3 authentication", "v3 privacy"],
    "logins": ["web user", "web password"],
}
_SEGMENT = (
    '[{name="a", targets=["127.64.9.1"], port=1161, versions=["3", "2c"], credentials="all"}]'
)


def _platen(data: Path, *arguments: str, typed: str = "") -> None:
    """Run a command; a search that nobody answers ends with status 1."""
    subprocess.run(
        [sys.executable, "-m", "app", *arguments, "--data", str(data)],
        cwd=ROOT, input=typed, text=True, capture_output=True, timeout=60,
        check=arguments[0] != "scan",
    )  # fmt: skip


def _said(folder: Path) -> dict[str, bytes]:
    """Search an approved segment that has the whole set; give all that the agent wrote."""
    data, log = folder / "data", folder / "agent.log"
    agent = Server(["-m", "tests.support.leaking_agent", "agent", "--data", str(data)], log)
    try:
        assert agent.ready.startswith("agent ready"), log.read_text()
        _platen(data, "credentials", "set", "all", "--from", "-", typed=json.dumps(WHOLE_SET))
        _platen(data, "settings", "set", "discovery.segments", _SEGMENT)
        _platen(data, "scan", "--fast")
    finally:
        agent.process.kill()
        agent.process.wait(10)
        assert agent.process.stdout is not None
        agent.process.stdout.close()
    return {"log": log.read_bytes(), "file": (data / "logs" / "agent.log").read_bytes()}


@pytest.mark.parametrize("what", _LEAKS)
def test_a_planted_leak_is_found_where_nothing_takes_it_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setitem(os.environ, "PLATEN_LEAK", what)
    monkeypatch.setitem(os.environ, "PLATEN_DISARMED", "1")
    said, secrets = _said(tmp_path), [SECRETS[name] for name in _LEAKS[what]]
    assert {hit.place for hit in search(said, secrets)} == {"log", "file"}
    assert {hit.value for hit in search(said, secrets)} == set(secrets)


@pytest.mark.parametrize("what", _LEAKS)
def test_what_takes_known_secrets_out_stops_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setitem(os.environ, "PLATEN_LEAK", what)
    said = _said(tmp_path)
    assert all(b"tried " in text for text in said.values())
    assert not search(said, SECRETS.values())
