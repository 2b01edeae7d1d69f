"""The sheet that asks what a view is called: when it is kept, and when that changes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.fields import TextField
from app.ui.sheet import Sheet
from app.ui.widgets import button, label

LONGEST = 60


class NameSheet(Sheet):
    """``named`` gives the name, once; ``before`` is the one that a view has already."""

    named = Signal(str)

    def __init__(self, home: QWidget, before: str = "") -> None:
        title = self.tr("Rename this view") if before else self.tr("Save this view")
        super().__init__(home, title)
        self.field = TextField(self.tr("Name"), self.tr("For example: Second floor, toner low"))
        self.field.setMaxLength(LONGEST)
        self.field.setText(before)
        self.keep = button(self.tr("Save"), "primary")
        self.keep.setEnabled(bool(before))
        self.keep.clicked.connect(self._tell)
        self.field.textChanged.connect(lambda text: self.keep.setEnabled(bool(text.strip())))
        self.field.returnPressed.connect(self._tell)
        self.body.addWidget(label(self.tr("Name"), "section"))
        self.body.addWidget(self.field)
        said = self.tr("A view that has the name already is replaced.")
        if not before:
            kept = self.tr(
                "The filter, the columns and the order are kept under this name, on this computer."
            )
            said = f"{kept} {said}"
        self.body.addWidget(label(said, "muted", wrap=True))
        self.body.addStretch(1)
        self.foot.addStretch(1)
        self.foot.addWidget(self.keep)

    def open(self) -> None:
        """Open it, with the keyboard in the field."""
        super().open()
        self.field.setFocus()
        self.field.selectAll()

    def _tell(self) -> None:
        name = self.field.text().strip()
        if name:
            self.named.emit(name)
            self.leave()
