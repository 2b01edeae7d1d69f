"""Writes the gallery's pictures: the references of the tests, and those of the documentation.

    python docs/make_gallery.py        all of them

Look at what changed before you keep it: the tests take what stands here as right.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter
from tests.app.ui.test_gallery import REFERENCES, SHOTS, reference

from app.qt_process import make_application
from app.ui.gallery import gallery
from app.ui.theme import Theme
from tests.support.pictures import compare, small

IMAGES = Path(__file__).parent / "images"
_QUALITY = 0  # of PNG: smallest file, same picture
SHOWN = ("light", "dark", "contrast")


def main() -> None:
    """Write all pictures, and say which of them look otherwise than before."""
    application = make_application([])
    theme = application.findChild(Theme) or Theme(application)
    if not gallery.has_fonts():
        raise SystemExit(f"{gallery.BODY_FONT} is not installed")
    REFERENCES.mkdir(parents=True, exist_ok=True)
    for page, scheme, scale in SHOTS:
        path = reference(page, scheme, scale)
        now = gallery.picture(theme, page, scheme, scale)
        before = QImage(str(path))
        changed = before.isNull() or compare(now, before).broken
        if changed:
            small(now).save(str(path), "PNG", _QUALITY)
            sys.stdout.write(f"{path.name}: written anew\n")
    for scheme in SHOWN:
        pages = [QImage(str(reference(page, scheme, 1.0))) for page in gallery.PAGES]
        whole = small(_stacked(pages))
        whole.save(str(IMAGES / f"gallery-{scheme}.png"), "PNG", _QUALITY)


def _stacked(pages: list[QImage]) -> QImage:
    """Set pictures of one width under each other."""
    height = sum(page.height() for page in pages)
    result = QImage(pages[0].width(), height, QImage.Format.Format_RGB32)
    painter = QPainter(result)
    top = 0
    for page in pages:
        painter.drawImage(QPoint(0, top), page)
        top += page.height()
    painter.end()
    return result


if __name__ == "__main__":
    main()
