"""Loading and changing settings, from the window's side."""

from __future__ import annotations

from app.workers.connection import ConnectionWorker, LinkState
from app.workers.settings import SettingsWorker
from core.model.action import ActionKind, SetSettingsArguments
from core.model.event import EventKind, SettingsChanged
from core.model.problem import Problem
from core.model.segment import Segment
from core.model.setting import CredentialName, Setting
from tests.support.fake_agent import FOLDER, FakeAgent
from tests.support.qt_loop import QtLoop


class Heard:
    """A worker and all that it said."""

    def __init__(self, loop: QtLoop, agent: FakeAgent) -> None:
        self.loop = loop
        self.connection = ConnectionWorker(FOLDER, agent.connect)
        self.worker = SettingsWorker(self.connection)
        self.said: list[tuple[object, ...]] = []
        self.rows: list[list[Setting]] = []
        self.names: list[list[CredentialName]] = []
        worker = self.worker
        worker.loaded.connect(self.rows.append)
        worker.named.connect(self.names.append)
        worker.failed.connect(lambda problem: self.said.append(("failed", problem.code)))
        worker.saved.connect(lambda path: self.said.append(("saved", path)))
        worker.kept.connect(lambda name: self.said.append(("kept", name)))
        worker.reckoned.connect(lambda found: self.said.append(("size", found)))
        worker.refused.connect(self._refused)
        worker.unkept.connect(self._refused)

    def _refused(self, what: str, problem: Problem) -> None:
        self.said.append(("refused", what, problem.code))

    def connect(self) -> None:
        self.connection.start()
        self.loop.wait(lambda: self.connection.link.state is LinkState.CONNECTED)

    async def close(self) -> None:
        await self.worker.close()
        await self.connection.close()


def test_nothing_is_loaded_before_it_is_wanted_then_whenever_it_changes(
    loop: QtLoop, agent: FakeAgent
) -> None:
    heard = Heard(loop, agent)
    heard.connect()
    loop.spin(0.05)
    assert agent.queries == 0
    heard.worker.want()
    loop.wait(lambda: len(heard.rows) == 1)
    agent.publish(EventKind.SETTINGS_CHANGED, SettingsChanged(("privacy.macs",)))
    loop.wait(lambda: len(heard.rows) == 2)
    assert {row.path for row in heard.rows[0]} >= {"privacy.macs", "schedule.read_every"}
    loop.run(heard.close())


def test_changes_come_one_after_the_other_and_the_last_holds(
    loop: QtLoop, agent: FakeAgent
) -> None:
    heard = Heard(loop, agent)
    heard.connect()
    for value in (10, 20, 30):
        heard.worker.set("schedule.read_every", value)
    heard.worker.set("schedule.read_every", 1)
    loop.wait(lambda: len(heard.said) == 4)
    refused = ("refused", "schedule.read_every", "bad_settings")
    assert heard.said == [("saved", "schedule.read_every")] * 3 + [refused]
    assert agent.settings.settings.schedule.read_every == 30
    loop.run(heard.close())


def test_credentials_are_kept_forgotten_and_named_again(loop: QtLoop, agent: FakeAgent) -> None:
    heard = Heard(loop, agent)
    heard.connect()
    heard.worker.want()
    loop.wait(lambda: heard.names)
    heard.worker.keep("office", {"communities": ["secret"]})
    loop.wait(lambda: heard.names[-1] == [CredentialName("office", 1, 0, 0)])
    heard.worker.forget("office")
    loop.wait(lambda: heard.names[-1] == [])
    assert heard.said == [("kept", "office"), ("kept", "office")]
    assert agent.done[0][0] is ActionKind.SET_CREDENTIALS
    loop.run(heard.close())


def test_without_an_agent_everything_says_so(loop: QtLoop, agent: FakeAgent) -> None:
    heard = Heard(loop, agent)
    heard.worker.want()
    heard.worker.set("schedule.read_every", 10)
    heard.worker.keep("office", {})
    loop.wait(lambda: len(heard.said) == 3)
    assert set(heard.said) == {
        ("failed", "agent_away"),
        ("refused", "schedule.read_every", "agent_away"),
        ("refused", "office", "agent_away"),
    }
    loop.run(heard.close())


def test_a_network_is_reckoned(loop: QtLoop, agent: FakeAgent) -> None:
    heard = Heard(loop, agent)
    heard.worker.reckon(Segment("Office", ("127.56.0.0/24",)))
    heard.worker.reckon(Segment("Office", ("127.56.0.0/28",)))
    loop.wait(lambda: heard.said)
    ((_, found),) = heard.said
    assert getattr(found, "addresses", 0) in {14, 16}
    loop.run(heard.close())


def test_whether_anything_is_masked_is_known_once_it_is_looked_at(
    loop: QtLoop, agent: FakeAgent
) -> None:
    heard = Heard(loop, agent)
    heard.connect()

    def looked() -> bool:
        asked = agent.queries
        heard.worker.look_at_privacy()
        loop.wait(lambda: agent.queries > asked)
        loop.spin(0.02)
        return heard.worker.masks

    assert not looked()
    for values in ({"privacy.macs": "omit"}, {"privacy.hidden": ["10.0.0.1"]}):
        agent.settings.set(SetSettingsArguments(values))
        assert looked()
        agent.settings.set(SetSettingsArguments(dict.fromkeys(values)))
        assert not looked()
    loop.run(heard.close())
