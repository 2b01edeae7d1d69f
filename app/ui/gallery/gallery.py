"""Every widget in every state, on three pages; shown in a window or drawn as a picture.

The picture is the same on every machine that has DejaVu: its fonts are named, nothing moves,
nothing depends on a time or a place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QLocale, QPoint, QSize, Qt
from PySide6.QtGui import QFontDatabase, QImage, QPainter
from PySide6.QtWidgets import QApplication, QScrollArea, QTabWidget, QWidget

from app.ui import fonts, stylesheet
from app.ui.gallery.content import content
from app.ui.gallery.controls import controls
from app.ui.gallery.feedback import feedback
from app.ui.schemes import SCHEMES
from app.ui.theme import Theme

PAGES: dict[str, Callable[[], QWidget]] = {
    "controls": controls,
    "content": content,
    "feedback": feedback,
}
WIDTH = 1320
BODY_FONT, MONO_FONT = "DejaVu Sans", "DejaVu Sans Mono"


def has_fonts() -> bool:
    """Say whether the fonts of the pictures are installed."""
    return {BODY_FONT, MONO_FONT} <= set(QFontDatabase.families())


@contextmanager
def _still(application: QApplication) -> Iterator[None]:
    """Use the fonts and the locale of the pictures while the block runs."""
    before, locale = application.font(), QLocale()
    fonts.choose(BODY_FONT, MONO_FONT)
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    application.setFont(fonts.body())
    try:
        yield
    finally:
        fonts.choose("", "")
        QLocale.setDefault(locale)
        application.setFont(before)


def picture(theme: Theme, page: str, scheme: str, scale: float = 1.0) -> QImage:
    """Draw a page in a scheme of ``SCHEMES``; ``scale`` is that of the screen (1.0 to 2.0)."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError("there is no application to draw with")
    with _still(application):
        colors = SCHEMES[scheme]
        theme.wear(colors)
        widget = PAGES[page]()
        try:
            widget.setProperty("role", "page")
            widget.setStyleSheet(stylesheet.build(colors, posed=True))
            return _draw(widget, scale)
        finally:
            widget.deleteLater()
            QApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete)


def _draw(widget: QWidget, scale: float) -> QImage:
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.setFixedWidth(WIDTH)
    widget.show()
    for _ in range(3):  # labels know their height when they know their width
        QApplication.processEvents()
        widget.resize(WIDTH, widget.heightForWidth(WIDTH))
    size = QSize(round(widget.width() * scale), round(widget.height() * scale))
    result = QImage(size, QImage.Format.Format_RGB32)
    result.setDevicePixelRatio(scale)
    painter = QPainter(result)
    widget.render(painter, QPoint(0, 0))
    painter.end()
    widget.hide()
    return result


class GalleryWindow(QTabWidget):
    """The pages in a window, for looking and trying; the scheme is the application's."""

    def __init__(self, theme: Theme, scheme: str) -> None:
        super().__init__()
        self.setWindowTitle("Platen: gallery")
        colors = SCHEMES[scheme]
        theme.wear(colors)
        self.setStyleSheet(stylesheet.build(colors, posed=True))
        for name, make in PAGES.items():
            page = make()
            page.setProperty("role", "page")
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setWidget(page)
            self.addTab(area, name.capitalize())
        self.resize(WIDTH + 40, 820)
