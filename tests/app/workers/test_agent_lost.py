"""A real agent that is killed, that hangs, that something else stands in for: the window's bridge
says so at once, finds it again, and loses nothing on the way.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.main import close_workers, connect, make_workers
from app.workers.connection import ConnectionWorker, LinkState
from core.channel.address import look_up
from core.channel.client import PATIENCE, QUIET
from core.model.problem import Problem
from tests.support.qt_loop import QtLoop
from tests.support.simulated import Served, simulated
from tests.support.site import Site, site

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals and 127/8 of Linux")

NETWORK = "127.75.250.0/29"


class Bridge:
    """The window's workers on a real agent, and what they said."""

    def __init__(self, loop: QtLoop, made: Site) -> None:
        self.loop, self.site = loop, made
        self.connection = ConnectionWorker(made.agent_data, connect)
        self.workers = make_workers(self.connection)
        self.refused: list[Problem] = []
        self.keys: set[str] = set()
        self.loads = 0
        self.workers.collection.refused.connect(lambda _, problem: self.refused.append(problem))
        self.workers.devices.changed.connect(self._take)
        self.workers.devices.loaded.connect(self._count)
        self.connection.start()
        self.wait(lambda: self.loads)

    def _take(self, changed: list[object]) -> None:
        self.keys |= {each.device.key for each in changed}  # type: ignore[attr-defined]

    def _count(self) -> None:
        self.loads += 1

    def wait(self, condition: Callable[[], object]) -> float:
        """Give the seconds until it held."""
        began = time.monotonic()
        self.loop.wait(condition)
        return time.monotonic() - began

    @property
    def code(self) -> str:
        """Why the agent is away, or nothing."""
        problem = self.connection.link.problem
        return problem.code if problem is not None else ""

    def connected(self) -> bool:
        return self.connection.link.state is LinkState.CONNECTED

    def away(self) -> bool:
        return self.connection.link.state is LinkState.AWAY


@pytest.fixture
def bridge(loop: QtLoop, tmp_path: Path) -> Iterator[Bridge]:
    with site(tmp_path) as made:
        made.start_agent()
        opened = Bridge(loop, made)
        yield opened
        loop.run(close_workers(opened.workers))


def number(made: Site) -> int:
    assert made.agent is not None
    return made.agent.process.pid


@contextmanager
def stopped(process: int) -> Iterator[None]:
    """Let a process stand still, its sockets open, while the block runs."""
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


def found(made: Site, printers: list[Served]) -> None:
    """Have the agent search for these printers."""
    places = [printer.address for printer in printers]
    done = made.platen("scan", "--port", str(printers[0].port), "--fast", *places)
    assert done.returncode == 0, done.stderr


def test_killed_and_started_again(bridge: Bridge) -> None:
    made = bridge.site
    assert made.agent is not None
    made.agent.process.kill()
    assert bridge.wait(bridge.away) < 2.0
    assert bridge.code == "agent_away"
    made.agent.died()
    bridge.loop.spin(2.0)  # it has been looked for in vain, and waits ever longer
    with simulated(NETWORK, 3, port=1161) as printers:
        made.start_agent()  # while nobody listens ...
        assert bridge.wait(bridge.connected) < 2.0
        found(made, printers)
        assert bridge.wait(lambda: len(bridge.keys) == 3) < 10.0


def test_what_happens_while_it_is_lost_is_there_afterwards(bridge: Bridge) -> None:
    made = bridge.site
    loads = bridge.loads
    assert made.agent is not None
    with simulated(NETWORK, 3, port=1161) as printers:
        bridge.loop.run(bridge.connection.close())  # nothing is heard from here on
        found(made, printers)
        bridge.connection.start()
        bridge.wait(lambda: bridge.loads > loads)
    assert len(bridge.keys) == 3


def test_hanging_and_going_on(bridge: Bridge) -> None:
    with stopped(number(bridge.site)):
        bridge.workers.collection.read("somebody")
        took = bridge.wait(bridge.away)
        assert took < QUIET + PATIENCE + 3.0
        assert bridge.code == "agent_silent"
        bridge.wait(lambda: bridge.refused)
        assert bridge.refused[0].code == "action_unknown"
        assert bridge.refused[0].remedy
    bridge.wait(bridge.connected)
    loads = bridge.loads
    bridge.wait(lambda: bridge.loads > loads or bridge.loads >= 2)


def test_something_else_answers_in_its_place(bridge: Bridge) -> None:
    made = bridge.site
    path = look_up(made.agent_data).target.removeprefix("unix:")
    assert made.agent is not None
    made.agent.end(signal.SIGKILL)
    Path(path).unlink()
    with socket.socket(socket.AF_UNIX) as other:
        other.bind(path)
        other.listen(20)
        talking = threading.Thread(target=talk, args=(other,))
        talking.start()
        bridge.wait(lambda: bridge.code == "agent_foreign")
        assert bridge.away()
        other.shutdown(socket.SHUT_RDWR)
        talking.join()
    made.start_agent()
    assert bridge.wait(bridge.connected) < 5.0


def talk(listening: socket.socket) -> None:
    """Say what no agent says, to everybody who comes, until the socket is shut."""
    while True:
        try:
            link, _ = listening.accept()
        except OSError:
            return
        with link:
            link.send(b"HTTP/1.1 200 OK\r\n\r\n\xff\x00" + b"rubbish" * 50)
