"""Reading devices now, and saying which of them are read at the usual times."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.workers.connection import ConnectionWorker
from app.workers.tasks import Tasks
from core.model.action import ActionKind, CancelArguments, CollectArguments, ManageArguments
from core.model.event import DeviceChanged, Event, EventKind
from core.model.jsonio import from_json
from core.model.problem import PlatenError, Problem


@dataclass(frozen=True, slots=True)
class Round:
    """How the reading of many stands: ``done`` of ``total`` visited, ``failed`` of them gave
    nothing, ``failures`` says why each of them; ``problem`` where the whole could not be carried
    out.
    """

    total: int
    done: int = 0
    failed: int = 0
    running: bool = True
    cancelled: bool = False
    problem: Problem | None = None
    failures: tuple[tuple[str, Problem], ...] = ()


class CollectionWorker(QObject):
    """``busy`` gives a key and whether it is being read; ``refused`` a key and the ``Problem`` of
    an action that could not be carried out (a printer that does not answer is no such: that comes
    with the device itself). ``round_changed`` gives a ``Round``; ``managed`` how many devices are
    managed from now on or not.
    """

    busy = Signal(str, bool)
    refused = Signal(str, object)
    round_changed = Signal(object)
    managed = Signal(int, bool)

    def __init__(self, connection: ConnectionWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connection = connection
        self._tasks = Tasks()
        self._reading: set[str] = set()
        self._round: Round | None = None
        self._action = ""
        self._visited: set[str] = set()
        self._failed: dict[str, Problem] = {}

    @property
    def round_running(self) -> bool:
        """Whether many are being read."""
        return self._round is not None and self._round.running

    def read(self, key: str) -> None:
        """Read one device now; a second ask while it is being read does nothing."""
        if key not in self._reading:
            self._reading.add(key)
            self.busy.emit(key, True)
            self._tasks.spawn(self._read(key))

    def read_many(self, keys: Sequence[str]) -> None:
        """Read many in one go; a second ask while that goes on does nothing."""
        if not self.round_running and keys:
            self._visited, self._failed, self._action = set(), {}, ""
            self._show(Round(len(keys)))
            self._tasks.spawn(self._read_many(tuple(keys)))

    def cancel_round(self) -> None:
        """Stop reading many: what was read stays."""
        if self._action:
            self._tasks.spawn(self._cancel(self._action))

    def manage(self, keys: Sequence[str], *, managed: bool) -> None:
        """Read these devices at the usual times from now on, or only list them."""
        self._tasks.spawn(self._manage(tuple(keys), managed=managed))

    async def close(self) -> None:
        """End what is under way here."""
        await self._tasks.close()

    async def _read(self, key: str) -> None:
        try:
            client = self._connection.client()
            async for event in client.do(ActionKind.COLLECT, CollectArguments((key,))):
                if event.kind is EventKind.ACTION_FAILED:
                    self.refused.emit(key, from_json(event.body, Problem))
        except PlatenError as error:
            self.refused.emit(key, error.problem)
        finally:
            self._reading.discard(key)
            self.busy.emit(key, False)

    async def _read_many(self, keys: tuple[str, ...]) -> None:
        problem, cancelled = None, False
        try:
            client = self._connection.client()
            async for event in client.do(ActionKind.COLLECT, CollectArguments(keys)):
                self._action = event.action_id
                self._count(event, frozenset(keys))
                cancelled = cancelled or event.kind is EventKind.ACTION_CANCELLED
                if event.kind is EventKind.ACTION_FAILED:
                    problem = from_json(event.body, Problem)
        except PlatenError as error:
            problem = error.problem
        except asyncio.CancelledError:
            cancelled = True
            raise
        finally:
            self._action = ""
            done, failed = len(self._visited), len(self._failed)
            why = tuple(self._failed.items())
            self._show(Round(len(keys), done, failed, False, cancelled, problem, why))

    def _count(self, event: Event, keys: frozenset[str]) -> None:
        if event.kind is not EventKind.DEVICE_UPDATED:
            return
        changed = from_json(event.body, DeviceChanged)
        key = changed.device.device.key
        if key not in keys:
            return
        self._visited.add(key)
        self._failed.pop(key, None)
        if changed.device.problem is not None:
            self._failed[key] = changed.device.problem
        self._show(Round(len(keys), len(self._visited), len(self._failed)))

    def _show(self, found: Round) -> None:
        self._round = found
        self.round_changed.emit(found)

    async def _cancel(self, action: str) -> None:
        await self._finish(ActionKind.CANCEL, CancelArguments(action))

    async def _manage(self, keys: tuple[str, ...], *, managed: bool) -> None:
        if await self._finish(ActionKind.MANAGE, ManageArguments(keys, managed)):
            self.managed.emit(len(keys), managed)

    async def _finish(self, kind: ActionKind, arguments: object) -> bool:
        """Carry an action out; tells of its refusal."""
        try:
            async for event in self._connection.client().do(kind, arguments):
                if event.kind is EventKind.ACTION_FAILED:
                    self.refused.emit("", from_json(event.body, Problem))
                    return False
        except PlatenError as error:
            self.refused.emit("", error.problem)
            return False
        return True
