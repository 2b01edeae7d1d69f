"""A window's process ends with the status it means, and without a word of Qt's, every time."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import shiboken6
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.ending import let_go, take_down
from app.ui import icons
from tests.support.need import ROOT

LIVES = 10
_NO_WINDOW_MANAGER = "propagateSizeHints"


def lived(*command: str) -> tuple[int, list[str]]:
    """Run Python on this; gives its status, and what it says on standard error."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    lines = done.stderr.splitlines()
    return done.returncode, [line for line in lines if _NO_WINDOW_MANAGER not in line]


def lives(how: str, count: int, folder: Path) -> set[tuple[int, str]]:
    """Give the different ends of so many windows, two at a time."""

    def one(number: int) -> tuple[int, str]:
        data = folder / str(number)
        status, said = lived("-m", "tests.support.whole_life", how, str(data))
        return status, "\n".join(said)

    with ThreadPoolExecutor(2) as pool:
        return set(pool.map(one, range(count)))


def test_a_window_that_is_closed_ends_in_order_every_time(tmp_path: Path) -> None:
    assert lives("close", LIVES, tmp_path) == {(0, "")}


def test_a_window_that_the_system_quits_ends_in_order(tmp_path: Path) -> None:
    assert lives("quit", 2, tmp_path) == {(0, "")}


def test_what_nobody_took_down_goes_before_python_does(tmp_path: Path) -> None:
    # What its workers still say of the loop that went is no fault of the end; what Qt says is.
    ends = lives("drop", 6, tmp_path)
    assert {status for status, _ in ends} == {0}
    assert [said for _, said in ends if "QObject" in said or "QThread" in said] == []


def test_a_window_goes_with_all_that_it_holds(qapp: QApplication) -> None:
    home = QWidget()
    label = QLabel("x", home)
    home.show()
    let_go(home)
    assert not shiboken6.isValid(home)
    assert not shiboken6.isValid(label)
    let_go(home)  # twice is once


def test_no_window_and_no_picture_is_left(qapp: QApplication) -> None:
    home = QWidget()
    home.show()
    icons.pixmap("printer", "#000000", 16, 1.0)
    take_down()
    assert not shiboken6.isValid(home)
    assert icons.pixmap.cache_info().currsize == 0
    assert not [top for top in qapp.topLevelWidgets() if top.isVisible()]
