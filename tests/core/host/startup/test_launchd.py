"""What would be written and called on a Mac; launchd itself is not here."""

from __future__ import annotations

import plistlib
from pathlib import Path

import pytest

from core.host.errors import HostError
from core.host.startup.launchd import LABEL, LaunchAgent, LaunchDaemon
from core.host.startup.manager import Program, Ran

PROGRAM = Program(("/Applications/Platen.app/Contents/MacOS/platen", "tray"))


def test_an_agent_of_the_user(tmp_path: Path) -> None:
    asked: list[tuple[str, ...]] = []

    def run(command) -> Ran:
        asked.append(tuple(command))
        return Ran(0, "state = running")

    agent = LaunchAgent(tmp_path, run)
    agent.install(PROGRAM)
    path = tmp_path / "Library" / "LaunchAgents" / f"{LABEL}.plist"
    content = plistlib.loads(path.read_bytes())
    assert content["ProgramArguments"] == list(PROGRAM.command)
    assert content["KeepAlive"] == {"SuccessfulExit": False}
    assert asked[-1][:2] == ("launchctl", "bootstrap")
    assert agent.status().running
    agent.remove()
    assert not agent.status().installed


def test_a_daemon_has_an_account_of_its_own(tmp_path: Path) -> None:
    daemon = LaunchDaemon(lambda _: Ran(0, ""), tmp_path / "d.plist")
    daemon.install(PROGRAM)
    assert plistlib.loads((tmp_path / "d.plist").read_bytes())["UserName"] == "_platen"


def test_a_refusal_is_said(tmp_path: Path) -> None:
    daemon = LaunchDaemon(lambda _: Ran(5, "Operation not permitted"), tmp_path / "d.plist")
    with pytest.raises(HostError) as caught:
        daemon.install(PROGRAM)
    assert "Operation not permitted" in caught.value.problem.text
