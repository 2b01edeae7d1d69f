"""A row of controls that takes less room where there is little: nothing overlaps, nothing is cut.

What gives way, in this order: the room of fields beyond what is comfortable; the words of buttons
that can show an icon alone, the least important first; a part of the line of words; the comfort of
fields and choices; the more important buttons; the line of words altogether.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.ui.tokens import M

_FEW_WORDS, _LEAST_WORDS = 140, 72  # of the line of words; less than the second says nothing
_ANY_WIDTH = 16_777_215  # Qt's own word for no limit


@runtime_checkable
class Yielding(Protocol):
    """A control that can be narrow. ``rank`` 1 gives way first; 0 never does."""

    @property
    def rank(self) -> int: ...  # noqa: D102 - said above

    def widths(self) -> tuple[int, int]:
        """Give its width as it is, and when narrow."""

    def set_narrow(self, narrow: bool) -> None:
        """Be narrow, or as it is."""


@runtime_checkable
class Elastic(Protocol):
    """A control that shrinks by itself."""

    def room(self) -> tuple[int, int]:
        """Give the least width that it can live with, and the one that is comfortable."""


@dataclass(frozen=True, slots=True)
class _Stage:
    """``rank``: up to which buttons are narrow; ``words``: the most room of the line of words."""

    rank: int
    comfort: bool
    words: int


class FittingRow(QHBoxLayout):
    """``words`` is the line that gives way in parts, and goes last of all; one that is not ``kept``
    goes first of all, and whole.
    """

    def __init__(self, words: QLabel | None = None, *, kept: bool = True) -> None:
        super().__init__()
        self._words, self._kept = words, kept
        self.setSpacing(M)

    def setGeometry(self, rect: QRect) -> None:
        """Decide by the width alone, so that the same room always looks the same."""
        self._fit(rect.width())
        super().setGeometry(rect)

    def minimumSize(self) -> QSize:
        """Be as narrow as can be."""
        return QSize(self._need(self._stages()[-1]), super().minimumSize().height())

    def _stages(self) -> list[_Stage]:
        ranks = (w.rank for w in self._widgets() if isinstance(w, Yielding))
        last = max(ranks, default=0)
        said = self._words.sizeHint().width() if self._words is not None and self._kept else 0
        few, least = min(said, _FEW_WORDS), min(said, _LEAST_WORDS)
        first = min(1, last)
        return [
            _Stage(0, True, said),
            _Stage(first, True, said),
            _Stage(first, True, few),
            _Stage(first, False, few),
            *(_Stage(rank, False, least) for rank in range(first, last + 1)),
            _Stage(last, False, 0),
        ]

    def _fit(self, room: int) -> None:
        stages = self._stages()
        stage = next((each for each in stages if self._need(each) <= room), stages[-1])
        for widget in self._widgets():
            if isinstance(widget, Yielding):
                widget.set_narrow(0 < widget.rank <= stage.rank)
            if isinstance(widget, Elastic):
                widget.setMinimumWidth(widget.room()[stage.comfort])
        if self._words is not None:
            self._fit_words(self._words, stage.words, room - self._need(stage))

    def _fit_words(self, words: QLabel, least: int, left: int) -> None:
        said = words.sizeHint().width()
        if not self._kept:
            least = said if said <= left else 0
        words.setMinimumWidth(least)
        words.setMaximumWidth(_ANY_WIDTH if least or not said else 0)

    def _widgets(self) -> list[QWidget]:
        return list(self._in_sight())

    def _in_sight(self) -> Iterator[QWidget]:
        for number in range(self.count()):
            item = self.itemAt(number)
            widget = item.widget() if item is not None else None
            if widget is not None and not widget.isHidden():
                yield widget

    def _need(self, stage: _Stage) -> int:
        """Give the room that all need at this stage."""
        found = self._widgets()
        widths = [stage.words if w is self._words else _width(w, stage) for w in found]
        margins = self.contentsMargins()
        gaps = self.spacing() * max(len(widths) - 1, 0)
        return sum(widths) + gaps + margins.left() + margins.right()


def _width(widget: QWidget, stage: _Stage) -> int:
    if isinstance(widget, Yielding) and widget.rank:
        return widget.widths()[widget.rank <= stage.rank]
    if isinstance(widget, Elastic):
        return widget.room()[stage.comfort]
    least = max(widget.minimumSizeHint().width(), widget.minimumWidth())
    return min(least, widget.maximumWidth())
