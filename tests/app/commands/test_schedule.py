"""``platen pause | resume | runs | status`` on a real agent."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.support.site import Server, platen


@pytest.fixture
def agent(tmp_path: Path):
    server = Server(["-m", "app", "agent", "--data", str(tmp_path)], tmp_path / "agent.log")
    assert server.ready.startswith("agent ready"), (tmp_path / "agent.log").read_text()
    yield str(tmp_path)
    server.end()


def test_a_pause_is_shown_everywhere_and_ended(agent: str) -> None:
    first = platen("status", "--data", agent)
    assert "Read the devices: not yet run; next " in first.stdout
    paused = platen("pause", "15", "--reason", "the line is slow", "--data", agent)
    assert paused.returncode == 0
    assert re.search(r"Paused until \d{4}-", paused.stdout + paused.stderr)
    said = json.loads(platen("status", "--json", "--data", agent).stdout)
    assert said["schedule"]["pause"]["reason"] == "the line is slow"
    assert "the line is slow" in platen("status", "--data", agent).stdout
    assert platen("resume", "--data", agent).returncode == 0
    said = json.loads(platen("status", "--json", "--data", agent).stdout)
    assert said["schedule"]["pause"] is None


def test_nothing_has_run_yet(agent: str) -> None:
    done = platen("runs", "--data", agent)
    assert done.returncode == 1
    assert "Nothing has run by itself yet." in done.stderr
    assert platen("pause", "0", "--data", agent).returncode == 2
