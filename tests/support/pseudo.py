"""A language that nobody speaks: accents, two fifths longer, in brackets «…».

What is shown without brackets was never given to the translation; what needs more room than there
is would be cut off in German or Finnish, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)

from app.ui.widgets import ElidedLabel

_ACCENTS = str.maketrans("aceinosuyACEINOSUY", "àçéîñöšüýÀÇÉÎÑÖŠÜÝ")
_KEPT = re.compile(r"(%L?\d|%n|<[^>]*>|&\w|\{\w*\}|\n)")
_SPOKEN = re.compile(r"«[^«»]*»")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONGER = 0.4


def pseudo(text: str) -> str:
    """Give a text in that language; placeholders, marks and shortcuts stay."""
    parts = _KEPT.split(text)
    said = "".join(p if _KEPT.fullmatch(p) else p.translate(_ACCENTS) for p in parts)
    more = "·" * max(1, round(len(text) * _LONGER) - 2)
    return f"«{said}{more}»"


class PseudoTranslator(QTranslator):
    """Speaks it for all that is Platen's own; Qt's own words are Qt's own business."""

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803 - Qt's name
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        """Give the text in that language, "" for what is not ours."""
        ours = not re.match(r"Q[A-Z]", context) and sourceText.strip()
        return pseudo(sourceText) if ours else ""

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        """Say that there is something in it."""
        return False


def foreign(text: str, known: frozenset[str]) -> list[str]:
    """Give the words of a text that stand outside the brackets and come from nowhere known."""
    plain = re.sub(r"<[^>]*>", " ", text)
    while (less := _SPOKEN.sub(" ", plain)) != plain:
        plain = less
    return [word for word in _WORD.findall(plain) if word not in known]


def words(*texts: str) -> frozenset[str]:
    """Give all words of texts."""
    return frozenset(word for text in texts for word in _WORD.findall(text))


def shown_texts(home: QWidget) -> Iterator[tuple[QWidget, str, str]]:
    """Give every text of every visible widget: whose it is, what it is, the text."""
    for widget in (home, *home.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        if isinstance(widget, ElidedLabel):
            yield widget, "text", widget.full_text()
        elif isinstance(widget, QLabel | QAbstractButton):
            yield widget, "text", widget.text()
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            yield widget, "placeholder", widget.placeholderText()
        yield widget, "tool tip", widget.toolTip()
        yield widget, "accessible name", widget.accessibleName()
        yield widget, "accessible description", widget.accessibleDescription()
        for action in widget.actions():
            yield widget, "action", action.text()
        if isinstance(widget, QAbstractItemView):
            yield from _heads(widget)


def _heads(view: QAbstractItemView) -> Iterator[tuple[QWidget, str, str]]:
    from PySide6.QtCore import Qt

    model = view.model()
    if model is not None:
        for column in range(model.columnCount()):
            head = model.headerData(column, Qt.Orientation.Horizontal)
            yield view, "head", head if isinstance(head, str) else ""


def cut_off(home: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Give labels and buttons whose text needs more room than they have, and do not say so."""
    for widget in home.findChildren(QWidget):
        # A tool button of Qt's (the cross of a field) shows its icon and not its text.
        if not widget.isVisible() or isinstance(widget, ElidedLabel | QToolButton):
            continue
        if isinstance(widget, QLabel) and widget.text() and not widget.wordWrap():
            needs, has = widget.sizeHint().width(), widget.width()
        elif isinstance(widget, QAbstractButton) and widget.text():
            needs, has = widget.minimumSizeHint().width(), widget.width()
        else:
            continue
        if has + 1 < needs:
            yield widget, f"{widget_name(widget)} has {has} of {needs} for {_text(widget)!r}"


def widget_name(widget: QWidget) -> str:
    """Name a widget by its class and its homes."""
    names = [type(widget).__name__]
    home = widget.parentWidget()
    while home is not None and len(names) < 4:
        if not type(home).__name__.startswith("Q"):
            names.append(type(home).__name__)
        home = home.parentWidget()
    return " in ".join(names)


def _text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def speak(application: QApplication) -> PseudoTranslator:
    """Have the application speak it, until ``removeTranslator``."""
    made = PseudoTranslator(application)
    application.installTranslator(made)
    return made
