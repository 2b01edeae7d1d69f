"""A hand at the settings of a real window: run as a program beside a data folder's agent.

It types and clicks as a person does, and waits for what the window says; ``tests`` look at what
came of it from outside.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QSpinBox, QWidget

from app.main import close_workers, connect, make_application, make_workers
from app.ui.segmented import SegmentedControl
from app.ui.settings.credential_fields import SecretField
from app.ui.settings.table import TableEditor
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker
from app.workers.launch import ProcessLauncher
from tests.support.qt_loop import QtLoop

READ_EVERY = "45"
NETWORK = "127.56.1.0/29"
USER = "reader"


def found(home: QWidget, name: str) -> QAbstractButton | None:
    """Give the button of this name that can be seen."""
    for each in home.findChildren(QAbstractButton):
        if name in {each.text(), each.accessibleName()} and each.isVisible():
            return each
    return None


def type_into(field: QWidget, text: str) -> None:
    """Write over what stands in a field, and say that it is done.

    With Enter: a screen without a window manager gives no window the keyboard for good.
    """
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


class Hand:
    """Changes an interval, allows SNMPv3 in a network, enters a user, and masks MACs."""

    def __init__(self, loop: QtLoop, window: MainWindow) -> None:
        self.loop, self.view = loop, window.settings
        window.open_view("settings")
        loop.wait(lambda: self.view.rows, "the settings")

    def _press(self, home: QWidget, name: str) -> None:
        self.loop.wait(lambda: found(home, name), f"the button {name!r}")
        button = found(home, name)
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def _done(self, path: str, before: object) -> None:
        self.loop.wait(lambda: self.view.rows[path].row.value != before, path)

    def change_the_interval(self) -> None:
        row = self.view.rows["schedule.read_every"]
        box = row.editor.findChild(QSpinBox)
        assert box is not None
        type_into(box, READ_EVERY)
        self._done("schedule.read_every", 60)

    def mask_macs(self) -> None:
        row = self.view.rows["privacy.macs"]
        control = row.editor.findChild(SegmentedControl)
        assert control is not None
        QTest.mouseClick(control.part("mask"), Qt.MouseButton.LeftButton)
        self._done("privacy.macs", "show")

    def enter_a_user(self, password: str) -> None:
        card = self.view.credentials
        self._press(card, "Add passwords")
        form = card.form
        assert form is not None
        self._press(form, "Add an SNMPv3 user")
        type_into(form._name, "office")
        fields = {f.accessibleName(): f for f in form.findChildren(QLineEdit)}
        type_into(fields["Name of the user"], USER)
        for secret in form.findChildren(SecretField):
            type_into(secret, password)
        self._press(form, "Save passwords")
        self.loop.wait(lambda: "office" in self.view.factory.credentials, "the credentials")

    def allow_v3(self) -> None:
        table = self.view.rows["discovery.segments"].editor
        assert isinstance(table, TableEditor)
        self._press(table, "Add to Networks")
        form = table.form
        assert form is not None
        name = form.editors["name"].focusProxy()
        assert name is not None
        type_into(name, "Front office")
        targets = form.editors["targets"].focusProxy()
        assert targets is not None
        QTest.keyClicks(targets, NETWORK)
        form.editors["credentials"].show_value("office")
        self._press(form, "Allow SNMPv3 here (can be encrypted)")
        self._press(form, "Save")
        self._done("discovery.segments", [])


def main(folder: Path, password: str, picture: Path) -> None:
    """Do it all; the agent is started by the window, and lives on."""
    application = make_application([])
    loop = QtLoop(application)
    launcher = ProcessLauncher(folder)
    workers = make_workers(ConnectionWorker(folder, connect, launcher))
    window = MainWindow(workers)
    window.show()
    workers.connection.start()
    hand = Hand(loop, window)
    hand.change_the_interval()
    hand.mask_macs()
    hand.enter_a_user(password)
    hand.allow_v3()
    loop.run(asyncio.sleep(0.1))
    window.grab().save(str(picture))
    clipboard = QApplication.clipboard().text()
    assert password not in clipboard
    window.close()
    loop.run(close_workers(workers))
    loop.close()
    launcher.forget()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.stdin.readline().strip(), Path(sys.argv[2]))
