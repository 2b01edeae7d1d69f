"""Files dropped on the window, as the system delivers them: to its window, at a place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.views.window import MainWindow
from tests.support.inhabited import Opened

RANGES = "address,port,name\n10.0.0.0/24,,Office\n10.0.1.5,1161,Lab\n"


def drop(inhabited: Opened, data: QMimeData, on: QWidget) -> bool:
    """Drag it there and let it go; says whether it was taken."""
    window = inhabited.window
    handle = window.windowHandle()
    at = QPointF(on.mapTo(window, QPoint(on.width() // 2, on.height() // 2)))
    action, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, action, data, left, none)
    QApplication.sendEvent(handle, enter)
    if enter.isAccepted():
        QApplication.sendEvent(handle, QDragMoveEvent(at, action, data, left, none))
        QApplication.sendEvent(handle, QDropEvent(at, action, data, left, none))
    return enter.isAccepted()


def file(path: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    data.setText(QUrl.fromLocalFile(str(path)).toString())  # as file managers do
    return data


PLACES: dict[str, tuple[str, Callable[[MainWindow], QWidget]]] = {
    "a filter": ("devices", lambda window: window.devices.filter),
    "the table": ("devices", lambda window: window.devices.table.viewport()),
    "the map": ("map", lambda window: window.map.canvas.viewport()),
    "the header": ("devices", lambda window: window.header),
    "the search for settings": ("settings", lambda window: window.settings.search),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_dropped_list_is_what_the_scan_panel_asks(
    inhabited: Opened, tmp_path: Path, place: str
) -> None:
    listed = tmp_path / "ranges.csv"
    listed.write_text(RANGES)
    view, widget = PLACES[place]
    inhabited.window.open_view(view)
    assert drop(inhabited, file(listed), widget(inhabited.window))
    panel = inhabited.window.scan_panel
    inhabited.loop.wait(panel.isVisible, "the panel")
    assert panel.form().targets == "10.0.0.0/24, 10.0.1.5:1161"
    assert inhabited.window.devices.filter.text() == ""
    assert inhabited.window.settings.search.text() == ""


def test_a_bad_line_is_named(inhabited: Opened, tmp_path: Path) -> None:
    listed = tmp_path / "ranges.csv"
    listed.write_text("10.0.0.1\n10.0.0.999\n")
    assert drop(inhabited, file(listed), inhabited.window.devices.table)
    inhabited.loop.wait(lambda: "line 2" in inhabited.window.banner._text.text(), "the reason")


def test_text_that_is_dragged_into_a_field_goes_there(inhabited: Opened) -> None:
    data = QMimeData()
    data.setText("kyocera")
    assert drop(inhabited, data, inhabited.window.devices.filter)
    assert inhabited.window.devices.filter.text() == "kyocera"


def test_two_files_are_not_taken(inhabited: Opened, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("a.csv", "b.csv")])
    drop(inhabited, data, inhabited.window.devices.table)
    inhabited.loop.spin(0.05)
    assert not inhabited.window.scan_panel.isVisible()
