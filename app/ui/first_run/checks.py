"""The test of the way to the dealer, a row a check: what it is, how it went, what to do."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.ui.tokens import XS, M, S, Tone
from app.ui.widgets import ChipLabel, clear, label
from core.model.connection import ConnectionStep, StepName, StepResult

_CHIP = 84
#: What is known only once the code was sent: before, nobody knows whose server answers.
_WITH_THE_CODE = (StepName.CERTIFICATE, StepName.CLOCK)
_TONES = {
    StepResult.OK: Tone.GOOD,
    StepResult.WARNING: Tone.WARNING,
    StepResult.FAILED: Tone.ERROR,
    StepResult.SKIPPED: Tone.NEUTRAL,
}


class Checks(QWidget):
    """Fills while the test runs; one that has not been made stands there as waiting."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Connection test"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(S)
        self._taken: dict[StepName, ConnectionStep] = {}
        self.hide()

    @property
    def results(self) -> dict[StepName, StepResult]:
        """How each check went so far."""
        return {name: step.result for name, step in self._taken.items()}

    def start(self) -> None:
        """Begin anew."""
        self._taken = {}
        self._fill()
        self.show()

    def take(self, step: ConnectionStep) -> None:
        """Show how one went; the same one again takes the place of the first."""
        if step.name in _WITH_THE_CODE and step.result is StepResult.OK:
            step = replace(step, result=StepResult.SKIPPED)
        self._taken[step.name] = step
        self._fill()

    def prove(self) -> None:
        """Take that the server has taken the code: what had to wait for that is known now."""
        said = {
            StepName.CERTIFICATE: self.tr("It is the server that made the code."),
            StepName.CLOCK: self.tr("It agrees with the dealer's server."),
        }
        for name, cause in said.items():
            self._taken[name] = ConnectionStep(name, "", StepResult.OK, cause)
        self._fill()

    def _fill(self) -> None:
        clear(self._column)
        broken = StepResult.FAILED in self.results.values()
        for name in StepName:
            step = self._taken.get(name)
            if step is not None and step.result is StepResult.SKIPPED:
                step = replace(step, cause=_not_yet(broken=broken), remedy="")
            self._column.addWidget(_row(name, step))


def _row(name: StepName, step: ConnectionStep | None) -> QWidget:
    row = QWidget()
    grid = QGridLayout(row)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(M)
    grid.setVerticalSpacing(XS // 2)
    grid.setColumnMinimumWidth(0, _CHIP)
    grid.setColumnStretch(1, 1)
    word, tone = _chip(step)
    title = _title(name)
    grid.addWidget(ChipLabel(word, tone), 0, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(label(title, "strong"), 0, 1)
    said = f"{title}: {word}."
    if step is not None:
        grid.addWidget(label(step.cause, "small", wrap=True, select=True), 1, 1)
        said += f" {step.cause}"
        if step.remedy:
            grid.addWidget(label(step.remedy, wrap=True, select=True), 2, 1)
            said += f" {step.remedy}"
    row.setAccessibleName(said)
    return row


def _chip(step: ConnectionStep | None) -> tuple[str, Tone]:
    if step is None:
        return QCoreApplication.translate("FirstRun", "Waiting"), Tone.NEUTRAL
    words = {
        StepResult.OK: QCoreApplication.translate("FirstRun", "Good"),
        StepResult.WARNING: QCoreApplication.translate("FirstRun", "Look"),
        StepResult.FAILED: QCoreApplication.translate("FirstRun", "Failed"),
        StepResult.SKIPPED: QCoreApplication.translate("FirstRun", "Not yet"),
    }
    return words[step.result], _TONES[step.result]


def _not_yet(*, broken: bool) -> str:
    if broken:
        return QCoreApplication.translate("FirstRun", "Not tried: what failed comes first.")
    return QCoreApplication.translate("FirstRun", "This shows when the code is sent.")


def _title(name: StepName) -> str:
    """Name a check in words that need no knowledge of networks."""
    titles = {
        StepName.PROXY: QCoreApplication.translate("FirstRun", "The way out of this network"),
        StepName.DNS: QCoreApplication.translate("FirstRun", "The dealer's address is known"),
        StepName.TCP: QCoreApplication.translate("FirstRun", "The dealer's server answers"),
        StepName.TLS: QCoreApplication.translate("FirstRun", "The connection is private"),
        StepName.CERTIFICATE: QCoreApplication.translate("FirstRun", "The server is the right one"),
        StepName.CLOCK: QCoreApplication.translate("FirstRun", "This computer's clock is right"),
    }
    return titles[name]
