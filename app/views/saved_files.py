"""Files that a person saves: that one is written, where, and what masking has to do with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from app.ui.toasts import Toasts
from app.ui.tokens import Tone
from app.workers.settings import SettingsWorker


class SavedFiles(QObject):
    """Says what became of a file. Files hold everything as it is, whatever is masked for the
    dealer: where something is, that is said with the file.
    """

    def __init__(self, toasts: Toasts, settings: SettingsWorker, parent: QObject) -> None:
        super().__init__(parent)
        self._toasts, self._settings = toasts, settings

    def look(self) -> None:
        """Find out what is masked, while a person looks for a name."""
        self._settings.look_at_privacy()

    def remark(self) -> str:
        """Say that masking is not for files, where anything is masked; else nothing."""
        if not self._settings.masks:
            return ""
        return self.tr("Nothing in it is masked: that is for the dealer and the logs alone.")

    def tell(self, path: str) -> None:
        """Say that a file is written."""
        self.say(self.tr("%1 is written.").replace("%1", Path(path).name, 1), path)

    def say(self, said: str, path: str) -> None:
        """Say this of a file, and offer its folder."""
        folder = QUrl.fromLocalFile(str(Path(path).parent))
        remark = self.remark()
        self._toasts.say(
            f"{said} {remark}".strip(),
            Tone.WARNING if remark else Tone.GOOD,
            self.tr("Show in folder"),
            lambda: QDesktopServices.openUrl(folder),
        )
