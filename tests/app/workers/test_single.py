"""A second start has the first window shown, and says no more to it than a name."""

from __future__ import annotations

import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from app.workers.single import Single, ask_to_show, meeting_point
from tests.support.qt_loop import QtLoop


@pytest.fixture
def single(tmp_path: Path, loop: QtLoop) -> Iterator[tuple[Single, str, list[str]]]:
    made, name, asked = Single(), meeting_point(tmp_path), list[str]()
    made.asked.connect(asked.append)
    assert made.listen(name)
    yield made, name, asked
    made.close()


def test_a_wish_is_heard_and_answered(single: tuple[Single, str, list[str]], loop: QtLoop) -> None:
    _, name, asked = single
    answers: list[bool] = []
    asking = threading.Thread(target=lambda: answers.append(ask_to_show(name, "map")))
    asking.start()
    loop.wait(lambda: answers, "the answer")
    asking.join()
    assert (answers, asked) == ([True], ["map"])


@pytest.mark.parametrize("sent", [b"show ../../etc\n", b"quit\n", b"x" * 1000, b"\xff\n"])
def test_anything_else_is_hung_up_on(
    sent: bytes, single: tuple[Single, str, list[str]], loop: QtLoop
) -> None:
    _, name, asked = single
    link = QLocalSocket()
    link.connectToServer(name)
    link.write(sent)
    gone = QLocalSocket.LocalSocketState.UnconnectedState
    loop.wait(lambda: link.state() == gone, "the end of the connection")
    assert asked == []


@pytest.mark.skipif(sys.platform == "win32", reason="a socket file")
def test_nobody_else_can_reach_it_and_a_dead_one_is_taken_over(
    single: tuple[Single, str, list[str]], loop: QtLoop
) -> None:
    first, name, _ = single
    assert stat.S_IMODE(Path(name).parent.stat().st_mode) == 0o700
    first.close()
    assert not ask_to_show(name)
    Path(name).touch()
    assert first.listen(name)
