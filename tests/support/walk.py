"""A walk through Platen as a new user's: real processes, a real screen, keys and a mouse.

Everything lives in a network of its own that reaches nothing outside, so that "this computer's
networks" are none and nobody but the simulated printers is asked.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from core.channel.client import AgentClient
from core.model.device import DeviceSummary
from core.model.status import AgentStatus
from tests.support import waiting
from tests.support.agent_status import status_of
from tests.support.hub import Hub
from tests.support.need import ROOT
from tests.support.netns import places
from tests.support.simulated import Served, simulated
from tests.support.tray_host import TrayHost, size, tray_host
from tests.support.xvfb import Screen, screen

NETWORK, PORT = "127.65.4.0/28", 1161
PRINTERS = 8
HOST = "127.65.0.1"
# How much faster the printers' time runs: pages within seconds, and no jump of a meter.
SPEED = "400"
# What has no key of its own, in a window of 1280 by 800.
BLACK_LEVEL = (1200, 247)
COPY_ORIGIN = (1196, 386)
EXPORT_HISTORY = (1213, 86)
_PATIENCE = 30.0
_CLIPBOARD = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication(sys.argv)
sys.stdout.write(app.clipboard().text())
"""


wait_until = partial(waiting.wait_until, patience=_PATIENCE)


