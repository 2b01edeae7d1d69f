"""What the views can do, as commands: by name from everywhere, and every button that is in sight.

The second makes sure that the palette lacks nothing: a button that a view gains is found in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QLineEdit,
    QMenu,
    QPushButton,
    QWidget,
)

from app.ui.buttons import MenuButton
from app.ui.commands import Command, Commands
from app.ui.devices.details import DeviceDetails
from app.views.window import MainWindow

_NO_COMMANDS = {"row"}  # buttons that show something rather than do something


def register(commands: Commands, window: MainWindow) -> None:
    """Put all of them into the registry."""
    commands.register(*_printers(window), *_files(window), *_finding(window))
    commands.source(lambda _text: _in_sight(window))


def _say(text: str) -> str:
    return QCoreApplication.translate("Commands", text)


def chosen(window: MainWindow) -> list[str]:
    """Give the keys of the printers that a person has chosen where he is."""
    if window.view == "map":
        key = window.map.details.key
        return [key] if key is not None else []
    return window.devices.table.chosen


def _printers(window: MainWindow) -> Iterator[Command]:
    group, actions = _say("Printers"), window.device_actions
    any_ = partial(_any_chosen, window)
    yield Command("read", _say("Read the selected printers now"), group,
                  lambda: actions.read(chosen(window)), "Ctrl+R",
                  "collect refresh update ask counters one printer", possible=any_)  # fmt: skip
    one: tuple[tuple[str, str, str, Callable[[DeviceDetails], object]], ...] = (
        ("history", _say("Show the history of the selected printer"), "chart volume pages past",
         _ask_history),
        ("web", _say("Open the web page of the selected printer"), "browser http ews",
         DeviceDetails.open_web_page),
        ("recall", _say("Show the last ten readings of the selected printer"), "compare before",
         DeviceDetails.ask_recall),
    )  # fmt: skip
    for key, title, words, act in one:
        yield Command(f"printer.{key}", title, group, partial(_with_details, window, act),
                      words=words, possible=lambda: _details(window) is not None)  # fmt: skip
    for managed, title, words in (
        (True, _say("Manage the selected printers"), "watch include"),
        (False, _say("Ignore the selected printers"), "exclude skip leave out"),
    ):
        yield Command(
            f"printer.manage.{managed}", title, group,
            partial(_manage, window, managed),
            words=words, possible=any_,
        )  # fmt: skip


def _manage(window: MainWindow, managed: bool) -> None:
    window.device_actions.manage(chosen(window), managed=managed)


def _ask_history(details: DeviceDetails) -> None:
    details.history_asked.emit(details.key)


def _any_chosen(window: MainWindow) -> bool:
    return bool(chosen(window))


def _details(window: MainWindow) -> DeviceDetails | None:
    found = window.map.details if window.view == "map" else window.devices.details
    return found if found.key is not None else None


def _with_details(window: MainWindow, act: Callable[[DeviceDetails], object]) -> None:
    found = _details(window)
    if found is not None:
        act(found)


def _files(window: MainWindow) -> Iterator[Command]:
    group = _say("Export")
    words = "export save file csv xlsx excel spreadsheet table list report write"
    picture = "export save file picture image svg png print"
    yield Command("export", _say("Export this view…"), group,
                  lambda: _export_here(window), words=f"{words} {picture}",
                  possible=lambda: _export_button(window) is not None)  # fmt: skip
    yield Command("export.chosen", _say("Export the selected printers…"), group,
                  lambda: window.device_actions.ask_file(chosen(window)), words=words,
                  possible=partial(_any_chosen, window))  # fmt: skip
    for key, title, said in (
        ("devices", _say("Export the list of printers…"), words),
        ("history", _say("Export the history…"), f"{words} {picture} chart"),
        ("map", _say("Export the map…"), picture),
    ):
        yield Command(f"export.{key}", title, group, partial(_export_from, window, key), words=said)


def _export_button(window: MainWindow) -> QPushButton | None:
    """Find the button of the view that writes files; one that cannot now is none."""
    named = {
        "devices": window.devices.export,
        "history": window.history.controls.export,
        "map": window.map.save,
    }
    found = named.get(window.view) if window.rail.isVisible() else None
    return found if found is not None and found.isEnabled() else None


def _export_here(window: MainWindow) -> None:
    found = _export_button(window)
    if found is not None:
        found.click()


def _export_from(window: MainWindow, view: str) -> None:
    window.open_view(view)
    _export_here(window)


# --- finding --------------------------------------------------------------------------------------


def _finding(window: MainWindow) -> Iterator[Command]:
    yield Command("find", _say("Filter or search what is shown"), _say("View"),
                  lambda: _find(window), "Ctrl+F", "look for", bound=True,
                  possible=lambda: _field(window) is not None)  # fmt: skip
    yield Command("rule", _say("Make a new rule"), _say("Alerts"), lambda: _new_rule(window),
                  words="alarm notify warn tell condition threshold")  # fmt: skip
    # The views that filter listen to the keys themselves.
    shortcut = QShortcut(QKeySequence("Ctrl+F"), window.settings)
    shortcut.activated.connect(lambda: _find(window))


def _field(window: MainWindow) -> QLineEdit | None:
    view = window.views.get(window.view)
    fields = view.header.findChildren(QLineEdit) if view is not None else []
    return next((each for each in fields if each.isVisible() and each.isEnabled()), None)


def _find(window: MainWindow) -> None:
    found = _field(window)
    if found is not None:
        found.setFocus()
        found.selectAll()


def _new_rule(window: MainWindow) -> None:
    window.open_view("alerts")
    window.alerts.new_rule.click()


# --- what is in sight -----------------------------------------------------------------------------


def _in_sight(window: MainWindow) -> Iterator[Command]:
    view = window.views.get(window.view)
    if view is None or not view.isVisible():
        return
    group = view.accessibleName()
    known = (window.devices.scan, window.map.scan, _export_button(window))
    inside = [(view, each) for each in view.findChildren(QAbstractButton)]
    above = [(window.banner, each) for each in window.banner.findChildren(QAbstractButton)]
    for home, each in (*above, *inside):
        if not _offers(each, home):
            continue
        title = each.accessibleName() or each.text()
        if isinstance(each, MenuButton):
            yield from _menu(each, title, group)
        if each not in known:
            yield Command(f"here.{id(each)}", title, group, each.click, words=each.text())


def _offers(button: QAbstractButton, view: QWidget) -> bool:
    if not (button.isVisible() and button.isEnabled()):
        return False
    if button.property("kind") in _NO_COMMANDS or not (button.accessibleName() or button.text()):
        return False
    above = button.parentWidget()
    while above is not None and above is not view:
        if isinstance(above, QAbstractScrollArea | QLineEdit):
            return False  # of a part that has its own commands, or of Qt's own
        above = above.parentWidget()
    return True


def _menu(button: MenuButton, title: str, group: str) -> Iterator[Command]:
    menu: QMenu = button.list
    menu.aboutToShow.emit()  # it is filled then
    for action in menu.actions():
        if action.isEnabled() and action.isVisible() and action.text():
            text = action.text().replace("&&", "&")
            said = f"{title}: {text}"
            yield Command(f"here.{id(button)}.{text}", said, group, action.trigger)
