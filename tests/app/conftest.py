"""Qt for tests: no screen unless one is asked for, British figures, and no word from Qt."""

from __future__ import annotations

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from app import ending
from app.ui.theme import Theme
from tests.support.fake_agent import FakeAgent
from tests.support.qt_loop import QtLoop

_HERE = Path(__file__).parent
_OTHERS = _HERE / "commands"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let any warning of Qt fail the test that caused it."""
    for item in items:
        if _HERE in item.path.parents and _OTHERS not in item.path.parents:
            item.add_marker(pytest.mark.qt_log_level_fail("DEBUG"))
            # The plugin without a screen says this of every window with a least size.
            item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints"))


@pytest.fixture(scope="session", autouse=True)
def _british() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


@pytest.fixture(scope="module", autouse=True)
def _collected_in_this_thread() -> Iterator[None]:
    """As in the window's process: what tests leave behind is collected here and nowhere else."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _ends_in_order() -> None:
    ending.at_end()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The theme, light, as the application has it."""
    found = qapp.findChild(Theme) or Theme(qapp)
    found.force(False)
    yield found
    found.force(None)


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[QtLoop]:
    """Qt's loop as asyncio's."""
    made = QtLoop(qapp)
    yield made
    made.close()


@pytest.fixture
def agent() -> FakeAgent:
    """An agent in memory."""
    return FakeAgent()
