"""The credentials: their names, what each holds, which store keeps them; never a value."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui import wording
from app.ui.banner import Notice
from app.ui.cards import NoticeCard
from app.ui.settings.credential_form import CredentialForm
from app.ui.tokens import XS, S, Tone
from app.ui.widgets import IconButton, button, clear, frame, label
from core.model.problem import Problem
from core.model.setting import CredentialName
from core.model.status import SecretsStatus


class CredentialCard(QWidget):
    """``kept`` gives a name and credentials to keep, ``forgotten`` a name to forget."""

    kept = Signal(str, dict)
    forgotten = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Passwords"))
        self._names: list[CredentialName] = []
        self._sure: str | None = None
        self.form: CredentialForm | None = None
        self.store = NoticeCard()
        self._trouble = NoticeCard()
        self._list = QVBoxLayout()
        self._list.setSpacing(XS)
        self._new = button(self.tr("Add passwords"))
        self._new.clicked.connect(lambda: self._open(""))
        last = QHBoxLayout()
        last.addWidget(self._new)
        last.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, S, 0, S)
        layout.setSpacing(S)
        layout.addWidget(self.store)
        layout.addWidget(self._trouble)
        layout.addLayout(self._list)
        layout.addLayout(last)

    # --- what is shown --------------------------------------------------------------------------

    def show_store(self, status: SecretsStatus | None) -> None:
        """Say which store is in use, why, and what is wrong with it."""
        if status is None:
            self.store.tell(None)
            return
        form = self.tr("Kept in: %1")
        text = form.replace("%1", status.title, 1)
        if status.problem is None:
            self.store.tell(Notice(Tone.ACCENT, text, status.reason))
            return
        said = (status.reason, status.problem.text, status.problem.remedy)
        why = " ".join(dict.fromkeys(part for part in said if part))
        self.store.tell(Notice(Tone.WARNING, text, why))

    def show_names(self, names: list[CredentialName]) -> None:
        """Show these; a form that is open stays."""
        self._names = names
        self._fill()

    def settle(self, _name: str) -> None:
        """Take note that they were kept or forgotten: what was typed goes."""
        self._trouble.tell(None)
        self._close()

    def refuse(self, _name: str, problem: Problem) -> None:
        """Say why they were not."""
        if self.form is not None:
            self.form.refuse(problem)
        else:
            self._trouble.tell(Notice(Tone.ERROR, problem.text, problem.remedy))

    # --- inside ---------------------------------------------------------------------------------

    def _fill(self) -> None:
        form = self.form
        if form is not None:
            self._list.removeWidget(form)
        clear(self._list)
        if not self._names:
            text = self.tr("None yet. Printers are asked with the SNMP name “public”.")
            self._list.addWidget(label(text, "muted", wrap=True))
        for each in self._names:
            self._list.addWidget(self._line(each))
        if form is not None:
            self._list.addWidget(form)
        self._new.setVisible(form is None)

    def _line(self, each: CredentialName) -> QWidget:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(each.name, "strong", wrap=True))
        words.addWidget(label(holds(each), "small", wrap=True))
        line = QHBoxLayout()
        line.setContentsMargins(S + XS, S, S, S)
        line.addLayout(words, 1)
        if self._sure == each.name:
            self._ask_sure(line, each.name)
        else:
            edit = IconButton("edit", self.tr("Replace %1").replace("%1", each.name, 1))
            edit.clicked.connect(lambda: self._open(each.name))
            drop = IconButton("delete", self.tr("Delete %1").replace("%1", each.name, 1))
            drop.clicked.connect(lambda: self._consider_drop(each.name))
            line.addWidget(edit)
            line.addWidget(drop)
        return frame("inset", line)

    def _ask_sure(self, line: QHBoxLayout, name: str) -> None:
        drop = button(self.tr("Delete for good"), "danger")
        drop.clicked.connect(lambda: self._drop(name))
        stay = button(self.tr("Keep"))
        stay.clicked.connect(lambda: self._consider_drop(None))
        line.addWidget(drop)
        line.addWidget(stay)
        stay.setFocus()

    def _consider_drop(self, name: str | None) -> None:
        self._sure = name
        self._fill()

    def _drop(self, name: str) -> None:
        self._sure = None
        self.forgotten.emit(name)

    def _open(self, name: str) -> None:
        self._close()
        self.form = CredentialForm(name)
        self.form.asked.connect(self.kept)
        self.form.left.connect(self._close)
        self._fill()
        self.form.focus_first()

    def _close(self) -> None:
        if self.form is not None:
            self.form.forget()
            self._list.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        self._fill()


def holds(each: CredentialName) -> str:
    """Say how many of each kind there are."""
    translate = QCoreApplication.translate
    parts = (
        (each.communities, translate("Credentials", "%n SNMP name(s)", "", each.communities)),
        (each.users, translate("Credentials", "%n SNMPv3 user(s)", "", each.users)),
        (each.logins, translate("Credentials", "%n web login(s)", "", each.logins)),
    )
    return "  ·  ".join(wording.counted(said, count) for count, said in parts if count)
