"""The theme in use: follows the system's colour scheme and tells who paints.

Widgets that paint themselves ask ``tokens()`` while painting, so a change of scheme needs no more
than a repaint; the rest follows the style sheet and the palette that are set here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.ui import fonts, stylesheet
from app.ui.schemes import CONTRAST_DARK, Choice, scheme
from app.ui.tokens import DARK, LIGHT, Tokens


class Theme(QObject):
    """Applies one of four schemes to the application; ``changed`` after it was applied.

    It follows the system (dark or light, more contrast) and its changes while the window is
    open, unless a person has chosen otherwise.
    """

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._choice = Choice.SYSTEM
        self._applied: Tokens | None = None
        application.setStyle("Fusion")
        application.setFont(fonts.body())
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._apply)
        hints.accessibility().contrastPreferenceChanged.connect(self._apply)
        self._apply()

    @property
    def dark(self) -> bool:
        """Whether a dark scheme is in use."""
        return tokens() in {DARK, CONTRAST_DARK}

    @property
    def choice(self) -> Choice:
        """What was chosen; ``SYSTEM`` where nothing was."""
        return self._choice

    def choose(self, choice: Choice) -> None:
        """Use what a person chose, from now on and whatever the system says."""
        self._choice = choice
        self._apply()

    def force(self, dark: bool | None) -> None:
        """Use light or dark whatever the system says; ``None`` follows the system again."""
        if dark is None:
            self.choose(Choice.SYSTEM)
        else:
            self.choose(Choice.DARK if dark else Choice.LIGHT)

    def wear(self, colors: Tokens) -> None:
        """Use these very colours until the next choice or change of the system."""
        if colors is self._applied:
            return
        self._applied = _Current.tokens = colors
        self._application.setPalette(palette(colors))
        self._application.setStyleSheet(stylesheet.build(colors))
        self.changed.emit()

    def _apply(self, _what: object = None) -> None:
        dark, contrast = self._system_is_dark(), self._system_wants_contrast()
        self.wear(scheme(self._choice, system_dark=dark, system_contrast=contrast))

    @staticmethod
    def _system_is_dark() -> bool:
        return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark

    @staticmethod
    def _system_wants_contrast() -> bool:
        # The binding lets go of what belongs to the hints together with their own wrapper.
        hints = QGuiApplication.styleHints()
        wish = hints.accessibility().contrastPreference()
        return wish is Qt.ContrastPreference.HighContrast


class _Current:
    tokens: Tokens = LIGHT


def tokens() -> Tokens:
    """Give the colours in use; ask while painting, never keep them."""
    return _Current.tokens


@contextmanager
def painted_in(colors: Tokens) -> Iterator[None]:
    """Have everything that is painted within the block painted in these colours: for a picture that
    does not follow the window. Nothing of Qt's loop may run meanwhile.
    """
    worn = _Current.tokens
    _Current.tokens = colors
    try:
        yield
    finally:
        _Current.tokens = worn


def palette(colors: Tokens) -> QPalette:
    """Make the palette for what the style sheet does not reach (selection, links, tool tips)."""
    result = QPalette()
    role = QPalette.ColorRole
    pairs = (
        (role.Window, colors.background),
        (role.WindowText, colors.text),
        (role.Base, colors.surface),
        (role.AlternateBase, colors.raised),
        (role.Text, colors.text),
        (role.Button, colors.raised),
        (role.ButtonText, colors.text),
        (role.ToolTipBase, colors.raised),
        (role.ToolTipText, colors.text),
        (role.PlaceholderText, colors.muted),
        (role.Highlight, colors.accent),
        (role.HighlightedText, colors.on_accent),
        (role.Link, colors.accent),
    )
    for part, color in pairs:
        result.setColor(part, QColor(color))
    for part in (role.Text, role.WindowText, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, part, QColor(colors.muted))
    return result
