"""The rules of the Alerts view: their list, the sheet that changes one, and the agent's answers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.ui.devices.model import DeviceModel
from app.ui.rules.editor import RuleEditor
from app.ui.rules.list import RuleList
from app.ui.rules.only import Known
from app.workers.rules import RulesWorker
from core.model.occurrence import RuleVerdict
from core.model.problem import Problem
from core.model.rule import Rule


class RulesDesk(QObject):
    """``said`` gives a sentence about something that is done, ``failed`` a ``Problem``."""

    said = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        parent: QObject,
        devices: DeviceModel,
        worker: RulesWorker,
        parts: tuple[RuleList, RuleEditor],
        name: Callable[[str], str],
    ) -> None:
        super().__init__(parent)
        self._devices, self._worker = devices, worker
        self.list, self.editor = parts
        self._name = name
        self._known_rules: dict[str, Rule] = {}
        self._connect()

    def _connect(self) -> None:
        worker, editor = self._worker, self.editor
        self.list.switched.connect(worker.save)
        self.list.edit_asked.connect(self.edit)
        editor.saved.connect(worker.save)
        editor.deleted.connect(worker.delete)
        editor.try_asked.connect(worker.try_out)
        editor.fields_asked.connect(self._ask_fields)
        worker.tried.connect(self._show_verdicts)
        worker.try_failed.connect(editor.refuse_trial)
        worker.fields_loaded.connect(editor.show_fields)
        worker.saved.connect(self._say_saved)
        worker.deleted.connect(self._say_deleted)
        worker.refused.connect(self._refuse)

    def _show_verdicts(self, text: str, said: list[RuleVerdict]) -> None:
        self.editor.show_verdicts(text, said, self._name)

    def rule(self, key: str) -> Rule | None:
        """Give a rule by its id."""
        return self._known_rules.get(key)

    @property
    def loaded(self) -> bool:
        """Whether the rules have come."""
        return bool(self._known_rules)

    @property
    def on(self) -> int:
        """How many rules are on."""
        return sum(rule.enabled for rule in self._known_rules.values())

    def take(self, rules: tuple[Rule, ...]) -> None:
        """Show these rules; a sheet that is open hears of a change to its own."""
        self._known_rules = {rule.id: rule for rule in rules}
        self.list.show_rules(rules)
        self.editor.heed(self._known_rules)

    def edit(self, rule: str) -> None:
        """Open the sheet of a rule."""
        found = self._known_rules.get(rule)
        if found is not None:
            self.editor.edit(found, self._choices())

    def make(self) -> None:
        """Open the sheet of a new rule."""
        self.editor.make(self._choices(), tuple(self._known_rules))

    def _choices(self) -> Known:
        # Those that were read come first: the first one's values are shown.
        rows = sorted(self._devices.rows(), key=lambda r: (r.summary.latest is None, r.title))
        devices = [(row.key, f"{row.title}, {row.subtitle}") for row in rows]
        vendors = {row.summary.device.identity.vendor for row in rows} - {None}
        segments = {row.summary.device.segment for row in rows}
        return Known(
            tuple(devices),
            tuple(sorted(str(vendor) for vendor in vendors)),
            tuple(sorted(segment for segment in segments if segment)),
        )

    def _ask_fields(self, key: str) -> None:
        row = self._devices.row(key)
        if row is not None:
            self._worker.want_fields(row.summary)

    def _say_saved(self, rule: Rule) -> None:
        if self.editor.isVisible() and self.editor.saves(rule.id):
            self.editor.settle()
            self.said.emit(self.tr("The rule is saved."))
        else:
            form = self.tr("“%1” is on.") if rule.enabled else self.tr("“%1” is off.")
            self.said.emit(form.replace("%1", rule.name, 1))

    def _say_deleted(self, rule: str) -> None:
        known = self._known_rules.get(rule)
        self.editor.settle()
        builtin = known is not None and known.builtin
        restored = self.tr("The rule has its defaults again.")
        self.said.emit(restored if builtin else self.tr("The rule is deleted."))

    def _refuse(self, problem: Problem) -> None:
        if self.editor.isVisible():
            self.editor.refuse(problem)
        else:
            self.failed.emit(problem)
