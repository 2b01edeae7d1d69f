"""Subtrees, read side by side."""

from __future__ import annotations

from collections.abc import Sequence

from core.snmp.asker import Asker
from core.snmp.column import Column
from core.snmp.errors import SnmpPartialError, SnmpWalkLoopError, SnmpWalkTooLongError
from core.snmp.exchange import Quirk
from core.snmp.getting import octets_of
from core.snmp.group import Group
from core.snmp.together import together
from core.snmp.types import Oid, Value


class Walker:
    """One ``walk`` or ``columns``: all its columns, and the rows counted over all of them."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self._rows = 0
        self._octets = 0
        self._whole = True

    async def read(self, roots: Sequence[Oid], rows: int | None) -> dict[Oid, Value]:
        """Everything below these roots; ``rows`` is how many each is expected to have.

        Raises ``SnmpError`` if nothing usable came and something failed, if the agent falls
        silent in the middle, or if there are more rows than the policy allows. Where rows are
        expected, a column of too many is given up by itself: ``SnmpPartialError`` has the others.
        """
        self._whole = rows is None
        columns = [Column(root) for root in dict.fromkeys(roots)]
        groups = self._groups(columns, rows)
        await together([Group(self._asker, group, rows, self._count).run() for group in groups])
        found: dict[Oid, Value] = {}
        for column in columns:
            found.update(column.rows)
            self._close(column)
        failures = [column.failure for column in columns if column.failure is not None]
        if failures and not found:
            raise failures[0]
        lost = [failure for failure in failures if isinstance(failure, SnmpWalkTooLongError)]
        if lost:
            raise SnmpPartialError(found, lost)
        return found

    def _count(self, column: Column, rows: int, octets: int) -> None:
        """Take note of an answer's new rows in a column, and of their share of its octets."""
        policy = self._asker.policy
        self._rows += rows
        self._octets += octets
        cap = policy.row_cap if self._whole else policy.column_cap
        in_all = self._rows <= policy.row_cap and self._octets <= policy.octet_cap
        if in_all and (self._whole or column.seen <= cap):
            return
        # Octets may run out before rows do.
        more_than = min(cap, max(column.seen - 1, 0))
        error = SnmpWalkTooLongError(self._asker.line.endpoint, column.root, more_than)
        if self._whole:
            raise error
        column.rows.clear()
        column.end(error)

    def _close(self, column: Column) -> None:
        if column.looped is None:
            return
        self._asker.learn(Quirk.NOT_INCREASING)
        endpoint = self._asker.line.endpoint
        column.failure = SnmpWalkLoopError(endpoint, column.root, column.looped)

    def _groups(self, columns: list[Column], rows: int | None) -> list[list[Column]]:
        """Share the columns out so that the answer to each group fits a datagram."""
        if not columns:
            return []
        octets = max(octets_of(column.root) for column in columns)
        repetitions = (rows or 0) + 1 if self._asker.bulk else 1
        fit = self._asker.reply_octets // (octets * repetitions)
        most = max(1, min(fit, self._asker.policy.max_varbinds))
        count = -(-len(columns) // most)
        size = -(-len(columns) // count)
        return [columns[start : start + size] for start in range(0, len(columns), size)]
