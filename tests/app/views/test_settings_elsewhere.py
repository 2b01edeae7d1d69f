"""Settings that another face changes while somebody is at them: nothing is lost unseen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from app.ui.theme import Theme
from core.model.problem import Problem
from tests.support.fake_agent import FakeAgent
from tests.support.qt_loop import QtLoop
from tests.support.settings_view import Opened, fill, press, set_elsewhere

SEGMENTS = "discovery.segments"
OFFICE = {"name": "Office", "targets": ["10.0.0.0/24"]}
WARD = {"name": "Ward", "targets": ["10.0.1.0/24"]}


@pytest.fixture
def opened(loop: QtLoop, agent: FakeAgent, qtbot: QtBot, theme: Theme) -> Iterator[Opened]:
    made = Opened(loop, agent, qtbot)
    yield made
    loop.run(made.close())


def test_what_was_changed_elsewhere_is_not_overwritten_unseen(opened: Opened) -> None:
    row = opened.row("schedule.read_every")
    opened.change("schedule.read_every", 30)  # waits for its moment
    set_elsewhere(opened.agent, "schedule.read_every", 120)
    opened.loop.wait(lambda: row.refused)
    assert opened.set_to("schedule.read_every") == 120
    assert row.editor.value() == 30
    press(row, "Try again")
    opened.loop.wait(lambda: opened.set_to("schedule.read_every") == 30)
    opened.loop.wait(lambda: not row.refused)


def test_a_change_that_was_refused_can_be_discarded(opened: Opened) -> None:
    row = opened.row("schedule.read_every")
    opened.agent.refusal = Problem("disk_full", "The disk is full.", "Make room.")
    opened.change("schedule.read_every", 30)
    opened.loop.wait(lambda: row.refused)
    assert row.refused == "The disk is full. Make room."
    press(row, "Discard the change")
    assert (row.refused, row.editor.value()) == ("", 60)


def test_a_change_elsewhere_is_not_undone_unseen(opened: Opened) -> None:
    opened.change("schedule.read_every", 30)
    opened.loop.wait(lambda: opened.view.toasts._shown)
    set_elsewhere(opened.agent, "schedule.read_every", 120, tell=False)
    opened.view.toasts._shown[0]._action.click()
    opened.loop.wait(lambda: opened.row("schedule.read_every").refused)
    assert opened.set_to("schedule.read_every") == 120


def test_an_open_entry_stays_open_and_no_other_entry_is_lost(opened: Opened) -> None:
    set_elsewhere(opened.agent, SEGMENTS, [OFFICE])
    table = opened.table(SEGMENTS)
    opened.loop.wait(lambda: len(table.value()) == 1)
    press(table, "Change Office")
    form = table.form
    assert form is not None
    fill(form, targets=["10.0.9.0/24"])
    set_elsewhere(opened.agent, SEGMENTS, [WARD, OFFICE])
    opened.loop.wait(lambda: len(table.value()) == 2)
    assert table.form is form
    assert form.news.isHidden()
    press(form, "Save")
    kept = opened.agent.settings.settings.discovery
    opened.loop.wait(lambda: _targets(opened) == {"Ward": "10.0.1.0/24", "Office": "10.0.9.0/24"})
    assert len(kept.segments) == 2


def test_an_open_entry_that_changed_or_went_says_so(opened: Opened) -> None:
    set_elsewhere(opened.agent, SEGMENTS, [OFFICE])
    table = opened.table(SEGMENTS)
    opened.loop.wait(lambda: len(table.value()) == 1)
    press(table, "Change Office")
    form = table.form
    assert form is not None
    fill(form, targets=["10.0.9.0/24"])
    set_elsewhere(opened.agent, SEGMENTS, [OFFICE | {"port": 1161}])
    opened.loop.wait(lambda: not form.news.isHidden())
    assert "changed elsewhere" in form.news.accessibleName()
    assert form.editors["targets"].value() == ["10.0.9.0/24"]
    set_elsewhere(opened.agent, SEGMENTS, [WARD])
    opened.loop.wait(lambda: "deleted elsewhere" in form.news.accessibleName())
    press(form, "Save")
    opened.loop.wait(lambda: set(_targets(opened)) == {"Ward", "Office"})


def test_a_list_that_changed_before_the_window_knew_is_refused_in_its_place(
    opened: Opened,
) -> None:
    table = opened.table(SEGMENTS)
    press(table, "Add to Networks")
    assert table.form is not None
    fill(table.form, name="Office", targets=["10.0.0.0/24"])
    set_elsewhere(opened.agent, SEGMENTS, [WARD], tell=False)
    press(table.form, "Save")
    opened.loop.wait(lambda: opened.row(SEGMENTS).refused)
    assert set(_targets(opened)) == {"Ward"}


@pytest.mark.parametrize(("typed", "fits"), [("3", False), ("30", True)])
def test_a_number_that_is_none_of_those_is_said_with_what_there_is(
    opened: Opened, typed: str, fits: bool
) -> None:
    row = opened.row("schedule.read_every")
    box = row.editor.findChild(QSpinBox)
    assert box is not None
    assert "5 to 10,080 minutes" in row._default.text()
    line = box.findChild(QLineEdit)
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, typed)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert row.refused == ("" if fits else "Enter a number from 5 to 10,080 minutes.")


def test_half_a_time_is_said_and_goes_when_it_is_whole(opened: Opened) -> None:
    row = opened.row("schedule.search_at")
    line = row.editor.findChild(QLineEdit)
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, "9:7x")
    opened.loop.wait(lambda: row.refused)
    assert row.refused == "Enter a time of day such as 09:30."
    press(row, "Discard the change")
    assert line.text() == "10:30"
    line.selectAll()
    QTest.keyClicks(line, "9:45")
    opened.loop.wait(lambda: opened.set_to("schedule.search_at") == "09:45")
    assert not row.refused


@pytest.mark.parametrize(
    ("word", "path"),
    [
        ("community", SEGMENTS),
        ("password", "secrets.backend"),
        ("mask", "privacy.macs"),
        ("hide", "privacy.addresses"),
        ("scan", "schedule.search_days"),
        ("upload", "schedule.deliver_from"),
        ("parallel", "collection.concurrency"),
    ],
)
def test_other_words_find_a_setting(opened: Opened, word: str, path: str) -> None:
    opened.view.search.setText(word)
    assert not opened.row(path).isHidden()
    assert opened.row("collection.offline_after").isHidden()


@pytest.mark.parametrize("word", ["", "proxy", "first run", "dealer code"])
def test_the_first_steps_can_be_gone_through_again(opened: Opened, word: str) -> None:
    asked: list[bool] = []
    opened.view.set_up_asked.connect(lambda: asked.append(True))
    opened.view.search.setText(word)
    assert not opened.view.set_up.isHidden()
    press(opened.view.set_up, "Run first-run set-up again")
    assert asked == [True]
    opened.view.search.setText("timeout")
    assert opened.view.set_up.isHidden()


def test_a_section_is_found_from_the_side_though_a_search_hid_it(opened: Opened) -> None:
    opened.view.search.setText("proxy")
    opened.loop.spin()
    press(opened.view, "Schedule")
    section, bar = opened.view.sections["schedule"], opened.view.pane.verticalScrollBar()
    opened.loop.wait(lambda: bar.value() == section.y() > 1000)


def _targets(opened: Opened) -> dict[str, str]:
    segments = opened.agent.settings.settings.discovery.segments
    return {segment.name: segment.targets[0] for segment in segments}
