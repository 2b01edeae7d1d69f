"""A disk of a few megabytes for one program, in a mount namespace of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.need import ROOT, missing, need


def on_a_small_disk(folder: Path, program: Path, megabytes: int) -> dict[str, object]:
    """Run a Python program with such a disk as its argument; gives the JSON that it prints.

    ``folder`` is where the disk is mounted. Skips where the system is not Linux.
    """
    if sys.platform != "linux":
        pytest.skip("small disks are made with the namespaces of Linux")
    disk = folder / "disk"
    disk.mkdir()
    unshare = [need("unshare"), "--mount"]
    if os.geteuid() != 0:
        unshare += ["--user", "--map-root-user"]
    mount = f"mount -t tmpfs -o size={megabytes}m,mode=700 tmpfs '{disk}'"
    tried = subprocess.run([*unshare, "sh", "-c", mount], check=False, capture_output=True)
    if tried.returncode:
        missing("no file system may be mounted here, not even in a namespace")
    run = f'{mount} && exec "$0" "$@"'
    return answer_of([*unshare, "sh", "-c", run, sys.executable, str(program), str(disk)])


def answer_of(command: list[str]) -> dict[str, object]:
    """Run a program that must end well, without a traceback; gives the JSON that it prints."""
    done = subprocess.run(
        command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=100
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return dict(json.loads(done.stdout))
