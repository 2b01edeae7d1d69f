"""Started at sign-in, and as a service that other users of the computer attach to."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.need import ROOT, missing
from tests.support.site import platen
from tests.support.xvfb import screen

SERVICE, OPERATOR, OTHER, GROUP = 64_001, 64_003, 64_004, 64_002


def test_at_sign_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert platen("service", "status").returncode == 1
    assert platen("service", "install").returncode == 0
    entry = (tmp_path / "autostart" / "platen.desktop").read_text()
    assert '"tray"' in entry
    said = platen("service", "status", "--json")
    assert json.loads(said.stdout)["installed"] is True
    assert platen("service", "remove").returncode == 0
    assert platen("service", "status").returncode == 1


def test_a_service_without_the_right_says_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() == 0:
        # As root it would change this computer: as somebody else it must be refused.
        done = as_user(OTHER, ("service", "install", "--machine"), {})
    else:
        done = platen("service", "install", "--machine")
    assert done.returncode == 1
    assert "root" in done.stderr
    assert "Traceback" not in done.stderr


@dataclass(frozen=True)
class Computer:
    """A computer with the agent as a service of an account of its own."""

    folder: Path

    def platen(self, user: int, *arguments: str) -> subprocess.CompletedProcess[str]:
        groups = str(GROUP) if user == OPERATOR else ""
        return as_user(user, arguments, {"PLATEN_MACHINE": str(self.folder)}, groups)


def as_user(
    user: int, arguments: tuple[str, ...], environment: dict[str, str], groups: str = ""
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*identity(user, groups), sys.executable, "-m", "app", *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=90, check=False,
        env=clean(environment), stdin=subprocess.DEVNULL,
    )  # fmt: skip


def identity(user: int, groups: str = "", group: int = 0) -> list[str]:
    """Become another user; the program itself is read with a right that opens no socket."""
    setpriv = shutil.which("setpriv") or missing("setpriv")
    chosen = [f"--groups={groups}"] if groups else ["--clear-groups"]
    reading = ["--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search"]
    needed = [] if readable_by_all() else reading
    return [str(setpriv), f"--reuid={user}", f"--regid={group or user}", *chosen, *needed]


def readable_by_all() -> bool:
    """Whether any user may read this checkout."""
    places = (ROOT, *ROOT.parents, Path(sys.executable).resolve().parent)
    return all(place.stat().st_mode & 0o005 == 0o005 for place in places)


def clean(environment: dict[str, str]) -> dict[str, str]:
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "TZ") if key in os.environ}
    return kept | {"HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"} | environment


@pytest.fixture
def computer(tmp_path: Path) -> Iterator[Computer]:
    if os.geteuid() != 0:
        missing("the right to become other users (root)")
    # Not below tmp_path, which only its owner may enter.
    folder = Path(tempfile.mkdtemp(prefix="platen-machine-"))
    (folder / "data").mkdir()
    (folder / "run").mkdir()
    folder.chmod(0o755)
    os.chown(folder / "data", SERVICE, GROUP)
    (folder / "data").chmod(0o700)
    os.chown(folder / "run", SERVICE, GROUP)
    (folder / "run").chmod(0o750)
    service = subprocess.Popen(
        [
            *identity(SERVICE, group=GROUP), sys.executable, "-m", "app", "agent", "--machine",
            "--page-port", "13050",
        ],
        cwd=ROOT, env=clean({"PLATEN_MACHINE": str(folder), "PLATEN_SECRETS": "file"}),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert service.stdout is not None
    line = service.stdout.readline()
    if not line.startswith("agent ready"):
        service.kill()
        raise AssertionError(service.communicate()[1])
    yield Computer(folder)
    service.terminate()
    service.communicate(timeout=30)
    shutil.rmtree(folder)


def test_operators_attach_and_others_do_not(computer: Computer) -> None:
    operator = computer.platen(OPERATOR, "status", "--json")
    assert operator.returncode == 0, operator.stderr
    status = json.loads(operator.stdout)
    assert status["data_folder"] == str(computer.folder / "data")
    assert status["secrets"]["kind"] == "file"
    begun = time.monotonic()
    other = computer.platen(OTHER, "status")
    assert time.monotonic() - begun < 30
    assert other.returncode == 1
    assert "a group that you are not in" in other.stderr or "No agent" in other.stderr
    assert "Traceback" not in other.stderr


def test_an_operator_works_with_it_as_with_his_own(computer: Computer) -> None:
    paused = computer.platen(OPERATOR, "pause", "15")
    assert paused.returncode == 0, paused.stderr
    said = json.loads(computer.platen(OPERATOR, "status", "--json").stdout)
    assert said["schedule"]["pause"] is not None
    stolen = computer.platen(OTHER, "resume")
    assert stolen.returncode == 1


def test_a_window_of_one_user_on_the_agent_of_another(computer: Computer) -> None:
    socket = computer.folder / "run" / "agent.sock"
    home = Path(tempfile.mkdtemp(prefix="platen-home-"))
    os.chown(home, OPERATOR, OPERATOR)
    try:
        with screen() as shown:
            x11 = {k: shown.environment[k] for k in ("DISPLAY", "QT_QPA_PLATFORM")}
            window = subprocess.Popen(
                [*identity(OPERATOR, str(GROUP)), sys.executable, "-m", "app"],
                cwd=ROOT, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                env=clean(x11 | {"PLATEN_MACHINE": str(computer.folder), "HOME": str(home)}),
            )  # fmt: skip
            try:
                assert shown.window("Platen")
                assert eventually(lambda: connections(socket) > 0)
                # It hosts nothing of its own: there is no other agent's data.
                assert list(home.rglob("store.sqlite")) == []
            finally:
                window.terminate()
                window.communicate(timeout=30)
    finally:
        shutil.rmtree(home)


def connections(socket: Path) -> int:
    """Count who is connected to a socket: in state 03, under its name."""
    lines = Path("/proc/net/unix").read_text().splitlines()
    return sum(line.endswith(f" {socket}") and line.split()[5] == "03" for line in lines)


def eventually(true: Callable[[], bool], seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
