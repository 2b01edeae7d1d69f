"""What is dropped on the window: a file of addresses."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def file_of(data: QMimeData) -> Path | None:
    """Give the one local file that is dragged; ``None`` for several, and for what is none."""
    urls = data.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    return Path(urls[0].toLocalFile())
