"""GET of any number of values from an agent with any manners."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.snmp.asker import Asker
from core.snmp.errors import SnmpError, SnmpMalformedError, SnmpStatusError, SnmpTimeoutError
from core.snmp.exchange import Quirk
from core.snmp.message import PduKind
from core.snmp.question import Answer, Question
from core.snmp.together import together
from core.snmp.types import Oid, Value

_VALUE_OCTETS = 12  # what a value takes on average, with its headers
_ONCE_MORE = 1
_FEWER_TRIES = 2  # for the parts of a question that the agent left unanswered as a whole
_NO_SUCH_NAME = 2


def octets_of(oid: Oid) -> int:
    """Estimate what a variable with this name takes in an answer."""
    return len(oid) + _VALUE_OCTETS + 6


class Getter:
    """One ``get``: splits what it must, keeps what comes, remembers what failed."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self._found: dict[Oid, Value] = {}
        self._failure: SnmpError | None = None

    async def get(self, oids: Sequence[Oid]) -> dict[Oid, Value]:
        """Get these values; what is absent is not in the result.

        Raises ``SnmpError`` if nothing usable came and something failed.
        """
        parts = self._parts(list(dict.fromkeys(oids)))
        await together([self._fetch(part, None) for part in parts])
        if not self._found and self._failure is not None:
            raise self._failure
        return {oid: self._found[oid] for oid in oids if oid in self._found}

    async def _fetch(self, oids: list[Oid], tries: int | None) -> bool:
        """Ask for these until nothing is left to ask; gives whether it never met silence."""
        while oids:
            try:
                answer = await self._asker.ask(Question(PduKind.GET, tuple(oids)), tries)
            except SnmpTimeoutError as error:
                return await self._after_silence(oids, error, tries)
            except SnmpMalformedError as error:
                if not self._asker.line.answered and not await self._asker.alive():
                    raise
                return await self._halves(oids, error, tries)
            if answer.status == 0:
                left = self._take(answer.pairs, oids)
                if len(left) == len(oids):
                    return await self._halves(oids, self._beside_the_point(), tries)
                oids = left
            elif 1 <= answer.index <= len(oids) and answer.status != 1:
                oids = self._without(answer, oids)
            else:
                return await self._halves(oids, self._status(answer, oids), tries)
        return True

    def _take(self, pairs: Iterable[tuple[Oid, Value]], oids: list[Oid]) -> list[Oid]:
        """Keep the values asked for; gives the names that were not answered."""
        left = dict.fromkeys(oids)
        for oid, value in pairs:
            if oid in left:
                del left[oid]
                if value.data is not None:
                    self._found[oid] = value
        return list(left)

    def _without(self, answer: Answer, oids: list[Oid]) -> list[Oid]:
        """Drop the name that the error points at; a name that is not there is no failure."""
        if answer.status != _NO_SUCH_NAME:
            self._note(self._status(answer, oids))
        return oids[: answer.index - 1] + oids[answer.index :]

    async def _halves(self, oids: list[Oid], error: SnmpError | None, tries: int | None) -> bool:
        """Ask for each half by itself; a single name that fails is dropped."""
        if len(oids) == 1:
            self._note(error)
            return True
        middle = len(oids) // 2
        parts = (oids[:middle], oids[middle:])
        return all(await together([self._fetch(part, tries) for part in parts]))

    async def _after_silence(
        self, oids: list[Oid], error: SnmpTimeoutError, tries: int | None
    ) -> bool:
        asker = self._asker
        if not asker.line.answered or not await asker.alive():
            raise error
        if tries is None:
            # Nothing is concluded from what may have been the network's loss.
            return await self._fetch(oids, _ONCE_MORE)
        if len(oids) == 1:
            asker.learn(Quirk.SILENT_OIDS)
            self._note(error)
        elif await self._halves(oids, None, _FEWER_TRIES):
            # Both halves were answered: it was the size of the whole.
            asker.learn(Quirk.SMALL_REPLIES)
        return False

    def _status(self, answer: Answer, oids: list[Oid]) -> SnmpError | None:
        if answer.status == _NO_SUCH_NAME:
            return None
        pointed = 1 <= answer.index <= len(oids)
        oid = oids[answer.index - 1] if pointed else oids[0] if len(oids) == 1 else None
        return SnmpStatusError(self._asker.line.endpoint, answer.status, oid)

    def _beside_the_point(self) -> SnmpMalformedError:
        reason = "its answer names none of the objects asked for"
        return SnmpMalformedError(self._asker.line.endpoint, reason)

    def _note(self, error: SnmpError | None) -> None:
        self._failure = self._failure or error

    def _parts(self, oids: list[Oid]) -> list[list[Oid]]:
        """Cut into parts of about equal size whose answers fit a datagram each."""
        if not oids:
            return []
        octets = sum(map(octets_of, oids))
        most = self._asker.policy.max_varbinds
        count = max(-(-len(oids) // most), -(-octets // self._asker.reply_octets))
        size = -(-len(oids) // count)
        return [oids[start : start + size] for start in range(0, len(oids), size)]
