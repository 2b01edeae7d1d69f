"""The loop that the window's tests live on is asyncio's as well, in every one of its rounds."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.support.qt_loop import QtLoop


def test_what_goes_on_beside_always_has_a_running_loop(loop: QtLoop) -> None:
    async def goes_on() -> None:
        while True:
            asyncio.get_running_loop()
            await asyncio.sleep(0)

    async def begin() -> asyncio.Task[None]:
        return asyncio.ensure_future(goes_on())

    beside = loop.run(begin())
    for _ in range(20):
        loop.run(asyncio.sleep(0.001))
        assert not beside.done()
    beside.cancel()
    loop.spin(0)
    assert beside.cancelled()


def test_a_quit_that_was_meant_for_the_test_before_ends_no_round(loop: QtLoop) -> None:
    QTimer.singleShot(0, QApplication.quit)
    loop.run(asyncio.sleep(0.05))
