"""A panel with a tray on a screen in memory, and what a person does to the icon in it."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.support.need import need
from tests.support.xvfb import Screen

PANEL = ("--edge", "top", "--align", "right", "--height", "32", "--widthtype", "request")
_PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class TrayHost:
    """The panel, with one icon in it."""

    shown: Screen

    def place(self) -> tuple[int, int]:
        """Wait for the icon; gives its middle."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            told = self.shown.run(
                "xdotool", "search", "--onlyvisible", "--class", "trayer", "getwindowgeometry",
                "--shell",
            )  # fmt: skip
            found = dict(line.split("=", 1) for line in told.splitlines() if "=" in line)
            width = int(found.get("WIDTH", 0))
            if 20 <= width <= 40:  # an empty panel is one pixel wide
                return int(found["X"]) + width // 2, int(found["Y"]) + 16
            time.sleep(0.1)
        raise AssertionError(f"no icon in the tray of {self.shown.display}")

    def click(self, button: int = 1) -> None:
        """Click the icon: 1 opens the window, 3 the menu."""
        x, y = self.place()
        self.shown.run("xdotool", "mousemove", str(x), str(y), "click", str(button))

    def menu(self) -> str:
        """Open the icon's menu; gives its window."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            self.click(3)  # again where the panel was still growing under the first one
            soon = time.monotonic() + 2
            while time.monotonic() < soon:
                if found := self.popups():
                    return found[0]
                time.sleep(0.05)
        raise AssertionError("no menu opened")

    def popups(self) -> list[str]:
        """Give the windows that are narrow and tall, as an open menu is."""
        told = self.shown.run("xdotool", "search", "--onlyvisible", "--name", "^Platen$")
        return [each for each in told.splitlines() if _is_menu(*size(self.shown, each))]


def size(shown: Screen, window: str) -> tuple[int, int]:
    """Give width and height of a window; nothing of one that is gone."""
    told = shown.run("xdotool", "getwindowgeometry", "--shell", window)
    cells = dict(line.split("=", 1) for line in told.splitlines() if "=" in line)
    return int(cells.get("WIDTH", 0)), int(cells.get("HEIGHT", 0))


def _is_menu(width: int, height: int) -> bool:
    return width < 300 and height > 200


@contextmanager
def tray_host(shown: Screen) -> Iterator[TrayHost]:
    """Run a panel with a tray on the screen while the block runs."""
    with subprocess.Popen(
        [need("trayer"), *PANEL], env=shown.environment, stderr=subprocess.DEVNULL
    ) as panel:
        try:
            yield TrayHost(shown)
        finally:
            panel.terminate()
