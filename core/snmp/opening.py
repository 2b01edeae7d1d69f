"""Which version and which community an agent answers to.

They are tried in order, each a little later than the one before, so that a device that answers
at once hears only the first, and a silent one costs hardly more than one request's patience.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.model.problem import BadInputError
from core.snmp.access import Access, Opened, Version
from core.snmp.errors import SnmpError, SnmpStatusError, SnmpTimeoutError
from core.snmp.icmp import NetworkError
from core.snmp.line import Line, Outcome
from core.snmp.message import PduKind
from core.snmp.policy import Policy
from core.snmp.question import SYS_OBJECT_ID, Answer, Question, Voice

_QUESTION = Question(PduKind.GET, (SYS_OBJECT_ID,))
_REFUSALS = {6, 16}  # noAccess, authorizationError
_STAGGER = 0.25  # of the time-out, in the first round
_LATER_STAGGER = 0.02
_SHORTEST_SECOND_LOOK = 0.2


def voice_of(access: Access, opened: Opened) -> Voice:
    """Make the words to speak with out of a finding."""
    return Voice(opened.version, access.communities[opened.community_index].encode())


@dataclass(frozen=True, slots=True)
class _Heard:
    """The first good answer, and how long it took."""

    opened: Opened
    seconds: float


class Opening:
    """Looks for the version and community of one agent."""

    def __init__(self, line: Line, access: Access, policy: Policy) -> None:
        self._line = line
        self._access = access
        self._policy = policy
        self._failure: SnmpError | None = None
        self._icmp = 0

    async def find(self, rounds: int | None = None) -> Opened:
        """Find what answers, in ``rounds`` rounds (the policy's tries by default).

        Raises ``SnmpTimeoutError`` when nothing does, or the failure that came instead;
        ``BadInputError`` (code ``no_community``) when there is nothing to ask with.
        """
        if not (self._access.communities and self._access.versions):
            remedy = "Add a community to the list of this segment."
            raise BadInputError("no_community", "There is no community to ask with.", remedy)
        waits = self._policy.waits(rounds)
        for number, wait in enumerate(waits, start=1):
            heard = await self._round(wait, number)
            if heard is not None:
                return await self._prefer(heard)
            if self._icmp > 1 and self._failure is not None:
                break
        if self._failure is not None:
            raise self._failure
        versions, timeout = self._access.versions, self._policy.timeout
        raise SnmpTimeoutError(self._line.endpoint, timeout, len(waits), versions)

    def _combinations(self) -> Iterator[Opened]:
        for index in range(len(self._access.communities)):
            for version in self._access.versions:
                yield Opened(version, index)

    async def _round(self, wait: float, number: int) -> _Heard | None:
        stagger = self._policy.timeout * (_STAGGER if number == 1 else _LATER_STAGGER)
        tasks = {
            asyncio.ensure_future(self._try(opened, n * stagger, wait, number))
            for n, opened in enumerate(self._combinations())
        }
        try:
            return await self._first(tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _first(self, tasks: set[asyncio.Task[_Heard | None]]) -> _Heard | None:
        waiting = tasks
        while waiting:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                if (heard := task.result()) is not None:
                    return heard
            if self._icmp > 1:
                return None
        return None

    async def _try(self, opened: Opened, delay: float, wait: float, number: int) -> _Heard | None:
        await asyncio.sleep(delay)
        started = self._line.clock()
        outcome = await self._attempt(opened, wait, number)
        if isinstance(outcome, Answer) and outcome.status not in _REFUSALS:
            return _Heard(opened, self._line.clock() - started)
        return None

    async def _attempt(self, opened: Opened, wait: float, number: int) -> Outcome:
        with self._line.asking(voice_of(self._access, opened), _QUESTION) as asking:
            outcome = await self._line.attempt(asking, wait, number)
            if not isinstance(outcome, Answer):
                self._icmp += isinstance(outcome, NetworkError)
                self._failure = self._line.failure(outcome, asking) or self._failure
            elif outcome.status in _REFUSALS:
                endpoint = self._line.endpoint
                self._failure = SnmpStatusError(endpoint, outcome.status, SYS_OBJECT_ID)
        return outcome

    async def _prefer(self, heard: _Heard) -> Opened:
        """Look again for the preferred version, whose answer may have been lost."""
        for version in self._better(heard.opened.version):
            preferred = Opened(version, heard.opened.community_index)
            wait = min(self._policy.timeout, max(_SHORTEST_SECOND_LOOK, 4 * heard.seconds))
            outcome = await self._attempt(preferred, wait, 1)
            if isinstance(outcome, Answer) and outcome.status not in _REFUSALS:
                return preferred
        return heard.opened

    def _better(self, version: Version) -> Sequence[Version]:
        versions = self._access.versions
        return versions[: versions.index(version)]
