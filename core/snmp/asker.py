"""One question to one agent, from its first try to its answer or a named failure."""

from __future__ import annotations

import asyncio

from core.snmp.access import Version
from core.snmp.errors import SnmpError, SnmpMalformedError, SnmpTimeoutError
from core.snmp.exchange import Quirk
from core.snmp.icmp import NetworkError
from core.snmp.line import Asking, Line, Outcome
from core.snmp.message import PduKind
from core.snmp.pace import Pace
from core.snmp.policy import Policy
from core.snmp.question import SYS_UP_TIME, Answer, Question, Voice
from core.snmp.together import together
from core.snmp.v3.errors import V3Error

_REPLY_OCTETS = 1_400  # an Ethernet frame's worth, without the headers
_SMALL_REPLY_OCTETS = 484  # what every SNMP agent must be able to send (RFC 3417 section 3.2)
_PAUSE_AFTER_ICMP = 0.1
_CHECKS = 2
_SHORTEST_CHECK = 0.25


class Asker:
    """Asks one agent with patience, and no more at a time than it takes.

    ``voice`` must be set before the first question. ``bulk_answered`` is whether a GETBULK ever
    gave something.
    """

    voice: Voice

    def __init__(self, line: Line, policy: Policy) -> None:
        self.line = line
        self.policy = policy
        self.quirks = line.quirks
        self.round_trip = 0.0
        self.bulk_answered = False
        self._pace = Pace(policy.side_by_side)

    @property
    def bulk(self) -> bool:
        """Whether GETBULK is worth trying."""
        return self.voice.version is not Version.V1 and Quirk.NO_GETBULK not in self.quirks

    @property
    def reply_octets(self) -> int:
        """How long an answer of this agent should become at most."""
        return _SMALL_REPLY_OCTETS if Quirk.SMALL_REPLIES in self.quirks else _REPLY_OCTETS

    def learn(self, quirk: Quirk) -> None:
        """Remember a quirk, and act on it."""
        self.quirks.add(quirk)
        if quirk is Quirk.ONE_AT_A_TIME:
            self._pace.confirm(together=False)

    async def ask(self, question: Question, tries: int | None = None) -> Answer:
        """Ask until there is an answer, ``tries`` times at most (the policy's by default).

        Raises ``SnmpTimeoutError``, ``SnmpMalformedError``, ``SnmpPortClosedError``,
        ``SnmpUnreachableError``, ``SnmpNoResourcesError`` or, with version 3, ``V3Error``.
        """
        waits = self.policy.waits(tries)
        with self.line.asking(self.voice, question) as asking:
            outcome = await self._tries(asking, waits)
        if isinstance(outcome, Answer):
            if self._pace.doubtful:
                await self._check_overlap(question)
            return outcome
        if outcome is None:
            tried, versions = len(waits), (self.voice.version,)
            raise SnmpTimeoutError(self.line.endpoint, self.policy.timeout, tried, versions)
        raise outcome

    async def alive(self) -> bool:
        """Ask something simple: whether the agent answers at all at present."""
        try:
            await self.ask(Question(PduKind.GET, (SYS_UP_TIME,)))
        except SnmpTimeoutError:
            return False
        except SnmpMalformedError:
            return self.line.answered
        return True

    async def _tries(self, asking: Asking, waits: tuple[float, ...]) -> Answer | SnmpError | None:
        failure: SnmpError | None = None
        refusals, lost = 0, False
        for number, wait in enumerate(waits, start=1):
            outcome, beside = await self._in_its_place(asking, wait, number, lost=lost)
            if isinstance(outcome, Answer):
                return outcome
            # Silence while others are answered may be a device that drops what comes beside them;
            # if nobody is answered, asking one by one would only make the waiting longer.
            lost = lost or (outcome is None and beside)
            failure = self.line.failure(outcome, asking) or failure
            if isinstance(outcome, V3Error):
                break
            if isinstance(outcome, NetworkError):
                # Once may be a restart of the agent; twice is an answer.
                refusals += 1
                if refusals > 1:
                    break
                await asyncio.sleep(min(_PAUSE_AFTER_ICMP, wait))
        return failure

    async def _in_its_place(
        self, asking: Asking, wait: float, number: int, *, lost: bool
    ) -> tuple[Outcome, bool]:
        """One try; gives its outcome, and whether another request was answered meanwhile."""
        places = await self._pace.enter(alone=lost)
        try:
            sent = self.line.clock()
            outcome = await self.line.attempt(asking, wait, number)
            beside = self._pace.answered_since(sent)
            if isinstance(outcome, Answer):
                now = self.line.clock()
                self.round_trip = now - sent
                self._pace.answered(sent, now, lost_before=lost)
        finally:
            self._pace.leave(places)
        return outcome, beside

    async def _check_overlap(self, question: Question) -> None:
        """Ask the same twice at once, to tell a device that drops one from a lossy network."""
        places = await self._pace.enter(alone=True)
        try:
            if not self._pace.doubtful:
                return
            wait = min(self.policy.timeout, max(_SHORTEST_CHECK, 4 * self.round_trip))
            for _ in range(_CHECKS):
                outcomes = await together([self._once(question, wait) for _ in range(2)])
                if all(isinstance(outcome, Answer) for outcome in outcomes):
                    self._pace.confirm(together=True)
                    return
            self.learn(Quirk.ONE_AT_A_TIME)
        finally:
            self._pace.leave(places)

    async def _once(self, question: Question, wait: float) -> Outcome:
        with self.line.asking(self.voice, question) as asking:
            return await self.line.attempt(asking, wait)
