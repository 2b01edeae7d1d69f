"""A real hub in a process of its own, and agents enrolled at it."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import SystemRandom

import pytest

from core.pki.certificates import fingerprint
from core.pki.code import EnrolmentCode
from core.uplink.connection import Enrolment
from core.uplink.enrolment import Applicant, enrol
from hub import authority
from hub.database import open_database
from hub.store import HubStore
from tests.support.need import ROOT

DAY = dt.timedelta(days=1)


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Hub:
    """One hub: its folder, its process, where it listens."""

    def __init__(self, folder: Path, launcher: Sequence[str] = ("-m", "hub")) -> None:
        self.folder = folder
        self.launcher = launcher
        self.uplink = self.enrolment = "127.0.0.1:0"
        self.log = folder / "process.log"
        self._data = ("--data", str(folder))
        self._process: subprocess.Popen[str] | None = None

    def make(self, name: str = "Dealer", *hosts: str) -> None:
        authority.init(
            self.folder, authority.HubFacts(name, (*hosts, "127.0.0.1", "localhost")), now()
        )

    def start(self, *arguments: str) -> None:
        """Start it and wait until it listens; after the first time at the same ports."""
        where = ("--listen", self.uplink, "--enrol-listen", self.enrolment)
        with self.log.open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, *self.launcher, "serve", *self._data, *where, *arguments],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        words = dict(word.split("=", 1) for word in said.split() if "=" in word)
        if not words:
            pytest.fail(f"the hub does not start: {self.log.read_text()}")
        self.uplink, self.enrolment = words["uplink"], words["enrolment"]

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it and give its exit status."""
        assert self._process is not None
        process, self._process = self._process, None
        process.send_signal(number)
        assert process.stdout is not None
        process.stdout.close()
        return process.wait(20)

    def close(self) -> None:
        if self._process is not None:
            self.end(signal.SIGKILL)

    @contextmanager
    def store(self) -> Iterator[HubStore]:
        """Look into its database, or change it, from here."""
        store = HubStore(open_database(self.folder))
        try:
            yield store
        finally:
            store.close()

    def code(self, customer: str = "Customer", valid: dt.timedelta = DAY) -> str:
        """Make a one-time code."""
        certificate = authority.load(self.folder).authority.certificate
        made = EnrolmentCode.make(fingerprint(certificate), SystemRandom())
        with self.store() as store:
            store.add_code(made.secret_hash(), customer, now(), valid)
        return made.show()

    def agents(self) -> dict[str, str]:
        """The id of the agent of each installation; of the one that enrolled last."""
        with self.store() as store:
            rows = sorted(store.agents(), key=lambda row: row["enrolled_at"])
        return {row["installation"]: row["id"] for row in rows}

    def keys_of(self, enrolment: Enrolment) -> list[str]:
        """The keys of all readings of an installation, as often as they are stored."""
        agent = self.agents()[enrolment.installation]
        with self.store() as store:
            return [row.key for row in store.readings(agent, None)]

    async def enrolled(
        self, folder: Path, customer: str = "Customer", installation: str = ""
    ) -> Enrolment:
        """Enrol an installation, a new one if none is named, by the real way."""
        return await enrol(
            self.enrolment, self.code(customer), folder, applicant(installation), now
        )


def applicant(installation: str = "") -> Applicant:
    return Applicant(installation or str(uuid.uuid4()), "pc-7", "0.1.0")


@contextmanager
def running_hub(
    folder: Path, *arguments: str, launcher: Sequence[str] = ("-m", "hub")
) -> Iterator[Hub]:
    """Make a hub in a folder, where there is none, and run it for a while."""
    made = Hub(folder, launcher)
    if not (folder / "hub.json").exists():
        made.make()
    try:
        made.start(*arguments)
        yield made
    finally:
        made.close()
