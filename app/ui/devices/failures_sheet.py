"""Which printers gave nothing when several were read: by cause, each with what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.ui import wording
from app.ui.banner import Notice
from app.ui.cards import NoticeCard
from app.ui.devices import words as device_words
from app.ui.sheet import Sheet
from app.ui.tokens import Tone
from app.ui.widgets import button, clear, label
from core.model.identity import Endpoint
from core.model.problem import Problem

MOST = 40  # printers named of one cause: more of one cause are one thing to look into


@dataclass(frozen=True, slots=True)
class Failure:
    """A device that gave nothing, and why: its key, what it is called, and its endpoint."""

    key: str
    problem: Problem
    name: str
    endpoint: Endpoint | None = None

    @property
    def cause(self) -> str:
        """The cause without the address, so that one cause is the same for many."""
        text = self.problem.text
        if self.endpoint is None:
            return text
        it = QCoreApplication.translate("Failures", "the printer")
        for place in (str(self.endpoint), self.endpoint.address):
            text = re.sub(rf"(?<![\w.:]){re.escape(place)}(?![\w:]|\.\w)", it, text)
        return text[:1].upper() + text[1:]


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

    def show_failures(self, failures: Sequence[Failure]) -> None:
        """Show these."""
        self._keys = [failure.key for failure in failures]
        said = self.tr("%n printer(s) gave nothing", "", len(failures))
        self.show_title(wording.counted(said, len(failures)))
        clear(self.body)
        causes: dict[tuple[str, str], list[Failure]] = {}
        for one in failures:
            causes.setdefault((one.cause, one.problem.remedy), []).append(one)
        for (text, remedy), found in sorted(causes.items(), key=lambda each: -len(each[1])):
            self.body.addWidget(NoticeCard(Notice(Tone.WARNING, text, remedy)))
            for one in found[:MOST]:
                self.body.addWidget(self._link(one), 0, Qt.AlignmentFlag.AlignLeft)
            if len(found) > MOST:
                more = len(found) - MOST
                said = QCoreApplication.translate("Failures", "and %n more", "", more)
                self.body.addWidget(label(wording.counted(said, more), "small"))
        self.body.addStretch(1)
        self.open()

    def _link(self, one: Failure) -> QWidget:
        name = one.name if len(one.name) <= 40 else f"{one.name[:39]}…"
        place = f" ({device_words.address(one.endpoint)})" if one.endpoint is not None else ""
        link = button(f"{name}{place}".replace("&", "&&"), "link")
        link.setAccessibleName(f"{one.name}{place}")
        link.clicked.connect(lambda: self._open(one.key))
        return link

    def _open(self, key: str) -> None:
        self.leave()
        self.opened.emit(key)

    def _ask_again(self) -> None:
        self.leave()
        self.again.emit(self._keys)
