"""A thread with a database connection of its own."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import TypeVar

from core.model.problem import Problem
from core.store.connection import transaction
from core.store.errors import OF_THE_DISK, StoreError, closed, explained
from core.store.rescue import mark_damaged

T = TypeVar("T")


class DatabaseThread:
    """Runs transactions one after the other on its own thread and connection.

    A caller that is cancelled leaves either a whole transaction behind (it had begun) or nothing
    (it was still waiting for its turn). ``trouble`` is why the last one could not be done, where
    that is the disk's fault; ``damaged`` is called once the file is found damaged.
    """

    def __init__(self, path: Path, mode: str) -> None:
        self._path = path
        self._mode = mode
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=f"store-{mode.lower()}")
        self._connection: sqlite3.Connection | None = None
        self.trouble: Problem | None = None
        self.damaged: Callable[[Problem], None] = lambda _: None

    async def open(self, connect: Callable[[], sqlite3.Connection]) -> None:
        """Connect, on the thread; raises ``StoreError``."""

        def job() -> None:
            with explained(self._path):
                self._connection = connect()

        await self._submit(job)

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Give what ``work`` gives, done in one transaction; raises ``StoreError``."""

        def job() -> T:
            if self._connection is None:
                raise closed()
            try:
                with explained(self._path), transaction(self._connection, self._mode):
                    return work(self._connection)
            except StoreError as error:
                if error.problem.code == "store_corrupt":
                    mark_damaged(self._path.parent)  # the next start saves what is legible
                raise

        try:
            done = await self._submit(job)
        except StoreError as error:
            self._note(error.problem)
            raise
        self.trouble = None
        return done

    def _note(self, problem: Problem) -> None:
        if problem.code == "store_corrupt":
            self.damaged(problem)
        if problem.code in OF_THE_DISK:
            self.trouble = problem

    def end(self, after: Future[None] | None = None) -> Future[None] | None:
        """Close once all that was asked for is done, and ``after`` it where it is given.

        Gives what tells the end; ``None`` where it was ended before.
        """

        def job() -> None:
            if after is not None:
                wait([after])
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.close()

        try:
            ending = self._pool.submit(job)
        except RuntimeError:
            return None
        self._pool.shutdown(wait=False)
        return ending

    async def _submit(self, job: Callable[[], T]) -> T:
        try:
            future = self._pool.submit(job)
        except RuntimeError:
            raise closed() from None
        return await asyncio.wrap_future(future)
