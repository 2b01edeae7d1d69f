"""Alerts from the window to a real agent and back: a simulated printer, a rule, what it raises."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.main import close_workers, connect, make_workers
from app.ui.rules.condition import ConditionForm
from app.ui.rules.fields import PercentField
from app.ui.rules.forms import WhenForm
from app.ui.theme import Theme
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker
from core.model.action import ActionKind, ReadArguments
from tests.support.need import ROOT
from tests.support.qt_loop import QtLoop
from tests.support.simulated import Served, simulated

NETWORK = "127.54.3.0/29"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="127/8 is Linux")


@contextmanager
def agent(folder: Path) -> Iterator[None]:
    """Run an agent of its own process while the block runs."""
    command = [sys.executable, "-P", "-m", "app", "agent", "--data", str(folder)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)


async def read(window: MainWindow, printer: Served) -> None:
    """Read a printer, as a schedule would."""
    client = window._workers.connection.client()
    arguments = ReadArguments(printer.address, printer.port)
    async for _ in client.do(ActionKind.READ, arguments):
        pass


def press(name: str, home: QWidget) -> None:
    buttons = [b for b in home.findChildren(QPushButton) if b.isVisible() and b.text() == name]
    assert buttons, name
    buttons[0].click()


def set_threshold(window: MainWindow, loop: QtLoop, percent: int) -> None:
    view = window.alerts
    view.edit_rule("toner-low")
    assert isinstance(view.editor.form, WhenForm)
    threshold = view.editor.form.fields["threshold"]
    assert isinstance(threshold, PercentField)
    threshold.setValue(percent)
    press("Save", view.editor)
    loop.wait(lambda: not view.editor.isVisible(), "the rule to be saved")


def try_and_save(window: MainWindow, loop: QtLoop) -> None:
    view = window.alerts
    view.new_rule.click()
    condition = view.editor.form
    assert isinstance(condition, ConditionForm)
    loop.wait(lambda: condition.tree.topLevelItemCount() > 5, "the fields of the printer")
    view.editor.name.setText("It has printed")
    condition.field.setPlainText("meters.total > 0")
    press("Test it", view.editor)
    loop.wait(lambda: condition.tried, "the verdicts")
    assert condition.verdicts.sentence == "Alert for 1, no alert for 0, not known for 0."
    press("Save", view.editor)
    loop.wait(lambda: "it-has-printed" in view.rules.rows, "the own rule")


@pytest.mark.timeout(120)
def test_a_threshold_makes_an_alert_that_is_acknowledged_and_a_condition_is_kept(
    loop: QtLoop, qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    with simulated(NETWORK, 1) as (printer,), agent(tmp_path / "data"):
        workers = make_workers(ConnectionWorker(tmp_path / "data", connect))
        window = MainWindow(workers)
        qtbot.addWidget(window)
        window.show()
        window.open_view("alerts")
        workers.connection.start()
        view = window.alerts
        loop.wait(lambda: view._loaded and view.desk.loaded, "the agent")
        set_threshold(window, loop, 99)
        loop.run(read(window, printer))
        low = "toner-low"
        loop.wait(lambda: any(o.rule == low for o in view.model._items.values()), "the alert")
        item = next(o for o in view.model._items.values() if o.rule == low)
        view.table.select_key(item.key)
        press("Where does this come from?", view.pane)
        loop.wait(view.pane.card.isVisible, "the reading")
        press("Acknowledge", view.pane)
        loop.wait(lambda: not view.model._items[item.key].open, "the acknowledgement")
        try_and_save(window, loop)
        loop.run(read(window, printer))
        own = "it-has-printed"
        loop.wait(lambda: any(o.rule == own for o in view.model._items.values()), "its alert")
        loop.run(close_workers(workers))
