"""Every command of the window, by name: what the palette finds, and the keys that do it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu

from app.ui.commands import Command, Commands
from app.ui.schemes import Choice
from app.ui.settings import words as setting_words
from app.ui.theme import Theme
from app.views.window import MainWindow

_MOST_DEVICES = 30


@dataclass(frozen=True, slots=True)
class Doings:
    """What the commands do beyond what the window itself offers."""

    guide: Callable[[], object]
    keys: Callable[[], object]
    set_up: Callable[[], object]
    palette: Callable[[], object]
    copy: Callable[[], object]
    message: Callable[[], object]
    message_there: Callable[[], bool]


def register(commands: Commands, window: MainWindow, doings: Doings, menu: QMenu | None) -> None:
    """Put all of them into the registry."""
    commands.register(
        Command("palette", _say("Search or run a command"), _help(), doings.palette, "Ctrl+K",
                listed=False),
        *_views(window),
        *_work(window, doings),
        *_looks(),
        Command("guide", _say("Open the guide at this place"), _help(), doings.guide, "F1"),
        Command("keys", _say("Show all keys"), _help(), doings.keys, "?", "shortcuts keyboard"),
        Command("message", _say("Go to the message that is shown"), _help(), doings.message, "F8",
                "toast notification undo dismiss", possible=doings.message_there),
        Command("escape", _say("Close what is open over the window"), _help(), lambda: None,
                "Esc", bound=True, listed=False),
        Command("set_up", _say("Set up Platen step by step"), _help(), doings.set_up,
                words="first run wizard again dealer enrol code connect start over"),
        Command("close", _say("Close the window"), _say("Window"), window.close, "Ctrl+Q",
                "quit exit", bound=True),
    )  # fmt: skip
    commands.source(lambda text: _devices(window, text))
    commands.source(lambda _text: _settings(window))
    if menu is not None:
        commands.source(lambda _text: _agent(menu))


def _say(text: str) -> str:
    return QCoreApplication.translate("Commands", text)


def _help() -> str:
    return QCoreApplication.translate("Commands", "Help")


def _views(window: MainWindow) -> Iterator[Command]:
    form = QCoreApplication.translate("Commands", "Go to %1")
    for number, (key, view) in enumerate(window.views.items(), 1):
        yield Command(
            f"view.{key}",
            form.replace("%1", view.accessibleName(), 1),
            QCoreApplication.translate("Commands", "View"),
            partial(window.open_view, key),
            f"Ctrl+{number}",
            bound=True,
        )


def _work(window: MainWindow, doings: Doings) -> Iterator[Command]:
    printers = QCoreApplication.translate("Commands", "Printers")
    yield Command("scan", _say("Scan the network…"), printers, lambda: scan(window),
                  "Ctrl+Shift+S", "search find discover segments")  # fmt: skip
    yield Command("copy", _say("Copy what is selected"), printers, doings.copy, "Ctrl+C",
                  "clipboard spreadsheet rows values chart")  # fmt: skip
    yield Command("support", _say("Send logs to support…"), _help(), window.header.support.click,
                  "Ctrl+Shift+L", "bundle diagnose problem")  # fmt: skip


def scan(window: MainWindow) -> None:
    """Open the panel that starts a search, where its button is."""
    if window.view not in {"devices", "map"} or not window.rail.isVisible():
        window.open_view("devices")
    view = window.map if window.view == "map" else window.devices
    window.scan_panel.open_at(view.scan)


def _looks() -> Iterator[Command]:
    group = QCoreApplication.translate("Commands", "Look")
    names = {
        Choice.SYSTEM: _say("Light or dark as the system is"),
        Choice.LIGHT: _say("Light"),
        Choice.DARK: _say("Dark"),
        Choice.CONTRAST: _say("High contrast"),
    }
    for choice, name in names.items():
        yield Command(f"look.{choice}", name, group, partial(_wear, choice),
                      words="theme colour color scheme mode")  # fmt: skip


def _wear(choice: Choice) -> None:
    application = QApplication.instance()
    theme = application.findChild(Theme) if application is not None else None
    if theme is not None:
        theme.choose(choice)


def _devices(window: MainWindow, text: str) -> Iterator[Command]:
    needles = text.casefold().split()
    group = QCoreApplication.translate("Commands", "Printer")
    count = 0
    for row in window.model.rows():
        if count == _MOST_DEVICES:
            return
        if all(needle in row.haystack for needle in needles):
            count += 1
            title = ", ".join(part for part in (row.title, row.subtitle, row.address) if part)
            yield Command(f"device.{row.key}", title, group,
                          partial(_show, window, row.key), words=row.haystack)  # fmt: skip


def _show(window: MainWindow, key: str) -> None:
    window.open_view("devices")
    window.devices.show_key(key)


def _settings(window: MainWindow) -> Iterator[Command]:
    form = QCoreApplication.translate("Commands", "Settings, %1")
    for path, shown in window.settings.rows.items():
        group = form.replace("%1", setting_words.title(shown.row.topic), 1)
        words = f"{path} {setting_words.meaning(shown.row)}"
        yield Command(f"setting.{path}", setting_words.name(shown.row), group,
                      partial(_set, window, path), words=words)  # fmt: skip


def _set(window: MainWindow, path: str) -> None:
    window.open_view("settings")
    window.settings.search.setText(path)


def _agent(menu: QMenu, before: str = "") -> Iterator[Command]:
    """Give what the agent's menu offers now, with that of its inner menus."""
    group = QCoreApplication.translate("Commands", "Agent")
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu) and action.isEnabled():
            yield from _agent(inner, f"{action.text()}: ")
        elif action.isVisible() and action.isEnabled() and action.text():
            yield _of_action(action, f"{before}{action.text()}", group)


def _of_action(action: QAction, title: str, group: str) -> Command:
    return Command(f"agent.{title}", title, group, action.trigger)
