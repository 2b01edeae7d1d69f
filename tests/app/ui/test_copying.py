"""Selected rows as text for a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QTableView, QTreeView
from pytestqt.qtbot import QtBot

from app.ui.copying import rows_as_text

BOTH = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


def model() -> QStandardItemModel:
    result = QStandardItemModel(3, 3)
    result.setHorizontalHeaderLabels(["Name", "Pages", "Place"])
    for row in range(3):
        for column in range(3):
            result.setItem(row, column, QStandardItem(f"{row}\t{column}\nx"))
    return result


def select(view: QAbstractItemView, *rows: int) -> None:
    for row in rows:
        view.selectionModel().select(view.model().index(row, 0), BOTH)


def test_selected_rows_in_the_order_that_is_shown(qtbot: QtBot) -> None:
    view, rows = QTableView(), model()
    qtbot.addWidget(view)
    view.setModel(rows)
    view.setColumnHidden(1, True)
    view.horizontalHeader().moveSection(2, 0)
    select(view, 2, 0)
    assert rows_as_text(view) == "Place\tName\n0 2 x\t0 0 x\n2 2 x\t2 0 x"


def test_nothing_selected_is_nothing(qtbot: QtBot) -> None:
    view, rows = QTableView(), model()
    qtbot.addWidget(view)
    assert rows_as_text(view) == ""
    view.setModel(rows)
    assert rows_as_text(view) == ""


def test_a_tree_copies_too(qtbot: QtBot) -> None:
    view, rows = QTreeView(), model()
    qtbot.addWidget(view)
    view.setModel(rows)
    select(view, 1)
    assert rows_as_text(view).splitlines()[1] == "1 0 x\t1 1 x\t1 2 x"


def test_no_spreadsheet_runs_what_a_printer_says(qtbot: QtBot) -> None:
    view, rows = QTableView(), model()
    qtbot.addWidget(view)
    view.setModel(rows)
    for column, text in enumerate(("=cmd|'/c calc'!A1", "-412", "+1+1")):
        rows.item(0, column).setText(text)
    select(view, 0)
    assert rows_as_text(view).splitlines()[1] == "'=cmd|'/c calc'!A1\t-412\t'+1+1"
