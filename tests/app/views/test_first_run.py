"""Setting up on an agent in memory: when it comes, what it says, the ways back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.main import close_workers, make_workers
from app.ui.first_run.stepper import Step
from app.ui.theme import Theme
from app.ui.window_state import WindowState
from app.views import first_run
from app.views.first_run import FirstRunView
from app.views.habits import Habits
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker
from app.workers.first_run import Remark, Suggestion
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
    assert first_run.wanted(replace(bare, hub=HubStatus(True)))  # somebody stopped on the way


def test_with_a_dealer_alone_it_goes_on_with_the_networks(opened: Opened) -> None:
    opened.agent.set_status(hub=HubStatus(True, "hub:443", "Harbour Print", "Dental"))
    opened.loop.wait(lambda: opened.view.enrolled, "the dealer")
    opened.habits.set_up()
    assert opened.view.step is Step.NETWORKS
    opened.view.stepper.later.click()
    assert "No network has been searched" in opened.window.toasts.texts[-1]


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


@pytest.mark.parametrize(
    ("code", "check"),
    [
        ("hub_refused", StepName.TCP),
        ("hub_timeout", StepName.TCP),
        ("hub_tls_failed", StepName.TLS),
        ("hub_not_the_one", StepName.CERTIFICATE),
        ("clock_wrong", StepName.CLOCK),
    ],
)
def test_what_fails_with_the_code_stands_at_its_check(
    opened: Opened, code: str, check: StepName
) -> None:
    step = opened.view.connect_step
    step.address.setText("hub.example.com")
    step.code.setText("K7F3")
    step.checks.start()
    step.go.work(True)
    step.take(ConnectionStep(StepName.TCP, "", StepResult.OK, "Port 7444 is open."))
    step.fail(Problem(code, "It is gone.", "Try again."))
    assert step.checks.results[check] is StepResult.FAILED
    assert not step.notice.isVisible()
    assert (step.address.text(), step.code.text()) == ("hub.example.com", "K7F3")
    assert step.go.isEnabled()


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


def test_what_stands_in_the_field_is_searched_too(opened: Opened) -> None:
    at_networks(opened)
    networks = opened.view.networks
    opened.agent.on_discover = lambda _action: None
    networks.more.setText("10.0.0.5 \u2013 10.0.0.9")
    networks.go.click()
    opened.loop.wait(lambda: opened.view.step is Step.SCAN, "the search")
    asked = opened.agent.done[-1][1]
    assert isinstance(asked, DiscoverArguments)
    assert [one.targets for one in asked.segments] == [OFFICE.targets, ("10.0.0.5-10.0.0.9",)]


def test_a_bad_one_in_the_field_stops_the_search_and_stays(opened: Opened) -> None:
    at_networks(opened)
    networks = opened.view.networks
    networks.more.setText("10.0.0.300")
    networks.go.click()
    opened.loop.wait(lambda: networks._row.refused, "the reason")
    assert opened.view.step is Step.NETWORKS
    assert networks.more.text() == "10.0.0.300"
    assert not opened.agent.done
    networks.more.setText("10.0.0.30")
    networks._add_button.click()  # this one adds, and searches nothing yet
    opened.loop.wait(lambda: len(networks.chosen()) == 2, "the address")
    assert opened.view.step is Step.NETWORKS


def test_networks_without_likely_printers_have_no_tick_and_say_why(opened: Opened) -> None:
    at_networks(opened)
    networks = opened.view.networks
    tunnel = replace(OFFICE, targets=("10.9.0.0/24",), remark=Remark.TUNNEL, interface="wg0")
    part = replace(OFFICE, targets=("10.3.0.0/20",), whole="10.0.0.0/8")
    networks.show_own([part, tunnel])
    told = {
        row.suggestion.targets[0]: (row.tick.isChecked(), row.tick.accessibleDescription())
        for row in networks.rows
    }
    assert told["10.9.0.0/24"][0] is False
    assert "VPN (wg0)" in told["10.9.0.0/24"][1]
    assert told["10.3.0.0/20"][0] is True
    assert "the part of 10.0.0.0/8" in told["10.3.0.0/20"][1]


def test_a_search_can_be_left_and_come_back_to(opened: Opened) -> None:
    at_networks(opened)
    opened.agent.on_discover = lambda _action: None
    opened.view.networks.go.click()
    opened.loop.wait(lambda: opened.view.step is Step.SCAN, "the search")
    assert not opened.view.stepper.later.isVisible()
    opened.view.scan.leave.click()
    assert opened.window.view == "devices"
    opened.habits.set_up()
    assert opened.view.step is Step.SCAN


def test_the_dealer_can_be_had_at_the_end(opened: Opened) -> None:
    at_networks(opened)
    opened.agent.on_discover = lambda _action: None
    opened.view.networks.go.click()
    opened.loop.wait(lambda: opened.view.step is Step.SCAN, "the search")
    scan = opened.workers.discovery.scan
    assert scan is not None
    opened.agent.tell(summary(0), "found", scan.action_id)
    opened.agent.publish(EventKind.ACTION_FINISHED, Finished({"found": 1}), scan.action_id)
    opened.loop.wait(lambda: opened.view.step is Step.DONE, "the end")
    assert "Nothing leaves this computer" in opened.view.done.sentence.text()
    opened.view.done.connect_now.click()
    assert opened.view.step is Step.CONNECT
    opened.habits.worker.joined.emit()
    assert opened.view.step is Step.DONE
    assert "Your dealer gets the page counts" in opened.view.done.sentence.text()
    assert not opened.view.done.connect_now.isVisible()


def test_from_the_settings_there_is_a_way_back(opened: Opened) -> None:
    at_networks(opened)
    opened.view.networks._v3.click()
    assert opened.window.view == "settings"
    assert "Passwords" in opened.window.toasts.texts[-1]
    opened.habits.set_up()
    assert opened.view.step is Step.NETWORKS
    assert [row.suggestion for row in opened.view.networks.rows if row.tick.isChecked()] == [OFFICE]


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
    done = opened.view.done
    assert "SNMP" in done.why.accessibleName()
    assert not done.devices.isVisible()
    assert opened.window.focusWidget() is done.anew
    names = [button.accessibleName() for button in opened.view.stepper._steps.values()]
    assert names == [
        "Step 1: Connect to your dealer, left out for now",
        "Step 2: Where are the printers?, done",
        "Step 3: Find them",
        "Step 4: Done, you are here",
    ]
    done.anew.click()
    assert opened.view.step is Step.NETWORKS
    assert opened.view.networks.go.isEnabled()
