"""The settings, made from what the agent says there is; saved as they are changed.

Saved at once, with a way back for ten seconds, rather than with a bar to apply: settings do not
depend on each other, the agent checks each one, and nobody has to remember that something waits.
Entries with several fields (networks, groups, credentials) are forms with a button of their own,
for half of one is nothing that could be saved.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ui.banner import Notice
from app.ui.cards import Card, NoticeCard
from app.ui.empty_state import EmptyState
from app.ui.fields import TextField
from app.ui.settings import words as setting_words
from app.ui.settings.credential_card import CredentialCard
from app.ui.settings.factory import SettingFactory
from app.ui.settings.preview import PrivacyPreview
from app.ui.settings.row import SettingRow
from app.ui.settings.section import SettingSection
from app.ui.settings.setup import SetUpCard
from app.ui.toasts import Toasts
from app.ui.tokens import XS, L, M, Tone
from app.ui.widgets import button
from app.views.page import Page
from app.workers.reckon import Reckoned
from app.workers.settings import SettingsWorker
from app.workers.turns import in_turn
from core.model.device import DeviceSummary
from core.model.problem import Problem
from core.model.setting import CredentialName, Setting
from core.model.status import AgentStatus

_SEARCH = 250
_INDEX = 184
_WIDEST = 760
_WRONG_FILE = "bad_settings"
_AT_ONCE = 5  # rows made in one turn of the loop: each takes one to four milliseconds


class SettingsView(Page):
    """``wanted`` when it is first seen; ``asked`` gives path, value to set and what was seen
    before, ``kept`` and ``forgotten`` credentials, ``sized`` a ``Segment`` whose size is to be
    said; ``set_up_asked`` when the first steps are to be gone through again.
    """

    wanted = Signal()
    set_up_asked = Signal()
    asked = Signal(str, object, object)
    kept = Signal(str, dict)
    forgotten = Signal(str)
    sized = Signal(object)

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("SettingsView", "Settings"))
        self.sections: dict[str, SettingSection] = {}
        self.rows: dict[str, SettingRow] = {}
        self._made: dict[str, SettingRow] = {}  # and not in their places yet
        self._undoing: set[str] = set()
        # By path, in the order of asking: what was set, what is asked for.
        self._asked: dict[str, list[tuple[Any, Any]]] = {}
        self._seen = False
        self.factory = SettingFactory(self)
        self.factory.sized.connect(self.sized)
        self.credentials = CredentialCard()
        self.credentials.kept.connect(self.kept)
        self.credentials.forgotten.connect(self.forgotten)
        self.preview = PrivacyPreview()
        self.toasts = Toasts(self)
        self._lay_out()

    def _lay_out(self) -> None:
        self.search = TextField(self.tr("Search settings"), self.tr("Search settings"), search=True)
        self.search.take_room(120, _SEARCH)
        self.search.textChanged.connect(self._filter)
        self.head.addWidget(self.search)
        self.wrong_file = NoticeCard()
        self._none = EmptyState("search", primary=False)
        self._none.acted.connect(self.search.clear)
        self._none.hide()
        self._index = QVBoxLayout()
        self._index.setSpacing(XS)
        last = button(self.tr("Setting up"), "value")
        last.clicked.connect(self._jump_to_set_up)
        self._index.addWidget(last)
        self._index.addStretch(1)
        side = QWidget()
        side.setMinimumWidth(_INDEX)  # names in other languages may want more
        side.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        side.setLayout(self._index)
        self._index.setContentsMargins(0, 0, 0, 0)
        below = QHBoxLayout()
        below.setSpacing(L)
        below.addWidget(side)
        below.addWidget(self._make_scroll(), 1)
        self.body.addWidget(self.wrong_file)
        self.body.addLayout(below, 1)

    def _make_scroll(self) -> QScrollArea:
        inner = QWidget()
        inner.setMaximumWidth(_WIDEST)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, M, L)
        self._column.setSpacing(L)
        self._column.addWidget(self._none)
        self.set_up = SetUpCard()
        self.set_up.asked.connect(self.set_up_asked)
        self.set_up.hide()  # until the settings are there
        self._column.addWidget(self.set_up)
        self._column.addStretch(1)
        self.pane = QScrollArea()
        self.pane.setWidgetResizable(True)
        self.pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pane.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.pane.setWidget(inner)
        return self.pane

    def join(self, worker: SettingsWorker) -> None:
        """Talk to the agent through this worker."""
        self.wanted.connect(worker.want)
        self.asked.connect(worker.set)
        self.kept.connect(worker.keep)
        self.forgotten.connect(worker.forget)
        self.sized.connect(worker.reckon)
        worker.loaded.connect(self._take)
        worker.named.connect(self.show_credentials)
        worker.failed.connect(self._fail)
        worker.saved.connect(self.settle)
        worker.refused.connect(self.refuse)
        worker.kept.connect(self.credentials.settle)
        worker.unkept.connect(self.credentials.refuse)
        worker.reckoned.connect(self.show_size)

    # --- what is shown --------------------------------------------------------------------------

    def _take(self, rows: list[Setting]) -> None:
        self.factory.know(rows)
        new = [row for row in rows if row.path not in self.rows]
        for start in range(0, len(new), _AT_ONCE):
            in_turn(self, partial(self._make, new[start : start + _AT_ONCE]))
        in_turn(self, partial(self.show_settings, rows))

    def _make(self, rows: list[Setting]) -> None:
        for row in rows:
            if row.path not in self.rows:
                self._made[row.path] = SettingRow(row, self.factory.editor(row))

    def show_settings(self, rows: list[Setting]) -> None:
        """Show these; rows that are there already keep what is being typed into them."""
        self.factory.know(rows)
        for row in rows:
            if row.path in self.rows:
                self.rows[row.path].show_row(row)
            else:
                self._add(row)
        values = {r.path.rpartition(".")[2]: r.value for r in rows if r.topic == "privacy"}
        self.preview.show_values(values)
        changed = sum(row.value != row.default for row in rows)
        said = self.tr("%1 settings · %2 changed")
        self.summarise(said.replace("%1", str(len(rows)), 1).replace("%2", str(changed), 1))
        self._filter()

    def show_credentials(self, names: list[CredentialName]) -> None:
        """Show the names of credentials."""
        self.factory.credentials = tuple(each.name for each in names)
        self.credentials.show_names(names)

    def show_status(self, status: AgentStatus) -> None:
        """Say which store keeps secrets, and that the file of settings is wrong, if it is."""
        self.credentials.show_store(status.secrets)
        self.preview.show_hub(status.hub)
        problem = status.problem
        if problem is None or problem.code != _WRONG_FILE:
            self.wrong_file.tell(None)
            return
        more = self.tr("What is shown below is in force.")
        self.wrong_file.tell(Notice(Tone.ERROR, problem.text, f"{problem.remedy} {more}"))

    def take_devices(self, summaries: list[DeviceSummary]) -> None:
        """Know these printers: for groups, and for the preview."""
        if self.factory.learn(summaries):
            self.preview.show_device(self.factory.sample)

    def drop_devices(self, keys: list[str]) -> None:
        """Forget these printers."""
        self.factory.forget(keys)

    def show_size(self, found: Reckoned | None) -> None:
        """Say how large the network is whose form is open."""
        self.factory.show_size(found)

    # --- answers of the agent -------------------------------------------------------------------

    def settle(self, path: str) -> None:
        """Say that a setting was set, and offer the way back."""
        row = self.rows.get(path)
        if row is None:
            return
        before, value = self._answered(path)
        row.settle(value)
        form = self.tr("%1: saved")
        if path in self._undoing:
            self._undoing.discard(path)
            form = self.tr("%1: undone")
            self.toasts.say(form.replace("%1", setting_words.name(row.row), 1))
            return
        said = form.replace("%1", setting_words.name(row.row), 1)
        set_to = row.row.value
        self.toasts.say(said, Tone.GOOD, self.tr("Undo"), lambda: self._undo(path, before, set_to))

    def refuse(self, path: str, problem: Problem) -> None:
        """Say at its row why a setting was not set."""
        self._undoing.discard(path)
        row = self.rows.get(path)
        if row is not None:
            self._answered(path)
            row.refuse(problem)
            self.pane.ensureWidgetVisible(row)

    # --- inside ---------------------------------------------------------------------------------

    def _add(self, row: Setting) -> None:
        section = self.sections.get(row.topic) or self._begin(row.topic)
        shown = self._made.pop(row.path, None) or SettingRow(row, self.factory.editor(row))
        shown.show_row(row)
        shown.asked.connect(self._ask)
        self.rows[row.path] = shown
        section.add_row(shown)

    def _begin(self, topic: str) -> SettingSection:
        section = self.sections[topic] = SettingSection(topic)
        if topic == "secrets":
            words = self.tr("community SNMPv3 user password web login store key")
            section.add_extra(self.credentials, words)
        elif topic == "privacy":
            section.add_extra(self.preview, self.tr("privacy preview mask stand-in hub"))
        self._column.insertWidget(self._column.count() - 2, section)
        entry = button(setting_words.title(topic), "value")
        entry.clicked.connect(lambda: self.jump(topic))
        self._index.insertWidget(self._index.count() - 2, entry)
        return section

    def jump(self, topic: str) -> None:
        """Show a section, the keyboard on its first setting."""
        self._show(self.sections[topic])
        next(iter(self.sections[topic].rows.values())).editor.setFocus()

    def _show(self, card: Card) -> None:
        self.search.clear()
        bar = self.pane.verticalScrollBar()
        bar.setValue(card.y())
        # What the search had hidden has its place again when the layout was done.
        QTimer.singleShot(0, card, lambda: bar.setValue(card.y()))

    def _jump_to_set_up(self) -> None:
        self._show(self.set_up)
        self.set_up.button.setFocus()

    def _filter(self) -> None:
        wanted = self.search.text().strip()
        found = sum(section.filter(wanted) for section in self.sections.values())
        found += self.set_up.filter(wanted)
        nothing = bool(self.sections) and found == 0
        self._none.setVisible(nothing)
        if nothing:
            form = self.tr("No setting is called “%1”")
            hint = self.tr("Names, explanations and keys such as schedule.read_every are searched.")
            self._none.say(form.replace("%1", wanted, 1), hint, self.tr("Clear the search"))

    def _fail(self, problem: Problem) -> None:
        if not self.rows:
            self._none.say(problem.text, problem.remedy)
            self._none.show()

    def _ask(self, path: str, value: object, seen: dict[str, Any]) -> None:
        self.rows[path].expect()
        self._asked.setdefault(path, []).append((self.rows[path].row.value, value))
        self.asked.emit(path, value, seen)

    def _answered(self, path: str) -> tuple[Any, Any]:
        now = self.rows[path].row.value
        waiting = self._asked.get(path)
        return waiting.pop(0) if waiting else (now, now)

    def _undo(self, path: str, value: Any, now: Any) -> None:
        self._undoing.add(path)
        self._ask(path, value, {} if self._asked.get(path) else {path: now})

    # --- coming and going -----------------------------------------------------------------------

    def focus_first(self) -> None:
        """Give the keyboard to the search."""
        self.search.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Load when it is first seen."""
        super().showEvent(event)
        if not self._seen:
            self._seen = True
            self.wanted.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Set what waits to be set."""
        super().hideEvent(event)
        for row in self.rows.values():
            row.flush()
