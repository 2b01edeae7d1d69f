"""The sheet in which a rule is changed or made."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.ui.alerts import words as alert_words
from app.ui.banner import Notice
from app.ui.cards import NoticeCard
from app.ui.fields import TextField
from app.ui.forms import FormRow
from app.ui.pickers import ComboBox
from app.ui.rules import words as rule_words
from app.ui.rules.condition import ConditionForm
from app.ui.rules.forms import VolumeForm, WhenForm, form, fresh
from app.ui.rules.only import Known, OnlyForm
from app.ui.sheet import Sheet
from app.ui.tokens import Tone
from app.ui.widgets import button, clear, label, restyle
from core.model.occurrence import RuleVerdict
from core.model.problem import BadInputError, Problem
from core.model.rule import ConditionLasting, Only, Rule, Weight
from core.telemetry.rules.book import check_rule

_WIDTH = 520
_FIRST_KIND = "custom"
_LONGEST_NAME = 80
_LONGEST_ID = 50


class RuleEditor(Sheet):
    """``saved`` gives the rule as it is wanted and as it was when it was last shown (``None``: it
    is new), ``deleted`` its id; ``try_asked`` a condition and the devices (keys, none: all) that it
    is to be tried on, ``fields_asked`` the key of a device whose values are to be shown.
    """

    saved = Signal(object, object)
    deleted = Signal(str)
    try_asked = Signal(str, tuple)
    fields_asked = Signal(str)

    def __init__(self, home: QWidget) -> None:
        super().__init__(home, self.tr("Rule"), width=_WIDTH)
        self._rule: Rule | None = None
        self._known = Known()
        self._taken: frozenset[str] = frozenset()
        self._sure = False
        self._saving = ""
        self._gone = False
        self._left = False  # closed with something in it that was not saved
        self.news = NoticeCard()
        self.name = TextField(self.tr("Name"))
        self.form: WhenForm | VolumeForm | ConditionForm | None = None
        self._kinds: ComboBox | None = None
        self._refused = label(role="wrong", wrap=True, select=True)
        self._make_foot()

    def _make_foot(self) -> None:
        self._save = button(self.tr("Save"), "primary")
        self._save.clicked.connect(self._give)
        self._try = button(self.tr("Test it"))
        self._try.clicked.connect(self._ask_trial)
        self._delete = button("", "danger")
        self._delete.clicked.connect(self._ask_delete)
        self.foot.addWidget(self._save)
        self.foot.addWidget(self._try)
        self._hint = label(role="small", wrap=True)
        self._hint.setAccessibleName(self.tr("What is missing"))
        self.foot.addWidget(self._hint, 1)
        self.foot.addWidget(self._delete)

    # --- what is shown --------------------------------------------------------------------------

    @property
    def rule(self) -> Rule | None:
        """The rule that is being changed; ``None`` for a new one."""
        return self._rule

    def saves(self, rule: str) -> bool:
        """Say whether this is the rule that is being saved here."""
        return self._saving == rule

    @property
    def hint(self) -> str:
        """What is missing before it can be saved."""
        return self._hint.text()

    @property
    def save_button(self) -> QPushButton:
        """The button that saves."""
        return self._save

    @property
    def try_button(self) -> QPushButton:
        """The button that tries a condition."""
        return self._try

    @property
    def delete_button(self) -> QPushButton:
        """The button that deletes, or brings back how it was."""
        return self._delete

    def edit(self, rule: Rule, known: Known) -> None:
        """Show a rule to be changed; what was entered and not saved is still there."""
        if self._left and self._rule == rule:
            self._go_on()
            return
        self._begin(rule, known, rule_words.kind(rule.kind), rule.when)

    def make(self, known: Known, taken: Sequence[str]) -> None:
        """Show a rule to be made; ``taken`` are the ids that there are. See ``edit``."""
        self._taken = frozenset(taken)
        if self._left and self._rule is None:
            self._go_on()
            return
        self._begin(None, known, self.tr("New rule"), None)

    def _begin(self, rule: Rule | None, known: Known, title: str, when: Any) -> None:
        self._rule, self._known, self._sure, self._saving = rule, known, False, ""
        self._gone = self._left = False
        self.show_title(title)
        clear(self.body)
        self.news = NoticeCard()
        self.news.acted.connect(self._show_anew)
        self.news.tell(None)
        self.body.addWidget(self.news)
        self.name = TextField(self.tr("Name"))
        self.name.setMaxLength(_LONGEST_NAME)
        self.name.setText(rule.name if rule else "")
        self.name.textChanged.connect(lambda _text: self._refresh())
        self._name_row = FormRow(self.tr("Name"), self.name)
        self.body.addWidget(self._name_row)
        self._slot = QVBoxLayout()
        self._kinds = self._make_kinds() if rule is None else None
        if self._kinds is not None:
            self.body.addWidget(FormRow(self.tr("Alert when"), self._kinds))
        self.body.addLayout(self._slot)
        weights = tuple((w.value, alert_words.weight(w)[0]) for w in Weight)
        self._weight = ComboBox(self.tr("Severity"), weights)
        self._weight.choose((rule.weight if rule else Weight.WARNING).value)
        self.body.addWidget(FormRow(self.tr("Severity"), self._weight))
        self._only = OnlyForm(rule.only if rule else Only(), known)
        self._only.changed.connect(self._refresh)
        self.body.addWidget(self._only)
        self._refused = label(role="wrong", wrap=True, select=True)
        self._refused.hide()
        self.body.addWidget(self._refused)
        self.body.addStretch(1)
        self._show_kind(rule.kind if rule else _FIRST_KIND, when)
        self.open()
        self.name.setFocus(Qt.FocusReason.TabFocusReason)

    def _go_on(self) -> None:
        self._left = False
        text = self.tr("What you had entered is still here. It is not saved yet.")
        self.news.tell(Notice(Tone.ACCENT, text, "", self.tr("Start again")))
        self._refresh()
        self.open()
        self.name.setFocus(Qt.FocusReason.TabFocusReason)

    def leave(self) -> None:
        """Close it; what was entered and not saved is there when it is opened again."""
        if self.isVisible():
            self._left = self._is_changed()
        super().leave()

    def _is_changed(self) -> bool:
        if self.form is None:
            return False
        if self._rule is not None:
            return not self._is_entered(self._rule)
        condition = self.form.field.expression() if isinstance(self.form, ConditionForm) else ""
        return bool(self.name.text().strip() or condition)

    def _make_kinds(self) -> ComboBox:
        order = sorted(rule_words.KINDS, key=lambda kind: kind != _FIRST_KIND)
        kinds = ComboBox(self.tr("Alert when"), tuple((k, rule_words.kind(k)) for k in order))
        kinds.currentIndexChanged.connect(lambda _index: self._show_kind(kinds.value(), None))
        return kinds

    def _show_kind(self, kind: str, when: Any) -> None:
        if kind == "custom":
            self.form = ConditionForm(when, self._known.devices)
            self.form.device_chosen.connect(self.fields_asked)
        else:
            self.form = form(when if when is not None else fresh(kind))
        self.form.changed.connect(self._refresh)
        clear(self._slot)
        self._slot.addWidget(self.form)
        self._order_keys()
        if isinstance(self.form, ConditionForm):
            self.form.ask_fields()
        self._refresh()

    def _order_keys(self) -> None:
        """Let Tab go from the top to the bottom, whatever was made first."""
        parts = [self._kinds, self.form, self._weight, self._only]
        found = [each for part in parts if part for each in (part, *part.findChildren(QWidget))]
        stops = [each for each in found if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        stops = [e for e in stops if e.focusProxy() is None and e.window() is self.window()]
        foot = (self._try, self._save, self._delete)
        for one, other in pairwise((self.name, *stops, *foot)):
            QWidget.setTabOrder(one, other)

    # --- what may be done -----------------------------------------------------------------------

    def _refresh(self) -> None:
        condition = self.form if isinstance(self.form, ConditionForm) else None
        flaw = self._flaw()
        ready = not flaw and (condition is None or condition.tried)
        self._save.setEnabled(ready)
        restyle(self._save, "kind", "primary" if ready else "")
        hint = self.tr("Test the condition first.") if condition and not ready else ""
        self._hint.setText("" if condition and condition.flaw == flaw and flaw else flaw or hint)
        self._try.setVisible(condition is not None)
        self._try.setEnabled(condition is not None and not condition.flaw)
        restyle(self._try, "kind", "" if ready else "primary")
        self._show_delete()

    def _show_delete(self) -> None:
        rule = self._rule
        self._delete.setVisible(rule is not None and (rule.changed or not rule.builtin))
        if rule is None:
            return
        if rule.builtin:
            text = self.tr("Restore default")
        else:
            text = self.tr("Delete for good") if self._sure else self.tr("Delete")
        self._delete.setText(text)
        restyle(self._delete, "kind", "" if rule.builtin else "danger")

    def _flaw(self) -> str:
        if not self.name.text().strip():
            return self.tr("Give the rule a name.")
        if self._only.flaw:
            return self._only.flaw
        if isinstance(self.form, ConditionForm):
            empty = not self.form.field.expression()
            return self.tr("Enter a condition.") if empty else self.form.flaw
        wanted = self.value()
        when = wanted.when
        if isinstance(when, ConditionLasting) and not (when.conditions or when.states):
            return self.tr("Tick at least one error or state.")
        try:
            check_rule(wanted)
        except BadInputError as error:
            return error.problem.text
        return ""

    def value(self) -> Rule:
        """Give the rule as it is entered."""
        if self.form is None:
            raise RuntimeError("no rule is being edited")
        name, when = self.name.text().strip(), self.form.value()
        weight, only = Weight(self._weight.value()), self._only.value()
        if self._rule is not None:
            return replace(self._rule, name=name, when=when, weight=weight, only=only)
        return Rule(new_id(name, self._taken), name, when, weight, only=only)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Ctrl+Enter, from wherever in the sheet."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.confirm()
            return
        super().keyPressEvent(event)

    def confirm(self) -> None:
        """Save; a condition that was not tried yet is tried."""
        if self._save.isEnabled():
            self._give()
        elif self._try.isVisible() and self._try.isEnabled():
            self._ask_trial()

    def _give(self) -> None:
        rule = self.value()
        self._saving = rule.id
        self._save.setEnabled(False)
        self._refused.hide()
        self.saved.emit(rule, None if self._gone else self._rule)

    def _ask_trial(self) -> None:
        if isinstance(self.form, ConditionForm):
            self.try_asked.emit(self.form.field.expression(), self._only.value().devices)

    def _ask_delete(self) -> None:
        rule = self._rule
        if rule is None:
            return
        if rule.builtin or self._sure:
            self.deleted.emit(rule.id)
            return
        self._sure = True
        self._show_delete()

    # --- what came of it ------------------------------------------------------------------------

    def settle(self) -> None:
        """Take note that it was saved or deleted."""
        self._saving = ""
        self.leave()
        self._left = False

    def heed(self, rules: Mapping[str, Rule]) -> None:
        """Say that the rule in here was changed elsewhere; what was entered stays."""
        was = self._rule
        if was is None or not self.isVisible():
            return
        now = rules.get(was.id)
        if now == was or (now is not None and self._saving == was.id and self._is_entered(now)):
            return
        self._gone = now is None
        self._rule = now or was
        text = self.tr("This rule was changed elsewhere in the meantime.")
        if self._gone:
            text = self.tr("This rule was deleted elsewhere in the meantime.")
        remedy = self.tr("What you save here takes its place.")
        action = "" if self._gone else self.tr("Show the change instead")
        self.news.tell(Notice(Tone.WARNING, text, remedy, action))
        self._refresh()

    def _is_entered(self, rule: Rule) -> bool:
        mine = self.value()
        return mine == replace(rule, builtin=mine.builtin, changed=mine.changed)

    def _show_anew(self) -> None:
        if self._rule is not None:
            self.edit(self._rule, self._known)
        else:
            self.make(self._known, tuple(self._taken))

    def refuse(self, problem: Problem) -> None:
        """Show why the rule was not taken; everything that was entered stays."""
        self._saving = ""
        self._refused.setText(f"{problem.text} {problem.remedy}".strip())
        self._refused.show()
        self._refresh()

    def refuse_trial(self, expression: str, problem: Problem) -> None:
        """Show why the condition could not be tried."""
        if isinstance(self.form, ConditionForm):
            self.form.refuse(expression, problem)

    def show_verdicts(
        self, expression: str, verdicts: Sequence[RuleVerdict], name: Callable[[str], str]
    ) -> None:
        """Show what the condition says of each device."""
        if isinstance(self.form, ConditionForm):
            self.form.show_verdicts(expression, verdicts, name)

    def show_fields(self, key: str, fields: dict[str, Any]) -> None:
        """Show the present values of a device."""
        if isinstance(self.form, ConditionForm):
            self.form.show_fields(key, fields)


def new_id(name: str, taken: frozenset[str]) -> str:
    """Make the id of a new rule from its name: small letters, digits and hyphens, not taken."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_ID].strip("-") or "rule"
    number, made = 1, base
    while made in taken:
        number += 1
        made = f"{base}-{number}"
    return made
