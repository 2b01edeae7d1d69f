"""Where the window was: its place on the screen and its view, kept for the next time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from app.views.window import MainWindow

FILE = "window.ini"


def restore(window: MainWindow, folder: Path) -> None:
    """Put the window where it was; Qt sees that it is on a screen that there is."""
    kept = _kept(folder)
    geometry = kept.value("geometry")
    if isinstance(geometry, QByteArray):
        window.restoreGeometry(geometry)
    window.show_known(str(kept.value("view", "")))


def keep(window: MainWindow, folder: Path) -> None:
    """Keep where it is."""
    kept = _kept(folder)
    kept.setValue("geometry", window.saveGeometry())
    kept.setValue("view", window.view)
    kept.sync()


def _kept(folder: Path) -> QSettings:
    return QSettings(str(folder / FILE), QSettings.Format.IniFormat)
