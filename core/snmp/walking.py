"""Subtrees, read side by side."""

from __future__ import annotations

from collections.abc import Sequence

from core.snmp.asker import Asker
from core.snmp.column import Column
from core.snmp.errors import SnmpWalkLoopError, SnmpWalkTooLongError
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

    async def read(self, roots: Sequence[Oid], rows: int | None) -> dict[Oid, Value]:
        """Everything below these roots; ``rows`` is how many each is expected to have.

        Raises ``SnmpError`` if nothing usable came and something failed, if the agent falls
        silent in the middle, or if there are more rows than the policy allows.
        """
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
        return found

    def _count(self, column: Column, rows: int) -> None:
        self._rows += rows
        cap = self._asker.policy.row_cap
        if self._rows > cap:
            raise SnmpWalkTooLongError(self._asker.line.endpoint, column.root, cap)

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
