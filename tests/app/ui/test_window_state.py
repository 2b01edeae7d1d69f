"""What is kept of the window: written, read, broken, on screens that have gone."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize

from app.ui import window_state
from app.ui.window_state import FILE, TableState, WindowState, fitting, load, on_screen, save
from core.host.paths import data_folder

SCREEN = QRect(0, 0, 1920, 1040)
BESIDE = QRect(1920, 0, 1280, 1024)


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    state = WindowState(
        place=(10, 20, 1000, 700),
        maximised=True,
        view="map",
        theme="dark",
        map_zoom=1.5,
        splitters={"devices.0": [800, 300]},
        tables={"devices.0": TableState("QUJD", [0, 3, 1])},
        set_up=["i-1"],
    )
    save(state, tmp_path / "new" / "folder")
    assert load(tmp_path / "new" / "folder") == state


def test_nothing_kept_is_the_beginning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert load(tmp_path) == WindowState()
    assert not caplog.records


@pytest.mark.parametrize(
    "broken",
    [b"", b"{", b"[]", b'{"place": [1, 2]}', b'{"theme": 7}', b"\xff\xfe", b'{"version":9}'],
)
def test_a_broken_file_is_the_beginning_and_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, broken: bytes
) -> None:
    (tmp_path / FILE).write_bytes(broken)
    with caplog.at_level(logging.WARNING):
        assert load(tmp_path) == WindowState()
    assert FILE in caplog.text


def test_a_folder_that_cannot_be_written_costs_only_that(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    save(WindowState(), tmp_path / "file")
    assert "cannot be written" in caplog.text


def test_a_trial_does_not_move_the_window_that_one_works_with(tmp_path: Path) -> None:
    own = window_state.folder_for(data_folder(environment={}), tmp_path)
    assert own != tmp_path
    assert own != data_folder(environment={})
    assert window_state.folder_for(tmp_path / "demo", tmp_path) == tmp_path


def test_a_window_in_sight_stays() -> None:
    place = QRect(100, 50, 1280, 800)
    assert on_screen(place, [SCREEN]) == place
    assert on_screen(QRect(2000, 50, 1000, 800), [SCREEN, BESIDE]).left() == 2000


def test_a_window_on_a_screen_that_has_gone_comes_back() -> None:
    assert SCREEN.contains(on_screen(QRect(2000, 50, 1000, 800), [SCREEN]))
    assert SCREEN.contains(on_screen(QRect(0, -900, 1000, 800), [SCREEN]))


@given(*(st.integers(-5000, 5000) for _ in range(2)), *(st.integers(1, 6000) for _ in range(2)))
@settings(max_examples=200, deadline=None)
def test_the_head_can_always_be_reached(x: int, y: int, width: int, height: int) -> None:
    found = on_screen(QRect(x, y, width, height), [SCREEN, BESIDE])
    head = QRect(found.left(), found.top(), found.width(), 48)
    seen = [screen.intersected(head) for screen in (SCREEN, BESIDE)]
    assert any(part.width() >= 40 and part.height() >= 40 for part in seen)


def test_a_window_that_was_never_placed_is_no_larger_than_its_screen() -> None:
    usual = QSize(1280, 800)
    assert fitting(usual, QRect(0, 0, 1920, 1040)) == usual
    small = fitting(usual, QRect(0, 0, 910, 472))
    assert small.width() <= 910
    assert small.height() <= 472 - 32
    assert small.height() >= 430  # the least of the window


def test_a_window_whose_screen_is_gone_can_be_dragged_by_its_head() -> None:
    found = on_screen(QRect(2000, 50, 1000, 1400), [SCREEN])
    assert found.top() >= SCREEN.top() + 32
    assert SCREEN.contains(found)
