"""The settings in the window, on an agent in memory with the real rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.ui.settings import preview as setting_preview
from app.ui.settings.credential_fields import CommunityPart, LoginPart, SecretField, UserPart
from app.ui.settings.segment_form import SegmentForm
from app.ui.theme import Theme
from app.views.settings import SettingsView
from core.model.action import ActionKind, Origin, SetSettingsArguments
from core.model.event import EventKind, SettingsChanged
from core.model.problem import Problem
from core.model.status import HubStatus, SecretsStatus
from core.settings.change import keys
from tests.support.fake_agent import FakeAgent, usual_status
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import summaries
from tests.support.settings_view import Opened, fill, press

CANARY = "zebra-canary-4711"


@pytest.fixture
def opened(loop: QtLoop, agent: FakeAgent, qtbot: QtBot, theme: Theme) -> Iterator[Opened]:
    made = Opened(loop, agent, qtbot)
    yield made
    loop.run(made.close())


def test_every_setting_of_the_model_is_there_and_can_be_searched(opened: Opened) -> None:
    assert set(opened.view.rows) == set(keys())
    search = opened.view.search
    for path in keys():
        search.setText(path)
        assert not opened.row(path).isHidden(), path
    search.setText("mac")
    shown = [path for path, row in opened.view.rows.items() if not row.isHidden()]
    assert "privacy.macs" in shown
    assert "schedule.search_at" not in shown
    search.setText("no such thing")
    assert all(section.isHidden() for section in opened.view.sections.values())
    press(opened.view, "Clear the search")
    assert not opened.row("schedule.search_at").isHidden()


def test_a_change_is_set_and_can_be_undone_and_reset(opened: Opened) -> None:
    opened.change("schedule.read_every", 30)
    opened.loop.wait(lambda: opened.set_to("schedule.read_every") == 30)
    opened.loop.wait(lambda: opened.view.toasts._shown)
    opened.change("collection.retries", 5)
    opened.row("collection.retries").flush()
    opened.loop.wait(lambda: opened.set_to("collection.retries") == 5)
    opened.loop.wait(lambda: len(opened.view.toasts._shown) == 2)
    opened.view.toasts._shown[0]._action.click()
    opened.loop.wait(lambda: opened.set_to("schedule.read_every") == 60)
    press(opened.row("collection.retries"), "Reset Retries to its default")
    opened.loop.wait(lambda: opened.set_to("collection.retries") == 2)
    opened.loop.wait(lambda: opened.row("collection.retries").editor.value() == 2)


def test_turning_a_figure_twice_quickly_is_one_change(opened: Opened) -> None:
    for value in (40, 41, 42):
        opened.change("schedule.read_every", value)
    opened.loop.wait(lambda: opened.set_to("schedule.read_every") == 42)
    assert len(opened.agent.done) == 1


def test_changed_and_changed_back_at_once_is_both_set(opened: Opened) -> None:
    opened.change("privacy.macs", "mask")
    opened.loop.wait(lambda: opened.set_to("privacy.macs") == "mask")
    opened.loop.wait(lambda: opened.row("privacy.macs").row.value == "mask")
    opened.change("privacy.macs", "show")
    opened.loop.wait(lambda: opened.set_to("privacy.macs") == "show")


def test_what_the_hub_sets_shows_at_once_and_leaves_alone_what_is_typed(opened: Opened) -> None:
    opened.change("collection.retries", 7)  # waits for its moment
    wanted = SetSettingsArguments({"schedule.read_every": 120})
    told = opened.agent.settings.set(wanted, Origin.HUB)
    opened.agent.publish(EventKind.SETTINGS_CHANGED, SettingsChanged(tuple(told)))
    opened.loop.wait(lambda: opened.row("schedule.read_every").editor.value() == 120)
    assert opened.row("collection.retries").editor.value() == 7


def test_what_is_refused_says_why_at_its_row_and_stays_to_be_mended(opened: Opened) -> None:
    table = opened.table("discovery.segments")
    for _ in range(2):
        press(table, "Add to Networks")
        assert table.form is not None
        fill(table.form, name="Office", targets=["10.0.0.0/24"])
        press(table.form, "Save")
    row = opened.row("discovery.segments")
    opened.loop.wait(lambda: row.refused)
    assert "two networks are named 'Office'" in row.refused
    assert "Nothing has been changed" in row.refused
    press(table, "Delete Office")
    opened.loop.wait(lambda: not row.refused)
    opened.loop.wait(lambda: len(opened.agent.settings.settings.discovery.segments) == 1)


def test_who_may_change_what_is_said(opened: Opened) -> None:
    said = {
        path: [w.accessibleName() for w in opened.row(path).findChildren(QWidget)]
        for path in ("discovery.segments", "schedule.read_every", "privacy.macs")
    }
    assert "Set here only" in said["discovery.segments"]
    assert "Set here or by the dealer" in said["schedule.read_every"]
    assert "Set here; the dealer only stricter" in said["privacy.macs"]


def test_a_network_with_its_size_and_the_permission_for_v3(opened: Opened) -> None:
    opened.agent.settings.keep_names("office")
    opened.worker.want()
    opened.loop.wait(lambda: "office" in opened.view.factory.credentials)
    table = opened.table("discovery.segments")
    press(table, "Add to Networks")
    form = table.form
    assert form is not None
    press(form, "Save")  # nothing stands there yet
    assert form.rows["name"].refused
    fill(form, name="Office", targets=["127.56.0.0/28"], credentials="office", read_every=15)
    assert isinstance(form, SegmentForm)
    size = form.size_line
    opened.loop.wait(size.text, "the size of the search")
    assert "address" in size.text()
    assert form.editors["versions"].value() == ["2c", "1"]
    switches = form.editors["versions"].findChildren(QAbstractButton)
    switches[-1].click()
    press(form, "Save")
    opened.loop.wait(lambda: opened.agent.settings.settings.discovery.segments)
    (segment,) = opened.agent.settings.settings.discovery.segments
    assert segment.versions == ("3", "2c", "1")
    assert (segment.credentials, segment.read_every, segment.max_hops) == ("office", 15, None)


def test_credentials_are_kept_and_nothing_of_them_stays(opened: Opened) -> None:
    card = opened.view.credentials
    press(card, "Add passwords")
    form = card.form
    assert form is not None
    press(form, "Save passwords")
    assert "first" in form._wrong.text()
    user, community, login = UserPart(), CommunityPart(), LoginPart()
    form.add("users", user)
    form.add("communities", community)
    form.add("logins", login)
    form._name.setText("office")
    user._name.setText("ann")
    press(form, "Save passwords")
    assert "8 characters" in form._wrong.text()
    secret = [*form.findChildren(SecretField)]
    assert len(secret) == 5
    for field in secret:
        field.setText(CANARY)
        # What Qt tells a screen reader of a field of passwords is what it displays.
        assert field.echoMode() is QLineEdit.EchoMode.Password
        assert CANARY not in field.displayText()
        field.selectAll()
        field.copy()
    assert CANARY not in QApplication.clipboard().text()
    press(form, "Save passwords")
    opened.loop.wait(lambda: card.form is None)
    kept = opened.agent.settings.secrets["office"]
    assert kept.kinds == {"communities": 1, "users": 1, "logins": 1}
    opened.loop.wait(lambda: "office" in opened.view.factory.credentials)
    assert CANARY not in everything_said(opened.view)
    press(card, "Delete office")
    press(card, "Delete for good")
    opened.loop.wait(lambda: not opened.agent.settings.secrets)


def test_a_secret_that_is_forgotten_cannot_be_taken_back(qtbot: QtBot) -> None:
    field = SecretField("Community")
    qtbot.addWidget(field)
    field.insert(CANARY)
    field.forget()
    field.undo()
    assert field.text() == ""


def everything_said(view: QWidget) -> str:
    found = []
    for widget in view.findChildren(QWidget):
        found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        found.append(str(getattr(widget, "text", str)()))
    return "\n".join(found)


def test_credentials_that_are_refused_stay_in_the_form(opened: Opened) -> None:
    card = opened.view.credentials
    press(card, "Add passwords")
    assert card.form is not None
    part = CommunityPart()
    card.form.add("communities", part)
    part._text.setText(CANARY)
    opened.agent.refusal = Problem("keyring_locked", "The Keychain is locked.", "Unlock it.")
    press(card.form, "Save passwords")
    opened.loop.wait(lambda: card.form._wrong.text() if card.form else "")
    assert card.form._wrong.text() == "The Keychain is locked. Unlock it."
    press(card.form, "Cancel")
    assert part._text.text() == ""
    assert card.form is None


def test_which_store_is_in_use_and_a_wrong_file_are_said(opened: Opened) -> None:
    locked = Problem("keyring_locked", "The Keychain is locked.", "Unlock it.")
    store = SecretsStatus("keyring", "macOS Keychain", "They are there.", locked)
    file = Problem("bad_settings", "settings.toml, line 3: wrong.", "Correct the file.")
    opened.view.show_status(usual_status(secrets=store, problem=file))
    card, top = opened.view.credentials.store, opened.view.wrong_file
    assert card.accessibleName() == "Kept in: macOS Keychain"
    assert "Unlock it." in card.accessibleDescription()
    assert "line 3" in top.accessibleName()
    assert "in force" in top.accessibleDescription()
    opened.view.show_status(usual_status(secrets=replace(store, problem=None)))
    assert top.isHidden()


def test_the_preview_shows_what_the_hub_is_told(opened: Opened) -> None:
    opened.view.take_devices(summaries(5))
    before = {title: there for title, _, there in opened.view.preview.rows()}
    assert before["Location"] == "Reception"
    opened.change("privacy.locations", "omit")
    opened.change("privacy.macs", "mask")
    opened.loop.wait(lambda: dict(opened.view.preview._values)["macs"] == "mask")
    opened.loop.wait(lambda: dict(opened.view.preview._values)["locations"] == "omit")
    after = {title: (here, there) for title, here, there in opened.view.preview.rows()}
    assert after["Location"] == ("Reception", "not sent")
    assert after["MAC address"][0] == before["MAC address"] != after["MAC address"][1]
    assert after["Address"][0] == after["Address"][1]


def test_a_group_is_made_of_printers_by_name(opened: Opened) -> None:
    opened.view.take_devices(summaries(3))
    table = opened.table("schedule.groups")
    press(table, "Add to Groups of printers")
    assert table.form is not None
    fill(table.form, name="Surgeries", devices=["d00001", "gone"], read_every=10)
    press(table.form, "Save")
    opened.loop.wait(lambda: opened.agent.settings.settings.schedule.groups)
    (group,) = opened.agent.settings.settings.schedule.groups
    assert group.devices == ("d00001", "gone")


def test_everything_that_takes_the_keyboard_has_a_name(opened: Opened) -> None:
    press(opened.table("discovery.segments"), "Add to Networks")
    press(opened.view.credentials, "Add passwords")
    nameless = [
        w
        for w in opened.view.findChildren(QWidget)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and w.isVisible()
        and not w.accessibleName()
        and not (isinstance(w, QAbstractButton) and w.text())
        and not (isinstance(w, QLineEdit) and w.objectName() == "qt_spinbox_lineedit")
    ]
    assert nameless == []


def test_nothing_is_cut_off_on_the_right_at_the_least_width(opened: Opened) -> None:
    inner = opened.view.pane.widget()
    assert inner.minimumSizeHint().width() <= opened.view.pane.viewport().width()


def test_nothing_is_set_by_looking(opened: Opened) -> None:
    for row in opened.view.rows.values():
        row.flush()
    opened.view.hide()
    opened.loop.spin()
    assert [kind for kind, _ in opened.agent.done if kind is ActionKind.SET_SETTINGS] == []


def test_the_preview_is_no_window_of_its_own(theme: Theme) -> None:
    view = SettingsView()
    view.take_devices(summaries(3))
    assert not view.preview.isVisible()
    assert view.preview.rows()


def test_what_leaves_the_building_is_said_where_privacy_is_set(opened: Opened) -> None:
    hub = HubStatus(True, "hub.example:443", "Harbour Print")
    said = setting_preview.what_leaves(hub)
    assert "Harbour Print · hub.example:443" in said
    assert "Never what anybody prints" in said
    assert "nothing leaves" in setting_preview.what_leaves(HubStatus(False))
    opened.loop.wait(lambda: opened.view.preview.parentWidget() is not None)
    opened.view.take_devices(summaries(1))
    opened.view.show_status(usual_status(hub=hub))
    assert said in opened.view.preview._note.text()


def test_a_new_set_says_that_a_name_that_is_there_is_replaced(opened: Opened) -> None:
    press(opened.view.credentials, "Add passwords")
    assert opened.view.credentials.form is not None
    said = [each.text() for each in opened.view.credentials.form.name_row.findChildren(QLabel)]
    assert any("replaces everything" in text for text in said)
