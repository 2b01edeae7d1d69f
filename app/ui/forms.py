"""Rows of a form: a name, a field, a line of help, and in its place what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.banner import ToneIcon
from app.ui.tokens import XS, L, S, Tone
from app.ui.widgets import label, restyle


class FormRow(QWidget):
    """A name over a field, help under it; ``refuse`` shows in place of the help what is wrong.

    ``beside`` puts the field on the right of name and help: for switches and short fields.
    """

    def __init__(self, name: str, field: QWidget, help_: str = "", *, beside: bool = False) -> None:
        super().__init__()
        self.field = field
        self._name = label(name, "field")
        self._name.setBuddy(field)
        self._help_text = help_
        self._help = label(help_, "small", wrap=True)
        self._wrong = label(role="wrong", wrap=True, select=True)
        self._sign = ToneIcon(Tone.ERROR)
        if not field.accessibleName():
            field.setAccessibleName(name)
        field.setAccessibleDescription(help_)
        if beside:
            self._lay_beside()
        else:
            self._lay_over()
        self.refuse("")

    def _lay_over(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(XS)
        layout.addWidget(self._name)
        layout.addWidget(self.field)
        layout.addWidget(self._help)
        layout.addLayout(self._make_wrong())

    def _lay_beside(self) -> None:
        left = QWidget()
        left.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        words = QVBoxLayout(left)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._help)
        words.addLayout(self._make_wrong())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(L)
        layout.addWidget(left, 1)
        layout.addWidget(self.field, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignTrailing)

    def _make_wrong(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(XS)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._wrong, 1)
        return row

    def refuse(self, why: str) -> None:
        """Say what is wrong and what would be right; an empty text takes it away."""
        self._wrong.setText(why)
        self._wrong.setVisible(bool(why))
        self._sign.setVisible(bool(why))
        self._help.setVisible(bool(self._help_text) and not why)
        self.field.setAccessibleDescription(why or self._help_text)
        restyle(self.field, "wrong", "true" if why else "false")

    @property
    def refused(self) -> str:
        """What is wrong; empty where nothing is."""
        return self._wrong.text()


class Form(QWidget):
    """Rows under each other, with the distance that forms have."""

    def __init__(self, *rows: QWidget) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(L - S // 2)
        for row in rows:
            self.add(row)

    def add(self, row: QWidget) -> None:
        """Put one more row under the others."""
        self._layout.addWidget(row)
