"""Makes the pictures of every state of the Devices view, of made-up printers.

    python docs/make_states.py [NAME ...]

Each state is that of an agent in memory; it is written to ``docs/images/states``, light and dark.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import qasync
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from app.main import close_workers, make_application, make_workers
from app.ui.theme import Theme
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker, LinkState
from core.host.clock import rfc3339
from core.model.device import DeviceSummary
from core.model.event import AddressRejected, Delivery, EventKind, Progress
from core.model.problem import Problem
from core.model.reading import DeviceState, Reading
from core.model.rule import Weight
from core.model.segment import Segment
from core.model.status import HubStatus
from tests.support.fake_agent import AT, FOLDER, FakeAgent, usual_status
from tests.support.fake_alerts import alert
from tests.support.qt_loop import until
from tests.support.sample_devices import SEGMENTS, summaries, summary
from tests.support.sample_readings import reading

IMAGES = Path(__file__).parent / "images" / "states"
_NOW = datetime.now(UTC).replace(microsecond=0)
UNKNOWN, STALE, OFFLINE = "d00008", "d00002", "d00003"


def ago(**span: float) -> str:
    """Give a time so long ago."""
    return rfc3339(_NOW - timedelta(**span))


def aged(one: DeviceSummary, when: str) -> DeviceSummary:
    """Give the device as it was last read then."""
    latest = one.latest and replace(one.latest, taken_at=when)
    return replace(one, device=replace(one.device, last_seen=when), latest=latest)


def told_by(one: DeviceSummary) -> Reading:
    """Give its reading, with values known to the profile of its own maker."""
    whole = reading(one)
    maker = (one.device.identity.vendor or "").lower().replace(" ", "-")
    named = {
        place: replace(origin, rule=maker) if origin.rule == "kyocera" else origin
        for place, origin in whole.provenance.items()
    }
    return replace(whole, provenance=named)


def site(count: int = 20) -> FakeAgent:
    """Make an agent with printers, one stale, one offline."""
    agent = FakeAgent()
    agent.put(*(aged(one, ago(minutes=11)) for one in summaries(count)))
    if count:
        silence = Problem("snmp_timeout", "It does not answer.", "Is it on, and on the network?")
        gone = replace(aged(summary(2), ago(days=24)), stale=True, state=DeviceState.OFFLINE)
        agent.put(replace(gone, problem=silence, problem_at=ago(minutes=9)))
        mute = aged(summary(8), ago(minutes=11))  # it answers, and tells no level
        agent.put(replace(mute, state=DeviceState.IDLE, problem=None, problem_at=None))
        off = replace(aged(summary(3), ago(days=2)), state=DeviceState.OFFLINE)
        agent.put(replace(off, problem=silence, problem_at=ago(minutes=9)))
    agent.readings = {key: told_by(one) for key, one in list(agent.devices.items())[:40]}
    hub = HubStatus(True, "hub:443", "Harbour Print", "Harbour Street Dental", AT)
    segments = tuple(Segment(name, (name,)) for name in SEGMENTS)
    agent.status = usual_status(hub=hub, segments=segments, last_scan=AT, devices=count)
    return agent


def past(one: DeviceSummary) -> list[Reading]:
    """Make ten readings, newest first."""
    found = []
    for day in range(10):
        whole = reading(one)
        meters = {key: value - 137 * day - day * day for key, value in whole.meters.items()}
        supplies = tuple(
            s
            if s.level_percent is None
            else replace(s, level_percent=min(s.level_percent + day, 100.0))
            for s in whole.supplies
        )
        found.append(replace(whole, taken_at=ago(days=day), meters=meters, supplies=supplies))
    return found


class Scene:
    """A window on an agent."""

    def __init__(self, agent: FakeAgent) -> None:
        self.agent = agent
        self.workers = make_workers(ConnectionWorker(FOLDER, agent.connect))
        self.window = MainWindow(self.workers)
        self.window.resize(1280, 800)
        self.window.show()
        self.workers.connection.start()

    async def ready(self) -> None:
        """Wait for the whole list."""
        await until(lambda: self.window.devices.loaded, "the devices")

    async def show(self, key: str) -> None:
        """Show a device with its reading."""
        self.window.devices.show_key(key)
        details = self.window.devices.details
        if key in self.agent.readings:
            await until(lambda: "request" in details.subtitle, "the reading")


async def unknown_level(scene: Scene) -> None:
    """Show a printer whose levels are not known."""
    await scene.show(UNKNOWN)


async def stale(scene: Scene) -> None:
    """Show a printer that gave nothing for weeks."""
    await scene.show(STALE)


async def offline(scene: Scene) -> None:
    """Show a printer that does not answer."""
    await scene.show(OFFLINE)


async def agent_away(scene: Scene) -> None:
    """Let the agent go."""
    await scene.show("d00000")
    scene.agent.go_away()
    await until(lambda: scene.workers.connection.link.state is LinkState.AWAY)


async def hub_away(scene: Scene) -> None:
    """Let a delivery fail."""
    await scene.show("d00000")
    problem = Problem(
        "hub_unreachable", "hub:443 does not answer.", "Readings are kept and sent later."
    )
    scene.agent.publish(EventKind.DELIVERY, Delivery(0, 12, problem))
    await until(scene.window.banner.isVisible)


async def nothing(_scene: Scene) -> None:
    """Leave everything as it is."""


async def refused(scene: Scene) -> None:
    """Let a search meet an address that refuses every community."""
    agent = scene.agent
    agent.start_scan()
    reason = "answers on its web page, refuses every SNMP name"
    rejected = AddressRejected("192.168.5.77", 161, SEGMENTS[1], reason)
    agent.publish(EventKind.ACTION_PROGRESS, Progress("addresses", 1016, 1016, 20), "scan-1")
    agent.publish(EventKind.ADDRESS_REJECTED, rejected, "scan-1")
    agent.end_scan(found=20, rejected=1)
    await until(lambda: not scene.workers.discovery.running)
    scene.window.open_view("map")


async def several(scene: Scene) -> None:
    """Select a few."""
    scene.window.devices.table.choose(["d00000", "d00001", "d00005", "d00007"])
    await scene.show("d00000")
    scene.window.devices.table.choose(["d00000", "d00001", "d00005", "d00007"])


async def open_alerts(scene: Scene) -> None:
    """Show a printer of which something is open."""
    low = alert(0, text="Magenta toner is at 3 %.", raised_at=ago(hours=20))
    stopped = alert(
        1, name="Stopped", weight=Weight.CRITICAL, text="Paper jam.", raised_at=ago(minutes=12)
    )
    for one in (low, stopped):
        scene.agent.publish(EventKind.ALERT_RAISED, one)
    await scene.show("d00000")
    await until(lambda: len(scene.window.devices.details.alerts) == 2, "the alerts")


async def gave_nothing(scene: Scene) -> None:
    """Read several of which some give nothing, and look at why."""
    silence = Problem("snmp_timeout", "It does not answer.", "Is it on, and on the network?")
    refusal = Problem("snmp_refused", "It refuses every SNMP name.", "Set its SNMP name here.")
    for key, problem in (("d00001", silence), ("d00005", silence), ("d00007", refusal)):
        one = scene.agent.devices[key]
        scene.agent.put(replace(one, problem=problem, problem_at=ago(minutes=1)))
    await several(scene)
    view = scene.window.devices
    view.bar.read.click()
    await until(view.outcome.isVisible, "what came of it")
    view.outcome.acted.emit()


async def columns(scene: Scene) -> None:
    """Show the low supplies, with their columns."""
    scene.window.devices.views.chosen.emit(_low())
    await until(lambda: scene.window.model.rowCount() < 20)


def _low() -> object:
    from app.ui.devices.views import BUILT_IN  # noqa: PLC0415 - Qt is made by now

    return BUILT_IN[2]


async def filter_wrong(scene: Scene) -> None:
    """Write what the filter does not know."""
    scene.window.devices.filter.setText("maker:HP supply<20")
    await until(lambda: scene.window.model.filter.wrong)


async def filter_help(scene: Scene) -> None:
    """Open the help of the filter."""
    view = scene.window.devices
    view.help.open_at(view.filter)


async def last_ten(scene: Scene) -> None:
    """Show the last ten readings."""
    await scene.show("d00000")
    scene.window.readings.open_for(scene.agent.devices["d00000"])
    scene.window.readings.show_readings("d00000", past(scene.agent.devices["d00000"]))


STATES: dict[str, tuple[int, Callable[[Scene], Awaitable[None]]]] = {
    "unknown-level": (20, unknown_level),
    "stale": (20, stale),
    "offline": (20, offline),
    "agent-away": (20, agent_away),
    "hub-away": (20, hub_away),
    "empty-site": (0, nothing),
    "refused-address": (20, refused),
    "twenty": (20, nothing),
    "ten-thousand": (10_000, nothing),
    "several-selected": (20, several),
    "open-alerts": (20, open_alerts),
    "gave-nothing": (20, gave_nothing),
    "low-supplies": (20, columns),
    "filter-wrong": (20, filter_wrong),
    "filter-help": (20, filter_help),
    "last-ten": (20, last_ten),
}


async def _take(theme: Theme, name: str) -> None:
    count, act = STATES[name]
    scene = Scene(site(count))
    try:
        await scene.ready()
        await act(scene)
        for dark in (False, True):
            theme.force(dark)
            await asyncio.sleep(0.3)
            path = IMAGES / f"{name}-{'dark' if dark else 'light'}.png"
            scene.window.grab().save(str(path))
            sys.stdout.write(f"{path.name}\n")
        theme.force(False)
    finally:
        await close_workers(scene.workers)
        scene.window.close()
        scene.window.deleteLater()


async def _all(application: QApplication, names: list[str]) -> None:
    theme = application.findChild(Theme) or Theme(application)
    for name in names or STATES:
        await _take(theme, name)


def main() -> None:
    """Make all pictures, or those that are named."""
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    IMAGES.mkdir(parents=True, exist_ok=True)
    application = make_application([])
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    with loop:
        loop.run_until_complete(_all(application, sys.argv[1:]))
    asyncio.set_event_loop(None)


if __name__ == "__main__":
    main()
