"""Which version and which community, or user, an agent answers to.

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
from core.snmp.v3.errors import (
    V3Error,
    V3NoAccessError,
    V3ProbablyPrivacyError,
    V3SilentError,
    V3UnknownContextError,
    V3UnsupportedLevelError,
)
from core.snmp.voices import Voices

_QUESTION = Question(PduKind.GET, (SYS_OBJECT_ID,))
_REFUSALS = {6, 16}  # noAccess, authorizationError
_STAGGER = 0.25  # of the time-out, in the first round
_LATER_STAGGER = 0.02
_SHORTEST_SECOND_LOOK = 0.2


@dataclass(frozen=True, slots=True)
class _Heard:
    """The first good answer, and how long it took."""

    opened: Opened
    seconds: float


class Opening:
    """Looks for the version and community, or user, of one agent."""

    def __init__(self, line: Line, voices: Voices, policy: Policy) -> None:
        self._line = line
        self._voices = voices
        self._access = voices.access
        self._policy = policy
        self._failure: SnmpError | None = None
        self._settled: set[Opened] = set()
        self._icmp = 0

    async def find(self, rounds: int | None = None) -> Opened:
        """Find what answers, in ``rounds`` rounds (the policy's tries by default).

        Raises ``SnmpTimeoutError`` when nothing does, or the failure that came instead: of version
        3 a ``V3Error``, that of the user who came nearest. ``BadInputError`` (code
        ``no_community``) when there is nothing to ask with.
        """
        _check(self._access)
        waits = self._policy.waits(rounds)
        for number, wait in enumerate(waits, start=1):
            heard = await self._round(wait, number)
            if heard is not None:
                return await self._prefer(heard)
            if self._icmp > 1 and self._failure is not None:
                break
            if not any(self._combinations()):
                break
        await self._explain_silence()
        if self._failure is not None:
            raise self._failure
        versions, timeout = self._access.versions, self._policy.timeout
        raise SnmpTimeoutError(self._line.endpoint, timeout, len(waits), versions)

    def _combinations(self) -> Iterator[Opened]:
        """Give what is to be tried yet: users where version 3 stands, communities in turn."""
        access = self._access
        by_community = [version for version in access.versions if version is not Version.V3]
        pairs = [Opened(v, n) for n in range(len(access.communities)) for v in by_community]
        users = [Opened(Version.V3, n) for n in range(access.count(Version.V3))]
        first = access.versions[0] is Version.V3
        for opened in (*users, *pairs) if first else (*pairs, *users):
            if opened not in self._settled:
                yield opened

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
        if isinstance(outcome, Answer) and not _refused(outcome):
            return _Heard(opened, self._line.clock() - started)
        return None

    async def _attempt(self, opened: Opened, wait: float, number: int) -> Outcome:
        outcome = await self._ask(self._voices.of(opened), wait, number)
        if isinstance(outcome, V3Error) or _refused(outcome):
            self._settled.add(opened)  # it would say the same again
        return outcome

    async def _ask(self, voice: Voice, wait: float, number: int) -> Outcome:
        with self._line.asking(voice, _QUESTION) as asking:
            outcome = await self._line.attempt(asking, wait, number)
            if not isinstance(outcome, Answer):
                self._icmp += isinstance(outcome, NetworkError)
                self._note(self._line.failure(outcome, asking))
            elif _refused(outcome):
                self._note(self._refusal(voice, outcome.status))
        return outcome

    def _refusal(self, voice: Voice, status: int) -> SnmpError:
        if voice.session is None:
            return SnmpStatusError(self._line.endpoint, status, SYS_OBJECT_ID)
        user = voice.session.user
        return V3NoAccessError(self._line.endpoint, user.name, user.level)

    def _note(self, failure: SnmpError | None) -> None:
        """Keep the failure that says most: the last one, but no V3 one that came less near."""
        kept = self._failure
        if failure is None:
            return
        if isinstance(kept, V3Error) and isinstance(failure, V3Error):
            failure = max(failure, kept, key=lambda error: error.nearness)
        self._failure = failure

    async def _explain_silence(self) -> None:
        """Find out why those users had no answer to whom the device spoke at all (RFC 3414)."""
        for opened in list(self._combinations()):
            if opened.version is not Version.V3:
                continue
            session = self._voices.session(opened.community_index)
            if not session.met or session.engine is None:
                continue
            self._note(await self._why_silent(opened.community_index))

    async def _why_silent(self, index: int) -> SnmpError | None:
        voices, kept = self._voices, self._failure
        user, endpoint = voices.session(index).user, self._line.endpoint
        simpler = (
            (voices.without_context(index), V3UnknownContextError(endpoint, user.context)),
            (voices.without_privacy(index), V3ProbablyPrivacyError(endpoint, user.name)),
        )
        for voice, meaning in simpler:
            if voice is None:
                continue
            outcome = await self._ask(voice, self._policy.timeout, 1)
            refusal, self._failure = self._failure, kept
            if isinstance(outcome, Answer):
                return meaning
            # A refusal of the level is of this simpler question's own: nobody asked for that one.
            if isinstance(outcome, V3Error) and not isinstance(outcome, V3UnsupportedLevelError):
                return refusal
        return None if kept else V3SilentError(endpoint, user.name)

    async def _prefer(self, heard: _Heard) -> Opened:
        """Look again for the preferred version, whose answer may have been lost."""
        for version in self._better(heard.opened.version):
            preferred = Opened(version, heard.opened.community_index)
            wait = min(self._policy.timeout, max(_SHORTEST_SECOND_LOOK, 4 * heard.seconds))
            outcome = await self._attempt(preferred, wait, 1)
            if isinstance(outcome, Answer) and not _refused(outcome):
                return preferred
        return heard.opened

    def _better(self, version: Version) -> Sequence[Version]:
        versions = self._access.versions
        better = versions[: versions.index(version)]
        # A user of version 3 and a community have nothing to do with each other.
        return () if version is Version.V3 else [v for v in better if v is not Version.V3]


def _refused(outcome: Outcome) -> bool:
    return isinstance(outcome, Answer) and outcome.status in _REFUSALS


def _check(access: Access) -> None:
    if not any(access.count(version) for version in access.versions):
        if Version.V3 in access.versions:
            remedy = "Add a user of SNMPv3, or an SNMP name (community), to those of this network."
            raise BadInputError("no_community", "There is nothing to ask with.", remedy)
        remedy = "Add an SNMP name (community) to those of this network."
        raise BadInputError("no_community", "There is no community to ask with.", remedy)
