"""A dealer's hub, printers and an agent in processes of their own, and what one of them uses."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.channel.address import AgentAwayError
from core.channel.client import AgentClient

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Used:
    """What a process has used so far: seconds of processor, times that it was woken."""

    cpu: float
    woken: int


class Process:
    """A process that says one line when it is ready."""

    def __init__(self, *command: str, log: Path, environment: dict[str, str]) -> None:
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env=os.environ | environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self.pid = self._process.pid

    def line(self) -> str:
        """Give the next line that it says."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def used(self) -> Used:
        """Add up all of its threads."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        woken = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            for row in (task / "status").read_text().splitlines():
                if row.startswith(("voluntary_ctxt", "nonvoluntary_ctxt")):
                    woken += int(row.split()[1])
        return Used((int(fields[11]) + int(fields[12])) / TICKS, woken)

    def memory(self) -> dict[str, float]:
        """Give megabytes (10^6): resident, and what is its own alone."""
        rows = Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines()[1:]
        found = {row.split(":")[0]: float(row.split()[1]) * 1024 for row in rows}
        own = found["Private_Clean"] + found["Private_Dirty"]
        return {"resident_mb": round(found["Rss"] / 1e6, 1), "own_mb": round(own / 1e6, 1)}

    def end(self) -> None:
        """Tell it to end, and see that it does."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)


@contextmanager
def running(
    *command: str, log: Path, environment: dict[str, str] | None = None
) -> Iterator[Process]:
    """Run one for a while."""
    made = Process(*command, log=log, environment=environment or {})
    try:
        yield made
    finally:
        made.end()


async def answers(folder: Path) -> None:
    """Wait until the agent of a folder can be spoken to."""
    for _ in range(300):
        try:
            client = await AgentClient.connect(folder)
        except AgentAwayError:
            await asyncio.sleep(0.1)
        else:
            await client.close()
            return
    raise SystemExit(f"the agent of {folder} does not answer")


def ask(module: str, *arguments: str) -> Any:
    """Run a command to its end; gives its first line as JSON, if it is."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)}: {done.stderr}")
    first = done.stdout.splitlines()[0] if done.stdout else ""
    return json.loads(first) if first.startswith("{") else None


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Give the environment of a screen in memory; without Xvfb, of none."""
    read, write = os.pipe()
    try:
        process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
            pass_fds=(write,),
            stderr=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        yield {"QT_QPA_PLATFORM": "offscreen"}
        return
    display = os.read(read, 20).decode().strip()
    try:
        yield {"DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        process.terminate()
        process.wait(10)
        time.sleep(0)
        os.close(read)
        os.close(write)
