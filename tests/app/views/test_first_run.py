"""Setting up on an agent in memory: when it comes, what it says, the ways back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.main import close_workers, make_workers
from app.ui.first_run_stepper import Step
from app.ui.theme import Theme
from app.ui.window_state import WindowState
from app.views import first_run
from app.views.first_run import FirstRunView
from app.views.habits import Habits
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker
from app.workers.first_run import Suggestion
from app.workers.reckon import Reckoned
from core.model.action import DiscoverArguments
from core.model.connection import ConnectionStep, StepName, StepResult
from core.model.event import EventKind, Finished, Progress
from core.model.problem import Problem
from core.model.segment import Segment
from core.model.status import HubStatus
from tests.support.fake_agent import FOLDER, FakeAgent, usual_status
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import summary

OFFICE = Suggestion("192.168.4.0/24", ("192.168.4.0/24",), Reckoned(254, 4.0), own=True)


class Opened:
    def __init__(self, loop: QtLoop, agent: FakeAgent, qtbot: QtBot) -> None:
        self.loop, self.agent = loop, agent
        self.workers = make_workers(ConnectionWorker(FOLDER, agent.connect))
        self.state = WindowState()
        self.window = MainWindow(self.workers)
        qtbot.addWidget(self.window)
        self.habits = Habits(self.window, self.workers, self.state)
        self.window.show()
        self.workers.connection.start()
        loop.wait(lambda: self.habits.setting_up, "the first step")

    @property
    def view(self) -> FirstRunView:
        return self.habits.first_run


@pytest.fixture
def opened(loop: QtLoop, agent: FakeAgent, qtbot: QtBot, theme: Theme) -> Iterator[Opened]:
    made = Opened(loop, agent, qtbot)
    yield made
    loop.run(made.habits.close())
    loop.run(close_workers(made.workers))


def test_it_comes_only_where_nothing_is_set_up() -> None:
    bare = usual_status()
    assert first_run.wanted(bare)
    assert not first_run.wanted(replace(bare, devices=1))
    assert not first_run.wanted(replace(bare, segments=(Segment("a", ("10.0.0.1",)),)))
    assert not first_run.wanted(replace(bare, hub=HubStatus(True)))


def test_put_off_it_stays_away_and_can_be_had_again(opened: Opened) -> None:
    opened.view.stepper.later.click()
    assert opened.window.view == "devices"
    assert opened.window.rail.isVisible()
    assert opened.state.set_up == [opened.agent.status.installation]
    opened.agent.set_status(state="idle")
    opened.loop.spin()
    assert not opened.habits.setting_up
    opened.habits.commands.run("set_up")
    assert opened.habits.setting_up


def test_what_is_missing_is_said_at_its_field(opened: Opened) -> None:
    step = opened.view.connect_step
    step.go.click()
    assert step._address_row.refused
    step.address.setText("hub.example.com")
    step.go.click()
    assert not step._address_row.refused
    assert step._code_row.refused


def test_a_check_that_fails_says_cause_and_remedy_and_can_be_tried_again(opened: Opened) -> None:
    step = opened.view.connect_step
    step.address.setText("hub.example.com")
    step.code.setText("K7F3")
    step.checks.start()
    step.go.work(True)
    failed = ConnectionStep(StepName.TCP, "", StepResult.FAILED, "Nothing answers.", "Open it.")
    step.take(failed)
    step.fail(Problem("step_tcp", failed.cause, failed.remedy))
    names = [w.accessibleName() for w in step.checks.children() if w.isWidgetType()]
    assert any("Failed. Nothing answers. Open it." in name for name in names)
    assert step.go.isEnabled()
    assert step.go.text() == "Try again"
    assert step.code.text() == "K7F3"
    assert opened.view.step is Step.CONNECT


def test_a_code_that_is_none_is_said_at_once_and_nobody_is_asked(opened: Opened) -> None:
    step = opened.view.connect_step
    step.address.setText("hub.example.com")
    step.code.setText("K7F3")
    step.go.click()
    opened.loop.wait(lambda: step._code_row.refused, "the reason")
    assert "4 characters instead of 40" in step._code_row.refused
    assert not step.checks.isVisible()
    assert not opened.agent.done
    assert step.code.text() == "K7F3"


def test_whose_server_it_is_shows_with_the_code(opened: Opened) -> None:
    step = opened.view.connect_step
    step.checks.start()
    for name in StepName:
        step.take(ConnectionStep(name, "", StepResult.OK, "Fine."))
    results = step.checks.results
    assert results[StepName.TLS] is StepResult.OK
    assert results[StepName.CERTIFICATE] is results[StepName.CLOCK] is StepResult.SKIPPED
    step.fail(Problem("hub_not_the_one", "It is another hub.", "Check the address."))
    assert step.checks.results[StepName.CERTIFICATE] is StepResult.FAILED
    names = [w.accessibleName() for w in step.checks.children() if w.isWidgetType()]
    assert any("Failed. It is another hub. Check the address." in name for name in names)
    assert sum("Failed" in name for name in names) == 1
    step.succeed()
    assert set(step.checks.results.values()) == {StepResult.OK}


def test_what_is_no_address_is_said_without_words_of_the_trade(opened: Opened) -> None:
    step = opened.view.connect_step
    step.address.setText("printers yourdealer")
    step.fail(Problem("bad_hub_address", '"x" is not HOST:PORT.', "For example hub.example:443."))
    assert "HOST:PORT" not in step._address_row.refused
    assert "printers.yourdealer.com" in step._address_row.refused


def test_with_a_dealer_it_says_which_and_lets_go_on(opened: Opened) -> None:
    hub = HubStatus(True, "hub:443", "Harbour Print", "Harbour Street Dental")
    opened.agent.set_status(hub=hub)
    step = opened.view.connect_step
    opened.loop.wait(lambda: "Harbour Print" in step.sentence.text(), "the dealer")
    assert step.title.text() == "Connected to your dealer"
    assert step.skip.text() == "Go on"


def test_joined_it_goes_on_and_the_code_is_forgotten(opened: Opened) -> None:
    opened.view.connect_step.code.setText("K7F3")
    opened.habits.worker.joined.emit()
    assert opened.view.step is Step.NETWORKS
    assert opened.view.connect_step.code.text() == ""


def at_networks(opened: Opened) -> None:
    opened.view.connect_step.skip.click()
    assert opened.view.step is Step.NETWORKS
    opened.view.networks.show_own([OFFICE])
    for row in opened.view.networks.rows:
        row.tick.setChecked(row.suggestion == OFFICE)


def test_what_cannot_be_searched_is_said_in_its_place(opened: Opened, tmp_path: Path) -> None:
    at_networks(opened)
    networks = opened.view.networks
    networks.more.setText("10.0.0.300")
    networks._add_button.click()
    opened.loop.wait(lambda: networks._row.refused, "the reason")
    assert "cannot be searched" in networks._row.refused
    listed = tmp_path / "list.csv"
    listed.write_text("10.0.0.1\nnot an address!\n")
    opened.habits.take_file(listed)
    networks.more.clear()
    opened.loop.wait(networks.notice.isVisible, "the bad line")
    listed.write_text("\n".join(f"10.0.1.{n}" for n in range(1, 40)))
    opened.habits.take_file(listed)
    opened.loop.wait(lambda: len(networks.chosen()) == 2, "the list")
    assert networks.chosen()[-1].name == "list.csv"
    assert len(networks.chosen()[-1].targets) == 39


def test_printers_appear_and_the_end_says_how_many(opened: Opened) -> None:
    at_networks(opened)
    agent = opened.agent
    agent.on_discover = lambda _action: None
    opened.view.networks.community.setText("secret")
    opened.view.networks.go.click()
    opened.loop.wait(lambda: opened.view.step is Step.SCAN, "the search")
    asked = agent.done[-1][1]
    assert isinstance(asked, DiscoverArguments)
    assert (asked.segments, asked.communities) == ((OFFICE.segment(),), ("secret",))
    assert asked.remember
    assert asked.read_found
    scan = opened.workers.discovery.scan
    assert scan is not None
    agent.publish(EventKind.ACTION_PROGRESS, Progress("addresses", 100, 254, 2), scan.action_id)
    for number in range(2):
        agent.tell(summary(number), "found", scan.action_id)
    opened.loop.wait(lambda: len(opened.view.scan.found._shown) == 2, "the printers")
    agent.publish(EventKind.ACTION_FINISHED, Finished({"found": 2, "read": 2}), scan.action_id)
    opened.loop.wait(lambda: opened.view.step is Step.DONE, "the end")
    assert opened.view.done.title.text() == "2 printers found, 2 read"
    assert "every hour" in opened.view.done.sentence.text()
    opened.view.done.devices.click()
    assert opened.window.view == "devices"


def test_a_search_that_finds_nothing_says_what_to_look_at(opened: Opened) -> None:
    at_networks(opened)
    opened.agent.on_discover = lambda _action: None
    opened.view.networks.go.click()
    opened.loop.wait(lambda: opened.view.step is Step.SCAN, "the search")
    scan = opened.workers.discovery.scan
    assert scan is not None
    opened.agent.publish(EventKind.ACTION_FINISHED, Finished({"found": 0}), scan.action_id)
    opened.loop.wait(lambda: opened.view.step is Step.DONE, "the end")
    assert opened.view.done.title.text() == "No printer was found"
    opened.view.done._again.click()
    assert opened.view.step is Step.NETWORKS
    assert opened.view.networks.go.isEnabled()
