"""How a person has arranged the window, kept for the next time in a file of theirs."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass, field
from pathlib import Path

import platformdirs
from PySide6.QtCore import QRect, QSize

from app.ui.devices.views import SavedView
from core.host.paths import data_folder
from core.host.permissions import atomic_write, private_folder
from core.model.jsonio import from_json, to_json
from core.model.problem import PlatenError

_log = logging.getLogger("app.window")

FILE = "window.json"
VERSION = 1
_GRIP = 48  # pixels of the head of a window that must be on a screen, to be dragged by
_HEAD, _EDGE = 32, 8  # what a system puts around a window, at most as usual
_NARROWEST, _LOWEST = 200, 150


@dataclass(slots=True)
class TableState:
    """The head of a table as Qt has it (base 64: widths, sorting), and the columns (by number)
    that a person wants to see, in their order; none: as it is at first.
    """

    head: str = ""
    columns: list[int] = field(default_factory=list)


@dataclass(slots=True)
class HistoryState:
    """What the History view was last asked for: devices (keys, the main one first), the time and
    the step by their stored names, what is counted, the days of a time of one's own ("2026-01-31").

    Empty: as it is at first.
    """

    devices: list[str] = field(default_factory=list)
    period: str = ""
    bucket: str = ""
    meter: str = ""
    days: list[str] = field(default_factory=list)
    as_tables: bool = False


@dataclass(slots=True)
class WindowState:
    """Where the window was (x, y, width, height, of its inside), and how all in it was arranged.

    ``splitters`` and ``tables`` by view and number ("devices.0"); ``set_up`` names installations
    whose first run is through or was put off; ``device_views`` are those of the device table.
    ``map_zoom`` is ``None`` where the map is fitted; ``device`` is the key of the one that was
    chosen, or "".
    """

    version: int = VERSION
    place: tuple[int, int, int, int] | None = None
    maximised: bool = False
    view: str = ""
    device: str = ""
    theme: str = "system"
    map_zoom: float | None = None
    splitters: dict[str, list[int]] = field(default_factory=dict)
    tables: dict[str, TableState] = field(default_factory=dict)
    set_up: list[str] = field(default_factory=list)
    device_views: list[SavedView] = field(default_factory=list)
    history: HistoryState = field(default_factory=HistoryState)


def folder_for(data: Path, others: Path) -> Path:
    """Name the folder of the file: this user's own for settings, where the data are the user's.

    A window on other data (a demonstration, a trial) keeps its own state in ``others``: it must
    not move the window that a person works with.
    """
    if data == data_folder(environment={}):
        return Path(platformdirs.user_config_path("platen", appauthor=False))
    return others


def load(folder: Path) -> WindowState:
    """Read the file; without one, or where it is broken, everything is as it is at first."""
    path = folder / FILE
    try:
        found = from_json(path.read_bytes(), WindowState)
    except FileNotFoundError:
        return WindowState()
    except (OSError, PlatenError) as error:
        said = error.problem.text if isinstance(error, PlatenError) else error.strerror
        _log.warning("%s cannot be used, the window is as at first: %s", path, said)
        return WindowState()
    if found.version != VERSION:
        _log.warning("%s is of version %s, the window is as at first", path, found.version)
        return WindowState()
    return found


def save(state: WindowState, folder: Path) -> None:
    """Write the file; a disk that is full costs the arrangement and nothing else."""
    try:
        private_folder(folder)
        atomic_write(folder / FILE, to_json(asdict(state)).encode())
    except (OSError, PlatenError) as error:
        _log.warning("%s cannot be written: %s", folder / FILE, error)


def on_screen(place: QRect, screens: list[QRect]) -> QRect:
    """Give the place, moved and cut so that its head can be reached on a screen there is."""
    if not screens:
        return place
    head = QRect(place.left(), place.top(), place.width(), _GRIP)
    home = max(screens, key=lambda screen: _area(screen.intersected(head)))
    result = QRect(place)
    if _area(home.intersected(head)) < _GRIP * _GRIP:
        home = screens[0].adjusted(0, _HEAD, 0, 0)  # what the system draws above it, too
        result.moveCenter(home.center())
    result.setWidth(max(_NARROWEST, min(result.width(), home.width())))
    result.setHeight(max(_LOWEST, min(result.height(), home.height())))
    left = min(result.left(), home.right() - _GRIP)
    top = max(home.top(), min(result.top(), home.bottom() - _GRIP))
    result.moveTo(max(left, home.left() - result.width() + _GRIP), top)
    return result


def fitting(size: QSize, screen: QRect) -> QSize:
    """Give the size of the inside of a window; one that is larger than the screen is cut so that
    all of it is in sight with its frame.
    """
    width = size.width() if size.width() <= screen.width() else screen.width() - 2 * _EDGE
    height = size.height() if size.height() <= screen.height() else screen.height() - _HEAD - _EDGE
    return QSize(width, height)


def _area(box: QRect) -> int:
    return 0 if box.isEmpty() else box.width() * box.height()
