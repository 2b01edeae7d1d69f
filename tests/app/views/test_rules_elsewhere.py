"""Rules and alerts that others change while somebody is at them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.main import close_workers
from app.ui.rules.condition import ConditionForm
from app.ui.rules.fields import CheckGrid, PercentField
from app.ui.rules.forms import WhenForm
from app.ui.theme import Theme
from app.ui.tokens import DARK, LIGHT
from core.model.event import EventKind, RuleChanged
from core.model.occurrence import RuleVerdict
from core.model.problem import Problem
from core.model.rule import Custom, Rule, SupplyLow
from tests.support.alerts_view import Opened
from tests.support.fake_agent import FakeAgent
from tests.support.fake_alerts import alert
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import summaries

MINE = Rule("mine", "Mine", SupplyLow(40.0))


@pytest.fixture
def opened(loop: QtLoop, agent: FakeAgent, qtbot: QtBot, theme: Theme) -> Iterator[Opened]:
    agent.put(*summaries(20))
    agent.alerts.own["mine"] = MINE
    made = Opened(loop, agent, qtbot)
    yield made
    loop.run(close_workers(made.workers))


def elsewhere(opened: Opened, rule: Rule | None, *, tell: bool = True) -> None:
    """Change the rule "mine" as another face does, or delete it."""
    if rule is None:
        del opened.agent.alerts.own["mine"]
    else:
        opened.agent.alerts.own["mine"] = rule
    if tell:
        opened.agent.publish(EventKind.RULES_CHANGED, RuleChanged("mine"))


def threshold(opened: Opened) -> PercentField:
    form = opened.window.alerts.editor.form
    assert isinstance(form, WhenForm)
    field = form.fields["threshold"]
    assert isinstance(field, PercentField)
    return field


def test_a_change_elsewhere_is_said_in_the_sheet_and_can_be_shown(opened: Opened) -> None:
    view = opened.go()
    view.edit_rule("mine")
    threshold(opened).setValue(15)
    elsewhere(opened, replace(MINE, when=SupplyLow(60.0)))
    opened.loop.wait(view.editor.news.isVisible)
    assert "changed elsewhere" in view.editor.news.accessibleName()
    assert threshold(opened).value() == 15
    opened.press("Show the change instead", view.editor)
    assert threshold(opened).value() == 60
    threshold(opened).setValue(15)
    view.editor.save_button.click()
    opened.loop.wait(lambda: not view.editor.isVisible())
    assert opened.agent.alerts.own["mine"].when == SupplyLow(15.0)


def test_a_change_that_the_window_has_not_heard_of_is_not_overwritten(opened: Opened) -> None:
    view = opened.go()
    view.edit_rule("mine")
    threshold(opened).setValue(15)
    elsewhere(opened, replace(MINE, when=SupplyLow(60.0)), tell=False)
    view.editor.save_button.click()
    opened.loop.wait(view.editor._refused.isVisible)
    assert "elsewhere" in view.editor._refused.text()
    assert view.editor.save_button.isEnabled()
    assert opened.agent.alerts.own["mine"].when == SupplyLow(60.0)


def test_a_switch_does_not_take_a_change_along(opened: Opened) -> None:
    view = opened.go()
    view.show_tab("rules")
    elsewhere(opened, replace(MINE, when=SupplyLow(60.0)), tell=False)
    view.rules.rows["mine"].switch.click()
    opened.loop.wait(opened.window.banner.isVisible)
    assert opened.agent.alerts.own["mine"] == replace(MINE, when=SupplyLow(60.0))


def test_a_rule_that_was_deleted_elsewhere_can_be_saved_again(opened: Opened) -> None:
    view = opened.go()
    view.edit_rule("mine")
    elsewhere(opened, None)
    opened.loop.wait(view.editor.news.isVisible)
    assert "deleted elsewhere" in view.editor.news.accessibleName()
    view.editor.save_button.click()
    opened.loop.wait(lambda: not view.editor.isVisible())
    assert opened.agent.alerts.own["mine"].when == SupplyLow(40.0)


def test_an_agent_that_dies_while_saving_leaves_everything_in_the_sheet(opened: Opened) -> None:
    view = opened.go()
    view.edit_rule("mine")
    threshold(opened).setValue(15)
    opened.agent.away = True
    view.editor.save_button.click()
    opened.loop.wait(view.editor._refused.isVisible)
    assert threshold(opened).value() == 15
    opened.agent.away = False
    view.editor.save_button.click()
    assert not view.editor._refused.isVisible()
    opened.loop.wait(lambda: not view.editor.isVisible())
    assert opened.agent.alerts.own["mine"].when == SupplyLow(15.0)


def test_a_wrong_field_is_named_with_those_there_are_as_it_is_typed(opened: Opened) -> None:
    view = opened.go()
    view.new_rule.click()
    form = view.editor.form
    assert isinstance(form, ConditionForm)
    form.field.setPlainText("meters.totl > 5")
    opened.loop.wait(lambda: form.row.refused)
    assert "did you mean meters.total?" in form.row.refused
    assert "copy_color" in form.row.refused
    assert not view.editor.try_button.isEnabled()


def test_what_was_closed_unsaved_is_still_there(opened: Opened) -> None:
    view = opened.go()
    view.new_rule.click()
    view.editor.name.setText("Half a rule")
    view.editor.leave()
    view.new_rule.click()
    assert view.editor.name.text() == "Half a rule"
    assert "still here" in view.editor.news.accessibleName()
    opened.press("Start again", view.editor)
    assert view.editor.name.text() == ""
    view.editor.leave()
    view.edit_rule("mine")
    threshold(opened).setValue(15)
    view.editor.leave()
    view.edit_rule("mine")
    assert threshold(opened).value() == 15
    view.editor.save_button.click()
    opened.loop.wait(lambda: not view.editor.isVisible())
    view.edit_rule("mine")
    assert not view.editor.news.isVisible()


def test_what_is_missing_stands_beside_the_button(opened: Opened) -> None:
    view = opened.go()
    view.new_rule.click()
    editor = view.editor
    assert editor.name.hasFocus() or view.window().focusWidget() is editor.name
    assert editor.hint == "Give the rule a name."
    editor.name.setText("Trouble")
    assert editor.hint == "Enter a condition."
    kinds = editor._kinds
    assert kinds is not None
    kinds.choose("condition_lasting")
    assert editor.hint == "Tick at least one error or state."
    assert isinstance(editor.form, WhenForm)
    boxes = editor.form.fields["conditions"]
    assert isinstance(boxes, CheckGrid)
    boxes.choose("jammed")
    assert editor.hint == ""
    assert editor.save_button.isEnabled()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("meters.total > 99999999999999999999", "At character 17: invalid int literal."),
        ("meters.total > 1; drop", "At character 18: “;” does not fit here."),
    ],
)
def test_where_a_condition_goes_wrong_is_said_without_the_parsers_own_drawing(
    opened: Opened, text: str, said: str
) -> None:
    view = opened.go()
    view.new_rule.click()
    form = view.editor.form
    assert isinstance(form, ConditionForm)
    form.field.setPlainText(text)
    opened.loop.wait(lambda: form.row.refused)
    assert form.row.refused == said


def test_what_could_not_be_done_stays_selected_and_is_counted(opened: Opened) -> None:
    opened.agent.alerts.put(*(alert(n) for n in range(5)))
    view = opened.go()
    view.model.check_all(on=True)
    opened.agent.refusal = Problem("disk_full", "The disk is full.", "Make room.")
    opened.press("Acknowledge", view.bar)
    assert not view.bar.acknowledge.isEnabled()
    opened.loop.wait(view.bar.acknowledge.isEnabled)
    assert opened.window.banner.isVisible()
    assert view.bar.text == "5 selected"
    opened.agent.refusal = None
    opened.press("Acknowledge", view.bar)
    opened.loop.wait(lambda: "5 alerts acknowledged." in opened.window.toasts.texts)
    opened.loop.wait(lambda: view.model.rowCount() == 0)


def test_many_skips_are_said_once(opened: Opened) -> None:
    opened.agent.alerts.put(*(alert(n, f"d{n:05}") for n in range(5)))
    view = opened.go()
    view.model.check_all(on=True)
    opened.press("Skip once", view.bar)
    said = "5 rules will be skipped once for the selected printers."
    opened.loop.wait(lambda: opened.window.toasts.texts)
    assert opened.window.toasts.texts == (said,)
    assert len(opened.agent.alerts.skips) == 5
    assert not view.bar.isVisible()


def test_verdicts_take_the_colours_of_another_theme(opened: Opened, theme: Theme) -> None:
    opened.agent.alerts.verdicts = [RuleVerdict("d00001", True)]
    view = opened.go()
    view.new_rule.click()
    form = view.editor.form
    assert isinstance(form, ConditionForm)
    form.field.setPlainText("meters.fax > 1")
    view.editor.try_button.click()
    opened.loop.wait(lambda: form.tried)
    found = []
    for dark in (False, True):
        theme.force(dark)
        opened.loop.spin()
        item = form.verdicts.tree.topLevelItem(0)
        assert item is not None
        found.append(item.foreground(0).color().name().upper())
    theme.force(None)
    assert found == [LIGHT.warning, DARK.warning]


def test_a_new_rule_never_takes_the_place_of_another(opened: Opened) -> None:
    view = opened.go()
    view.new_rule.click()
    view.editor.name.setText("Much faxed")
    form = view.editor.form
    assert isinstance(form, ConditionForm)
    form.field.setPlainText("meters.fax > 1")
    opened.loop.wait(view.editor.try_button.isEnabled)
    view.editor.try_button.click()
    opened.loop.wait(lambda: form.tried)
    other = Rule("much-faxed", "Other", Custom("meters.fax > 9"))
    opened.agent.alerts.own["much-faxed"] = other
    view.editor.save_button.click()
    opened.loop.wait(view.editor._refused.isVisible)
    assert opened.agent.alerts.own["much-faxed"] == other
