"""The form that enters credentials under a name, and forgets them once they are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.ui.fields import TextField
from app.ui.forms import FormRow
from app.ui.settings.credential_fields import CommunityPart, CredentialPart, LoginPart, UserPart
from app.ui.tokens import L, M, S
from app.ui.widgets import button, label
from core.model.problem import Problem


class CredentialForm(QFrame):
    """``asked`` gives a name and its credentials, ``left`` that nothing is wanted.

    With a name given, what is entered takes the place of all that the name had: nothing of that
    can be shown.
    """

    asked = Signal(str, dict)
    left = Signal()

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setProperty("role", "inset")
        title = self.tr("Replace %1").replace("%1", name, 1) if name else self.tr("New passwords")
        self.setAccessibleName(title)
        self._name = TextField(self.tr("Name"), self.tr("default"))
        self._name.setText(name)
        self._name.setReadOnly(bool(name))
        help_ = self.tr(
            "Networks use “default” unless you choose another name there. Under a name that is "
            "there already, what you enter replaces everything that it holds."
        )
        again = self.tr("What you enter replaces everything that is kept under this name now.")
        self.name_row = FormRow(self.tr("Name"), self._name, again if name else help_)
        self._parts: list[tuple[str, CredentialPart]] = []
        self._wrong = label(role="wrong", wrap=True, select=True)
        self._wrong.hide()
        self._list = QVBoxLayout()
        self._list.setSpacing(M)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(L, M, L, M)
        self._layout.setSpacing(M)
        self._layout.addWidget(label(title, "section"))
        self._layout.addWidget(self.name_row)
        self._layout.addLayout(self._list)
        self._layout.addLayout(self._make_adders())
        self._layout.addWidget(self._wrong)
        self._layout.addLayout(self._make_buttons())

    def _make_adders(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(S)
        kinds: tuple[tuple[str, str, Callable[[], CredentialPart]], ...] = (
            (self.tr("Add an SNMP name"), "communities", CommunityPart),
            (self.tr("Add an SNMPv3 user"), "users", UserPart),
            (self.tr("Add a web login"), "logins", LoginPart),
        )
        for text, kind, make in kinds:
            adder = button(text)
            adder.clicked.connect(lambda _=False, kind=kind, make=make: self.add(kind, make()))
            line.addWidget(adder)
        line.addStretch(1)
        return line

    def _make_buttons(self) -> QHBoxLayout:
        self._keep = button(self.tr("Save passwords"), "primary")
        self._keep.clicked.connect(self._ask)
        leave = button(self.tr("Cancel"))
        leave.clicked.connect(self._leave)
        line = QHBoxLayout()
        line.setSpacing(S)
        line.addWidget(self._keep)
        line.addWidget(leave)
        line.addStretch(1)
        return line

    def add(self, kind: str, part: CredentialPart) -> None:
        """Put one more community, user or login into the form."""
        self._parts.append((kind, part))
        self._list.addWidget(part)
        part.dropped.connect(lambda: self._drop(part))
        if part.first is not None:
            part.first.setFocus()

    def refuse(self, problem: Problem | str | None) -> None:
        """Say why they were not kept; ``None`` takes that away."""
        text = problem if isinstance(problem, str) else ""
        if isinstance(problem, Problem):
            text = f"{problem.text} {problem.remedy}".strip()
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))
        self._keep.setEnabled(True)

    def forget(self) -> None:
        """Empty everything secret."""
        for _, part in self._parts:
            part.forget()

    def focus_first(self) -> None:
        """Give the keyboard to the first field that wants filling."""
        self._name.setFocus()

    def _drop(self, part: CredentialPart) -> None:
        part.forget()
        self._parts = [pair for pair in self._parts if pair[1] is not part]
        part.hide()
        part.deleteLater()

    def _leave(self) -> None:
        self.forget()
        self.left.emit()

    def _ask(self) -> None:
        wrong = next((said for _, part in self._parts if (said := part.wrong())), "")
        if not self._parts:
            wrong = self.tr("Add an SNMP name, an SNMPv3 user or a web login first.")
        self.refuse(wrong or None)
        if wrong:
            return
        found: dict[str, list[Any]] = {}
        for kind, part in self._parts:
            found.setdefault(kind, []).append(part.value())
        self._keep.setEnabled(False)
        self.asked.emit(self._name.text().strip() or "default", found)
