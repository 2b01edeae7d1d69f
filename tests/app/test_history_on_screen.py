"""The History view on a screen: window, agent and printers that count are real processes."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from tests.support import waiting
from tests.support.need import ROOT
from tests.support.simulated import simulated
from tests.support.site import site
from tests.support.xvfb import Screen, missing, screen

_NETWORK = "127.57.2.0/29"
_HISTORY = "ctrl+3"  # the third entry of the rail
_EXPORT = (1213, 86)
_PATIENCE = 40.0

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="Xvfb and 127/8 are Linux"),
    pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}"),
]


wait_until = partial(waiting.wait_until, patience=_PATIENCE)


def export(shown: Screen, path: Path) -> bool:
    """Go through the menu to the table, and type its name; says whether it was written."""
    shown.key(_HISTORY)
    shown.click(*_EXPORT)
    time.sleep(0.3)
    for key in ("Home", "Down", "Down", "Down", "Return"):
        shown.key(key)
    if not shown.run("xdotool", "search", "--onlyvisible", "--name", "^Export the history$"):
        shown.key("Escape")
        return False
    shown.key("ctrl+a")
    shown.type(str(path))
    shown.key("Return")
    time.sleep(0.5)
    return path.exists()


def test_what_printers_count_is_seen_and_written(tmp_path: Path) -> None:
    with (
        simulated(_NETWORK, 2, "--speed", "20000", port=1161) as printers,
        site(tmp_path) as made,
        screen() as shown,
    ):
        made.start_agent()
        places = [printer.address for printer in printers]
        assert made.platen("scan", "--port", "1161", "--fast", *places).returncode == 0
        assert made.platen("collect").returncode == 0
        target = tmp_path / "history.csv"
        command = [sys.executable, "-P", "-m", "app", "--data", str(made.agent_data)]
        with subprocess.Popen(command, cwd=ROOT, env=shown.environment) as window:
            try:
                shown.window("Platen")
                for _ in range(3):
                    assert made.platen("collect").returncode == 0
                wait_until(lambda: export(shown, target), "the table")
                shown.picture(tmp_path / "window.png")
            finally:
                window.kill()
        with target.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        volumes = [row for row in rows if row["Value"].startswith("meters.")]
        assert {row["Serial number"] for row in volumes} <= {p.serial for p in printers}
        assert sum(int(row["Volume or last value"] or 0) for row in volumes) > 0
