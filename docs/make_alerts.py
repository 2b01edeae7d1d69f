"""Makes the pictures of the Alerts and the Settings view, of made-up printers, light and dark.

python docs/make_alerts.py [FOLDER]        writes into ``docs/images``, or into FOLDER
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import qasync
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QPushButton

from app.main import close_workers, make_application, make_workers
from app.ui.rules.condition import ConditionForm
from app.ui.settings.table import TableEditor
from app.ui.theme import Theme
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker
from core.model.action import SetSettingsArguments
from core.model.occurrence import Fact, Occurrence, RuleVerdict
from core.model.rule import Custom, Rule
from core.model.status import HubStatus
from core.telemetry.rules.book import BUILTIN
from tests.support.fake_agent import AT, FOLDER, FakeAgent, usual_status
from tests.support.fake_alerts import alert
from tests.support.qt_loop import until
from tests.support.sample_devices import summaries
from tests.support.sample_readings import reading

IMAGES = Path(__file__).parent / "images"
PRINTERS = 20
CONDITION = "meters.color - previous.meters.color > 500"
OWN = Rule("much-colour", "Much colour in one day", Custom(CONDITION))
_RULES = {rule.id: rule for rule in (*BUILTIN, OWN)}
_FIRED: tuple[tuple[str, str, str, dict[str, Fact]], ...] = (
    ("toner-low", "supplies[1.1]", "Black toner is at 4 %.", {"level_percent": 4.0,
     "threshold": 10.0}),
    ("supply-empty", "supplies[1.1]", "Cyan toner is empty.", {"level_percent": 0.0}),
    ("stopped", "conditions.jammed", "Jammed for 23 minutes.", {"minutes": 23}),
    ("counter-fell", "meters.total", "The meter total fell from 447,720 to 12.",
     {"before": 447_720, "after": 12}),
    ("new-device", "", "A new printer was found at 192.168.4.77:161: Sharp MX-M266NV.",
     {"address": "192.168.4.77"}),
    ("offline", "", "The printer did not answer 2 times in a row: it is offline.",
     {"misses": 2, "last_reading": "2026-01-09T22:00:00Z"}),
    ("much-colour", "", f"{OWN.name}: {CONDITION}", {}),
    ("supply-replaced-early", "supplies[1.2]",
     "Magenta toner was replaced early: 35 % was left.",
     {"before": 35.0, "after": 100.0, "above": 20.0}),
)  # fmt: skip
_ONCE = {"counter-fell", "new-device", "supply-replaced-early"}


def fired(count: int) -> list[Occurrence]:
    """Make alerts of every kind, newest last."""
    made = []
    for number in range(count):
        name, subject, text, facts = _FIRED[number % len(_FIRED)]
        rule = _RULES[name]
        one = alert(
            number, f"d{number % PRINTERS:05}", rule=name, kind=rule.kind, name=rule.name,
            weight=rule.weight, subject=subject, text=text, facts=facts, lasting=name not in _ONCE,
        )  # fmt: skip
        made.append(one)
    return made


def site(alerts: int = 24, printers: int = PRINTERS) -> FakeAgent:
    """Make an agent with printers, alerts, networks and credentials."""
    agent = FakeAgent()
    agent.put(*summaries(printers))
    agent.readings = {key: reading(one) for key, one in list(agent.devices.items())[:4]}
    agent.alerts.own = {OWN.id: OWN}
    agent.alerts.put(*fired(alerts))
    verdicts = (
        (None, "previous.meters.color is not known of this printer."),
        (True, ""),
        (False, ""),
    )
    agent.alerts.verdicts = [
        RuleVerdict(f"d{n:05}", *verdicts[n % 3]) for n in range(min(printers, 6))
    ]
    agent.settings.keep_names("default", "clinic")
    agent.settings.set(
        SetSettingsArguments(
            {
                "discovery.segments": [
                    {"name": "Front office", "targets": ["192.168.4.0/24"]},
                    {"name": "Clinic", "targets": ["10.1.0.0/24"], "credentials": "clinic"},
                ],
                "privacy.macs": "mask",
                "privacy.hostnames": "omit",
            }
        )
    )
    hub = HubStatus(True, "hub:443", "Harbour Print", "Harbour Street Dental", AT)
    agent.status = usual_status(hub=hub, last_scan=AT, devices=printers)
    return agent


class Studio:
    """A window on an agent, and the pictures that are taken of it."""

    def __init__(self, agent: FakeAgent, theme: Theme, folder: Path = IMAGES) -> None:
        self._theme, self._folder = theme, folder
        self.workers = make_workers(ConnectionWorker(FOLDER, agent.connect))
        self.window = MainWindow(self.workers)
        self.window.resize(1280, 800)
        self.window.show()
        self.workers.connection.start()

    async def take(self, name: str) -> None:
        """Write the window as it is, light and dark."""
        for dark in (False, True):
            self._theme.force(dark)
            await asyncio.sleep(0.3)
            shade = "dark" if dark else "light"
            self.window.grab().save(str(self._folder / f"{name}-{shade}.png"))
            sys.stdout.write(f"{name}-{shade}.png\n")
        self._theme.force(False)

    async def open(self) -> None:
        """Show what is open, with a few selected."""
        view = self.window.alerts
        self.window.open_view("alerts")
        await until(lambda: view.model.rowCount() and view.desk.loaded, "the alerts")
        await until(lambda: self.window.devices.loaded, "the devices")
        view.show_tab("open")
        view.table.select_key(view.model.key_at(0) or "")
        view.model.check_all(on=False)
        view.model.toggle([view.model.key_at(row) or "" for row in (1, 2, 3)])

    async def rules(self) -> None:
        """Show the rules."""
        await self.open()
        self.window.alerts.show_tab("rules")

    async def condition(self) -> None:
        """Show a condition that was tested."""
        await self.rules()
        view = self.window.alerts
        view.new_rule.click()
        form = view.editor.form
        assert isinstance(form, ConditionForm)
        view.editor.name.setText(OWN.name)
        form.device.choose("d00000")
        form.field.setPlainText(CONDITION)
        view.editor.try_button.click()
        await until(lambda: form.tried and form.tree.topLevelItemCount() > 5, "the test")

    async def networks(self) -> None:
        """Show the settings with the form of a network."""
        self.window.alerts.editor.leave()
        view = self.window.settings
        self.window.open_view("settings")
        await until(lambda: view.rows, "the settings")
        editor = view.rows["discovery.segments"].editor
        assert isinstance(editor, TableEditor)
        buttons = editor.findChildren(QPushButton)
        wanted = [b for b in buttons if b.accessibleName() == "Change Front office"]
        if wanted:
            wanted[0].click()
        await asyncio.sleep(0.5)

    async def privacy(self) -> None:
        """Show what the dealer sees."""
        view = self.window.settings
        view.jump("privacy")
        await asyncio.sleep(0.3)


async def _pictures(application: QApplication, folder: Path) -> None:
    theme = application.findChild(Theme) or Theme(application)
    studio = Studio(site(), theme, folder)
    try:
        await studio.open()
        await studio.take("alerts")
        await studio.rules()
        await studio.take("alerts-rules")
        await studio.condition()
        await studio.take("alerts-condition")
        await studio.networks()
        await studio.take("settings-networks")
        await studio.privacy()
        await studio.take("settings-privacy")
    finally:
        await close_workers(studio.workers)


def main() -> None:
    """Make all of them."""
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    folder = Path(sys.argv[1]) if sys.argv[1:] else IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    application = make_application([])
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    with loop:
        loop.run_until_complete(_pictures(application, folder))
    asyncio.set_event_loop(None)


if __name__ == "__main__":
    main()
