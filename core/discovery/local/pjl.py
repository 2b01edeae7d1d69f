"""A printer asked by PJL over an open port of this computer, and over nothing else.

It takes a port that is open already (``OpenPort``): there is no address and no connection here, so
that PJL can never reach a network port, where its octets come out as paper.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from core.discovery.local.errors import no_pjl, not_a_port, silent
from core.discovery.local.identity import knows_pjl
from core.discovery.local.open_port import OpenPort
from core.discovery.local.pjl_reading import reading_of
from core.discovery.local.pjl_text import is_complete, question, read_answers
from core.discovery.local.port_reading import PortReading
from core.model.identity import Identity
from core.model.reading import Cost

_MOST_OCTETS: Final = 65_536
_SLICE: Final = 0.25  # seconds until it is seen that nobody waits any longer


@dataclass(frozen=True, slots=True)
class PjlPolicy:
    """How patiently a printer is asked; seconds.

    ``send`` bounds the question, ``first`` the wait for its first octet (a sleeping printer wakes
    up), ``quiet`` the pause after which nothing more is expected, ``total`` all of it.
    """

    send: float = 2.0
    first: float = 10.0
    quiet: float = 2.0
    total: float = 20.0


async def ask(
    port: OpenPort,
    device_id: str | None,
    known: Identity,
    *,
    token: str,
    clock: Callable[[], float],
    policy: PjlPolicy = PjlPolicy(),
) -> PortReading:
    """Ask id, status, page count and supplies; closes the port, whatever happens.

    ``device_id`` is the printer's own IEEE 1284 id: without PJL among its languages it is not
    asked. ``token`` marks this visit. Raises ``LocalPortError``.
    """
    if not isinstance(port, OpenPort):
        raise not_a_port(str(getattr(port, "name", "this")), "no port of this computer")
    visit = _Visit(port, device_id, known, token, clock, policy)
    task = asyncio.create_task(asyncio.to_thread(visit.run))
    task.add_done_callback(lambda done: done.cancelled() or done.exception())
    try:
        return await asyncio.shield(task)
    finally:
        # A thread cannot be cancelled; it sees this within a moment and closes the port itself.
        visit.stop.set()


class _Visit:
    def __init__(
        self,
        port: OpenPort,
        device_id: str | None,
        known: Identity,
        token: str,
        clock: Callable[[], float],
        policy: PjlPolicy,
    ) -> None:
        self.stop = threading.Event()
        self._port, self._device_id, self._known = port, device_id, known
        self._token, self._clock, self._policy = token, clock, policy

    def run(self) -> PortReading:
        try:
            if not knows_pjl(self._device_id):
                raise no_pjl(self._port.name)
            began = self._clock()
            asked = question(self._token)
            self._port.send(asked, self._policy.send)
            came = self._listen(began)
            if not came:
                raise silent(self._port.name, self._policy.first)
            cost = Cost(1, len(asked), len(came), (self._clock() - began) * 1000)
            return reading_of(read_answers(came, self._token), self._known, cost)
        finally:
            self._port.close()

    def _listen(self, began: float) -> bytes:
        came = bytearray()
        end = began + self._policy.total
        until = began + self._policy.first
        while not self.stop.is_set() and len(came) < _MOST_OCTETS:
            left = min(until, end) - self._clock()
            if left <= 0:
                break
            part = self._port.receive(_MOST_OCTETS - len(came), min(left, _SLICE))
            if part:
                came += part
                until = self._clock() + self._policy.quiet
                if is_complete(bytes(came), self._token):
                    break
        return bytes(came)
