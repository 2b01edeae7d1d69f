"""Child processes that end with their parent, whatever becomes of it."""

from __future__ import annotations

import contextlib
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Self

PATIENCE = 10.0  # seconds to end in peace, before it is ended
TAIL = 15  # lines of a child's errors that are worth showing


class ChildError(Exception):
    """A child did not do what it was started for; the text says which, and what it said."""


class Child:
    """A program that runs on: its lines are read as they come, its errors go to a file."""

    def __init__(self, name: str, command: Sequence[str], folder: Path) -> None:
        self.name = name
        self._errors = folder / f"{name}.err"
        self._lines: queue.Queue[str | None] = queue.Queue()
        with self._errors.open("wb") as errors:
            self._process = subprocess.Popen(  # noqa: S603 - our own programs, no shell
                command,
                cwd=folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                encoding="utf-8",
                errors="replace",
                # Ctrl-C is for the parent, which ends its children in order.
                start_new_session=True,
            )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        with contextlib.suppress(ValueError):  # closed while it is read
            for line in self._process.stdout or ():
                self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def wait_for(self, beginning: str, seconds: float) -> str:
        """Give the first line that begins so; raises ``ChildError`` if none comes in time."""
        end = time.monotonic() + seconds
        while True:
            try:
                line = self._lines.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                raise self.error(f"did not say {beginning!r} within {seconds:g} s") from None
            if line is None:
                raise self.error(f"ended with status {self._process.wait()}")
            if line.startswith(beginning):
                return line

    def wait(self) -> int:
        """Wait until it ends by itself; give its exit status."""
        return self._process.wait()

    def error(self, what: str) -> ChildError:
        """Make the error for this child, with the last of what it said."""
        return ChildError(_told(self.name, what, self._errors.read_text("utf-8", "replace")))

    def end(self) -> None:
        """End it: by closing its input and a polite signal, then by force."""
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        if self._process.poll() is None:
            self._process.terminate()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
        self._reader.join(1.0)
        if self._process.stdout is not None and not self._reader.is_alive():
            self._process.stdout.close()

    def kill(self) -> None:
        """End it by force."""
        self._process.kill()
        self._process.wait()


def _told(name: str, what: str, errors: str) -> str:
    lines = [f"  {line}" for line in errors.splitlines()[-TAIL:]]
    return "\n".join([f"{name} {what}", *lines])


class Children:
    """All children of one run, ended in the reverse order of their start."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: list[Child] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            while self._running:
                self._running[-1].end()
                self._running.pop()
        finally:  # somebody in a hurry pressed Ctrl-C again
            for child in self._running:
                child.kill()

    def start(self, name: str, command: Sequence[str]) -> Child:
        """Start a program that runs on."""
        child = Child(name, command, self._folder)
        self._running.append(child)
        return child

    def run(self, name: str, command: Sequence[str], seconds: float) -> str:
        """Run a program to its end and give its output; raises ``ChildError`` if it fails."""
        process = subprocess.Popen(  # noqa: S603 - our own programs, no shell
            command,
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        try:
            output, errors = process.communicate(timeout=seconds)
        except BaseException as error:  # whatever it is, the child must not outlive it
            process.kill()
            _, errors = process.communicate()
            if isinstance(error, subprocess.TimeoutExpired):
                raise ChildError(_told(name, f"took over {seconds:g} s", errors)) from None
            raise
        if process.returncode != 0:
            raise ChildError(_told(name, f"failed with status {process.returncode}", errors))
        return output


@contextlib.contextmanager
def signals_end_it() -> Iterator[None]:
    """Let SIGTERM and a closed terminal end this program as Ctrl-C does: by an exception, so that
    everything is put away on the way out.
    """

    def leave(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    numbers = [signal.SIGTERM]
    if sys.platform != "win32":
        numbers.append(signal.SIGHUP)
    before = {number: signal.signal(number, leave) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
