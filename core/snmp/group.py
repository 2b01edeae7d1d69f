"""Columns that are read with one request after another.

GETBULK first; where an agent does not take it, GETNEXT of all of them at once; where that fails
too, each half by itself, down to the column that is to blame.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from core.snmp.asker import Asker
from core.snmp.column import Column
from core.snmp.errors import (
    SnmpError,
    SnmpMalformedError,
    SnmpStatusError,
    SnmpTimeoutError,
)
from core.snmp.exchange import Quirk
from core.snmp.getting import octets_of
from core.snmp.message import PduKind
from core.snmp.question import Answer, Question
from core.snmp.together import together
from core.snmp.types import Oid, Tag

_MOST_REPETITIONS = 64
_ONCE_MORE = 1
_FEWER_TRIES = 2
_TOO_BIG, _NO_SUCH_NAME = 1, 2
_LEAST_OCTETS = 200
_FEW_COLUMNS = 2
_FEW_ROWS = 3
_FIRST_PAUSE = 8  # rows to read by GETNEXT before GETBULK is tried again; doubles each time


class _Doubt(Enum):
    """What came instead of an answer to GETBULK."""

    SILENCE = 1
    ERROR = 2


class Group:
    """Columns that are asked for in one request. ``count`` is told of each column's new rows and
    octets, and may end the column.
    """

    def __init__(
        self,
        asker: Asker,
        columns: list[Column],
        rows: int | None,
        count: Callable[[Column, int, int], None],
    ) -> None:
        self._count = count
        self._asker = asker
        self._columns = columns
        self._rows = rows
        self._wanted = _MOST_REPETITIONS if rows is None else rows + 1
        self._grown = False
        self._octets = asker.reply_octets
        self._average = max(octets_of(column.root) for column in columns) + 2
        self._shrunk = False
        self._insisting = False
        self._single_steps = 0
        self._next_pause = _FIRST_PAUSE
        self._unsure: _Doubt | None = None

    async def run(self) -> None:
        """Read until every column has ended."""
        while columns := [column for column in self._columns if column.open]:
            if self._single_steps > 0:
                self._single_steps -= 1
            elif self._asker.bulk and await self._bulk_step(columns):
                continue
            await self._single_step(columns)

    async def _bulk_step(self, columns: list[Column]) -> bool:
        """Go on by GETBULK; gives ``False`` where GETNEXT must be used instead."""
        asker = self._asker
        fit = max(1, self._octets // (self._average * len(columns)))
        repetitions = min(self._wanted, _MOST_REPETITIONS, fit)
        question = _question(PduKind.GET_BULK, columns, repetitions)
        try:
            answer = await asker.ask(question, self._tries())
        except SnmpTimeoutError as error:
            return await self._insist(error) or self._without_bulk(_Doubt.SILENCE)
        except SnmpMalformedError:
            if not asker.line.answered and not await asker.alive():
                raise
            return self._without_bulk(_Doubt.ERROR)
        if answer.status == _TOO_BIG and repetitions > 1:
            self._octets //= 2
            return True
        if answer.status != 0 or not self._take(columns, answer):
            # Some echo what they do not understand: that is not the end of a table.
            for column in columns:
                if column.stalled:
                    column.retry()
            return self._without_bulk(_Doubt.ERROR)
        asker.bulk_answered = True
        self._insisting = False
        # Longer than expected: some more, then ever more. An answer that runs on far past the end
        # of a short table is paid for on the wire.
        still = sum(column.open for column in columns)
        self._wanted = 2 * self._wanted if self._grown else _further(self._wanted, still)
        self._grown = True
        if self._shrunk:
            self._shrunk = False
            asker.learn(Quirk.SMALL_REPLIES)
        return True

    def _without_bulk(self, doubt: _Doubt) -> bool:
        """After a GETBULK that gave nothing: try a smaller one, or go on by GETNEXT for a while."""
        if not self._asker.bulk_answered:
            self._unsure = doubt
        elif doubt is _Doubt.SILENCE and self._octets // 2 >= _LEAST_OCTETS:
            self._octets //= 2
            self._shrunk = True
            return True
        self._single_steps = self._next_pause
        self._next_pause *= 2
        return False

    async def _single_step(self, columns: list[Column]) -> None:
        asker = self._asker
        question = _question(PduKind.GET_NEXT, columns)
        try:
            answer = await asker.ask(question, self._tries())
        except SnmpTimeoutError as error:
            if await self._insist(error):
                self._single_steps += 1
            else:
                await self._apart(columns, error, Quirk.SILENT_OIDS)
            return
        except SnmpMalformedError as error:
            if not asker.line.answered and not await asker.alive():
                raise
            await self._apart(columns, error, Quirk.MALFORMED)
            return
        self._insisting = False
        if self._unsure is not None and _gets_on(answer, columns[0].cursor):
            await self._settle_bulk(columns[0], self._unsure)
            self._unsure = None
        if answer.status != 0:
            await self._after_error(columns, answer)
        elif not self._take(columns, answer) and all(column.open for column in columns):
            reason = "its answer to GETNEXT names nothing that follows"
            failure = SnmpMalformedError(asker.line.endpoint, reason)
            await self._apart(columns, failure, Quirk.MALFORMED)

    def _tries(self) -> int | None:
        if self._insisting:
            return _ONCE_MORE
        return _FEWER_TRIES if self._shrunk else None

    async def _insist(self, error: SnmpTimeoutError) -> bool:
        """After silence: whether to ask the same once more, as it may have been the network.

        Raises the error if the agent does not answer anything.
        """
        if not self._asker.line.answered or not await self._asker.alive():
            raise error
        self._insisting = not self._insisting
        return self._insisting

    async def _settle_bulk(self, column: Column, doubt: _Doubt) -> None:
        """Tell whether the GETBULK that failed was too large, or GETBULK is not known at all."""
        asker = self._asker
        if not asker.bulk or asker.bulk_answered:
            return
        try:
            answer = await asker.ask(_question(PduKind.GET_BULK, [column], 2), _FEWER_TRIES)
        except (SnmpTimeoutError, SnmpMalformedError):
            asker.learn(Quirk.NO_GETBULK)
            return
        if not _gets_on(answer, column.cursor):
            asker.learn(Quirk.NO_GETBULK)
            return
        asker.bulk_answered = True
        self._single_steps = 0
        if doubt is _Doubt.SILENCE:
            asker.learn(Quirk.SMALL_REPLIES)
            self._octets = asker.reply_octets

    async def _after_error(self, columns: list[Column], answer: Answer) -> None:
        """End the column that an error to GETNEXT points at; noSuchName is version 1's end."""
        pointed = 0 if answer.status == _TOO_BIG else answer.index
        if len(columns) == 1:
            pointed = 1
        if not 1 <= pointed <= len(columns):
            await self._apart(columns, None, None)
            return
        column = columns[pointed - 1]
        if answer.status == _NO_SUCH_NAME:
            column.end()
        else:
            self._asker.learn(Quirk.ERROR_IN_WALK)
            endpoint = self._asker.line.endpoint
            column.end(SnmpStatusError(endpoint, answer.status, column.cursor))

    async def _apart(
        self, columns: list[Column], failure: SnmpError | None, quirk: Quirk | None
    ) -> None:
        """Read each half by itself; a single column that fails ends."""
        if len(columns) == 1:
            columns[0].end(failure)
            if quirk is not None:
                self._asker.learn(quirk)
            return
        middle = len(columns) // 2
        halves = (columns[:middle], columns[middle:])
        groups = [Group(self._asker, half, self._rows, self._count) for half in halves]
        await together([group.run() for group in groups])

    def _take(self, columns: list[Column], answer: Answer) -> bool:
        """Keep an answer's rows; gives whether any column came further or to its end by it."""
        progress, pairs = False, answer.pairs
        share = answer.size // len(columns)
        for start, column in enumerate(columns):
            seen, cursor = column.seen, column.cursor
            for oid, value in pairs[start :: len(columns)]:
                if not column.accept(oid, value):
                    break
            self._count(column, column.seen - seen, share)
            ended = not column.open and not column.stalled
            progress = progress or ended or column.cursor != cursor
        if pairs:
            self._average = answer.size // len(pairs) + 1
        return progress


def _question(kind: PduKind, columns: list[Column], repetitions: int = 0) -> Question:
    return Question(kind, tuple(column.cursor for column in columns), repetitions)


def _further(rows: int, columns: int) -> int:
    """How many rows to ask for when there are more than expected: in a wide table few, as each of
    them past the end costs as many variables as it has columns.
    """
    return 2 * rows if columns <= _FEW_COLUMNS else max(_FEW_ROWS, rows // 2)


def _gets_on(answer: Answer, cursor: Oid) -> bool:
    """Whether an answer says what follows, or that nothing does."""
    if answer.status != 0 or not answer.pairs:
        return False
    oid, value = answer.pairs[0]
    return oid > cursor or value.tag is Tag.END_OF_MIB_VIEW
