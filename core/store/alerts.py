"""The store's side of rules and alerts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime

from core.host.clock import rfc3339
from core.model.occurrence import Judge, Occurrence, Told
from core.model.rule import Rule
from core.store import devices, memory, occurrences, rules
from core.store.occurrences import Keeping
from core.store.thread import DatabaseThread
from core.store.types import Page

_AT_ONCE = 1000  # alerts that are forgotten in one transaction


class AlertStore:
    """Rules, what they raised, and what is to be passed over. All methods raise ``StoreError``."""

    def __init__(
        self,
        writer: DatabaseThread,
        reader: DatabaseThread,
        clock: Callable[[], datetime],
        make_key: Callable[[], str],
    ) -> None:
        self._writer = writer
        self._reader = reader
        self._clock = clock
        self._make_key = make_key

    def keeping(self, judge: Judge | None) -> Keeping | None:
        """Give a judge what it needs to have its words kept."""
        return None if judge is None else Keeping(judge, self._make_key, rfc3339(self._clock()))

    async def rules(self) -> tuple[Rule, ...]:
        """Give the rules that a person made or changed, by id."""
        return await self._reader.run(rules.load)

    async def set_rule(self, rule: Rule) -> None:
        """Keep a rule in place of the one with its id."""
        await self._writer.run(lambda db: rules.save(db, rule))

    async def delete_rule(self, rule: str, *, ends: bool) -> tuple[bool, Told]:
        """Forget a rule, and say whether there was one; ``ends``: what stands of it is over."""
        now = rfc3339(self._clock())

        def work(db: sqlite3.Connection) -> tuple[bool, Told]:
            was = rules.delete(db, rule)
            return was, occurrences.end_of_rule(db, rule, self._make_key, now) if ends else Told()

        return await self._writer.run(work)

    async def skip_next(self, device_key: str, rule: str) -> None:
        """Pass the next time over that a rule fires for a device."""
        await self._writer.run(lambda db: rules.skip(db, devices.known_row(db, device_key), rule))

    async def page(
        self,
        *,
        device: str | None = None,
        since: str | None = None,
        only_open: bool = False,
        before: str = "",
        limit: int = 200,
    ) -> Page[Occurrence]:
        """Give alerts, newest first."""
        return await self._reader.run(
            lambda db: occurrences.page(
                db, device=device, since=since, only_open=only_open, before=before, limit=limit
            )
        )

    async def offline(self) -> frozenset[str]:
        """Give the keys of the devices that are offline."""
        return await self._reader.run(memory.offline)

    async def acknowledge(self, keys: Sequence[str]) -> tuple[Occurrence, ...]:
        """Note that somebody has seen these alerts; raises ``unknown_alert``, and then for none."""
        now = rfc3339(self._clock())
        return await self._writer.run(
            lambda db: occurrences.acknowledge(db, keys, self._make_key, now)
        )

    async def review(self, judge: Judge, before: str) -> Told:
        """Have the devices judged that gave nothing since ``before``, as "reviewed"."""
        keeping = self.keeping(judge)

        def work(db: sqlite3.Connection) -> Told:
            told = [
                occurrences.judge(db, row, "reviewed", keeping)
                for row in occurrences.silent_devices(db, before)
            ]
            return Told(
                tuple(item for one in told for item in one.raised),
                tuple(item for one in told for item in one.cleared),
            )

        return await self._writer.run(work)

    async def forget_before(self, before: str) -> int:
        """Forget what was over and seen to before a time; gives how many went.

        In small parts, so that no reading waits for it.
        """
        gone = 0
        while True:
            part = await self._writer.run(
                lambda db: occurrences.forget_before(db, before, _AT_ONCE)
            )
            gone += part
            if part < _AT_ONCE:
                return gone
