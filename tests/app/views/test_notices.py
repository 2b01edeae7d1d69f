"""What is said at the top of the window, and what gives way to what."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.banner import Notice
from app.ui.theme import Theme
from app.ui.tokens import Tone
from app.views import notices
from app.views.notices import Notices
from app.workers.connection import Link, LinkState
from core.model.problem import Problem

AWAY = Notice(Tone.ERROR, "The agent has gone.")
ALWAYS = Notice(Tone.ACCENT, "The agent runs in this window.")
TORN = Problem("torn", "It is torn.", "Mend it.")


class Top(QObject):
    """The notices of a window, and how it stands to the agent."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self.state = LinkState.CONNECTED
        self.notices = Notices(self, lambda: Link(self.state))
        self.home = QWidget()
        qtbot.addWidget(self.home)
        self.notices.lay_out(QVBoxLayout(self.home))
        self.home.show()

    @property
    def said(self) -> list[str]:
        both = (self.notices.banner, self.notices.failure)
        return [each.notice.text for each in both if each.notice and each.isVisible()]

    def lose(self) -> None:
        self.state = LinkState.AWAY
        self.notices.show_state(AWAY)


@pytest.fixture
def top(qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch) -> Top:
    monkeypatch.setattr(notices, "SHOWN_MS", 50)
    return Top(qtbot)


def test_a_failure_stands_under_what_is_wrong_already(top: Top) -> None:
    top.notices.say_always(ALWAYS)
    assert top.said == [ALWAYS.text]
    top.notices.refuse(TORN)
    assert top.said == [TORN.text]
    top.lose()
    assert top.said == [AWAY.text, TORN.text]
    assert top.notices.failure.notice == Notice(Tone.WARNING, TORN.text, TORN.remedy)


def test_it_goes_by_itself_when_the_agent_is_there(top: Top, qtbot: QtBot) -> None:
    top.notices.refuse(TORN)
    qtbot.waitUntil(lambda: top.said == [])


def test_while_the_agent_is_away_it_waits(top: Top, qtbot: QtBot) -> None:
    top.notices.refuse(TORN)
    top.lose()
    qtbot.wait(150)
    assert top.said == [AWAY.text, TORN.text]
    top.state = LinkState.CONNECTED
    top.notices.show_state(None)
    assert top.said == [TORN.text]
    qtbot.waitUntil(lambda: top.said == [])


@pytest.mark.parametrize("code", ["agent_away", "agent_silent", "agent_forbidden"])
def test_that_the_agent_is_away_is_said_once(top: Top, code: str) -> None:
    top.notices.refuse(Problem(code, "No agent is running.", "Start it."))
    assert top.said == ["No agent is running."]  # nothing else says it yet
    top.lose()
    assert top.said == [AWAY.text]
    top.notices.refuse(Problem(code, "No agent is running.", "Start it."))
    assert top.said == [AWAY.text]
