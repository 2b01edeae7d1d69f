"""The settings as they stand in the window, on an agent in memory with the real rules."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.settings.editors import Editor
from app.ui.settings.entry import EntryForm
from app.ui.settings.row import SettingRow
from app.ui.settings.table import TableEditor
from app.views.settings import SettingsView
from app.workers.connection import ConnectionWorker, LinkState
from app.workers.settings import SettingsWorker
from core.model.action import SetSettingsArguments
from core.model.event import EventKind, SettingsChanged
from tests.support.fake_agent import FOLDER, FakeAgent
from tests.support.qt_loop import QtLoop


class Opened:
    """The view with its worker."""

    def __init__(self, loop: QtLoop, agent: FakeAgent, qtbot: QtBot) -> None:
        self.loop, self.agent = loop, agent
        self.connection = ConnectionWorker(FOLDER, agent.connect)
        self.worker = SettingsWorker(self.connection)
        self.view = SettingsView()
        qtbot.addWidget(self.view)
        self.view.resize(904, 700)
        self.view.join(self.worker)
        self.connection.start()
        loop.wait(lambda: self.connection.link.state is LinkState.CONNECTED)
        self.view.show()
        loop.wait(lambda: self.view.rows, "the settings")

    def row(self, path: str) -> SettingRow:
        return self.view.rows[path]

    def table(self, path: str) -> TableEditor:
        editor = self.row(path).editor
        assert isinstance(editor, TableEditor)
        return editor

    def change(self, path: str, value: object) -> None:
        """Change a value as its widgets do."""
        change(self.row(path).editor, value)

    def set_to(self, path: str) -> object:
        """Give what the agent has."""
        value: object = self.agent.settings.settings
        for step in path.split("."):
            value = getattr(value, step)
        return value

    async def close(self) -> None:
        await self.connection.close()
        await self.worker.close()


def change(editor: Editor, value: object) -> None:
    editor.show_value(value)
    editor.changed.emit()


def press(home: QWidget, name: str) -> None:
    """Press the button of this name."""
    found = (b for b in home.findChildren(QPushButton) if not b.isHidden())
    next(b for b in found if name in {b.text(), b.accessibleName()}).click()


def fill(form: EntryForm, **values: object) -> None:
    for path, value in values.items():
        change(form.editors[path], value)


def set_elsewhere(agent: FakeAgent, path: str, value: object, *, tell: bool = True) -> None:
    """Set a setting as another face does; ``tell`` the window of it."""
    told = agent.settings.set(SetSettingsArguments({path: value}))
    if tell:
        agent.publish(EventKind.SETTINGS_CHANGED, SettingsChanged(tuple(told)))
