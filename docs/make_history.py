"""Makes the pictures of the History view: five months of made-up readings, light and dark.

python docs/make_history.py
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import qasync
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.main import close_workers, make_application, make_workers
from app.ui.theme import Theme
from app.views.meter_history import HistoryView
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker
from core.model.status import HubStatus
from tests.support.fake_agent import AT, FOLDER, FakeAgent, usual_status
from tests.support.fake_history import five_months
from tests.support.qt_loop import until
from tests.support.sample_devices import summaries

IMAGES = Path(__file__).parent / "images"
#: The same pictures on every day.
NOW = datetime(2026, 11, 13, 17, 0, tzinfo=UTC)
DEVICES = (0, 3, 5)


def _agent() -> FakeAgent:
    hub = HubStatus(True, "hub:443", "Harbour Print", "Harbour Street Dental", AT)
    agent = FakeAgent(usual_status(hub=hub, devices=12))
    agent.put(*summaries(12))
    agent.history.clock = lambda: NOW
    agent.history.kept = {f"d{n:05}": five_months(n, NOW) for n in DEVICES}
    return agent


async def _settle(view: HistoryView) -> None:
    await until(lambda: view.wish is not None and view.told == view.wish.key, "an answer")
    await asyncio.sleep(0.2)


async def _take(window: MainWindow, theme: Theme, name: str) -> None:
    for dark in (False, True):
        theme.force(dark)
        await asyncio.sleep(0.2)
        shade = "dark" if dark else "light"
        window.grab().save(str(IMAGES / f"{name}-{shade}.png"))
        sys.stdout.write(f"{name}-{shade}.png\n")
    theme.force(False)


async def _pictures(application: QApplication) -> None:
    theme = application.findChild(Theme) or Theme(application)
    workers = make_workers(ConnectionWorker(FOLDER, _agent().connect))
    window = MainWindow(workers)
    window.resize(1280, 800)
    window.show()
    workers.connection.start()
    try:
        await until(lambda: window.model.total == 12, "the devices")
        view = window.history
        view.clock = lambda: NOW
        window.open_view("history")
        view.controls.period.choose("90")
        view.show_device("d00000")
        await _settle(view)
        chart = view.volumes.chart
        at = chart.layout_now().scale.x(chart.data.columns[40].start + 43_200)
        QTest.mouseMove(chart, QPoint(round(at), 60))
        await _take(window, theme, "history")
        QTest.keyClick(chart, Qt.Key.Key_Escape)
        view.show_beside("d00003")
        view.show_beside("d00005")
        view.controls.period.choose("30")
        await _settle(view)
        await _take(window, theme, "history-compared")
    finally:
        await close_workers(workers)


def main() -> None:
    """Make all of them."""
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    application = make_application([])
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    with loop:
        loop.run_until_complete(_pictures(application))
    asyncio.set_event_loop(None)


if __name__ == "__main__":
    main()
