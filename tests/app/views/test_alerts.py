"""The Alerts view in the whole window, on an agent in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from app.main import close_workers
from app.ui.rules.condition import ConditionForm
from app.ui.rules.editor import new_id
from app.ui.rules.fields import CheckGrid, PercentField
from app.ui.rules.forms import VolumeForm, WhenForm, form, fresh
from app.ui.rules.words import KINDS, said
from app.ui.theme import Theme
from core.model.action import ActionKind
from core.model.event import EventKind
from core.model.occurrence import RuleVerdict
from core.model.rule import Custom, Rule, SupplyLow, VolumeReached
from core.telemetry.rules.book import BUILTIN
from tests.support.alerts_view import Opened
from tests.support.fake_agent import FakeAgent
from tests.support.fake_alerts import alert
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import summaries, summary
from tests.support.sample_readings import reading


@pytest.fixture
def opened(loop: QtLoop, agent: FakeAgent, qtbot: QtBot, theme: Theme) -> Iterator[Opened]:
    agent.put(*summaries(20))
    made = Opened(loop, agent, qtbot)
    yield made
    loop.run(close_workers(made.workers))


def test_nothing_needs_anybody(opened: Opened) -> None:
    view = opened.go()
    opened.loop.wait(lambda: view._empty.accessibleName() == "No open alerts")
    assert view._lists.currentWidget() is view._empty
    assert view._why_empty()[:2] == ("No open alerts", "15 rules watch 20 printers.")
    opened.press("See the rules", view._empty)
    assert view.rules.isVisible()


def test_without_devices_and_without_an_agent(opened: Opened) -> None:
    opened.agent.devices.clear()
    view = opened.go()
    opened.loop.wait(lambda: view._empty.accessibleName() == "No printers yet")
    opened.press("Scan network", view._empty)
    assert opened.window.scan_panel.isVisible()
    opened.agent.go_away()
    opened.loop.wait(lambda: view._why_empty()[0] == "No agent")


def test_the_rail_counts_what_is_open(opened: Opened) -> None:
    opened.agent.alerts.put(alert(1), alert(2))
    view = opened.go()
    button = opened.window.rail._buttons["alerts"]
    assert button.accessibleName() == "Alerts, 2 open alerts"
    view.table.select_key("a00002")
    opened.press("Acknowledge", view.pane)
    opened.loop.wait(lambda: button.accessibleName() == "Alerts, 1 open alert")
    assert view.pane.item is not None
    assert view.pane.item.acknowledged_at is not None


def test_several_are_acknowledged_together(opened: Opened) -> None:
    opened.agent.alerts.put(*(alert(n) for n in range(5)))
    view = opened.go()
    view.model.toggle(["a00001", "a00003"])
    assert view.bar.text == "2 selected"
    opened.press("Acknowledge", view.bar)
    opened.loop.wait(lambda: view.model.rowCount() == 3)
    assert not view.bar.isVisible()


def test_the_next_one_is_skipped_and_said(opened: Opened) -> None:
    opened.agent.alerts.put(alert(1))
    view = opened.go()
    view.table.select_key("a00001")
    opened.press("Skip once", view.pane)
    opened.loop.wait(lambda: opened.window.toasts.texts)
    assert opened.window.toasts.texts == (
        "“Toner or ink is low” will be skipped once for Reception.",
    )
    assert opened.agent.alerts.skips == [("d00000", "toner-low")]


def test_an_alert_leads_to_its_device_and_to_its_reading(opened: Opened) -> None:
    taken = reading(summary(0))
    path = next(p for p in taken.provenance if p.startswith("supplies["))
    subject = path.rpartition(".")[0]
    opened.agent.readings["d00000"] = taken
    opened.agent.alerts.put(alert(1, raised_at=taken.taken_at, subject=subject))
    view = opened.go()
    view.table.select_key("a00001")
    opened.press("Where does this come from?", view.pane)
    opened.loop.wait(view.pane.card.isVisible)
    origin = view.pane.card.origin
    assert origin is not None
    assert origin.question == "Where does 1 % come from?"
    opened.press("Reception", view.pane)
    assert opened.window._stack.currentWidget() is opened.window.devices
    assert opened.window.devices.details.key == "d00000"


def test_a_threshold_is_two_clicks_from_its_alert(opened: Opened) -> None:
    opened.agent.alerts.put(alert(1))
    view = opened.go()
    view.table.select_key("a00001")
    assert "At 10 % or below" in view.pane._why.text()
    opened.press("Change the rule", view.pane)
    assert view.editor.isVisible()
    assert isinstance(view.editor.form, WhenForm)
    threshold = view.editor.form.fields["threshold"]
    assert isinstance(threshold, PercentField)
    threshold.setValue(25)
    QTest.keyClick(threshold, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    opened.loop.wait(lambda: not view.editor.isVisible())
    opened.loop.wait(lambda: "At 25 % or below" in view.pane._why.text())
    when = opened.agent.alerts.own["toner-low"].when
    assert when == SupplyLow(25.0, 5.0, BUILTIN[0].when.supplies)  # type: ignore[union-attr]
    view.edit_rule("toner-low")
    assert view.editor.delete_button.text() == "Restore default"
    view.editor.delete_button.click()
    opened.loop.wait(lambda: "At 10 % or below" in view.pane._why.text())


def test_rules_are_switched_and_walked(opened: Opened) -> None:
    view = opened.go()
    view.show_tab("rules")
    row = view.rules.rows["toner-low"]
    row.switch.click()
    opened.loop.wait(lambda: not row.rule.enabled)
    assert opened.window.toasts.texts == ("“Toner or ink is low” is off.",)
    assert view.summary == "0 open alerts  ·  14 rules on"
    view.rules.focus_rule()
    QTest.keyClick(view.rules, Qt.Key.Key_Down)
    assert view.rules.rows["parts-low"].has_keyboard


def test_an_own_condition_is_tried_before_it_is_saved(opened: Opened) -> None:
    opened.agent.alerts.verdicts = [
        RuleVerdict("d00000", None, "fax is not known of this device."),
        RuleVerdict("d00001", True),
    ]
    opened.agent.readings["d00000"] = reading(summary(0))
    view = opened.go()
    view.new_rule.click()
    editor = view.editor
    condition = editor.form
    assert isinstance(condition, ConditionForm)
    editor.name.setText("Much faxed")
    assert not editor.save_button.isEnabled()
    condition.field.setPlainText("meters.fax >")
    opened.loop.wait(lambda: condition.row.refused)
    assert condition.row.refused == "At character 14: something is missing at the end."
    condition.device.choose("d00000")
    opened.loop.wait(lambda: condition.tree.topLevelItemCount() > 5)
    condition.field.setPlainText("")
    condition.tree.itemActivated.emit(_item(condition, "meters.total"), 0)
    assert condition.field.expression() == "meters.total"
    condition.field.setPlainText("meters.fax > 1")
    opened.loop.wait(lambda: not condition.row.refused)
    assert editor.try_button.property("kind") == "primary"
    QTest.keyClick(condition.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    opened.loop.wait(lambda: condition.tried)
    assert condition.verdicts.sentence == "Alert for 1, no alert for 0, not known for 1."
    first = condition.verdicts.tree.topLevelItem(0)
    assert first is not None
    assert (first.text(0), first.text(1)) == ("alert", "X-ray")
    assert editor.save_button.property("kind") == "primary"
    QTest.keyClick(condition.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    opened.loop.wait(lambda: "much-faxed" in view.rules.rows)
    assert opened.agent.alerts.own["much-faxed"].when == Custom("meters.fax > 1")
    assert not editor.isVisible()


def test_an_own_rule_is_deleted_at_the_second_press(opened: Opened) -> None:
    opened.agent.alerts.own["mine"] = Rule("mine", "Mine", Custom("meters.total > 1"))
    view = opened.go()
    view.edit_rule("mine")
    view.editor.delete_button.click()
    assert view.editor.delete_button.text() == "Delete for good"
    view.editor.delete_button.click()
    opened.loop.wait(lambda: "mine" not in view.rules.rows)
    assert opened.agent.done[-1][0] is ActionKind.DELETE_RULE


def test_news_keep_the_selection_and_history_comes_on_asking(opened: Opened) -> None:
    opened.agent.alerts.put(alert(1), alert(2), alert(3, cleared_at="2026-01-14T15:00:00Z"))
    view = opened.go()
    view.table.select_key("a00001")
    opened.agent.publish(EventKind.ALERT_RAISED, alert(9))
    opened.loop.wait(lambda: view.model.rowCount() == 3)
    assert view.table.current_key == "a00001"
    opened.agent.publish(
        EventKind.ALERT_CLEARED, replace(alert(2), cleared_at="2026-01-15T00:00:00Z")
    )
    opened.loop.wait(lambda: view.model.rowCount() == 2)
    view.tabs.part("all").click()
    opened.loop.wait(lambda: view.model.rowCount() == 4)
    view.filter.setText("no such words")
    opened.loop.wait(lambda: view._lists.currentWidget() is view._empty)
    opened.press("Clear the filter", view._empty)
    assert view.model.rowCount() == 4


def test_everything_that_can_be_reached_has_a_name(opened: Opened) -> None:
    opened.agent.alerts.put(alert(1))
    view = opened.go()
    view.table.select_key("a00001")
    view.new_rule.click()
    reachable = [
        w
        for w in view.findChildren(QWidget)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible() and w.isEnabled()
    ]
    nameless = [
        w
        for w in reachable
        if not w.accessibleName() and not (isinstance(w, QAbstractButton) and w.text())
    ]
    assert len(reachable) > 12
    assert nameless == []


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"custom"}))
def test_every_kind_has_a_form_that_gives_it_back(qtbot: QtBot, theme: Theme, kind: str) -> None:
    when = fresh(kind)
    made = form(when)
    qtbot.addWidget(made)
    assert made.value() == when
    assert said(Rule("r", "R", when))


def test_forms_take_what_is_entered(qtbot: QtBot, theme: Theme) -> None:
    made = form(SupplyLow(7.5, 5.0))
    qtbot.addWidget(made)
    assert isinstance(made, WhenForm)
    assert made.value().threshold == 7.5  # type: ignore[union-attr]
    colors = made.fields["colors"]
    assert isinstance(colors, CheckGrid)
    colors.choose("cyan")
    assert made.value().colors == ("cyan",)  # type: ignore[union-attr]
    volume = form(VolumeReached(at=100))
    qtbot.addWidget(volume)
    assert isinstance(volume, VolumeForm)
    volume.how.choose("every")
    volume.pages.setValue(5000)
    volume.meter.choose("color")
    assert volume.value() == VolumeReached("color", every=5000)


def test_a_new_rule_has_an_id_of_its_own() -> None:
    assert new_id("Zuviel Farbe?", frozenset()) == "zuviel-farbe"
    assert new_id("Füße", frozenset({"fusse"})) == "fusse-2"
    assert new_id("低い", frozenset({"rule"})) == "rule-2"
    assert len(new_id("a" * 80, frozenset({"a" * 50}))) <= 60


def _item(condition: ConditionForm, path: str) -> QTreeWidgetItem:
    flags = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
    return condition.tree.findItems(path, flags)[0]


def test_the_alert_that_is_shown_is_marked_in_the_list(opened: Opened) -> None:
    opened.agent.alerts.put(alert(1), alert(2))
    view = opened.go()
    opened.loop.wait(lambda: view.model.rowCount() == 2)
    QApplication.sendEvent(view.table, QFocusEvent(QEvent.Type.FocusIn))
    assert view.pane.item is not None
    marked = {index.row() for index in view.table.selectionModel().selectedIndexes()}
    assert marked == {view.model.index_of(view.pane.item.key).row()}
