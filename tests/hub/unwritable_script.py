"""Runs the hub's commands on folders that this user may not use, and says in JSON what came.

Root may do everything, so it becomes nobody first, once everything is imported.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from pathlib import Path

from typer.testing import CliRunner

import hub.serve
from hub.cli import app

_NOBODY = 65534
MORE = {
    "code": ["--customer", "C"],
    "serve": ["--listen", "127.0.0.1:0", "--enrol-listen", "127.0.0.1:0"],
}


def run(name: str, data: Path) -> list[object]:
    result = CliRunner().invoke(app, [name, *MORE.get(name, []), "--data", str(data)])
    if result.exception and not isinstance(result.exception, SystemExit):
        return [result.exit_code, repr(result.exception)]
    found = re.search(r"(cannot be|is not) .*?\.", " ".join(result.stderr.split()))
    return [result.exit_code, found[0] if found else result.stderr]


def warm_up(data: Path) -> None:
    for name in ("init", "code", "agents", "devices", "readings"):
        assert run(name, data)[0] == 0


def main(folder: Path) -> dict[str, list[object]]:
    data = folder / "hub"
    assert CliRunner().invoke(app, ["init", "--data", str(data)]).exit_code == 0
    said: dict[str, list[object]] = {}
    key = data / "authority.key"
    key.chmod(0)
    for name in ("serve", "code"):
        said[f"{name} without its key"] = run(name, data)
    key.chmod(0o600)
    commands = ("serve", "code", "agents", "devices", "readings")
    data.chmod(0)
    for name in commands:
        said[f"{name} closed"] = run(name, data)
    data.chmod(0o500)
    (data / "hub.sqlite").chmod(0o400)
    for name in commands:
        said[f"{name} read-only"] = run(name, data)
    data.chmod(0o700)
    closed = folder / "closed"
    closed.mkdir(mode=0o500)
    said["init"] = run("init", closed)
    return said


if __name__ == "__main__":
    assert hub.serve
    with tempfile.TemporaryDirectory() as name:
        warm_up(Path(name))
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
    with tempfile.TemporaryDirectory() as name:
        sys.stdout.write(json.dumps(main(Path(name))))
