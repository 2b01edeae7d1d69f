"""kill -9 at any moment: no alert is lost, and none is raised twice."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random

from core.store.connection import NAME
from core.store.outbox import unpacked

_SCRIPT = Path(__file__).with_name("judging_script.py")


def _run_and_kill(folder: Path, lines: int, delay: float) -> None:
    child = subprocess.Popen(
        [sys.executable, str(_SCRIPT), str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    try:
        for _ in range(lines + 1):
            child.stdout.readline()
        end = time.perf_counter() + delay
        while time.perf_counter() < end:
            pass  # the moment is what is tried here
    finally:
        child.kill()
    child.stdout.close()
    child.wait()


def test_alerts_are_stored_with_what_they_are_about_or_not_at_all(tmp_path: Path) -> None:
    dice = Random()
    for _ in range(6):
        _run_and_kill(tmp_path, dice.randrange(20, 120), dice.random() * 0.01)
        with closing(sqlite3.connect(tmp_path / NAME)) as db:
            db.row_factory = sqlite3.Row
            (latest,) = db.execute("SELECT body FROM latest").fetchone()
            total = json.loads(latest)["meters"]["total"]
            raised = [
                json.loads(body)["facts"]["passed"]
                for (body,) in db.execute("SELECT body FROM occurrence ORDER BY id")
            ]
            queued = [
                json.loads(unpacked(row))["occurrence"]["facts"]["passed"]
                for row in db.execute(
                    "SELECT body, packed FROM outbox WHERE kind = 'occurrence' ORDER BY sequence"
                )
            ]
            (memory,) = db.execute("SELECT body FROM memory").fetchone()
        assert raised == queued == list(range(10, total + 1, 10))
        assert json.loads(memory)["meters"]["total"]["value"] == total
