"""``platen gallery``: every widget in every state, for whoever works on the window."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.commands.common import say_line, stderr


class SchemeName(StrEnum):
    """The schemes, as ``app.ui.schemes`` names them."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"
    CONTRAST_DARK = "contrast-dark"


class PageName(StrEnum):
    """The pages, as ``app.ui.gallery.gallery`` names them."""

    CONTROLS = "controls"
    CONTENT = "content"
    FEEDBACK = "feedback"


def gallery(
    scheme: Annotated[SchemeName, typer.Option(help="Colours.")] = SchemeName.LIGHT,
    scale: Annotated[
        float, typer.Option(min=1.0, max=3.0, help="Scale of the screen: 1.5 is 150 %.")
    ] = 1.0,
    page: Annotated[PageName, typer.Option(help="For --shot: which page.")] = PageName.CONTROLS,
    shot: Annotated[
        Path | None, typer.Option(help="Write a page into this PNG file instead of a window.")
    ] = None,
) -> None:
    """Show every widget in every state; for developers."""
    if shot is None:
        raise typer.Exit(_show(scheme, scale))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.qt_process import make_application  # noqa: PLC0415 - Qt only where it is wanted
    from app.ui.gallery import gallery as drawn  # noqa: PLC0415
    from app.ui.theme import Theme  # noqa: PLC0415

    application = make_application([])
    theme = application.findChild(Theme) or Theme(application)
    if not drawn.has_fonts():
        stderr.print(f"platen: {drawn.BODY_FONT} is not installed: it will look different.")
    if not drawn.picture(theme, page, scheme, scale).save(str(shot)):
        stderr.print(f"platen: {shot} cannot be written. Is there such a folder?")
        raise typer.Exit(1)
    say_line(str(shot))


def _show(scheme: str, scale: float) -> int:
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    from app.qt_process import make_application  # noqa: PLC0415
    from app.screen import has_screen  # noqa: PLC0415
    from app.ui.gallery.gallery import GalleryWindow  # noqa: PLC0415
    from app.ui.theme import Theme  # noqa: PLC0415

    if not has_screen(os.environ):
        stderr.print("platen: There is no screen. Write a picture: platen gallery --shot FILE")
        return 1
    application = make_application([])
    application.setQuitOnLastWindowClosed(True)
    window = GalleryWindow(application.findChild(Theme) or Theme(application), scheme)
    window.show()
    return int(application.exec())
