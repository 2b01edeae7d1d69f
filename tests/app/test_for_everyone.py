"""The window without eyes and without a mouse: names, the keyboard's way, and where it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.main import close_workers, make_workers
from app.ui.theme import Theme
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker
from tests.support import unnamed
from tests.support.fake_agent import FOLDER
from tests.support.qt_loop import QtLoop
from tests.support.scenes import scenes
from tests.support.whole_life import agent


@pytest.fixture
def window(loop: QtLoop, qtbot: QtBot, theme: Theme) -> Iterator[MainWindow]:
    workers = make_workers(ConnectionWorker(FOLDER, agent().connect))
    made = MainWindow(workers)
    qtbot.addWidget(made)
    made.show()
    workers.connection.start()
    loop.wait(lambda: made.devices._loaded and made.alerts._loaded and made.alerts.rules.rows)
    made.activateWindow()
    yield made
    loop.run(close_workers(workers))


def test_everything_that_is_used_has_a_name(window: MainWindow, loop: QtLoop) -> None:
    found = {f"{s}: {w}" for s in scenes(window, loop) for w in unnamed.unnamed(window)}
    assert not found, "\n".join(sorted(found))


def test_everything_that_is_pressed_is_reached_by_keys(window: MainWindow, loop: QtLoop) -> None:
    found = {f"{s}: {w}" for s in scenes(window, loop) for w in unnamed.unreachable(window)}
    assert not found, "\n".join(sorted(found))


def test_tab_walks_round_each_view_and_is_never_lost(
    window: MainWindow, loop: QtLoop, qtbot: QtBot
) -> None:
    for view in window.views:
        window.open_view(view)
        loop.spin(0.05)
        seen: list[QWidget] = []
        for _ in range(300):
            now = QApplication.focusWidget()
            assert now is not None, f"{view}: the keyboard is nowhere after {seen[-1:]}"
            assert now.isVisible(), f"{view}: the keyboard is on something hidden: {now}"
            assert window.isAncestorOf(now)
            if now in seen:
                break
            seen.append(now)
            qtbot.keyClick(now, Qt.Key.Key_Tab)
        assert window.header.support in seen, view
        assert any(each in seen for each in window.rail._buttons.values()), view


def test_where_the_keyboard_is_can_be_seen(window: MainWindow, loop: QtLoop) -> None:
    """What has the keyboard looks other than without it."""
    hidden = []
    for view in window.views:
        window.open_view(view)
        loop.spin(0.05)
        for widget in list(unnamed.used(window)):
            takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if not takes or not widget.isVisible() or not widget.isEnabled():
                continue
            window.header.search.setFocus()
            loop.spin(0)
            before = widget.grab().toImage()
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            if widget is not window.header.search and widget.grab().toImage() == before:
                hidden.append(f"{view}: {unnamed.widget_name(widget)} {widget.accessibleName()!r}")
    assert not hidden, "\n".join(sorted(set(hidden)))


def test_the_test_sees_what_it_looks_for(window: MainWindow) -> None:
    button = window.devices.scan
    button.setText("")
    told = QAccessible.queryAccessibleInterface(button)
    assert told is not None
    assert any("TextButton" in said for said in unnamed.unnamed(window))
