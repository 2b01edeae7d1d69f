"""The store: the one way to what the agent has stored."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from core.host.clock import rfc3339
from core.host.permissions import private_folder
from core.model.device import Device, DeviceSummary
from core.model.evidence import Finding
from core.model.occurrence import Judge, Told
from core.model.outbox import OutboxItem
from core.model.problem import Problem
from core.model.reading import Reading
from core.store import devices, evidence, facts, occurrences, outbox, readings
from core.store.alerts import AlertStore
from core.store.connection import NAME, open_reader, open_writer
from core.store.errors import explained
from core.store.history.facade import History
from core.store.identify import Visit, identify
from core.store.keys import KeyMaker
from core.store.schedule import ScheduleStore
from core.store.shapes import Shapes
from core.store.thinning import Thinned, thin
from core.store.thread import DatabaseThread
from core.store.types import Bits, Counts, Page, SavedDevice, SavedReading
from core.store.ways import Ways

BUSY_TIMEOUT = 5.0


class Store:
    """Devices, readings, the outbox and facts, in one file of SQLite.

    One thread writes; another one reads beside it. Every method is one transaction: done when it
    returns, or not at all. All of them raise ``StoreError``. A caller may be cancelled at any
    time. Times are RFC 3339 in UTC.
    """

    def __init__(self, path: Path, clock: Callable[[], datetime], random: Bits) -> None:
        self._clock = clock
        self._make_key = KeyMaker(clock, random)
        self._writer = DatabaseThread(path, "IMMEDIATE")
        self._reader = DatabaseThread(path, "DEFERRED")
        self._installation = ""
        self.history = History(self._writer, self._reader, clock)
        self.alerts = AlertStore(self._writer, self._reader, clock, self._make_key)
        self.schedule = ScheduleStore(self._writer, self._reader)
        self.shapes = Shapes(self._writer, self._reader)
        self.ways = Ways(self._writer, self._reader)

    @classmethod
    async def open(
        cls,
        folder: Path,
        clock: Callable[[], datetime],
        random: Bits,
        *,
        busy_timeout: float = BUSY_TIMEOUT,
    ) -> Store:
        """Open the store in ``folder``, and make it if it is not there.

        ``clock`` gives aware times; ``random`` is for keys. ``busy_timeout`` is how long, in
        seconds, to wait for another program that holds the file. Raises ``StoreError`` and
        ``HostError``.
        """
        path = folder / NAME
        with explained(path):
            private_folder(folder)
        store = cls(path, clock, random)
        try:
            await store._writer.open(partial(open_writer, path, busy_timeout))
            await store._reader.open(partial(open_reader, path, busy_timeout))
            store._installation = await store._writer.run(
                lambda db: facts.installation(db, store._make_key(), rfc3339(clock()))
            )
            await store.history.open()
        except BaseException:
            await store.close()
            raise
        return store

    async def close(self) -> None:
        """Finish what was asked for, and close; a second call does nothing.

        A caller who is cancelled meanwhile does not stop it.
        """
        # The writer goes last: it then brings the log into the database and removes it.
        ending = self._writer.end(after=self._reader.end())
        if ending is not None:
            await asyncio.shield(asyncio.wrap_future(ending))

    @property
    def trouble(self) -> Problem | None:
        """Why nothing can be stored or read just now; ``None`` once it works again."""
        return self._writer.trouble or self._reader.trouble

    def on_damage(self, tell: Callable[[Problem], None]) -> None:
        """Call ``tell``, perhaps more than once, when the file turns out to be damaged."""
        self._writer.damaged = self._reader.damaged = tell

    @property
    def installation(self) -> str:
        """The UUID of this installation, made once."""
        return self._installation

    async def save_finding(
        self, finding: Finding, at: str, *, manage_new: bool = True, judge: Judge | None = None
    ) -> SavedDevice:
        """Store a printer that a discovery found at the time ``at``.

        One that was not known before is managed, that is read from then on, if ``manage_new``.
        ``judge`` says, in the same transaction, what that makes known.
        """
        visit = Visit(
            identity=finding.identity,
            endpoint=finding.endpoint,
            device_index=finding.device_index,
            at=readings.normal_time(at),
            segment=finding.segment,
            version=finding.version,
            community_index=finding.community_index,
            hops=finding.hops,
        )

        keeping = self.alerts.keeping(judge)

        def work(db: sqlite3.Connection) -> SavedDevice:
            row, what = identify(db, visit, self._make_key)
            if what == "found" and not manage_new:
                devices.set_managed(db, row, managed=False)
            evidence.save(db, row, finding.evidence)
            told = occurrences.judge(db, row, what, keeping)
            return SavedDevice(devices.device(db, row), what, told)

        return await self._writer.run(work)

    async def save_reading(
        self,
        reading: Reading,
        *,
        segment: str | None = None,
        version: str | None = None,
        community_index: int | None = None,
        judge: Judge | None = None,
    ) -> SavedReading:
        """Store a reading and, in the same transaction, the item of the outbox that delivers it.

        Both carry the same key. The device is found by the reading's identity, never by address;
        its problem, if any, is cleared. ``judge`` says, in that transaction, what it makes
        known.
        """
        visit = readings.visit_of(reading, segment, version, community_index)
        key, now = self._make_key(), rfc3339(self._clock())
        keeping = self.alerts.keeping(judge)
        return await self._writer.run(
            lambda db: readings.save(db, reading, visit, key, now, self._make_key, keeping)
        )

    async def save_problem(
        self, device_key: str, problem: Problem, at: str, *, judge: Judge | None = None
    ) -> Told:
        """Store why a visit to a device gave nothing; the next good reading clears it.

        ``judge`` says, in the same transaction, what that makes known.
        """
        keeping = self.alerts.keeping(judge)
        return await self._writer.run(
            lambda db: readings.save_problem(db, device_key, problem, at, keeping)
        )

    async def devices(self, after: str = "", limit: int = 500) -> Page[DeviceSummary]:
        """Give the devices after the key ``after``, ordered by key."""
        return await self._reader.run(lambda db: devices.page(db, after, limit))

    async def device(self, key: str) -> DeviceSummary | None:
        """Give one device by its key, or by the key of a record that was merged into it."""
        return await self._reader.run(lambda db: devices.by_key(db, key))

    async def manage(self, device_key: str, *, managed: bool) -> None:
        """Read a device from now on, or only list it; raises ``StoreError`` for an unknown key."""

        def work(db: sqlite3.Connection) -> None:
            devices.set_managed(db, devices.known_row(db, device_key), managed=managed)

        await self._writer.run(work)

    async def save_quirks(self, device_key: str, quirks: Iterable[str]) -> None:
        """Keep how a device wants to be asked; raises ``StoreError`` for an unknown key."""
        words = tuple(quirks)

        def work(db: sqlite3.Connection) -> None:
            devices.set_quirks(db, devices.known_row(db, device_key), words)

        await self._writer.run(work)

    async def managed(self) -> tuple[Device, ...]:
        """Give every device that is to be read, ordered by key."""
        return await self._reader.run(devices.managed)

    async def readings(self, device_key: str, before: str = "", limit: int = 50) -> Page[Reading]:
        """Give a device's readings, newest first: those before a time, or, with the ``next`` of a
        page, those that follow it.
        """
        return await self._reader.run(lambda db: readings.page(db, device_key, before, limit))

    async def outbox(self, limit: int, max_bytes: int) -> tuple[OutboxItem, ...]:
        """Give the oldest waiting items: at most ``limit``, and at most ``max_bytes`` of bodies
        unless the first one alone is larger.
        """
        return await self._reader.run(lambda db: outbox.waiting(db, limit, max_bytes))

    async def acknowledge(self, keys: Sequence[str]) -> None:
        """Forget outbox items that the hub has."""
        await self._writer.run(lambda db: outbox.acknowledge(db, keys))

    async def refuse(self, key: str, reason: str) -> None:
        """Put an outbox item aside that the hub will never take."""
        await self._writer.run(lambda db: outbox.refuse(db, key, reason))

    async def thin_outbox(self, limit: int) -> Thinned | None:
        """Bring what waits below ``limit`` bytes, the oldest detail first; ``None`` where it is."""
        return await self._writer.run(lambda db: thin(db, limit))

    async def waiting(self) -> int:
        """Count the outbox items that wait."""
        return await self._reader.run(lambda db: outbox.count(db, "waiting"))

    async def fact(self, name: str) -> str | None:
        """Give a fact, such as "last_scan"; ``None`` where it was never set."""
        return await self._reader.run(lambda db: facts.fact(db, name))

    async def set_fact(self, name: str, value: str) -> None:
        """Set a fact."""
        await self._writer.run(lambda db: facts.set_fact(db, name, value))

    async def counts(self) -> Counts:
        """Count devices, readings and outbox items."""
        return await self._reader.run(facts.counts)
