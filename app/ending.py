"""The end of Qt in a process: everything of it goes in order, while Python is still there.

What is left when Python ends, Qt's binding deletes one by one in no order: a window that is still
shown is closed while half of what it holds is gone already, its children are told that they are
hidden, and what Python has overridden is called on objects that are no more. That ends in a fault
of the processor, or in "shared QObject was deleted directly", in some runs and not in others. So
windows go first and whole, then what only Python holds, then the application.
"""

from __future__ import annotations

import atexit
import gc

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.ui import icons


def let_go(widget: QWidget) -> None:
    """Hide a window, then delete it now, with all that it holds."""
    if not shiboken6.isValid(widget):
        return
    widget.hide()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if shiboken6.isValid(widget):
        shiboken6.delete(widget)


def take_down() -> None:
    """Delete every window that is left, and what nobody refers to any more; Qt's loop has ended."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return
    for widget in application.topLevelWidgets():
        if shiboken6.isValid(widget) and widget.parentWidget() is None:
            let_go(widget)
    icons.forget()
    gc.unfreeze()
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def at_end() -> None:
    """Have this process take Qt down before Python ends; asked twice it does so once."""
    # What is registered last runs first: before the binding's own end, registered at its import.
    atexit.unregister(take_down)
    atexit.register(take_down)
