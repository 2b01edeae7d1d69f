"""The panel behind "Send logs to support": what the bundle holds, its sending, its number."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from app.ui.popover import Popover
from app.ui.tokens import XS, L, M, S, Tone
from app.ui.widgets import IconButton, button, clear, frame, label
from core.model.bundle import BundleReady, BundleSent
from core.model.event import Progress
from core.model.problem import Problem

_WIDTH = 560


class SupportPanel(Popover):
    """``wanted``: a bundle is to be made; ``send_asked`` gives its reference number, ``save_asked``
    the ``BundleReady`` and the path of a file.
    """

    wanted = Signal()
    send_asked = Signal(str)
    save_asked = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _WIDTH)
        self.setAccessibleName(self.tr("Send logs to support"))
        self._bundle: BundleReady | None = None
        self._sent: BundleSent | None = None
        self._working = False
        self._enrolled = False
        self._intro = label(role="small", wrap=True)
        self._files = QGridLayout()
        self._files.setContentsMargins(0, 0, 0, 0)
        self._files.setHorizontalSpacing(M)
        self._files.setVerticalSpacing(XS)
        self._files.setColumnStretch(1, 1)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._doing = label(role="small", wrap=True)
        self._number = label(role="title", select=True)
        self._number.setAccessibleName(self.tr("Reference number"))
        self._lay_out()
        self._refresh()

    # --- making ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        close = IconButton("close", self.tr("Close"))
        close.clicked.connect(self.hide)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Send logs to support"), "heading"), 1)
        head.addWidget(close)
        self._listing = QWidget()
        self._listing.setLayout(self._files)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(L, M, L, L)
        layout.setSpacing(S)
        layout.addLayout(head)
        layout.addWidget(self._intro)
        layout.addWidget(self._listing)
        layout.addWidget(self._make_problem())
        layout.addWidget(self._make_number())
        layout.addWidget(self._bar)
        layout.addWidget(self._doing)
        layout.addSpacing(S)
        layout.addLayout(self._make_buttons())

    def _make_problem(self) -> QWidget:
        self._wrong, self._remedy = label(wrap=True, select=True), label(role="small", wrap=True)
        inner = QVBoxLayout()
        inner.setContentsMargins(M, S, M, S)
        inner.setSpacing(XS)
        inner.addWidget(self._wrong)
        inner.addWidget(self._remedy)
        self._problem = frame("notice", inner, tone=Tone.ERROR)
        self._problem.hide()
        return self._problem

    def _make_number(self) -> QWidget:
        copy = button(self.tr("Copy"))
        copy.setAccessibleName(self.tr("Copy the reference number"))
        copy.clicked.connect(self._copy)
        row = QHBoxLayout()
        row.setContentsMargins(M, S, M, S)
        row.addWidget(self._number, 1)
        row.addWidget(copy)
        self._receipt = frame("notice", row, tone=Tone.ACCENT)
        return self._receipt

    def _make_buttons(self) -> QHBoxLayout:
        self._send = button(self.tr("Send"), "primary")
        self._save = button(self.tr("Save as…"))
        self._cancel = button(self.tr("Cancel"))
        self._send.clicked.connect(self._ask_to_send)
        self._save.clicked.connect(self._ask_where)
        self._cancel.clicked.connect(self.hide)
        row = QHBoxLayout()
        row.addWidget(self._send, 1)
        row.addWidget(self._save)
        row.addWidget(self._cancel)
        return row

    # --- for the window -------------------------------------------------------------------------

    def open_at(self, opener: QWidget) -> None:
        """Open; a bundle is made unless one is under way or waits to be sent."""
        if not self._working and (self._bundle is None or self._sent is not None):
            self._bundle = self._sent = None
            self._work(self.tr("Collecting logs, settings and facts…"))
            self.wanted.emit()
        super().open_at(opener)
        (self._send if self._send.isEnabled() else self._cancel).setFocus()

    def set_enrolled(self, *, enrolled: bool) -> None:
        """Say whether there is a hub to send to."""
        self._enrolled = enrolled
        self._refresh()

    def show_bundle(self, bundle: BundleReady) -> None:
        """Show what a bundle holds."""
        self._bundle, self._working = bundle, False
        clear(self._files)
        for row, file in enumerate(bundle.files):
            self._files.addWidget(label(file.name, "field"), row, 0)
            self._files.addWidget(label(file.what, "small", wrap=True), row, 1)
            self._files.addWidget(
                label(_size(file.size), "small"), row, 2, Qt.AlignmentFlag.AlignRight
            )
        for row, text in enumerate(bundle.left_out, start=len(bundle.files)):
            self._files.addWidget(label(text, "short", wrap=True), row, 0, 1, 3)
        self._refresh()
        if self.isVisible():
            self._send.setFocus()

    def show_progress(self, progress: Progress) -> None:
        """Show how much of it is sent."""
        self._bar.setRange(0, progress.total or 0)
        self._bar.setValue(progress.done)
        form = self.tr("Sending: %1 of %2")
        text = form.replace("%1", _size(progress.done), 1)
        self._doing.setText(text.replace("%2", _size(progress.total), 1))

    def show_sent(self, sent: BundleSent) -> None:
        """Show the number to name on the telephone."""
        self._sent, self._working = sent, False
        self._number.setText(sent.reference)
        form = self.tr("%1 has it. Name this number when you call or write:")
        self._intro.setText(form.replace("%1", sent.hub_name, 1))
        self._refresh()
        if self.isVisible():
            self._cancel.setFocus()

    def show_saved(self, path: str) -> None:
        """Say where it was saved, and by what number it goes."""
        reference = self._bundle.reference if self._bundle else ""
        form = self.tr("Saved: %1. Its reference number is %2.")
        self._doing.setText(form.replace("%1", path, 1).replace("%2", reference, 1))
        self._doing.show()
        self.fit()

    def show_problem(self, problem: Problem) -> None:
        """Say what went wrong; a bundle that was made can still be saved."""
        self._working = False
        self._wrong.setText(problem.text)
        self._remedy.setText(problem.remedy)
        self._remedy.setVisible(bool(problem.remedy))
        self._problem.show()
        self._refresh()

    # --- inside ---------------------------------------------------------------------------------

    def _work(self, text: str) -> None:
        self._working = True
        self._problem.hide()
        self._bar.setRange(0, 0)
        self._doing.setText(text)
        self._refresh()

    def _refresh(self) -> None:
        ready, done = self._bundle is not None, self._sent is not None
        if ready and not done and self._bundle is not None:
            form = self.tr(
                "This is what your dealer's support gets, %1 in all. Nothing of what was printed "
                "is in it, and no password; addresses and names are masked as you have set it."
            )
            text = form.replace("%1", _size(self._bundle.size), 1)
            if not self._enrolled:
                text += " " + self.tr("No dealer is connected to send it to: save it and mail it.")
            self._intro.setText(text)
        self._intro.setVisible(ready)
        self._listing.setVisible(ready and not done)
        self._receipt.setVisible(done)
        self._bar.setVisible(self._working)
        self._doing.setVisible(self._working)
        self._send.setVisible(not done)
        self._send.setEnabled(ready and self._enrolled and not self._working)
        self._save.setVisible(ready)
        self._save.setEnabled(not self._working)
        self._cancel.setText(self.tr("Close") if done or self._working else self.tr("Cancel"))
        self.fit()

    def _ask_to_send(self) -> None:
        if self._bundle is not None and self._send.isEnabled():
            self._work(self.tr("Sending…"))
            self.send_asked.emit(self._bundle.reference)

    def _ask_where(self) -> None:
        bundle = self._bundle
        if bundle is None:
            return
        dialog = QFileDialog(self.window(), self.tr("Save the bundle"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Bundles (*.zip)"))
        dialog.setDefaultSuffix("zip")
        dialog.selectFile(f"platen-{bundle.reference}.zip")
        dialog.fileSelected.connect(lambda path: self.save_asked.emit(bundle, path))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._number.text())


def _size(octets: int) -> str:
    return QLocale().formattedDataSize(octets, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
