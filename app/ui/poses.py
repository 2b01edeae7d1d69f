"""How a widget stands: under the pointer, pressed, with the keyboard.

A widget that paints itself asks here rather than Qt, and the style sheet of the gallery has a rule
for every pose beside the one for the real state: so the gallery can show each without a pointer.
"""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QWidget

POSE = "pose"
HOVER, PRESSED, FOCUS = "hover", "pressed", "focus"


def pose(widget: QWidget, name: str) -> None:
    """Have a widget of the gallery stand like this."""
    widget.setProperty(POSE, name)


def hovered(widget: QWidget) -> bool:
    """Say whether the pointer is over a widget that can be used."""
    return widget.property(POSE) == HOVER or (widget.isEnabled() and widget.underMouse())


def pressed(button: QAbstractButton) -> bool:
    """Say whether a button is held down."""
    return button.property(POSE) == PRESSED or button.isDown()


def focused(widget: QWidget) -> bool:
    """Say whether a widget has the keyboard."""
    return widget.property(POSE) == FOCUS or widget.hasFocus()
