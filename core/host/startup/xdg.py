"""Started at sign-in on Linux desktops (XDG Autostart Specification 0.5)."""

from __future__ import annotations

import os
from pathlib import Path

from core.host.startup.manager import Program, StartupStatus, failed

_ENTRY = """\
[Desktop Entry]
Type=Application
Name=Platen
Comment=Reads this site's printers in the background
Exec={command}
Icon=platen
Terminal=false
NoDisplay=true
X-GNOME-Autostart-enabled=true
X-KDE-autostart-after=panel
"""


class Autostart:
    """``autostart/platen.desktop`` in the user's configuration folder."""

    def __init__(self, home: Path) -> None:
        base = os.environ.get("XDG_CONFIG_HOME")
        self._path = (Path(base) if base else home / ".config") / "autostart" / "platen.desktop"

    def install(self, program: Program) -> str:
        """See ``Startup``."""
        text = _ENTRY.format(command=" ".join(map(quoted, program.command)))
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise failed(f"{self._path} cannot be written", error) from None
        return f"Platen starts when you sign in ({self._path})."

    def remove(self) -> str:
        """See ``Startup``."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise failed(f"{self._path} cannot be removed", error) from None
        return "Platen does not start by itself when you sign in."

    def status(self) -> StartupStatus:
        """See ``Startup``."""
        return StartupStatus(self._path.is_file(), str(self._path))


def quoted(argument: str) -> str:
    """Quote one argument of an ``Exec`` line (Desktop Entry Specification, "The Exec key")."""
    for character in '\\"`$':
        argument = argument.replace(character, f"\\{character}")
    # First for the string of the file, in which a backslash is doubled; a percent sign is a code.
    return '"' + argument.replace("\\", "\\\\").replace("%", "%%") + '"'
