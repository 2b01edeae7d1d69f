"""A screen in memory, with what a person does to it: look, point, type."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = ("Xvfb", "xdotool", "import")
_PATIENCE = 30.0
# Left to itself Xvfb takes the first number whose abstract socket is free. In a network of its own
# every one is: it would take ":0", and with it the socket's file away from the screen that has it.
_FREE = range(1000, 50_000)
_TRIES = 10
_numbers = random.SystemRandom()


def missing() -> list[str]:
    """Give the programs that a screen needs and this machine lacks."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


@dataclass(frozen=True, slots=True)
class Screen:
    """One X display, such as ":101"; ``process`` is the number of the process that is it."""

    display: str
    process: int = 0

    @property
    def environment(self) -> dict[str, str]:
        """The environment for a program that shows itself here."""
        return os.environ | {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def run(self, *command: str) -> str:
        """Run a program on this display; gives what it says."""
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=30, check=False
        )
        return done.stdout.strip()

    def window(self, title: str) -> str:
        """Wait for a window with this title; gives its id."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            found = self.run("xdotool", "search", "--onlyvisible", "--name", f"^{title}$")
            if found:
                return found.splitlines()[0]
            time.sleep(0.05)
        raise AssertionError(f"no window {title!r} on {self.display}")

    def gone(self, title: str) -> bool:
        """Say whether no window with this title is there any more."""
        return not self.run("xdotool", "search", "--onlyvisible", "--name", f"^{title}$")

    def click(self, x: int, y: int) -> None:
        """Click there."""
        self.run("xdotool", "mousemove", str(x), str(y), "click", "1")

    def key(self, name: str) -> None:
        """Press a key, by its name for xdotool."""
        self.run("xdotool", "key", name)

    def type(self, text: str) -> None:
        """Type."""
        self.run("xdotool", "type", "--delay", "5", text)

    def picture(self, path: Path) -> Path:
        """Take a picture of the whole screen."""
        self.run("import", "-window", "root", str(path))
        return path


@contextmanager
def screen(width: int = 1280, height: int = 800) -> Iterator[Screen]:
    """Give a screen of this size while the block runs."""
    for number in _numbers.sample(_FREE, _TRIES):
        with _server(number, f"{width}x{height}x24") as process:
            if process is not None:
                yield Screen(f":{number}", process.pid)
                return
    raise AssertionError(f"no X display could be opened in {_TRIES} tries")


@contextmanager
def _server(number: int, size: str) -> Iterator[subprocess.Popen[bytes] | None]:
    """Run Xvfb with that number; gives nothing where the number is taken."""
    reading, writing = os.pipe()
    command = ["Xvfb", f":{number}", "-displayfd", str(writing), "-screen", "0", size]
    with subprocess.Popen(
        [*command, "-nolisten", "tcp"], pass_fds=(writing,), stderr=subprocess.DEVNULL
    ) as process:
        os.close(writing)
        try:
            with os.fdopen(reading) as told:  # it says its number when it is ready
                yield process if told.readline().strip() == str(number) else None
        finally:
            process.terminate()
