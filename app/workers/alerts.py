"""Alerts and rules: what is open, older alerts page by page, and what a person does with them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QObject, Signal

from app.workers.batch import Batch, Throttle
from app.workers.connection import ConnectionWorker
from app.workers.tasks import Tasks
from core.host.clock import parse_rfc3339, rfc3339
from core.model.action import AcknowledgeArguments, ActionKind, SkipNextArguments
from core.model.event import Event, EventKind
from core.model.jsonio import from_json
from core.model.occurrence import Occurrence
from core.model.problem import PlatenError, Problem
from core.model.query import OccurrencesArguments, QueryKind, ReadingsArguments
from core.model.reading import Reading
from core.model.rule import Rule

PAGE_SIZE = 200
_GONE = "unknown_alert"
_AT_ONCE = 200  # alerts acknowledged by one action
_CHANGES = {EventKind.ALERT_RAISED, EventKind.ALERT_CLEARED, EventKind.ALERT_ACKNOWLEDGED}


@dataclass(frozen=True, slots=True)
class Noted:
    """What became of a wish: acknowledged, or noted to be ``skipped``; ``done`` of so many, and why
    no more. ``items`` are the alerts whose rules are skipped, one for each rule and device.
    """

    done: int
    of: int
    skipped: bool = False
    items: tuple[Occurrence, ...] = ()
    problem: Problem | None = None


class AlertsWorker(QObject):
    """``changed`` gives lists of ``Occurrence``, ``removed`` keys that are no more; ``loaded`` when
    all that is open has come, ``history_changed`` whether there are older alerts yet to load.

    ``rules_changed`` gives all rules; ``reading_loaded`` an alert's key and the ``Reading`` that it
    came of (``None``: it is kept no more). ``noted`` gives what became of a wish (``Noted``);
    ``failed`` a ``Problem``.
    """

    changed = Signal(list)
    removed = Signal(list)
    loaded = Signal()
    history_changed = Signal(bool)
    rules_changed = Signal(tuple)
    reading_loaded = Signal(str, object)
    noted = Signal(object)
    failed = Signal(object)

    def __init__(self, connection: ConnectionWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connection = connection
        self._tasks = Tasks()
        self._batch = Batch(self)
        self._batch.flushed.connect(self._give)
        self._known: set[str] = set()
        # For each page that is asked for: the alerts of which an event came meanwhile.
        self._fresh: dict[object, set[str]] = {}
        self._older: str | None = None  # None: not asked for yet; "": no more
        self._wants_history = False
        self._loading: asyncio.Task[None] | None = None
        self._paging: asyncio.Task[None] | None = None
        self._finishing = False
        self._rules = Throttle(self)
        self._rules.fired.connect(self._reload_rules)
        connection.connected.connect(self.reload)
        connection.hear(self._take)

    # --- lists ----------------------------------------------------------------------------------

    def reload(self) -> None:
        """Load what is open and the rules again; selection stays with what is still there."""
        for task in (self._loading, self._paging):
            if task is not None:
                task.cancel()
        self._paging = None
        self._loading = self._tasks.spawn(self._load())
        self._reload_rules()

    def want_history(self) -> None:
        """Begin to load what is over, unless that was done."""
        self._wants_history = True
        if self._older is None:
            self.load_older()

    def load_older(self) -> None:
        """Load the next page of older alerts; does nothing while one is on its way, or none is."""
        if self._older == "" or (self._paging is not None and not self._paging.done()):
            return
        self._paging = self._tasks.spawn(self._load_older())

    async def _load(self) -> None:
        known, token = self._known, ""
        self._known, self._older = set(), None
        try:
            while True:
                token = await self._put_page(OccurrencesArguments(only_open=True), token)
                if not token:
                    break
        except PlatenError as error:
            self._known |= known
            self.failed.emit(error.problem)
            return
        gone = known - self._known
        if gone:
            self.removed.emit(sorted(gone))
        self._finishing = True
        self._finish()
        if self._wants_history:
            self.load_older()

    async def _load_older(self) -> None:
        try:
            self._older = await self._put_page(OccurrencesArguments(), self._older or "")
        except PlatenError as error:
            self.failed.emit(error.problem)
            return
        self.history_changed.emit(bool(self._older))

    async def _put_page(self, wanted: OccurrencesArguments, token: str) -> str:
        """Take a page of alerts; gives the token of the next one."""
        asked = object()
        fresh = self._fresh[asked] = set()
        try:
            client = self._connection.client()
            page = await client.query(QueryKind.OCCURRENCES, wanted, token, PAGE_SIZE)
        finally:
            del self._fresh[asked]
        for text in page.items:
            item = from_json(text, Occurrence)
            # An event that came since the page was asked for is newer than what the page says.
            if item.key not in fresh:
                self._put(item)
        return page.next_page_token

    def _reload_rules(self) -> None:
        self._tasks.spawn(self._load_rules())

    async def _load_rules(self) -> None:
        try:
            page = await self._connection.client().query(QueryKind.RULES)
        except PlatenError as error:
            self.failed.emit(error.problem)
            return
        self.rules_changed.emit(tuple(from_json(item, Rule) for item in page.items))

    def _take(self, event: Event) -> None:
        if event.kind in _CHANGES:
            item = from_json(event.body, Occurrence)
            for keys in self._fresh.values():
                keys.add(item.key)
            self._put(item)
        elif event.kind is EventKind.RULES_CHANGED:
            self._rules.poke()

    def _put(self, item: Occurrence) -> None:
        self._known.add(item.key)
        self._batch.add(item.key, item)

    def _give(self, items: list[Occurrence]) -> None:
        self.changed.emit(items)
        self._finish()

    def _finish(self) -> None:
        if self._finishing and not self._batch.waiting:
            self._finishing = False
            self.loaded.emit()

    # --- what a person does ---------------------------------------------------------------------

    def acknowledge(self, keys: Sequence[str]) -> None:
        """Note that somebody has seen these alerts."""
        self._tasks.spawn(self._acknowledge(tuple(keys)))

    def skip_next(self, items: Sequence[Occurrence]) -> None:
        """Pass the next time over that the rules of these fire for their devices."""
        self._tasks.spawn(self._skip(tuple(items)))

    def want_reading(self, item: Occurrence) -> None:
        """Load the reading that an alert came of."""
        self._tasks.spawn(self._load_reading(item))

    async def close(self) -> None:
        """End what is under way here."""
        await self._tasks.close()

    async def _acknowledge(self, keys: tuple[str, ...]) -> None:
        done, parts = 0, [keys[n : n + _AT_ONCE] for n in range(0, len(keys), _AT_ONCE)]
        while parts:
            part = parts.pop(0)
            problem = await self._do(ActionKind.ACKNOWLEDGE, AcknowledgeArguments(part))
            if problem is None:
                done += len(part)
            elif problem.code != _GONE:
                self.noted.emit(Noted(done, len(keys), problem=problem))
                return
            elif len(part) > 1:  # one of them was forgotten meanwhile: the others count
                parts[:0] = [part[: len(part) // 2], part[len(part) // 2 :]]
            else:
                self._drop(part)
        self.noted.emit(Noted(done, len(keys)))

    def _drop(self, keys: Sequence[str]) -> None:
        self._known.difference_update(keys)
        self.removed.emit(list(keys))

    async def _skip(self, items: tuple[Occurrence, ...]) -> None:
        pairs = {(item.device, item.rule): item for item in items}
        done: list[Occurrence] = []
        problem: Problem | None = None
        for (device, rule), item in pairs.items():
            problem = await self._do(ActionKind.SKIP_NEXT, SkipNextArguments(device, rule))
            if problem is not None:
                break
            done.append(item)
        self.noted.emit(Noted(len(done), len(pairs), True, tuple(done), problem))

    async def _do(self, kind: ActionKind, arguments: object) -> Problem | None:
        problem: Problem | None = None
        try:
            async for event in self._connection.client().do(kind, arguments):
                if event.kind is EventKind.ACTION_FAILED:
                    problem = from_json(event.body, Problem)
        except PlatenError as error:
            problem = error.problem
        return problem

    async def _load_reading(self, item: Occurrence) -> None:
        # A page begins with what is older than a time: just after that of the alert's reading.
        after = rfc3339(parse_rfc3339(item.raised_at) + timedelta(seconds=1))
        try:
            page = await self._connection.client().query(
                QueryKind.READINGS, ReadingsArguments(item.device), after, 1
            )
        except PlatenError as error:
            self.failed.emit(error.problem)
            return
        found = from_json(page.items[0], Reading) if page.items else None
        same = found is not None and found.taken_at == item.raised_at
        self.reading_loaded.emit(item.key, found if same else None)
