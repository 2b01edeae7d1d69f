"""A whole site that does everything, failures too, while all that it says is kept for a search."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from tests.support import canary_acts
from tests.support.canary_values import JOBS, SECRETS
from tests.support.hub import Hub, running_hub
from tests.support.need import ROOT
from tests.support.site import Server


@dataclass
class Told:
    """What was said, and where. ``outside`` is what leaves the building or may (hub, logs, page,
    bundle); ``shown`` are values of the same kinds as the hidden ones that may leave.
    """

    secrets: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    jobs: dict[str, str] = field(default_factory=dict)
    outside: dict[str, bytes] = field(default_factory=dict)
    inside: dict[str, bytes] = field(default_factory=dict)
    kept: dict[str, bytes] = field(default_factory=dict)  # where secrets belong
    answers: list[bytes] = field(default_factory=list)  # of a printer that is asked for jobs
    left_out_keys: list[str] = field(default_factory=list)  # devices of which nothing is told
    left_out: list[dict[str, Any]] = field(default_factory=list)  # the same, as the hub has them
    delivered: int = 0
    occurrences: list[str] = field(default_factory=list)  # as the hub has them
    bundles: list[dict[str, Any]] = field(default_factory=list)

    @property
    def everywhere(self) -> dict[str, bytes]:
        return {**self.inside, **self.outside}


class Site:
    """The commands of a person at the machine, each with all that can be seen of it."""

    def __init__(self, folder: Path, hub: Hub, told: Told) -> None:
        self.folder, self.hub, self.told = folder, hub, told
        self.data = folder / "data"
        self._count = count(1)

    def platen(self, *arguments: str, typed: str = "", module: str = "app") -> str:
        """Run a command to its end; its arguments and environment are read while it waits."""
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments, "--data", str(self.data)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        name = f"command {next(self._count)} ({' '.join(arguments[:2])})"
        self.see(name, process.pid)
        out, errors = process.communicate(typed.encode(), timeout=60)
        self.told.inside[f"{name}, standard output"] = out
        self.told.inside[f"{name}, standard error"] = errors
        return out.decode()

    def together(self, commands: Sequence[tuple[str, ...]], typed: Sequence[str] = ()) -> None:
        """Run commands that have nothing to do with each other side by side."""
        lines = [*typed, *[""] * (len(commands) - len(typed))]
        with ThreadPoolExecutor(4) as pool:
            runs = [
                pool.submit(self.platen, *command, typed=line)
                for command, line in zip(commands, lines, strict=True)
            ]
            for run in runs:
                run.result()

    def see(self, name: str, pid: int) -> None:
        """Read what every user of the computer can see of a process, and what its owner can."""
        for file in ("cmdline", "environ"):
            self.told.inside[f"{name}, /proc {file}"] = Path(f"/proc/{pid}/{file}").read_bytes()

    def rows(self, *arguments: str) -> list[dict[str, Any]]:
        """Run a command with --json and give its rows."""
        return [json.loads(line) for line in self.platen(*arguments, "--json").splitlines()]

    def files(self, folder: Path, what: str) -> dict[str, bytes]:
        """Read every file below a folder; what is packed, unpacked too."""
        paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        found = {f"{what}: {path.relative_to(folder)}": path.read_bytes() for path in paths}
        for path in paths:
            if path.suffix == ".sqlite":
                found[f"{what}: {path.name}, unpacked"] = _unpacked(path)
            if path.suffix == ".zip":
                found |= unzipped(path, f"{what}: {path.relative_to(folder)}")
        return found


def unzipped(path: Path, what: str) -> dict[str, bytes]:
    """Read all that is in a bundle."""
    with ZipFile(path) as bundle:
        return {f"{what}: {name}": bundle.read(name) for name in bundle.namelist()}


def _unpacked(path: Path) -> bytes:
    """Give every value of a database, what is compressed in it too."""
    parts: list[bytes] = []
    with closing(sqlite3.connect(path)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for row in database.execute(f'SELECT * FROM "{table}"'):
                parts += [_plain(value) for value in row]
    return b"\n".join(parts)


def _plain(value: object) -> bytes:
    if not isinstance(value, bytes):
        return str(value).encode()
    try:
        return zlib.decompress(value)
    except zlib.error:
        return value


@contextmanager
def canary_site(folder: Path) -> Iterator[Told]:
    """Do everything, and give all that was said."""
    told = Told(secrets=dict(SECRETS), jobs=dict(JOBS))
    wire = folder / "wire"
    os.environ["PLATEN_WIRE"] = str(wire)
    recorder = ("-m", "tests.support.recording_hub")
    try:
        with running_hub(folder / "hub", launcher=recorder) as hub:
            site = Site(folder, hub, told)
            _live(site)
            told.outside |= site.files(hub.folder, "hub")
            _look_at_hub(hub, told)
    finally:
        del os.environ["PLATEN_WIRE"]
    told.outside["wire to the hub"] = wire.read_bytes()
    for name, data in site.files(site.data, "data folder").items():
        if name.startswith(("data folder: logs/", "data folder: bundles/")):
            told.outside[name] = data
            continue
        where = told.kept if name.endswith(("secrets.json", "border.key")) else told.inside
        where[name] = data
    yield told


def _live(site: Site) -> None:
    site.data.mkdir()
    masked = (f'{kind} = "mask"' for kind in ("addresses", "macs", "hostnames"))
    (site.data / "settings.toml").write_text("\n".join(["version = 1", "[privacy]", *masked, ""]))
    site.platen("settings", "set", "privacy.locations", "mask")
    log = site.folder / "agent.log"
    crashing = ["-m", "tests.support.crashing", "agent", "--data", str(site.data)]
    agent = Server([*crashing, "--log-level", "debug"], log)
    try:
        assert agent.ready.startswith("agent ready"), log.read_text()
        site.see("agent", agent.process.pid)
        canary_acts.act(site)
    finally:
        agent.process.kill()
        agent.process.wait(10)
        assert agent.process.stdout is not None
        site.told.outside["agent, standard output"] = agent.process.stdout.read().encode()
        agent.process.stdout.close()
        site.told.outside["agent, log"] = log.read_bytes()


def _look_at_hub(hub: Hub, told: Told) -> None:
    with hub.store() as store:
        (agent,) = hub.agents().values()
        told.delivered = len(list(store.readings(agent, None)))
        told.occurrences = [str(row.body) for row in store.alerts(only_open=False)]
        told.bundles = store.bundles()
        bodies = {row.key: json.loads(row.body) for row in store.devices()}
    told.left_out = [bodies[key] for key in told.left_out_keys]
