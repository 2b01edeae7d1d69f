"""Settings changed by hand in a real window, on a screen, and seen by the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.need import ROOT
from tests.support.settings_hand import NETWORK, READ_EVERY
from tests.support.xvfb import missing, screen

PASSWORD = "c4nary-settings-password"

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="Xvfb is Linux's"),
    pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}"),
]


def platen(*arguments: str) -> str:
    """Give what the command says."""
    command = [sys.executable, "-P", "-m", "app", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    data = tmp_path / "data"
    yield data
    stop = [sys.executable, "-P", "-m", "app", "agent", "--stop", "--data", str(data)]
    subprocess.run(stop, cwd=ROOT, capture_output=True, timeout=60, check=False)


def shown(folder: Path, key: str) -> Any:
    """Give a setting as `platen settings show` has it."""
    return json.loads(platen("settings", "show", key, "--json", "--data", str(folder)))["value"]


@pytest.mark.timeout(120)
def test_what_is_set_in_the_window_is_set(folder: Path, tmp_path: Path) -> None:
    picture = tmp_path / "settings.png"
    hand = [sys.executable, "-m", "tests.support.settings_hand", str(folder), str(picture)]
    with screen(1280, 800) as display:
        done = subprocess.run(
            hand,
            cwd=ROOT,
            env=display.environment | {"PLATEN_SECRETS": "file", "PYTHONPATH": str(ROOT)},
            input=PASSWORD + "\n",
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert shown(folder, "schedule.read_every") == int(READ_EVERY)
    assert shown(folder, "privacy.macs") == "mask"
    (segment,) = shown(folder, "discovery.segments")
    assert segment["targets"] == [NETWORK]
    assert segment["versions"] == ["3", "2c", "1"]
    assert segment["credentials"] == "office"
    listed = platen("credentials", "list", "--json", "--data", str(folder)).splitlines()
    kept = {each["name"]: each for each in map(json.loads, listed)}
    assert kept["office"] == {"name": "office", "communities": 0, "users": 1, "logins": 0}
    told = done.stdout + done.stderr + (folder / "settings.toml").read_text()
    told += "".join(path.read_text() for path in folder.rglob("*.log"))
    assert PASSWORD not in told
    assert PASSWORD in (folder / "secrets.json").read_text()
    assert (folder / "secrets.json").stat().st_mode & 0o077 == 0
