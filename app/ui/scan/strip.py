"""A line over the device table while a search runs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from app.ui.progress_bar import ProgressBar
from app.ui.scan import words as scan_words
from app.ui.tokens import XS, L, M
from app.ui.widgets import ElidedLabel, button, label
from app.workers.scan import Scan


class ScanStrip(QFrame):
    """Shows how the search goes; ``cancelled`` when a person stops it."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._title = label(role="strong")
        self._bar = ProgressBar()
        self._bar.setFixedWidth(160)
        self._bar.setAccessibleName(self.tr("Progress of the scan"))
        self._figures = ElidedLabel(role="small")
        cancel = button(self.tr("Cancel"), tip=self.tr("Cancel the scan"))
        cancel.clicked.connect(self.cancelled)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(L, XS + 2, XS + 2, XS + 2)
        layout.setSpacing(M)
        layout.addWidget(self._title)
        layout.addWidget(self._bar)
        layout.addWidget(self._figures, 1)
        layout.addWidget(cancel)
        self.hide()

    def show_scan(self, scan: Scan | None, seconds_left: float | None) -> None:
        """Show this search while it runs; nothing otherwise."""
        self.setVisible(scan is not None and scan.running)
        if scan is None or not scan.running:
            return
        self._title.setText(scan_words.title(scan))
        show_share(self._bar, scan)
        self._figures.setText(scan_words.figures(scan, seconds_left))


def show_share(bar: QProgressBar, scan: Scan) -> None:
    """Set a progress bar to the share that is done; moving without end while nobody knows."""
    share = scan.share()
    if share is None and scan.running:
        bar.setRange(0, 0)
        return
    bar.setRange(0, 1000)
    bar.setValue(round((share if share is not None else 0.0) * 1000))
