"""A whole site in real processes: a hub and an agent, started, asked and killed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from core.channel.address import AgentAwayError
from core.channel.client import AgentClient
from core.model.action import ActionKind, CollectArguments
from tests.support.need import ROOT

_PATIENCE = 30.0


def platen(*arguments: str, timeout: float = 90.0) -> subprocess.CompletedProcess[str]:
    """Run ``platen ARGUMENTS`` to its end."""
    return _run("app", arguments, timeout)


def platen_hub(*arguments: str, timeout: float = 60.0) -> subprocess.CompletedProcess[str]:
    """Run ``platen-hub ARGUMENTS`` to its end."""
    return _run("hub", arguments, timeout)


def _run(module: str, arguments: Sequence[str], timeout: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        stdin=subprocess.DEVNULL,
    )


class Server:
    """A process that says one line when it is ready."""

    def __init__(self, command: Sequence[str], log: Path) -> None:
        self.log = log
        with log.open("ab") as errors:
            self.process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=errors,
                stdin=subprocess.DEVNULL,
                text=True,
            )
        assert self.process.stdout is not None
        self.ready = self.process.stdout.readline().strip()

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it with a signal and give its exit status."""
        self.process.send_signal(number)
        status = self.process.wait(_PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return status

    def died(self) -> int:
        """Wait until it has ended by itself and give its exit status."""
        status = self.process.wait(_PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return status


class Site:
    """One folder with a hub's and an agent's data, and the processes on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.agent_data, self.hub_data = folder / "agent", folder / "hub"
        self.hub: Server | None = None
        self.agent: Server | None = None
        self.uplink = self.enrolment = "127.0.0.1:0"

    def start_hub(self, *launcher: str) -> None:
        """Start the hub, at the same ports as before; made first where there is none."""
        if not self.hub_data.exists():
            made = platen_hub("init", "--name", "Dealer", "--data", str(self.hub_data))
            assert made.returncode == 0, made.stderr
        listen = ("--listen", self.uplink, "--enrol-listen", self.enrolment)
        command = launcher or ("-m", "hub")
        self.hub = Server(
            [*command, "serve", "--data", str(self.hub_data), *listen], self.folder / "hub.log"
        )
        words = dict(word.split("=") for word in self.hub.ready.split() if "=" in word)
        assert words, self.hub.log.read_text()
        self.uplink, self.enrolment = words["uplink"], words["enrolment"]

    def start_agent(self, *launcher: str) -> None:
        """Start the agent."""
        command = launcher or ("-m", "app")
        self.agent = Server(
            [*command, "agent", "--data", str(self.agent_data)], self.folder / "agent.log"
        )
        assert self.agent.ready.startswith("agent ready"), self.agent.log.read_text()

    def enrol(self) -> None:
        """Enrol the running agent at the running hub."""
        made = platen_hub("code", "--customer", "C", "--json", "--data", str(self.hub_data))
        code = json.loads(made.stdout)["code"]
        done = self.platen("enrol", "--hub", self.enrolment, "--code", code)
        assert done.returncode == 0, done.stderr

    def platen(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command on this site's agent."""
        return platen(*arguments, "--data", str(self.agent_data))

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Collect again and again from another thread, whatever happens to the agent."""
        ended = threading.Event()
        thread = threading.Thread(target=lambda: asyncio.run(self._collect(ended)))
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join(_PATIENCE)

    async def _collect(self, ended: threading.Event) -> None:
        while not ended.is_set():
            with contextlib.suppress(AgentAwayError):
                client = await AgentClient.connect(self.agent_data)
                try:
                    async for _ in client.do(ActionKind.COLLECT, CollectArguments()):
                        if ended.is_set():
                            break
                finally:
                    await client.close()
            await asyncio.sleep(0.05)

    def agent_keys(self) -> list[str]:
        """The keys of the readings that the agent keeps whole."""
        with sqlite3.connect(self.agent_data / "store.sqlite") as db:
            rows = db.execute("SELECT key FROM reading").fetchall()
        db.close()
        return [str(key) for (key,) in rows]

    def agent_stored(self) -> int:
        """How many readings the agent has ever stored: it keeps the last ones of a device whole,
        and the newest row has the highest number.
        """
        with sqlite3.connect(self.agent_data / "store.sqlite") as db:
            found = db.execute("SELECT max(id) FROM reading").fetchone()
        db.close()
        return int(found[0] or 0)

    def hub_keys(self) -> list[str]:
        """The keys of all readings that the hub has stored."""
        with sqlite3.connect(self.hub_data / "hub.sqlite") as db:
            rows = db.execute("SELECT key FROM reading").fetchall()
        db.close()
        return [str(key) for (key,) in rows]

    def wait_until_delivered(self) -> None:
        """Wait until nothing waits any more."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            done = self.platen("status", "--json")
            if done.returncode == 0 and json.loads(done.stdout)["waiting"] == 0:
                return
            time.sleep(0.2)
        raise AssertionError(f"still waiting: {done.stdout} {done.stderr}")

    def close(self) -> None:
        """Kill what still runs."""
        for server in (self.agent, self.hub):
            if server is not None and server.process.poll() is None:
                server.end(signal.SIGKILL)


@contextmanager
def site(folder: Path) -> Iterator[Site]:
    """Give a site, and clean up after it."""
    made = Site(folder)
    try:
        yield made
    finally:
        made.close()