@dataclass(frozen=True, slots=True)
class Walk:
    """One person before one screen. ``pictures`` is where the picture of each step goes, by its
    name in ``form``.
    """

    shown: Screen
    tray: TrayHost
    hub: Hub
    printers: list[Served]
    data: Path
    pictures: Path
    form: str

    # --- the hand -------------------------------------------------------------------------------

    def window(self) -> str:
        """Give the id of the window; nothing where it is not there."""
        found = self.shown.run("xdotool", "search", "--onlyvisible", "--name", "^Platen$")
        return next((w for w in found.splitlines() if size(self.shown, w)[0] >= 900), "")

    def keys(self, *names: str) -> None:
        """Press keys, in the window: without a window manager it must be given the keyboard."""
        self.shown.run("xdotool", "windowfocus", "--sync", self.window())
        for name in names:
            self.shown.key(name)

    def go(self, words: str) -> None:
        """Type into the palette, and take what it finds first."""
        self.change("ctrl+k")
        self.shown.type(words)
        self.settle()
        self.change("Return")

    def change(self, *names: str) -> None:
        """Press keys, and wait until the window shows that it heard them."""
        before = self.settle()
        self.keys(*names)
        wait_until(lambda: self.settle() != before, f"what {names} does")

    def settle(self) -> bytes:
        """Wait until the window stops changing; gives its picture.

        It has to look alike three times: a machine under load may be late with what comes next.
        """
        path, before, alike = self.pictures / "now.png", b"", 0
        for _ in range(120):
            self._look_at(path)
            now = path.read_bytes()
            alike = alike + 1 if now == before else 0
            if alike == 2:
                break
            before = now
            time.sleep(0.05)
        path.unlink()
        return before

    def take(self, name: str) -> bytes:
        """Keep the picture of a step."""
        picture = self.settle()
        self._path(name).write_bytes(picture)
        return picture

    def clipboard(self) -> str:
        """Give what was copied."""
        command = [sys.executable, "-c", _CLIPBOARD]
        done = subprocess.run(
            command, env=self.shown.environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    # --- what the agent says --------------------------------------------------------------------

    def platen(self, *arguments: str) -> str:
        """Give what a command says of this agent."""
        command = [sys.executable, "-P", "-m", "app", *arguments, "--data", str(self.data)]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def status(self) -> AgentStatus | None:
        """Ask the agent how it is; ``None`` where none answers."""
        return status_of(self.data)

    def devices(self) -> dict[str, DeviceSummary]:
        """Give the devices that the agent knows, by their serial numbers."""

        async def ask() -> list[DeviceSummary]:
            client = await AgentClient.connect(self.data)
            try:
                return [device async for device in client.devices()]
            finally:
                await client.close()

        return {d.device.identity.serial or "": d for d in asyncio.run(ask())}

    def pages(self) -> int:
        """Give what all printers have printed, as far as the agent knows."""
        found = [device.latest for device in self.devices().values()]
        return sum(int(latest.meters.get("total", 0)) for latest in found if latest)

    # --- the steps ------------------------------------------------------------------------------

    def begin(self) -> None:
        """See the first step."""
        wait_until(self.status, "the agent that the window starts")
        self.take("01-welcome")

    def connect(self) -> None:
        """Connect to the dealer with address and code."""
        self.keys()
        self.shown.type(self.hub.enrolment)
        self.shown.key("Tab")
        self.shown.type(self.hub.code("Harbour Street Dental"))
        self.take("02-code")
        self.shown.key("Return")
        wait_until(lambda: (now := self.status()) and now.hub.enrolled, "the dealer")
        self.settle()

    def search(self) -> None:
        """Search the network of the printers."""
        self.keys()
        self.shown.type(f"{NETWORK}:{PORT}")
        self.shown.key("Return")
        self.take("03-networks")
        self.keys("Return")  # in the empty field: find printers
        wait_until(lambda: len(self.devices()) == len(self.printers), "the printers")
        self._look_at(self._path("04-finding"))
        wait_until(self._all_read, "their readings")
        wait_until(lambda: (now := self.status()) and not now.running, "the end of the search")
        self.take("05-done")
        self.keys("space")  # Show the printers has the keyboard
        self.take("06-printers")

    def _look_at(self, path: Path) -> None:
        # Of the screen, at whose corner the window is: an open menu is a window of its own.
        self.shown.run("import", "-window", "root", "-crop", "1280x800+0+0", "+repage", str(path))

    def _path(self, name: str) -> Path:
        return self.pictures / self.form.format(name)

    def _all_read(self) -> bool:
        found = self.devices().values()
        return len(found) == len(self.printers) and all(device.latest for device in found)

    def look(self, place: str) -> None:
        """Look at a printer, found by where it stands."""
        self.go(place)
        self.take("07-printer")

    def ask_origin(self) -> str:
        """Ask where a level comes from; gives the answer as it is copied."""
        before = self.settle()
        self.shown.click(*BLACK_LEVEL)
        wait_until(lambda: self.settle() != before, "the answer")
        self.take("08-where-from")
        self.shown.click(*COPY_ORIGIN)
        return self.clipboard()

    def change_threshold(self, percent: int) -> None:
        """Go from an alert to its rule, and let it tell at another level."""
        self.keys("ctrl+4")
        self.settle()
        self.keys("ctrl+f")
        self.shown.type("toner is at")
        self.settle()
        self.keys("ctrl+4")  # back to the list
        self.take("09-alerts")
        self.keys("Tab", "Tab", "Tab", "space")  # Change the rule
        self.settle()
        self.keys("Tab", "ctrl+a")  # past its name
        self.shown.type(str(percent))
        self.take("10-rule")
        self.keys("ctrl+Return")
        said = self.settle()
        wait_until(lambda: self.settle() != said, "the end of the word that it is saved")

    def open_history(self, place: str) -> bytes:
        """Open the history of a printer; gives its picture."""
        self.keys("ctrl+3")
        self.settle()
        self.keys("space")  # the choice of printers has the keyboard
        self.settle()
        self.shown.type(place)
        self.settle()
        self.shown.key("Return")
        self.shown.run("xdotool", "mousemove", "640", "5")
        return self.take("11-history")

    def see_it_grow(self, before: bytes) -> None:
        """Read the printer again until it has printed, and the chart shows that."""

        count = self.pages()

        def grown() -> bool:
            self.keys("ctrl+r")
            return self.settle() != before and self.pages() > count

        wait_until(grown, "more pages")
        self.take("12-grown")

    def export(self, path: Path) -> None:
        """Write the history as a workbook."""
        title = "Export the history"
        self.shown.click(*EXPORT_HISTORY)
        self.settle()
        for key in ("Home", "Down", "Down", "Down", "Return"):
            self.shown.key(key)
        self.shown.run("xdotool", "windowfocus", "--sync", self.shown.window(title))
        self.shown.key("ctrl+a")
        self.shown.type(str(path))
        self.shown.key("Return")
        wait_until(path.exists, "the workbook")
        self.take("13-exported")

    def close_and_reopen(self) -> None:
        """Close the window, and open it by the icon in the tray."""
        self.keys("ctrl+q")
        wait_until(lambda: not self.window(), "the window's end")
        assert self.status() is not None
        self.tray.click()
        wait_until(self.window, "the window")
        self.take("14-again")


@contextmanager
def walk(folder: Path, pictures: Path, form: str = "{}.png") -> Iterator[Walk]:
    """Give a person before a window that has just been opened for the first time."""
    data = folder / "agent"
    with ExitStack() as stack:
        # The screen before the network: its socket is then the one of the usual place.
        shown = stack.enter_context(screen(1600, 900))
        (place,) = stack.enter_context(places(1))
        stack.enter_context(place.inside())
        tray = stack.enter_context(tray_host(shown))
        hub = Hub(folder / "hub")
        hub.make("Harbour Print", HOST)
        hub.uplink, hub.enrolment = f"{HOST}:7443", f"{HOST}:7444"
        hub.start()
        stack.callback(hub.close)
        count = ("--speed", SPEED)
        printers = stack.enter_context(simulated(NETWORK, PRINTERS, *count, port=PORT))
        made = Walk(shown, tray, hub, printers, data, pictures, form)
        stack.callback(_stop, data)
        stack.enter_context(_opened(made))
        yield made


@contextmanager
def _opened(walk: Walk) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "app", "--data", str(walk.data)],
        cwd=ROOT,
        env=walk.shown.environment | {"PLATEN_SECRETS": "file"},
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            wait_until(walk.window, "the window")
            yield
        finally:
            process.kill()


def _stop(data: Path) -> None:
    command = [sys.executable, "-P", "-m", "app", "agent", "--stop", "--data", str(data)]
    subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)
