"""The theme in use: follows the system's colour scheme and tells who paints.

Widgets that paint themselves ask ``tokens()`` while painting, so a change of scheme needs no more
than a repaint; the rest follows the style sheet and the palette that are set here.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.ui import fonts, stylesheet
from app.ui.tokens import DARK, LIGHT, Tokens


class Theme(QObject):
    """Applies light or dark to the application; ``changed`` is emitted after it was applied."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._forced: bool | None = None
        self._applied: Tokens | None = None
        application.setStyle("Fusion")
        application.setFont(fonts.body())
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._apply)
        self._apply()

    @property
    def dark(self) -> bool:
        """Whether the dark scheme is in use."""
        return tokens() is DARK

    def force(self, dark: bool | None) -> None:
        """Use this scheme whatever the system says; ``None`` follows the system again."""
        self._forced = dark
        self._apply()

    def _apply(self, _scheme: object = None) -> None:
        dark = self._system_is_dark() if self._forced is None else self._forced
        wanted = DARK if dark else LIGHT
        if wanted is self._applied:
            return
        self._applied = _Current.tokens = wanted
        self._application.setPalette(palette(_Current.tokens))
        self._application.setStyleSheet(stylesheet.build(_Current.tokens))
        self.changed.emit()

    @staticmethod
    def _system_is_dark() -> bool:
        return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


class _Current:
    tokens: Tokens = LIGHT


def tokens() -> Tokens:
    """Give the colours in use; ask while painting, never keep them."""
    return _Current.tokens


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
    return result
