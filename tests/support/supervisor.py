"""Keeps a program running as a service manager does (``Restart=on-failure``): started again after
every end but a good one, after waits that grow.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support.need import ROOT

_PATIENCE = 30.0


class Supervisor:
    """``ends`` are the exit statuses so far; ``waits`` how long each start was waited for."""

    def __init__(self, command: Sequence[str], log: Path, first_wait: float = 0.3) -> None:
        self._command = [sys.executable, *command]
        self._wait = first_wait
        self.log = log
        self.ends: list[int] = []
        self.waits: list[float] = []
        self.starts = 0
        self._process: subprocess.Popen[str] | None = None
        self._over = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._thread.start()

    def _keep(self) -> None:
        wait = self._wait
        while not self._over.is_set():
            self.starts += 1
            with self.log.open("ab") as errors:
                process = subprocess.Popen(
                    self._command,
                    cwd=ROOT,
                    env=os.environ | {"PLATEN_SECRETS": "file"},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    text=True,
                )
            self._process = process
            assert process.stdout is not None
            if process.stdout.readline().startswith("agent ready"):
                self._ready.set()
            status = process.wait()
            process.stdout.close()
            self.ends.append(status)
            if status == 0:
                return
            self.waits.append(wait)
            self._over.wait(wait)
            wait = min(wait * 2, 5.0)

    def wait_until_ready(self) -> None:
        """Wait for the next agent that says that it is ready."""
        if not self._ready.wait(_PATIENCE):
            raise AssertionError(f"no agent came up: {self.log.read_text()}")
        self._ready.clear()

    def kill(self) -> None:
        """kill -9, and wait until the next one is ready."""
        assert self._process is not None
        self._ready.clear()
        self._process.send_signal(signal.SIGKILL)
        self.wait_until_ready()

    def pause(self, seconds: float) -> None:
        """Stop the process for a while, as a computer that hangs would."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self._process.send_signal(signal.SIGCONT)

    def close(self) -> None:
        """End it for good."""
        self._over.set()
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self._thread.join(_PATIENCE)


@contextmanager
def supervised(command: Sequence[str], log: Path) -> Iterator[Supervisor]:
    """Keep it while the block runs; it is ready when the block begins."""
    made = Supervisor(command, log)
    try:
        made.wait_until_ready()
        yield made
    finally:
        made.close()
