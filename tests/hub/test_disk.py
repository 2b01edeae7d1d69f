"""Disks that are full or may not be written: named, and nothing acknowledged is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.need import ROOT, missing, need

SCRIPTS = Path(__file__).parent


def on_a_small_disk(tmp_path: Path, script: str) -> dict[str, object]:
    """Run a script in a mount namespace of its own, with a disk of 12 MB as its argument."""
    if sys.platform != "linux":
        pytest.skip("small disks are made with the namespaces of Linux")
    disk = tmp_path / "disk"
    disk.mkdir()
    unshare = [need("unshare"), "--mount"]
    if os.geteuid() != 0:
        unshare += ["--user", "--map-root-user"]
    mount = f"mount -t tmpfs -o size=12m,mode=700 tmpfs '{disk}'"
    tried = subprocess.run([*unshare, "sh", "-c", mount], check=False, capture_output=True)
    if tried.returncode:
        missing("no file system may be mounted here, not even in a namespace")
    run = f'{mount} && exec "$0" "$@"'
    return answer_of([*unshare, "sh", "-c", run, sys.executable, str(SCRIPTS / script), str(disk)])


def answer_of(command: list[str]) -> dict[str, object]:
    done = subprocess.run(
        command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=100
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return dict(json.loads(done.stdout))


def test_a_full_disk_is_named_and_nothing_is_lost(tmp_path: Path) -> None:
    full = "hub_disk_full: The hub has no room left on its disk."
    assert on_a_small_disk(tmp_path, "small_disk_script.py") == {
        "full": full,
        "again": full,
        "enrolment": full,
        "acknowledged": True,
        "lost": 0,
        "kept by the agent": True,
        "with room": "",
        "enrolment with room": "",
        "in the end": True,
        "integrity": "ok",
    }


@pytest.mark.skipif(sys.platform == "win32", reason="permission bits are those of POSIX")
def test_a_folder_that_may_not_be_used_is_named_by_every_command() -> None:
    said = answer_of([sys.executable, str(SCRIPTS / "unwritable_script.py")])
    assert said.pop("init") == [1, "cannot be written: Permission denied."]
    for name in ("serve", "code"):
        assert said.pop(f"{name} without its key") == [1, "cannot be used: Permission denied."]
    for name in ("serve", "code", "agents", "devices", "readings"):
        assert said.pop(f"{name} closed") == [2, "is not readable."]
        assert said.pop(f"{name} read-only") == [1, "cannot be written: Permission denied."]
    assert said == {}
