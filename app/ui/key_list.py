"""The list of all keys, at the side of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.commands import Commands
from app.ui.key_hint import KeyHint
from app.ui.sheet import Sheet
from app.ui.tokens import M, S
from app.ui.widgets import button, label


class KeyList(Sheet):
    """What the keys do, from the commands themselves: it cannot be out of date."""

    def __init__(self, home: QWidget, commands: Commands) -> None:
        super().__init__(home, QCoreApplication.translate("KeyList", "Keys"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(S)
        grid.setColumnStretch(0, 1)
        for row, command in enumerate(commands.with_keys()):
            grid.addWidget(label(command.title.rstrip("…")), row, 0)
            grid.addWidget(KeyHint(command.keys), row, 1, Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        done = button(self.tr("Close"))
        done.clicked.connect(self.leave)
        self.foot.addStretch(1)
        self.foot.addWidget(done)
