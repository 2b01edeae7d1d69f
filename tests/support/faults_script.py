"""A disk of its own under a real agent: ``python -m tests.support.faults_script DISK TARGETS``.

Runs where a small file system is mounted at DISK; says in JSON what the agent did and said.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support.site import Server, platen


def status(folder: Path) -> dict[str, Any]:
    return dict(json.loads(platen("status", "--json", "--data", str(folder)).stdout))


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            pass


def main(disk: Path, targets: str) -> dict[str, Any]:
    data, ballast, log = disk / "data", disk / "ballast", disk.parent / "agent.log"
    command = ["-m", "app", "agent", "--data", str(data)]
    told: dict[str, Any] = {}
    agent = Server(command, log)
    here = ("--data", str(data))
    assert platen("scan", targets, "--port", "1161", "--fast", *here).returncode == 0
    assert platen("collect", *here).returncode == 0
    before = status(data)["waiting"]
    fill(ballast)
    for _ in range(50):  # what was reserved before may take a few more
        done = platen("collect", *here)
        if done.returncode:
            break
    said = [line for line in done.stderr.splitlines() if line.startswith("platen:")]
    told["full"] = said[0] if said else done.stderr
    full = status(data)
    told["said"] = full["problem"]["code"]
    told["kept"] = full["waiting"] >= before
    told["alive"] = agent.process.poll() is None
    ballast.unlink()
    told["after_room"] = platen("collect", *here).returncode
    told["said_after"] = (status(data)["problem"] or {}).get("code")
    told["grew"] = status(data)["waiting"] > full["waiting"]
    told["ended"] = agent.end()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    try:
        agent = Server(command, log)
        told["read_only"] = agent.died()
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    told["read_only_said"] = [s for s in log.read_text().splitlines() if s.startswith("platen:")]
    agent = Server(command, log)
    told["whole"] = status(data)["waiting"] >= full["waiting"]
    agent.end()
    return told


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), sys.argv[2])))
