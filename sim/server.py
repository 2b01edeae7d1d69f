"""Serves simulated printers over UDP: one socket each, one loop for all."""

from __future__ import annotations

import contextlib
import heapq
import selectors
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from sim.printer import Printer
from sim.responder import answer

BATCH = 64  # datagrams taken from one socket before the others have their turn
DOZE_AFTER = 60.0  # seconds without a request until a sleeping network card sleeps again


@dataclass(frozen=True, slots=True)
class Path:
    """What lies between the printers and whoever asks: a one-way delay in seconds, and the share
    of datagrams that each way loses.
    """

    delay: float = 0.0
    loss: float = 0.0


@dataclass(slots=True)
class Outlet:
    """One printer at its socket. ``asked_at`` and ``awake_at`` are times of the real clock."""

    printer: Printer
    socket: socket.socket
    asked_at: float = -DOZE_AFTER
    awake_at: float = 0.0

    def wake(self, now: float) -> float:
        """Note a request; give how long the printer still needs before it can answer."""
        if self.printer.life.asleep and now - self.asked_at >= DOZE_AFTER:
            self.awake_at = now + self.printer.spec.wake_seconds
        self.asked_at = now
        return max(0.0, self.awake_at - now)


class BindError(Exception):
    """A printer cannot have its address and port; the text says why and what to do."""


def bind(address: str, port: int) -> socket.socket:
    """Open the socket of one printer; raises ``BindError``."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    if sys.platform == "win32":
        # Without it, two programs may have one port there, and each gets half of the requests.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    try:
        sock.bind((address, port))
    except OSError as error:
        sock.close()
        hint = "choose another one with --port, or end the program that has it"
        if isinstance(error, PermissionError):
            hint = "choose a port above 1023 with --port"
        reason = error.strerror or error
        raise BindError(f"cannot listen on {address} port {port}: {reason}; {hint}") from error
    sock.setblocking(False)
    return sock


class Server:
    """Answers for all printers until it is told to stop.

    ``clock`` gives real seconds; the printers' own time runs ``speed`` times as fast.
    """

    def __init__(
        self,
        outlets: Sequence[Outlet],
        *,
        clock: Callable[[], float],
        speed: float = 1.0,
        path: Path | None = None,
        seed: int = 0,
    ) -> None:
        self._outlets = outlets
        self._clock = clock
        self._begin = clock()
        self._speed = speed
        self._path = path or Path()
        self._random = Random(f"{seed}/path")  # noqa: S311 - which datagrams are lost must repeat
        self._late: list[tuple[float, int, socket.socket, bytes, Any]] = []
        self._order = 0

    def serve(self, stop: socket.socket) -> None:
        """Answer until ``stop`` becomes readable."""
        with selectors.DefaultSelector() as selector:
            selector.register(stop, selectors.EVENT_READ)
            for outlet in self._outlets:
                selector.register(outlet.socket, selectors.EVENT_READ, outlet)
            while True:
                for key, _ in selector.select(self._patience()):
                    if key.data is None:
                        return
                    self._take(key.data)
                self._send_due()

    def _patience(self) -> float | None:
        return max(0.0, self._late[0][0] - self._clock()) if self._late else None

    def _take(self, outlet: Outlet) -> None:
        for _ in range(BATCH):
            try:
                datagram, peer = outlet.socket.recvfrom(65535)
            except BlockingIOError:
                return
            except OSError:
                continue  # Windows reports here that an earlier answer met a closed port
            if not self._lost():
                self._answer(outlet, datagram, peer)

    def _answer(self, outlet: Outlet, datagram: bytes, peer: Any) -> None:
        now = self._clock()
        outlet.printer.advance((now - self._begin) * self._speed)
        response = answer(datagram, outlet.printer)
        if response is None or self._lost():
            return
        wait = outlet.wake(now) + 2 * self._path.delay
        if wait <= 0:
            self._send(outlet.socket, response, peer)
            return
        self._order += 1
        heapq.heappush(self._late, (now + wait, self._order, outlet.socket, response, peer))

    def _lost(self) -> bool:
        return self._path.loss > 0 and self._random.random() < self._path.loss

    def _send_due(self) -> None:
        while self._late and self._late[0][0] <= self._clock():
            _, _, sock, response, peer = heapq.heappop(self._late)
            self._send(sock, response, peer)

    @staticmethod
    def _send(sock: socket.socket, response: bytes, peer: Any) -> None:
        with contextlib.suppress(OSError):  # a network loses what it cannot carry
            sock.sendto(response, peer)
