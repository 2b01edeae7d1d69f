"""The steps of setting up, at the left: where one is, what is done, what comes."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QVBoxLayout

from app.ui import fonts, icons, poses
from app.ui.theme import tokens
from app.ui.tokens import RADIUS_CONTROL, XL, XS, L, M
from app.ui.widgets import button, label

_WIDTH, _HEIGHT, _DISC = 236, 44, 24


class Step(StrEnum):
    """The steps, in their order."""

    CONNECT = "connect"
    NETWORKS = "networks"
    SCAN = "scan"
    DONE = "done"


class StepButton(QAbstractButton):
    """A number (a tick when it is done) and a word."""

    def __init__(self, number: int, text: str) -> None:
        super().__init__()
        self._number = number
        self._done = self._current = self._skipped = False
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_state(done=False, current=False, open_=False)

    def show_state(self, *, done: bool, current: bool, open_: bool, skipped: bool = False) -> None:
        """Show whether it is done, left out, the present one, and whether one may go there."""
        self._done, self._current, self._skipped = done, current, skipped
        self.setEnabled(open_ or current)
        form = QCoreApplication.translate("FirstRun", "Step %1: %2")
        name = form.replace("%1", str(self._number), 1).replace("%2", self.text(), 1)
        if done:
            name += ", " + QCoreApplication.translate("FirstRun", "done")
        elif skipped:
            name += ", " + _left_out()
        elif current:
            name += ", " + QCoreApplication.translate("FirstRun", "you are here")
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """Every step has one size."""
        return QSize(_WIDTH, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, disc and word."""
        colors = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        hovered = self.isEnabled() and poses.hovered(self)
        fill = colors.accent_tint if self._current else colors.track if hovered else ""
        ring = QPen(QColor(colors.focus), 2) if poses.focused(self) else Qt.PenStyle.NoPen
        painter.setPen(ring)
        painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(ground, RADIUS_CONTROL, RADIUS_CONTROL)
        disc = QRectF(M, (self.height() - _DISC) / 2, _DISC, _DISC)
        self._draw_disc(painter, disc)
        painter.setPen(QColor(colors.text if self._current or self._done else colors.muted))
        font = fonts.body()
        font.setBold(self._current)
        painter.setFont(font)
        words = ground.adjusted(M + _DISC + M - 1, 0, -XS, 0)
        if not self._skipped:
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
            return
        middle = words.center().y()
        up, down = Qt.AlignmentFlag.AlignBottom, Qt.AlignmentFlag.AlignTop
        painter.drawText(QRectF(words.left(), 0, words.width(), middle + 1), up, self.text())
        painter.setFont(fonts.small())
        painter.drawText(QRectF(words.left(), middle, words.width(), middle), down, _left_out())

    def _draw_disc(self, painter: QPainter, disc: QRectF) -> None:
        colors = tokens()
        if self._done:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.good_tint))
            painter.drawEllipse(disc)
            icons.draw(painter, "check", colors.good, disc.adjusted(5, 5, -5, -5), 3.0)
            return
        ink, fill = (colors.on_accent, colors.accent) if self._current else (colors.muted, "")
        painter.setPen(QPen(QColor(colors.accent if self._current else colors.outline), 1.4))
        painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc.adjusted(1, 1, -1, -1))
        painter.setPen(QColor(ink))
        painter.setFont(fonts.small())
        sign = "\u2013" if self._skipped else str(self._number)
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, sign)


class Stepper(QFrame):
    """``chosen`` gives the step that a person went back to; ``left`` when all is put off."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Steps"))
        self.setFixedWidth(_WIDTH)
        self._steps: dict[Step, StepButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(XS)
        layout.addWidget(label(self.tr("Set up Platen"), "title"))
        layout.addWidget(label(self.tr("About two minutes"), "small"))
        layout.addSpacing(L)
        for number, (step, text) in enumerate(_names().items(), 1):
            entry = StepButton(number, text)
            entry.clicked.connect(lambda _=False, key=step: self.chosen.emit(key.value))
            self._steps[step] = entry
            layout.addWidget(entry)
        layout.addStretch(1)
        self.later = button(self.tr("Set up later"), "link")
        self.later.clicked.connect(self.left)
        layout.addWidget(self.later, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addSpacing(XL)

    def show_step(
        self, current: Step, done: frozenset[Step], skipped: frozenset[Step] = frozenset()
    ) -> None:
        """Show the present step, which are done and which were left out.

        While networks are chosen, and at the end, one can go back.
        """
        finished = current is Step.DONE
        before = {Step.NETWORKS: {Step.CONNECT}, Step.DONE: {Step.CONNECT, Step.NETWORKS}}
        for step, entry in self._steps.items():
            here = step is current
            back = step in before.get(current, set())
            ticked = step in done and (finished or not here)
            left_out = step in skipped - done and not here
            entry.show_state(done=ticked, current=here, open_=back, skipped=left_out)
        self.later.setVisible(current in {Step.CONNECT, Step.NETWORKS})


def _left_out() -> str:
    return QCoreApplication.translate("FirstRun", "left out for now")


def _names() -> dict[Step, str]:
    return {
        Step.CONNECT: QCoreApplication.translate("FirstRun", "Connect to your dealer"),
        Step.NETWORKS: QCoreApplication.translate("FirstRun", "Where are the printers?"),
        Step.SCAN: QCoreApplication.translate("FirstRun", "Find them"),
        Step.DONE: QCoreApplication.translate("FirstRun", "Done"),
    }
