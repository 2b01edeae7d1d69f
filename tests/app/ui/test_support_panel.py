"""The panel behind "Send logs to support", in the whole window on an agent in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.main import close_workers, make_workers
from app.ui.theme import Theme
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker
from core.model.action import ActionKind, SendBundleArguments
from core.model.problem import Problem
from core.model.status import HubStatus
from tests.support.fake_agent import AT, BUNDLE, FOLDER, FakeAgent
from tests.support.qt_loop import QtLoop

ENROLLED = HubStatus(True, "hub:443", "Harbour Print", "Harbour Street Dental", AT)


class Opened:
    def __init__(self, loop: QtLoop, agent: FakeAgent, qtbot: QtBot) -> None:
        self.loop, self.agent = loop, agent
        self.workers = make_workers(ConnectionWorker(FOLDER, agent.connect))
        self.window = MainWindow(self.workers)
        self.panel = self.window.support_panel
        qtbot.addWidget(self.window)
        self.window.show()
        self.workers.connection.start()
        loop.wait(lambda: self.window.devices._loaded, "the list of devices")

    def press(self) -> None:
        self.window.header.support.click()
        self.loop.wait(lambda: not self.workers.support.busy, "the agent's answer")

    def button(self, name: str) -> QPushButton:
        found = self.panel.findChildren(QPushButton)
        return next(b for b in found if name in {b.text(), b.accessibleName()} and b.isVisible())

    def texts(self) -> str:
        labels = self.panel.findChildren(QLabel)
        return "\n".join(each.text() for each in labels if each.isVisible())

    def asked(self) -> list[ActionKind]:
        return [kind for kind, _ in self.agent.done]


@pytest.fixture
def opened(loop: QtLoop, agent: FakeAgent, qtbot: QtBot, theme: Theme) -> Iterator[Opened]:
    agent.status = replace(agent.status, hub=ENROLLED)
    made = Opened(loop, agent, qtbot)
    yield made
    loop.run(close_workers(made.workers))


def test_what_is_in_it_is_shown_before_it_is_sent(opened: Opened) -> None:
    opened.press()
    assert opened.panel.isVisible()
    assert opened.asked() == [ActionKind.PREPARE_BUNDLE]
    told = opened.texts()
    for file in BUNDLE.files:
        assert file.name in told
        assert file.what in told
    assert "Nothing of what was printed is in it" in told
    assert "212.5 kB" in told
    opened.panel.grab()
    room = sum(
        label.height() for label in opened.panel.findChildren(QLabel) if "masked" in label.text()
    )
    assert room < 4 * opened.panel.fontMetrics().lineSpacing()  # no more than its lines want


def test_sending_gives_the_number_and_copy_copies_it(opened: Opened, qapp: QApplication) -> None:
    opened.press()
    assert opened.button("Send").hasFocus()
    opened.button("Send").click()
    opened.loop.wait(opened.panel._number.isVisible, "the number")
    assert opened.agent.done[-1] == (ActionKind.SEND_BUNDLE, SendBundleArguments("K7F-3QX"))
    assert opened.panel._number.text() == "K7F-3QX"
    selectable = Qt.TextInteractionFlag.TextSelectableByMouse
    assert opened.panel._number.textInteractionFlags() & selectable
    opened.button("Copy the reference number").click()
    assert qapp.clipboard().text() == "K7F-3QX"
    assert "Harbour Print has it" in opened.texts()
    opened.button("Close").click()
    opened.press()  # the next time there is a new one
    assert opened.asked().count(ActionKind.PREPARE_BUNDLE) == 2
    assert "Nothing of what was printed" in opened.texts()


def test_escape_closes_and_what_was_made_is_kept(opened: Opened, qtbot: QtBot) -> None:
    opened.press()
    qtbot.keyClick(opened.panel, Qt.Key.Key_Escape)
    assert not opened.panel.isVisible()
    opened.press()
    assert opened.asked() == [ActionKind.PREPARE_BUNDLE]


def test_without_a_hub_it_is_saved(opened: Opened, tmp_path: Path) -> None:
    opened.agent.set_status(hub=HubStatus(False))
    opened.press()
    opened.loop.wait(lambda: "No dealer is connected" in opened.texts(), "the sentence")
    assert not opened.button("Send").isEnabled()
    source, target = tmp_path / "made.zip", tmp_path / "saved.zip"
    source.write_bytes(b"zip")
    opened.panel.save_asked.emit(replace(BUNDLE, path=str(source)), str(target))
    opened.loop.wait(lambda: f"Saved: {target}" in opened.texts(), "the word")
    assert target.read_bytes() == b"zip"
    assert target.stat().st_mode & 0o077 == 0
    opened.panel.save_asked.emit(BUNDLE, str(tmp_path / "none" / "x.zip"))
    opened.loop.wait(lambda: "cannot be saved" in opened.texts(), "the reason")


def test_a_failure_is_said_and_it_can_still_be_saved(opened: Opened) -> None:
    opened.press()
    opened.agent.refusal = Problem("hub_away", "The bundle was not sent.", "It is kept here: x.")
    opened.button("Send").click()
    opened.loop.wait(lambda: "was not sent" in opened.texts(), "the failure")
    assert opened.button("Send").isEnabled()
    assert opened.button("Save as…").isEnabled()
    opened.agent.refusal = None
    opened.button("Send").click()
    opened.loop.wait(opened.panel._number.isVisible, "the number")
    assert "was not sent" not in opened.texts()
