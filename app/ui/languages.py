"""The window's language: the system's, where there is a translation, else English.

A translation is a pair of files in ``resources/translations``: ``platen_LANGUAGE.ts``, which a
translator edits, and ``platen_LANGUAGE.qm``, made from it. English is in the code and needs none.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

FOLDER = Path(__file__).parents[2] / "resources" / "translations"
VARIABLE = "PLATEN_LANGUAGE"


def wanted() -> QLocale:
    """Give the locale that is asked for: by the environment, such as ``de``, or the system's."""
    asked = os.environ.get(VARIABLE, "")
    return QLocale(asked) if asked else QLocale.system()


def install(
    application: QCoreApplication, locale: QLocale, folder: Path = FOLDER
) -> list[QTranslator]:
    """Have the application speak the language of ``locale``, as far as there are files.

    Gives what was installed: Platen's own translation, and Qt's for its own words (menus of a
    text field, names of keys). Without Platen's own, Qt's is left out: half a language is none.
    """
    own = QTranslator(application)
    if not own.load(locale, "platen", "_", str(folder), ".qm"):
        own.deleteLater()
        return []
    application.installTranslator(own)
    theirs = QTranslator(application)
    place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not theirs.load(locale, "qtbase", "_", place):
        theirs.deleteLater()
        return [own]
    application.installTranslator(theirs)
    return [own, theirs]
