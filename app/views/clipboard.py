"""Ctrl+C, wherever the keyboard is: the text for the clipboard."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget

from app.ui import copying
from app.ui.charts.card import ChartCard
from app.ui.devices.details import DeviceDetails
from app.views.window import MainWindow

_WHOLE = {"card", "sheet", "popover", "toast", "banner", "notice"}


def text_for(window: MainWindow) -> str:
    """Give what is to be copied: marked words; else the selected rows, the values of the chart or
    all words of the pane that has the keyboard; else the rows that the view in sight is about.
    """
    marked = _marked(window)
    if marked:
        return marked
    focused = QApplication.focusWidget()
    while focused is not None and focused is not window:
        found = _of(focused)
        if found:
            return found
        focused = focused.parentWidget()
    return _of_view(window)


def _marked(window: QWidget) -> str:
    labels = (each for each in window.findChildren(QLabel) if each.isVisible())
    return next((each.selectedText() for each in labels if each.hasSelectedText()), "")


def _of(widget: QWidget) -> str:
    if isinstance(widget, QAbstractItemView):
        return copying.rows_as_text(widget)
    if isinstance(widget, ChartCard):
        return copying.all_as_text(widget.table)
    if isinstance(widget, DeviceDetails):
        return widget.as_text()
    return copying.words_as_text(widget) if widget.property("role") in _WHOLE else ""


def _of_view(window: MainWindow) -> str:
    """Give what the view is about, where the keyboard is on something that cannot be copied."""
    by_view = {
        "devices": (window.devices.table, window.devices.details),
        "map": (window.map.list, window.map.details),
        "alerts": (window.alerts.table,),
        "history": (window.history.volumes,),
    }
    found = (_of(w) for w in by_view.get(window.view, ()) if w.isVisible())
    return next((text for text in found if text), "")
