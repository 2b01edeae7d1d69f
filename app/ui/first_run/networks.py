"""Step 2: which networks are searched; this computer's own stand there, others are added."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui import dropping, wording
from app.ui.banner import Notice
from app.ui.cards import NoticeCard
from app.ui.choices import CheckBox
from app.ui.fields import TextField
from app.ui.first_run.parts import StepPage
from app.ui.forms import FormRow
from app.ui.scan import words as scan_words
from app.ui.tokens import XS, L, M, S, Tone
from app.ui.widgets import ElidedLabel, button, label
from app.workers.first_run import Remark, Suggestion
from app.workers.reckon import together
from core.model.action import DiscoverArguments
from core.model.problem import Problem

_ROW, _TALLEST = 40, 250


class NetworkRow(QWidget):
    """A network with a tick, what it is, and how large; one without likely printers has no tick."""

    def __init__(self, suggestion: Suggestion) -> None:
        super().__init__()
        self.suggestion = suggestion
        self.tick = CheckBox(suggestion.name)
        self.tick.setChecked(suggestion.remark is Remark.NONE)
        size, what = scan_words.size(suggestion.size), _what(suggestion)
        self.tick.setAccessibleDescription(wording.listed([what, size]))
        self.setFixedHeight(_ROW)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(M, 0, M, 0)
        layout.setSpacing(M)
        layout.addWidget(self.tick)
        layout.addWidget(ElidedLabel(what, "small"), 1)
        layout.addWidget(label(size, "small"))


def _what(one: Suggestion) -> str:
    """Say what a network is, and where it is a part only."""
    if not one.own:
        return ""
    forms = {
        Remark.NONE: QCoreApplication.translate("FirstRun", "this computer's network"),
        Remark.TUNNEL: QCoreApplication.translate(
            "FirstRun", "a VPN (%1): tick it if printers are there"
        ),
        Remark.INSIDE: QCoreApplication.translate("FirstRun", "inside this computer (%1)"),
    }
    if one.whole and one.remark is Remark.NONE:
        form = QCoreApplication.translate("FirstRun", "the part of %1 around this computer")
        return form.replace("%1", one.whole, 1)
    return forms[one.remark].replace("%1", one.interface, 1)


class NetworksStep(StepPage):
    """``asked`` gives the ``DiscoverArguments``; ``typed`` what is to be added, ``dropped`` a file
    (``Path``); ``settings_asked`` when a person wants SNMPv3.
    """

    asked = Signal(object)
    typed = Signal(str)
    dropped = Signal(object)
    settings_asked = Signal()

    def __init__(self) -> None:
        super().__init__("", "")
        self.say(
            self.tr("Where are the printers?"),
            self.tr(
                "Platen asks every address of these networks whether a printer is there. "
                "Nothing is printed, and nothing is changed."
            ),
        )
        self.rows: list[NetworkRow] = []
        self._row: FormRow
        self._search_next = False  # what stands in the field is added first, then all is searched
        self.setAcceptDrops(True)
        self._make_list()
        self._make_more()
        self._lay_out()
        self._refresh()

    def _make_list(self) -> None:
        inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(1, XS, 1, 0)
        self._list.setSpacing(0)
        self._none = label(self.tr("This computer is in no network yet: add one below."), "muted")
        self._none.setContentsMargins(M, S, M, S)
        self._list.addWidget(self._none)
        self._list.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(inner)
        self._card = QFrame()
        self._card.setProperty("role", "card")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._scroll)

    def _make_more(self) -> None:
        self.more = TextField(self.tr("Add a network"), self.tr("192.168.4.0/24 or 10.0.0.1-50"))
        self.more.returnPressed.connect(self._enter)
        self.more.textEdited.connect(self._edit)
        self._add_button = button(self.tr("Add"))
        self._add_button.clicked.connect(self._add)
        self._file = button(self.tr("From a file…"))
        self._file.clicked.connect(self._choose_file)
        field = QWidget()
        field.setFocusProxy(self.more)
        line = QHBoxLayout(field)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(S)
        line.addWidget(self.more, 1)
        line.addWidget(self._add_button)
        line.addWidget(self._file)
        self._row = FormRow(
            self.tr("Add a network"),
            field,
            self.tr("Or drop a list of addresses here: a text or CSV file, one a line."),
        )
        self.notice = NoticeCard()
        self.community = TextField(self.tr("SNMP name"), self.tr("public"))
        self.community.returnPressed.connect(self._ask)
        self._community_row = FormRow(
            self.tr("SNMP name"),
            self.community,
            self.tr(
                "The word that printers want to hear before they answer: “public”, unless somebody "
                "has changed it. It is also called the community."
            ),
        )
        self._v3 = button(self.tr("The printers want a user and a password (SNMPv3)"), "link")
        self._v3.clicked.connect(self.settings_asked)

    def _lay_out(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(L)
        fields.addWidget(self._row, 3, Qt.AlignmentFlag.AlignTop)
        fields.addWidget(self._community_row, 2, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self._card)
        self.body.addWidget(self.notice)
        self.body.addLayout(fields)
        self.body.addWidget(self._v3, 0, Qt.AlignmentFlag.AlignRight)
        self.go = button(self.tr("Find printers"), "primary")
        self.go.clicked.connect(self._ask)
        self._whole = label(role="small")
        self.foot.addWidget(self.go)
        self.foot.addWidget(self._whole)
        self.foot.addStretch(1)

    # --- what the window tells ------------------------------------------------------------------

    def show_own(self, found: list[Suggestion]) -> None:
        """Show this computer's networks, and keep what was added and what was ticked."""
        known = {row.suggestion.targets for row in self.rows}
        for place, one in enumerate(each for each in found if each.targets not in known):
            self._insert(place, one)
        self._refresh()

    def add(self, found: list[Suggestion]) -> None:
        """Add what was typed or dropped; what stands there already is ticked."""
        self.refuse(None)
        self.more.clear()
        for one in found:
            same = [row for row in self.rows if row.suggestion.targets == one.targets]
            for row in same:
                row.tick.setChecked(True)
            if not same:
                self._insert(len(self.rows), one)
        self._refresh()
        if self._search_next:
            self._search_next = False
            self._ask()

    def refuse(self, problem: Problem | None) -> None:
        """Say in its place what cannot be searched; ``None`` takes that away."""
        self._search_next = self._search_next and problem is None
        typed = bool(self.more.text().strip())
        self._row.refuse(f"{problem.text} {problem.remedy}" if problem and typed else "")
        shown = Notice(Tone.ERROR, problem.text, problem.remedy) if problem else None
        self.notice.tell(None if typed else shown)
        self._enable()

    def chosen(self) -> list[Suggestion]:
        """Give what is ticked."""
        return [row.suggestion for row in self.rows if row.tick.isChecked()]

    def focus_first(self) -> None:
        """Give the keyboard to the button: mostly nothing is to be changed."""
        (self.go if self.chosen() else self.more).setFocus()

    # --- dropping -------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if dropping.file_of(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read a file."""
        path = dropping.file_of(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self._read(path)

    # --- inside ---------------------------------------------------------------------------------

    def _insert(self, place: int, suggestion: Suggestion) -> None:
        row = NetworkRow(suggestion)
        row.tick.toggled.connect(self._refresh)
        self.rows.insert(place, row)
        self._list.insertWidget(place, row)

    def _refresh(self) -> None:
        self._none.setVisible(not self.rows)
        height = max(len(self.rows), 1) * _ROW + 3 * XS
        self._scroll.setFixedHeight(min(height, _TALLEST))
        picked = self.chosen()
        whole = together([one.size for one in picked])
        nothing = self.tr("Tick a network above, or add one.")
        self._whole.setText(scan_words.beforehand(whole) if picked else nothing)
        self._enable()

    def _enable(self) -> None:
        self.go.setEnabled(bool(self.chosen() or self.more.text().strip()))

    def _edit(self) -> None:
        self._row.refuse("")
        self._enable()

    def _enter(self) -> None:
        """Add what stands in the field; with nothing in it, search."""
        if self.more.text().strip():
            self._add()
        else:
            self._ask()

    def _add(self) -> None:
        text = self.more.text().strip()
        if text:
            self.typed.emit(text)

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self.tr("A list of addresses"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Lists (*.csv *.txt)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self._read(Path(name)))
        dialog.open()

    def _read(self, path: Path) -> None:
        self.more.clear()
        self.dropped.emit(path)

    def _ask(self) -> None:
        if not self.go.isEnabled():
            return
        if self.more.text().strip():
            self._search_next = True
            self._add()
            return
        segments = tuple(one.segment() for one in self.chosen())
        name = self.community.text().strip()
        communities = (name,) if name and name != "public" else ()
        self.refuse(None)
        self.go.setEnabled(False)
        self.asked.emit(DiscoverArguments(segments, communities, remember=True, read_found=True))
