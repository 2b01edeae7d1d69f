from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.support.need import ROOT

GOOD = """name = "acme"
[match]
object_ids = ["1.3.6.1.4.1.99999"]

[[meters.total]]
oid = "1.3.6.1.4.1.99999.1.0"
"""


def platen(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *map(str, words)],
        cwd=ROOT, env=os.environ | {"COLUMNS": "300"}, capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip


def test_a_profile_that_is_right(tmp_path: Path) -> None:
    path = tmp_path / "acme.toml"
    path.write_text(GOOD)
    done = platen("profiles", "check", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "right: 1 meters. Confirmed by no machine." in done.stdout


def test_a_profile_that_is_wrong_with_its_line(tmp_path: Path) -> None:
    right, wrong = tmp_path / "acme.toml", tmp_path / "other.toml"
    right.write_text(GOOD)
    wrong.write_text(GOOD.replace("99999.1.0", "x"))
    done = platen("profiles", "check", wrong, right)
    assert done.returncode == 1
    assert f"{wrong}, line 6," in done.stderr
    assert "acme.toml: right" in done.stdout


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = platen("profiles", "check", tmp_path / "none.toml")
    assert done.returncode == 2
    assert "There is no file" in done.stderr


def test_the_list_has_ones_own(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "acme.toml").write_text(GOOD)
    done = platen("profiles", "list", "--data", tmp_path, "--json")
    rows = {row["name"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert rows["acme"] == {"name": "acme", "own": True, "verified": [], "meters": ["total"]}
    assert rows["kyocera"]["own"] is False
    assert "scan" in rows["kyocera"]["meters"]


def test_a_folder_of_profiles_that_is_not_there(tmp_path: Path) -> None:
    done = platen("read", "127.0.0.1", "--profiles", tmp_path / "none")
    assert done.returncode == 2
    assert "There is no folder" in done.stderr
