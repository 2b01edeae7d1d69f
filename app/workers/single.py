"""One window and one tray a user and data folder: a second start has the first one shown.

The meeting point is a local socket in a folder that its user alone can enter, on Windows a pipe
that this user alone may open. What is said there is a name of a view, and nothing else.
"""

from __future__ import annotations

import os
import re
import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from core.channel.address import short_enough, short_name
from core.host.paths import data_folder, ensure_data_folder

_ANSWER = b"shown\n"
_LONGEST = 64  # octets of a wish
_WISH = re.compile(rb"show ([a-z_]{0,40})\n")
_CONNECT_MS, _TURN_MS = 500, 5
_ANSWER_S = 3.0


def face_folder(folder: Path) -> Path:
    """Give a folder of this user's for what windows and trays on ``folder`` keep.

    That is the data folder itself, or, where it is a service's, this user's own; raises
    ``HostError``.
    """
    if not folder.exists() or os.access(folder, os.W_OK):
        return ensure_data_folder(folder)
    return ensure_data_folder(data_folder(environment={}))


def meeting_point(folder: Path, face: str = "window") -> str:
    """Name the socket of the window, or the tray, on ``folder``; raises ``HostError``."""
    name = short_name(folder)
    if sys.platform == "win32":
        return f"platen-{face}-{os.environ.get('USERNAME', '')}-{name}"
    file = f"{face}-{name}.sock"
    return str(short_enough(face_folder(folder) / "run" / file, file))


def ask_to_show(name: str, view: str = "") -> bool:
    """Have the one that listens at ``name`` shown, at ``view``; ``False`` where there is none.

    It waits 3 s at most, so it is for a process that begins.
    """
    link = QLocalSocket()
    link.connectToServer(name)
    if not link.waitForConnected(_CONNECT_MS):
        return False
    link.write(f"show {view}\n".encode())
    link.flush()
    said, end = b"", time.monotonic() + _ANSWER_S
    while len(said) < len(_ANSWER) and time.monotonic() < end:
        # Qt waits without letting Python's other threads run, so it does so in short turns.
        if link.waitForReadyRead(_TURN_MS):
            said += bytes(link.readAll().data())
        time.sleep(_TURN_MS / 1000)
    link.abort()
    return said == _ANSWER


class Single(QObject):
    """Hears the wishes of later starts: ``asked`` gives a view, "" for the one that is open."""

    asked = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._meet)

    def listen(self, name: str) -> bool:
        """Begin; a socket that a dead one left behind is taken over."""
        QLocalServer.removeServer(name)
        return self._server.listen(name)

    def close(self) -> None:
        """Hear no more."""
        self._server.close()

    def _meet(self) -> None:
        while (link := self._server.nextPendingConnection()) is not None:
            link.disconnected.connect(link.deleteLater)
            link.readyRead.connect(lambda link=link: self._read(link))
            if link.bytesAvailable():
                self._read(link)

    def _read(self, link: QLocalSocket) -> None:
        if link.bytesAvailable() > _LONGEST:
            link.abort()
            return
        if not link.canReadLine():
            return
        wish = _WISH.fullmatch(bytes(link.readLine().data()))
        if wish is None:
            link.abort()
            return
        link.write(_ANSWER)
        link.flush()
        self.asked.emit(wish[1].decode())
