"""A hand that sets Platen up in a real window, as a stranger would: run as a program.

It reads the code from standard input, and prints in JSON how many clicks and how much typing it
took, how long, and what the last step said.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.main import close_workers, connect, make_application, make_workers
from app.ui.first_run.stepper import Step
from app.ui.window_state import WindowState
from app.views.habits import Habits
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker
from app.workers.launch import ProcessLauncher
from tests.support.qt_loop import QtLoop


class Hand:
    """Clicks and types, and counts both."""

    def __init__(self, loop: QtLoop, window: MainWindow, habits: Habits) -> None:
        self.loop, self.window, self.habits = loop, window, habits
        self.view = habits.first_run
        self.clicks = self.texts = 0
        self.began = time.monotonic()

    def click(self, button: QAbstractButton) -> None:
        self.loop.wait(lambda: button.isVisible() and button.isEnabled(), button.text())
        self.clicks += 1
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def type(self, field: QWidget, text: str) -> None:
        self.texts += 1
        field.setFocus()
        QTest.keyClicks(field, text)

    def wait(self, condition: Callable[[], object], what: str) -> None:
        self.loop.wait(condition, what)

    def connect(self, hub: str, code: str) -> dict[str, str]:
        """Come to the dealer by way of a mistake: what is refused stays to be put right."""
        step = self.view.connect_step
        self.type(step.address, hub)
        self.type(step.code, "not-a-code")
        self.click(step.go)
        self.wait(lambda: step._code_row.refused, "the code to be refused")
        refused = step._code_row.refused
        step.code.clear()
        self.type(step.code, code)
        self.click(step.go)
        self.wait(lambda: self.view.step is Step.NETWORKS, "the dealer")
        return {"refused": refused, **{k.value: v.value for k, v in step.checks.results.items()}}

    def search(self, network: str) -> None:
        """Search this network alone: tests ask nobody outside of this computer."""
        step = self.view.networks
        self.wait(lambda: step.rows or step._none.isVisible(), "the networks")
        self.loop.spin(0.5)
        for row in step.rows:
            row.tick.setChecked(False)
        self.type(step.more, network)
        self.click(step._add_button)
        self.wait(step.chosen, "the network")
        assert [one.name for one in step.chosen()] == [network]
        self.click(step.go)
        self.wait(lambda: self.view.step is Step.DONE, "the end")


def main(folder: Path, hub: str, network: str, pictures: Path) -> None:
    """Set up; the agent is started by the window, and lives on."""
    code = sys.stdin.readline().strip()
    application = make_application([])
    loop = QtLoop(application)
    launcher = ProcessLauncher(folder)
    workers = make_workers(ConnectionWorker(folder, connect, launcher))
    window = MainWindow(workers)
    state = WindowState()
    habits = Habits(window, workers, state)
    window.show()
    workers.connection.start()
    loop.wait(lambda: habits.setting_up, "the first step")
    hand = Hand(loop, window, habits)
    checks = hand.connect(hub, code)
    hand.search(network)
    window.grab().save(str(pictures / "done.png"))
    said = hand.view.done.title.text()
    took = time.monotonic() - hand.began
    hand.click(hand.view.done.devices)
    loop.wait(lambda: window.view == "devices" and not habits.setting_up, "the printers")
    told = {"said": said, "clicks": hand.clicks, "texts": hand.texts, "seconds": round(took, 1)}
    told |= {"rows": window.model.rowCount(), "set_up": len(state.set_up), "checks": checks}
    sys.stdout.write(json.dumps(told) + "\n")
    window.close()
    loop.run(habits.close())
    loop.run(close_workers(workers))
    loop.close()
    launcher.forget()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4]))
