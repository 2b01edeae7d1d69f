"""Makes the pictures of the documentation from a running demo.

    python docs/make_images.py                 starts a demo of its own (needs Xvfb)
    python docs/make_images.py FOLDER [NET]    takes the agent of FOLDER as it is
    python docs/make_images.py --hops          only the map with several hops

A window without a screen connects to the demo's agent, is brought into each state a person would
see, and is written to ``docs/images`` in light and dark. The numbers are those of the demo.
Loopback has no routers: the map with several hops is of made-up printers.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import qasync
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from app.commands.demo import NETWORK, PORT
from app.main import close_workers, connect, make_application, make_workers
from app.ui.scan.form import ScanForm
from app.ui.theme import Theme
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker
from app.workers.face import Connector
from core.channel.client import AgentClient
from core.model.problem import PlatenError
from core.model.segment import Segment
from core.model.status import HubStatus
from tests.support.fake_agent import AT, FOLDER, FakeAgent, usual_status
from tests.support.qt_loop import until
from tests.support.sample_devices import SEGMENTS, summary
from tests.support.xvfb import Screen, screen

IMAGES = Path(__file__).parent / "images"
EMPTY_NETWORKS = "127.20.32.0/20 127.20.64.0/20 127.20.96.0/20"
PRINTERS = 24
PATIENCE = 180.0
HOPS = dict(zip(SEGMENTS, (0, 0, 1, 2), strict=True))


class Studio:
    """One window and the pictures that are taken of it."""

    def __init__(self, folder: Path, theme: Theme, connector: Connector = connect) -> None:
        self._theme = theme
        self.workers = make_workers(ConnectionWorker(folder, connector))
        self.window = MainWindow(self.workers)
        self.window.resize(1280, 800)
        self.window.show()
        self.workers.connection.start()

    async def take(self, name: str, *, both: bool = True, at_once: bool = False) -> None:
        """Write the window as it is, light and (mostly) dark."""
        for dark in (False, True) if both else (False,):
            self._theme.force(dark)
            await asyncio.sleep(0 if at_once else 0.3)
            shade = "dark" if dark else "light"
            self.window.grab().save(str(IMAGES / f"{name}-{shade}.png"))
            sys.stdout.write(f"{name}-{shade}.png\n")
        self._theme.force(False)

    async def all(self, network: str) -> None:
        """Bring the window into each state and take its picture."""
        window, model = self.window, self.window.model
        await until(lambda: model.rowCount() > 0, "the devices")
        window.devices.show_key(_most_telling(window))
        await until(lambda: window.devices.details.card.origin is not None, "the reading")
        await asyncio.sleep(0.3)
        _bring_in_sight(window.devices.details.card)
        await self.take("devices")
        window.open_view("map")
        await self.take("map")
        window.scan_panel.open_at(window.map.scan)
        await self.take("scan-panel", both=False)
        window.scan_panel.hide()
        # Empty networks beside the full one, so that there is time to look.
        networks = f"{network} {EMPTY_NETWORKS}"
        self.workers.discovery.start(ScanForm(networks, PORT).arguments(()))
        await until(
            lambda: window.scene.progress and _half_way(self.workers.discovery.scan),
            "a search half way, and the window knowing of it",
        )
        await self.take("map-scanning", both=False, at_once=True)
        await until(lambda: not self.workers.discovery.running, "the end of the search")

    async def support(self) -> None:
        """Take what a person sees before logs are sent, and the number afterwards."""
        window = self.window
        window.header.support.click()
        await until(lambda: not self.workers.support.busy, "the bundle")
        await self.take("support")
        self.workers.support.send("K7F-3QX")
        await until(lambda: not self.workers.support.busy, "the receipt")
        await self.take("support-sent", both=False)
        window.support_panel.hide()

    async def hops(self) -> None:
        """Take the map of printers at several distances."""
        window = self.window
        await until(lambda: window.model.rowCount() == len(HOPS) * 6, "the devices")
        window.open_view("map")
        await self.take("map-hops")


def _far_away() -> FakeAgent:
    """Make an agent that knows of printers behind routers."""
    agent = FakeAgent()
    for number in range(len(HOPS) * 6):
        one = summary(number)
        agent.put(replace(one, device=replace(one.device, hops=HOPS[one.device.segment or ""])))
    hub = HubStatus(True, "hub:443", "Harbour Print", "Harbour Street Dental", AT)
    segments = tuple(Segment(name, (name,)) for name in HOPS)
    agent.status = usual_status(
        hub=hub, segments=segments, last_scan=AT, devices=len(agent.devices)
    )
    return agent


def _bring_in_sight(part: QWidget) -> None:
    """Scroll to a part of what scrolls."""
    above = part.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        above.ensureWidgetVisible(part)


def _most_telling(window: MainWindow) -> str:
    """Choose the printer with the most meters and colours: it shows what can be known."""

    def told(key: str) -> tuple[int, int, str]:
        row = window.model.row(key)
        latest = row.summary.latest if row else None
        return (len(latest.meters), len(latest.supplies), key) if latest else (0, 0, key)

    return max((node.key for node in window.scene.nodes), key=told)


def _half_way(scan: object) -> bool:
    asked, whole = getattr(scan, "asked", 0), getattr(scan, "addresses", 0)
    return bool(whole) and asked * 2 >= whole


async def _pictures(application: QApplication, folder: Path | None, network: str) -> None:
    theme = application.findChild(Theme) or Theme(application)
    if folder is not None:
        studio = Studio(folder, theme)
        try:
            await studio.all(network)
        finally:
            await close_workers(studio.workers)
    studio = Studio(FOLDER, theme, _far_away().connect)
    try:
        await studio.hops()
        await studio.support()
    finally:
        await close_workers(studio.workers)


async def _ready(folder: Path) -> bool:
    try:
        client = await AgentClient.connect(folder)
    except PlatenError:
        return False
    try:
        status = await client.status()
        devices = [device async for device in client.devices()]
    finally:
        await client.close()
    read = sum(device.latest is not None for device in devices)
    return read >= PRINTERS and status.waiting == 0


@contextmanager
def demo(shown: Screen, folder: Path) -> Iterator[Path]:
    """Run a demo on that screen until the block ends; gives the data folder of its agent."""
    command = [sys.executable, "-P", "-m", "app", "demo", "--printers", str(PRINTERS)]
    with subprocess.Popen([*command, "--keep", str(folder)], env=shown.environment) as process:
        try:
            agent, end = folder / "agent", time.monotonic() + PATIENCE
            while not asyncio.run(_ready(agent)):
                if process.poll() is not None or time.monotonic() > end:
                    raise SystemExit("the demo did not get ready")
                time.sleep(1)
            yield agent
        finally:
            process.terminate()


def main() -> None:
    """Make all pictures."""
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    IMAGES.mkdir(exist_ok=True)
    if sys.argv[1:] == ["--hops"]:
        _make(None, NETWORK)
        return
    if len(sys.argv) > 1:
        _make(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else NETWORK)
        return
    with screen() as shown, tempfile.TemporaryDirectory() as folder, demo(shown, Path(folder)) as a:
        _make(a, NETWORK)


def _make(folder: Path | None, network: str) -> None:
    application = make_application([])
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    with loop:
        loop.run_until_complete(_pictures(application, folder, network))
    asyncio.set_event_loop(None)


if __name__ == "__main__":
    main()
