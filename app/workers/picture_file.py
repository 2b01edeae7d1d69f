"""A picture written to a file, off the window's thread."""

from __future__ import annotations

from PySide6.QtCore import QIODevice, QSaveFile
from PySide6.QtGui import QImage


def save_picture(path: str, picture: QImage | bytes) -> str:
    """Write a file whole or not at all: octets as they are, an image as PNG.

    Gives what went wrong, in the system's words, or nothing.
    """
    file = QSaveFile(path)
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        return file.errorString()
    if isinstance(picture, bytes):
        done = file.write(picture) == len(picture)
    else:
        done = picture.save(file, "PNG")  # type: ignore[call-overload]
    if not done:
        file.cancelWriting()
    return "" if file.commit() and done else file.errorString()
