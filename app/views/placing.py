"""The window put where it was, and everything in it arranged as it was."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QByteArray, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSplitter, QTableView

from app.ui.devices.row import Column
from app.ui.devices.table import DeviceTable
from app.ui.schemes import Choice
from app.ui.theme import Theme
from app.ui.window_state import TableState, WindowState, fitting, on_screen
from app.views.window import MainWindow


def restore(window: MainWindow, state: WindowState) -> None:
    """Arrange the window; a place that is on no screen any more is corrected."""
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    if state.place is not None:
        window.setGeometry(on_screen(QRect(*state.place), screens))
    elif screens:
        window.resize(fitting(window.size(), screens[0]))
    if state.maximised:
        window.setWindowState(window.windowState() | window.windowState().WindowMaximized)
    for key, splitter in _splitters(window):
        sizes = state.splitters.get(key, [])
        if len(sizes) == splitter.count() and all(size > 0 for size in sizes):
            splitter.setSizes(sizes)
    for key, table in _tables(window):
        if key in state.tables:
            _arrange(table, state.tables[key])
    window.devices.views.take(state.device_views)
    theme = _theme()
    if theme is not None and state.theme in set(Choice):
        theme.choose(Choice(state.theme))
    if state.map_zoom is not None:
        window.map.canvas.show_zoom(state.map_zoom)
    window.history.put_back(state.history)
    window.show_known(state.view)


def keep(window: MainWindow, state: WindowState) -> None:
    """Note how the window is arranged."""
    normal = window.normalGeometry() if window.isMaximized() else window.geometry()
    state.place = (normal.x(), normal.y(), normal.width(), normal.height())
    state.maximised = window.isMaximized()
    state.view = window.view
    state.device = window.devices.table.current_key or ""
    state.map_zoom = window.map.canvas.chosen_zoom
    for key, splitter in _splitters(window):
        if all(size > 0 for size in splitter.sizes()):  # not of a view that was never seen
            state.splitters[key] = splitter.sizes()
    for key, table in _tables(window):
        state.tables[key] = _arranged(table)
    state.device_views = list(window.devices.views.saved)
    state.history = window.history.kept()
    theme = _theme()
    if theme is not None:
        state.theme = theme.choice.value


def _splitters(window: MainWindow) -> Iterator[tuple[str, QSplitter]]:
    for name, view in window.views.items():
        for number, splitter in enumerate(view.findChildren(QSplitter)):
            yield f"{name}.{number}", splitter


def _tables(window: MainWindow) -> Iterator[tuple[str, QTableView]]:
    for name, view in window.views.items():
        for number, table in enumerate(view.findChildren(QTableView)):
            yield f"{name}.{number}", table


def _arrange(table: QTableView, state: TableState) -> None:
    """Let the columns stand as they did; what does not fit this table changes nothing."""
    heads = table.horizontalHeader()
    kept = bool(state.head) and heads.restoreState(QByteArray.fromBase64(state.head.encode()))
    if kept and table.isSortingEnabled():
        table.sortByColumn(heads.sortIndicatorSection(), heads.sortIndicatorOrder())
    known = {column.value for column in Column}
    if isinstance(table, DeviceTable) and state.columns and known.issuperset(state.columns):
        table.show_columns(Column(number) for number in state.columns)


def _arranged(table: QTableView) -> TableState:
    head = bytes(table.horizontalHeader().saveState().toBase64().data()).decode()
    chosen = table.columns if isinstance(table, DeviceTable) else []
    return TableState(head, [column.value for column in chosen])


def _theme() -> Theme | None:
    application = QApplication.instance()
    return application.findChild(Theme) if application is not None else None
