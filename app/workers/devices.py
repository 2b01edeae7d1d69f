"""The devices: the list in pages, kept live by events, and whole readings on demand."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject, Signal

from app.workers.batch import Batch
from app.workers.connection import ConnectionWorker
from app.workers.export import ExportWorker
from app.workers.tasks import Tasks
from core.channel.address import AgentAwayError
from core.model.device import DeviceSummary
from core.model.event import DeviceChanged, Event, EventKind, ReadingStored
from core.model.jsonio import from_json
from core.model.problem import PlatenError
from core.model.query import QueryKind, ReadingsArguments
from core.model.reading import Reading

PAGE_SIZE = 100
READINGS = 10  # are shown side by side
RETRIES = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)  # seconds until a load that failed is tried again
_CHANGES = {EventKind.DEVICE_FOUND, EventKind.DEVICE_UPDATED}


class DevicesWorker(QObject):
    """``changed`` gives lists of ``DeviceSummary``, at most about ten a second; ``removed`` keys
    that are no more; ``paged`` when a page of the list was read, ``loaded`` when the whole list has
    been asked for; ``failed`` a ``Problem``.

    ``reading_loaded`` gives a key and its newest ``Reading`` (or ``None``), for the device that is
    wanted at present; ``readings_loaded`` a key and its last readings, newest first (``recall``).
    """

    changed = Signal(list)
    removed = Signal(list)
    paged = Signal()
    loaded = Signal()
    failed = Signal(object)
    reading_loaded = Signal(str, object)
    readings_loaded = Signal(str, list)

    def __init__(self, connection: ConnectionWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connection = connection
        self._tasks = Tasks()
        self.export = ExportWorker(connection, self)
        self._batch = Batch(self)
        self._batch.flushed.connect(self._give)
        self._known: set[str] = set()
        self._seen: set[str] | None = None  # keys met while a load is under way
        self._fresh: set[str] = set()  # keys told of since the page under way was asked for
        self._loading: asyncio.Task[None] | None = None
        self._finishing = False
        self._wanted: str | None = None
        connection.connected.connect(self.reload)
        connection.hear(self._take)

    def reload(self) -> None:
        """Load the list again; what is no longer in it goes away at the end, selection stays."""
        if self._loading is not None:
            self._loading.cancel()
        self._loading = self._tasks.spawn(self._load())
        if self._wanted is not None:
            self.want(self._wanted)

    def want(self, key: str | None) -> None:
        """Load the newest reading of this device, now and whenever it has a new one."""
        self._wanted = key
        if key is not None:
            self._tasks.spawn(self._load_reading(key))

    def recall(self, key: str) -> None:
        """Load the last readings of a device."""
        self._tasks.spawn(self._load_readings(key))

    async def close(self) -> None:
        """End what is under way."""
        await self.export.close()
        await self._tasks.close()

    async def _load(self) -> None:
        for wait in (*RETRIES, None):
            try:
                await self._load_all()
            except PlatenError as error:
                self._seen = None
                self.failed.emit(error.problem)
                if wait is None or isinstance(error, AgentAwayError):
                    return  # it is loaded again when the agent is back
                await asyncio.sleep(wait)
            else:
                return

    async def _load_all(self) -> None:
        seen = self._seen = set()
        token = ""
        client = self._connection.client()
        while True:
            self._fresh.clear()
            page = await client.query(QueryKind.DEVICES, page_token=token, page_size=PAGE_SIZE)
            for item in page.items:
                self._put_listed(from_json(item, DeviceSummary))
            self.paged.emit()
            token = page.next_page_token
            if not token:
                break
        self._sweep(seen)
        self._finishing = True
        self._finish()

    def _sweep(self, seen: set[str]) -> None:
        gone = self._known - seen
        self._known, self._seen = seen, None
        if gone:
            self.removed.emit(sorted(gone))

    def _give(self, summaries: list[DeviceSummary]) -> None:
        self.changed.emit(summaries)
        self._finish()

    def _finish(self) -> None:
        # "Loaded" is said when the last batch is out, so that nobody sees an empty list before.
        if self._finishing and not self._batch.waiting:
            self._finishing = False
            self.loaded.emit()

    async def _load_reading(self, key: str) -> None:
        try:
            client = self._connection.client()
            page = await client.query(QueryKind.READINGS, ReadingsArguments(key), page_size=1)
            reading = from_json(page.items[0], Reading) if page.items else None
        except PlatenError as error:
            self.failed.emit(error.problem)
            return
        if key == self._wanted:
            self.reading_loaded.emit(key, reading)

    async def _load_readings(self, key: str) -> None:
        try:
            client = self._connection.client()
            wanted = ReadingsArguments(key)
            page = await client.query(QueryKind.READINGS, wanted, page_size=READINGS)
            found = []
            for item in page.items[:READINGS]:
                found.append(from_json(item, Reading))
                await asyncio.sleep(0)  # a reading is long: the window lives in between
        except PlatenError as error:
            self.failed.emit(error.problem)
            return
        self.readings_loaded.emit(key, found)

    def _take(self, event: Event) -> None:
        if event.kind in _CHANGES:
            summary = from_json(event.body, DeviceChanged).device
            self._fresh.add(summary.device.key)
            self._put(summary)
        elif event.kind is EventKind.READING_STORED:
            key = from_json(event.body, ReadingStored).device
            if key == self._wanted:
                self.want(key)

    def _put_listed(self, summary: DeviceSummary) -> None:
        # An event that came since the page was asked for is newer than what the page says.
        if summary.device.key not in self._fresh:
            self._put(summary)
        elif self._seen is not None:
            self._seen.add(summary.device.key)

    def _put(self, summary: DeviceSummary) -> None:
        key = summary.device.key
        self._known.add(key)
        if self._seen is not None:
            self._seen.add(key)
        self._batch.add(key, summary)
