"""Hubs that start in a moment, to be killed: forked from a process that has everything loaded.

``python -m tests.support.hub_nursery`` reads one JSON object a line and runs a hub for each, one
after the other. ``die`` says after how many batches it kills itself, as with kill -9: after its
commit and before its answer. The production code knows nothing of it.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.need import ROOT


class Nursery:
    """The forking process, and the hub of it that runs."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.hub_nursery"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.pid = 0
        self.uplink = self.enrolment = "127.0.0.1:0"

    def _say(self, **values: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(values) + "\n")
        self._process.stdin.flush()

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        return dict(json.loads(self._process.stdout.readline()))

    def start(self, folder: Path, die: int = 0) -> None:
        """Start a hub that exists; after the first time at the same ports."""
        self._say(folder=str(folder), uplink=self.uplink, enrolment=self.enrolment, die=die)
        said = self._hear()
        self.pid, self.uplink, self.enrolment = said["pid"], said["uplink"], said["enrolment"]

    def ended(self) -> int:
        """Wait until the hub has ended, and give the signal that ended it."""
        self.pid = 0
        return int(self._hear()["signal"])

    def kill(self) -> None:
        """End the hub as the power does."""
        os.kill(self.pid, signal.SIGKILL)
        assert self.ended() == signal.SIGKILL

    def close(self) -> None:
        if self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()
        self._process.wait(20)


@contextmanager
def nursery() -> Iterator[Nursery]:
    """Give a nursery for a while."""
    made = Nursery()
    try:
        yield made
    finally:
        made.close()


def _run(wanted: dict[str, Any]) -> None:
    from hub.listening import Listening
    from hub.serve import HubServer, serve
    from hub.store import HubStore

    if wanted["die"]:
        _plant(HubStore, wanted["die"])

    def ready(server: HubServer) -> None:
        where = {"uplink": server.uplink_address, "enrolment": server.enrolment_address}
        sys.stdout.write(json.dumps({"pid": os.getpid(), **where}) + "\n")
        sys.stdout.flush()

    listening = Listening(wanted["uplink"], wanted["enrolment"])
    asyncio.run(serve(Path(wanted["folder"]), listening, lambda: dt.datetime.now(dt.UTC), ready))


def _plant(store: Any, count: int) -> None:
    whole = store.take
    left = count

    def take(*arguments: Any) -> Any:
        nonlocal left
        taken = whole(*arguments)
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return taken

    store.take = take


def main() -> None:
    """Run a hub for each line, in a process of its own."""
    import hub.serve
    import hub.store

    assert hub.serve
    for line in sys.stdin:
        if child := os.fork():
            _, status = os.waitpid(child, 0)
            sys.stdout.write(json.dumps({"signal": os.WTERMSIG(status)}) + "\n")
            sys.stdout.flush()
        else:
            _run(json.loads(line))
            os._exit(0)


if __name__ == "__main__":
    main()
