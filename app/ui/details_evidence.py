"""The part of the details that tells what spoke for the printer."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.ui import evidence_words
from app.ui.facts import Facts
from app.ui.tokens import XS, S
from app.ui.value_button import Values
from app.ui.widgets import label

_LABEL_WIDTH = 92


def evidence(facts: Facts, _values: Values) -> QWidget | None:
    """Tell each piece of evidence: the way it came, and what it says."""
    device = facts.summary.device
    if not device.evidence:
        return None
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(XS)
    layout.addWidget(label(QCoreApplication.translate("Details", "Found by"), "section"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(S)
    grid.setVerticalSpacing(XS)
    grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
    grid.setColumnStretch(1, 1)
    for row, each in enumerate(device.evidence):
        name = evidence_words.title(each, device)
        said = label(evidence_words.said(each, device), wrap=True, select=True)
        said.setContentsMargins(6, 0, 0, 0)
        said.setAccessibleName(f"{name}: {each.detail}")
        grid.addWidget(label(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(said, row, 1)
    layout.addLayout(grid)
    return box
