"""From nothing to printers that are read and a dealer that gets them, in a window on a screen."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.hub import Hub
from tests.support.need import ROOT
from tests.support.simulated import simulated
from tests.support.xvfb import missing, screen

NETWORK = "127.58.3.0/28"
PORT = 1161

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="Xvfb and 127/8 are Linux"),
    pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}"),
]


def platen(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "app", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    data = tmp_path / "data"
    yield data
    platen("agent", "--stop", "--data", str(data))


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    made = Hub(tmp_path / "hub")
    made.make("Harbour Print")
    made.start()
    yield made
    made.close()


@pytest.mark.timeout(150)
def test_a_stranger_sets_platen_up(folder: Path, hub: Hub, tmp_path: Path) -> None:
    network = f"{NETWORK}:{PORT}"
    code = hub.code("Harbour Street Dental")
    hand = ["-m", "tests.support.first_run_hand", str(folder), hub.enrolment, network]
    with simulated(NETWORK, 5, port=PORT) as printers, screen(1280, 800) as display:
        done = subprocess.run(
            [sys.executable, *hand, str(tmp_path)],
            cwd=ROOT,
            env=display.environment | {"PLATEN_SECRETS": "file", "PYTHONPATH": str(ROOT)},
            input=code + "\n",
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        told = json.loads(done.stdout.splitlines()[-1])
        assert told["said"] == f"{len(printers)} printers found, {len(printers)} read"
        assert told["rows"] == len(printers)
        assert told["set_up"] == 1
        # A mistake and the way out of the last step included.
        assert told["clicks"] <= 6
        assert told["seconds"] < 120
        assert told["checks"].pop("refused")
        assert {"proxy", "dns", "tcp", "tls", "certificate", "clock"} == set(told["checks"])
        assert "failed" not in told["checks"].values()
        status = json.loads(platen("status", "--json", "--data", str(folder)).stdout)
    assert status["hub"]["enrolled"]
    assert status["hub"]["customer"] == "Harbour Street Dental"
    assert [segment["targets"] for segment in status["segments"]] == [[network]]
    kept = "".join(p.read_text(errors="replace") for p in folder.rglob("*.log"))
    assert code not in done.stdout + done.stderr + kept
