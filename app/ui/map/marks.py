"""How a printer looks on the map: its mark with a sign, and the bar of its lowest supply.

A *look* holds all that a drawing depends on. There is one object of each look, so that printers of
one look share one picture, which is found by the look itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.ui import fonts, icons, paint
from app.ui.map.layout import NODE_RADIUS
from app.ui.theme import tokens
from app.ui.tokens import Tone
from core.model.reading import LevelState, Supply

_GLYPH = 15.0
_BAR = QRectF(-11, NODE_RADIUS + 4, 22, 5)
_STEPS = 22  # a bar is so many pixels long at zoom 1: finer levels look the same
_SIGNS = {Tone.ERROR: "\u00d7", Tone.WARNING: "!", Tone.NEUTRAL: "\u2013"}  # a cross, a dash
PALE = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class MarkLook:
    """``mark`` is "selected", "matched" or nothing; ``aside`` ones are drawn pale."""

    tone: Tone
    mark: str = ""
    aside: bool = False

    @property
    def extent(self) -> QRectF:
        """What it covers around a printer."""
        return QRectF(-21, -21, 42, 42)

    def draw(self, painter: QPainter) -> None:
        """Draw halo, ring, glyph and sign around (0, 0)."""
        _begin(painter, aside=self.aside)
        colors = tokens()
        if self.mark == "selected":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.accent))
            painter.drawEllipse(QPointF(0, 0), NODE_RADIUS + 6, NODE_RADIUS + 6)
        elif self.mark:
            painter.setPen(QPen(QColor(colors.accent), 2))
            painter.setBrush(QColor(colors.accent_tint))
            painter.drawEllipse(QPointF(0, 0), NODE_RADIUS + 5, NODE_RADIUS + 5)
        draw_mark(painter, self.tone)


@dataclass(frozen=True, slots=True, eq=False)
class BarLook:
    """A supply: its colour, state, and level in percent, in steps; ``None`` where not known."""

    color: str
    state: LevelState
    percent: float | None
    aside: bool = False

    @property
    def extent(self) -> QRectF:
        """What it covers under a printer."""
        return _BAR.adjusted(-3, -3, 3, 3)

    def draw(self, painter: QPainter) -> None:
        """Draw the bar under a printer at (0, 0)."""
        _begin(painter, aside=self.aside)
        # A rim of the ground keeps the bar readable where it lies over its arc.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().surface))
        painter.drawRoundedRect(_BAR.adjusted(-2, -2, 2, 2), 4, 4)
        color = tokens().toner(self.color)
        paint.draw_level(painter, _BAR, color, self.state, self.percent)


@dataclass(frozen=True, slots=True, eq=False)
class DotLook:
    """From afar: a dot of the state's colour, so many pixels wide."""

    tone: Tone
    aside: bool
    width: float

    @property
    def extent(self) -> QRectF:
        """What it covers."""
        reach = self.width / 2 + 1
        return QRectF(-reach, -reach, 2 * reach, 2 * reach)

    def draw(self, painter: QPainter) -> None:
        """Draw the dot around (0, 0)."""
        _begin(painter, aside=self.aside)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().ink(self.tone)))
        painter.drawEllipse(QPointF(0, 0), self.width / 2, self.width / 2)


Look: TypeAlias = MarkLook | BarLook | DotLook


@lru_cache(maxsize=64)
def mark_look(tone: Tone, mark: str, *, aside: bool) -> MarkLook:
    """Give the one look of these marks."""
    return MarkLook(tone, mark, aside)


@lru_cache(maxsize=64)
def dot_look(tone: Tone, width: float, *, aside: bool) -> DotLook:
    """Give the one look of these dots."""
    return DotLook(tone, aside, width)


def bar_look(supply: Supply | None, *, aside: bool) -> BarLook | None:
    """Give the look of a supply's bar; ``None`` where there is no supply."""
    if supply is None:
        return None
    return _bar_look(supply.color or "", supply.state, _stepped(supply.level_percent), aside=aside)


@lru_cache(maxsize=1024)
def _bar_look(color: str, state: LevelState, percent: float | None, *, aside: bool) -> BarLook:
    return BarLook(color, state, percent, aside)


def _stepped(percent: float | None) -> float | None:
    if percent is None:
        return None
    step = round(max(0.0, min(percent, 100.0)) / 100 * _STEPS)
    # Nothing is shown empty that is not, and nothing full.
    step = min(max(step, 1), _STEPS - 1) if 0 < percent < 100 else step
    return 100 * step / _STEPS


def _begin(painter: QPainter, *, aside: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(PALE if aside else 1.0)


def draw_mark(painter: QPainter, tone: Tone) -> None:
    """Draw a printer of this tone around (0, 0): ring, glyph, and a sign for who sees no colour."""
    colors = tokens()
    ink = QColor(colors.ink(tone))
    painter.setPen(QPen(ink, 2.5))
    painter.setBrush(QColor(colors.surface))
    painter.drawEllipse(QPointF(0, 0), NODE_RADIUS, NODE_RADIUS)
    glyph = QRectF(-_GLYPH / 2, -_GLYPH / 2, _GLYPH, _GLYPH)
    icons.draw(painter, "printer", colors.text, glyph)
    sign = _SIGNS.get(tone)
    if sign is None:
        return
    at = QPointF(NODE_RADIUS * 0.74, -NODE_RADIUS * 0.74)
    painter.setPen(QPen(QColor(colors.surface), 1.5))
    painter.setBrush(ink)
    painter.drawEllipse(at, 6.5, 6.5)
    painter.setPen(QColor(colors.surface))
    painter.setFont(fonts.sign())
    box = QRectF(at.x() - 7, at.y() - 7.5, 14, 14)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign)
