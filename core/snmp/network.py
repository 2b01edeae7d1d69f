"""What all clients of a process share: the sockets, and what is known of engines (SNMPv3)."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable
from random import Random
from types import TracebackType
from typing import Self

from core.model.identity import Endpoint
from core.snmp.access import Access, Opened
from core.snmp.client import SnmpClient
from core.snmp.exchange import Exchange, Quirk
from core.snmp.line import Line
from core.snmp.policy import Policy
from core.snmp.transport import Traffic, Transport
from core.snmp.v3.usm import Usms
from core.snmp.voices import Voices


class SnmpNetwork:
    """Owns the UDP sockets of any number of clients; an asynchronous context manager.

    ``random`` gives the request ids (by default from the system's secure source, so that nobody
    can guess them), ``clock`` measures seconds.
    """

    def __init__(
        self, *, random: Random | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._transport = Transport((random or secrets.SystemRandom()).getrandbits)
        self._clock = clock
        self._usms = Usms()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._transport.close()

    @property
    def traffic(self) -> Traffic:
        """What has arrived so far, whoever it was for."""
        return self._transport.traffic

    def client(
        self,
        endpoint: Endpoint,
        access: Access,
        policy: Policy = Policy(),  # noqa: B008 - frozen
        trace: Callable[[Exchange], None] | None = None,
        *,
        known: Opened | None = None,
        quirks: Iterable[Quirk] = (),
    ) -> SnmpClient:
        """Make a client of one agent.

        ``known`` and ``quirks`` are what an earlier client found (``opened`` and ``quirks``);
        ``trace`` is told of every exchange.
        """
        line = Line(self._transport, endpoint, self._clock, trace)
        voices = Voices(access, self._usms, endpoint, self._clock)
        return SnmpClient(line, voices, policy, known, quirks)
