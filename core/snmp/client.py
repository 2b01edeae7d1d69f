"""The client of one SNMP agent: an ``SnmpAgent`` over v1, v2c or v3."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import Any, TypeVar

from core.model.identity import Endpoint
from core.model.problem import BadInputError
from core.model.reading import Cost
from core.snmp.access import Access, Opened
from core.snmp.asker import Asker
from core.snmp.ber import encoded_oid
from core.snmp.deny import refuse_denied
from core.snmp.errors import SnmpDeadlineError, SnmpTimeoutError
from core.snmp.exchange import Quirk
from core.snmp.getting import Getter
from core.snmp.line import Line
from core.snmp.opening import Opening
from core.snmp.policy import Policy
from core.snmp.types import Oid, Value
from core.snmp.v3.errors import V3Error
from core.snmp.voices import Voices
from core.snmp.walking import Walker

T = TypeVar("T")


class SnmpClient:
    """Asks one agent; made by ``SnmpNetwork.client``.

    The first operation finds out which version and community (or user) answer, unless they are
    ``known``.
    Every operation ends within the policy's limit. All raise ``SnmpError`` when the agent gives
    nothing usable, and ``RefusedError`` for names in the parts of the tree that are never asked.
    """

    def __init__(
        self,
        line: Line,
        voices: Voices,
        policy: Policy,
        known: Opened | None = None,
        quirks: Iterable[Quirk] = (),
    ) -> None:
        self._line = line
        self._voices = voices
        self._policy = policy
        self._asker = Asker(line, policy)
        self._opening = asyncio.Lock()
        self._opened: Opened | None = None
        for quirk in quirks:
            self._asker.learn(quirk)
        self._assumed = False
        if known is not None and _allowed(known, voices.access):
            self._assumed = True
            self._speak(known)

    @property
    def endpoint(self) -> Endpoint:
        """Where the agent is."""
        return self._line.endpoint

    @property
    def opened(self) -> Opened | None:
        """Which version and community are in use, once that is known."""
        return self._opened

    @property
    def quirks(self) -> frozenset[Quirk]:
        """What was learned of the agent's manners; to be given to its next client."""
        return frozenset(self._asker.quirks)

    @property
    def cost(self) -> Cost:
        """What has been spent on this agent so far."""
        return self._line.cost

    async def open(self) -> Opened:
        """Find the version and community that answer, if that is not yet known."""
        return await self._in_time(self._open())

    async def get(self, oids: Sequence[Oid]) -> dict[Oid, Value]:
        """GET these values, in as few requests as the agent allows; the absent are left out."""
        _check(oids)
        return await self._operation(lambda: Getter(self._asker).get(oids))

    async def walk(self, root: Oid) -> dict[Oid, Value]:
        """Everything below ``root``, in order.

        Where the agent goes in circles after some rows (names that do not increase) or ends in an
        error, the rows are given and the quirk is noted; where it does so at once, it is raised.
        """
        _check((root,))
        return await self._operation(lambda: Walker(self._asker).read((root,), None))

    async def columns(self, columns: Sequence[Oid], rows: int = 10) -> dict[Oid, Value]:
        """Every row of these columns, side by side; ``rows`` is how many each may have."""
        _check(columns)
        return await self._operation(lambda: Walker(self._asker).read(columns, max(rows, 1)))

    async def _operation(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        return await self._in_time(self._with_access(work))

    async def _in_time(self, work: Coroutine[Any, Any, T]) -> T:
        limit = self._policy.limit
        try:
            async with asyncio.timeout(limit):
                return await work
        except TimeoutError:
            raise SnmpDeadlineError(self.endpoint, limit) from None

    async def _with_access(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        await self._open()
        try:
            return await work()
        except (SnmpTimeoutError, V3Error):
            if self._line.answered or not self._assumed:
                raise
        # What was known no longer holds, or the device is off: it has been given its time.
        try:
            await self._open(anew=True)
        except SnmpTimeoutError:
            tries, versions = self._policy.retries + 1, self._voices.access.versions
            raise SnmpTimeoutError(self.endpoint, self._policy.timeout, tries, versions) from None
        return await work()

    async def _open(self, *, anew: bool = False) -> Opened:
        async with self._opening:
            opened = self._opened
            if opened is None or (anew and self._assumed):
                opening = Opening(self._line, self._voices, self._policy)
                opened = await opening.find(1 if anew else None)
                self._speak(opened)
                self._assumed = False
            return opened

    def _speak(self, opened: Opened) -> None:
        self._opened = opened
        self._asker.voice = self._voices.of(opened)


def _allowed(known: Opened, access: Access) -> bool:
    return known.community_index < access.count(known.version)


def _check(oids: Iterable[Oid]) -> None:
    for oid in oids:
        try:
            encoded_oid(oid)
        except ValueError as error:
            raise BadInputError("bad_oid", f"This is {error}.", "Check the OID.") from None
        refuse_denied(oid)
