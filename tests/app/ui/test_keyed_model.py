"""Rows that are known by a key: what points at one follows it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.ui.keyed_model import KeyedModel

_NOWHERE = QModelIndex()


class Letters(KeyedModel):
    """Rows that are their keys."""

    def show(self, order: str) -> None:
        self._rearrange(list(order))

    def touch(self, keys: str) -> None:
        self._tell_changed(keys)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._visible)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else 2

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        return self.key_at(index.row()) if role == Qt.ItemDataRole.DisplayRole else None


def test_what_points_at_a_row_follows_it_and_ends_with_it(qtbot: QtBot) -> None:
    model = Letters()
    tester = QAbstractItemModelTester(model)
    model.show("abc")
    held = QPersistentModelIndex(model.index(1, 1))
    model.show("cab")
    assert (held.row(), held.column(), held.data()) == (2, 1, "b")
    model.show("ca")
    assert not held.isValid()
    assert not model.index_of("b").isValid()
    assert model.index_of("a").row() == 1
    assert [model.key_at(row) for row in (-1, 0, 1, 2)] == [None, "c", "a", None]
    del tester


def test_changes_are_told_of_what_is_in_sight(qtbot: QtBot) -> None:
    model = Letters()
    model.show("abcde")
    told: list[tuple[int, int, int]] = []
    model.dataChanged.connect(
        lambda first, last: told.append((first.row(), last.row(), last.column()))
    )
    model.touch("dxb")
    model.touch("xyz")
    assert told == [(1, 3, 1)]
    assert model.places("exa") == [0, 4]
