"""Asking one address by SNMP and IPP, without an agent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import SystemRandom

from app.commands.trace import Traced
from core.host import clock
from core.ipp.errors import IppError
from core.ipp.network import IppNetwork
from core.ipp.target import IppTarget
from core.ipp.ways import WAYS, Way
from core.model.identity import Endpoint
from core.model.problem import PlatenError
from core.model.reading import Note, Reading
from core.snmp.access import Access
from core.snmp.network import SnmpNetwork
from core.snmp.policy import Policy
from core.snmp.v3.errors import V3Error
from core.telemetry.errors import BothSilentError
from core.telemetry.ipp.reader import read_by_ipp
from core.telemetry.merge import added, merge
from core.telemetry.profiles import ProfileSet
from core.telemetry.reader import LIMIT, read_printers
from core.telemetry.second_way import SecondWord, second_words


@dataclass(frozen=True, slots=True)
class Question:
    """How to ask. ``ipp_port`` is one that a person named: then IPP is asked beside SNMP, too,
    else where SNMP gives nothing, on 631 and 443.
    """

    access: Access
    policy: Policy
    known: ProfileSet
    ipp_port: int | None = None

    @property
    def limit(self) -> float:
        """Seconds that SNMP may take in all: more where each try was allowed more."""
        return max(LIMIT, 10 * self.policy.timeout)

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ports of IPP to ask; raises ``RefusedError`` for one that prints what it gets."""
        if self.ipp_port is None:
            return WAYS
        port = IppTarget("127.0.0.1", self.ipp_port).port
        return Way(port, tls=False), Way(port, tls=True)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visit gave; ``also`` is, by path, what was asked a second way, by IPP beside SNMP."""

    readings: tuple[Reading, ...]
    also: dict[str, SecondWord] = field(default_factory=dict)


async def ask(endpoint: Endpoint, how: Question, trace: list[Traced]) -> Asked:
    """Read what is at ``endpoint``; every exchange goes into ``trace``. Raises ``PlatenError``."""
    at, ways = clock.rfc3339(clock.now()), how.ways
    async with SnmpNetwork(random=SystemRandom()) as network, IppNetwork() as ipp:
        client = network.client(endpoint, how.access, how.policy, trace=trace.append)
        failure: PlatenError | None = None
        readings: tuple[Reading, ...] = ()
        try:
            readings = await read_printers(client, endpoint, at, how.known, how.limit)
        except PlatenError as error:
            failure = error
        if failure is None and (how.ipp_port is None or len(readings) != 1):
            return Asked(readings)
        try:
            got = await read_by_ipp(ipp, endpoint, at, ways=ways, trace=trace.append)
        except IppError as error:
            if failure is not None:
                raise BothSilentError(failure, error) from None
            note = Note("ipp_silent", f"IPP gave nothing: {error.problem.text}")
            return Asked((replace(readings[0], notes=(*readings[0].notes, note)),))
    if failure is not None:
        cost = added(client.cost, got.reading.cost)
        notes = got.reading.notes
        if isinstance(failure, V3Error):
            # Somebody gave a user and passwords: what is wrong with them must not go unsaid.
            notes = (*notes, Note(failure.code, f"SNMP gave nothing: {failure.problem.text}"))
        return Asked((replace(got.reading, cost=cost, notes=notes),))
    merged = merge(readings[0], got.reading).reading
    return Asked((merged,), second_words(merged, got.reading))
