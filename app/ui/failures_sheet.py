"""Which printers gave nothing when several were read: by cause, each with what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.ui import wording
from app.ui.banner import Notice
from app.ui.cards import NoticeCard
from app.ui.sheet import Sheet
from app.ui.tokens import Tone
from app.ui.widgets import button, clear, label
from core.model.problem import Problem

MOST = 40  # printers named of one cause: more of one cause are one thing to look into


@dataclass(frozen=True, slots=True)
class Failure:
    """A device that gave nothing, and why."""

    key: str
    problem: Problem


class FailuresSheet(Sheet):
    """``opened`` gives the key of the printer that was pressed, ``again`` the keys of all of them
    when they are to be read once more.
    """

    opened = Signal(str)
    again = Signal(list)

    def __init__(self, home: QWidget) -> None:
        super().__init__(home, self.tr("What gave nothing"))
        self._keys: list[str] = []
        self._again = button(self.tr("Read them again"), "primary")
        self._again.clicked.connect(self._ask_again)
        self.foot.addStretch(1)
        self.foot.addWidget(self._again)

    def show_failures(self, failures: Sequence[Failure], name: Callable[[str], str]) -> None:
        """Show these; ``name`` gives what a printer is called."""
        self._keys = [failure.key for failure in failures]
        said = self.tr("%n printer(s) gave nothing", "", len(failures))
        self.show_title(wording.counted(said, len(failures)))
        clear(self.body)
        causes: dict[tuple[str, str], list[str]] = {}
        for one in failures:
            causes.setdefault((one.problem.text, one.problem.remedy), []).append(one.key)
        for (text, remedy), keys in sorted(causes.items(), key=lambda each: -len(each[1])):
            self.body.addWidget(NoticeCard(Notice(Tone.WARNING, text, remedy)))
            for key in keys[:MOST]:
                self.body.addWidget(self._link(key, name(key)), 0, Qt.AlignmentFlag.AlignLeft)
            if len(keys) > MOST:
                more = len(keys) - MOST
                said = QCoreApplication.translate("Failures", "and %n more", "", more)
                self.body.addWidget(label(wording.counted(said, more), "small"))
        self.body.addStretch(1)
        self.open()

    def _link(self, key: str, name: str) -> QWidget:
        text = name if len(name) <= 48 else f"{name[:47]}…"
        link = button(text.replace("&", "&&"), "link")
        link.setAccessibleName(name)
        link.clicked.connect(lambda: self._open(key))
        return link

    def _open(self, key: str) -> None:
        self.leave()
        self.opened.emit(key)

    def _ask_again(self) -> None:
        self.leave()
        self.again.emit(self._keys)
