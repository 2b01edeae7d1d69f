"""Reading devices now."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.workers.connection import ConnectionWorker
from app.workers.tasks import Tasks
from core.model.action import ActionKind, CollectArguments
from core.model.event import EventKind
from core.model.jsonio import from_json
from core.model.problem import PlatenError, Problem


class CollectionWorker(QObject):
    """``busy`` gives a key and whether it is being read; ``refused`` a key and the ``Problem`` of
    an action that could not be carried out (a printer that does not answer is no such: that comes
    with the device itself).
    """

    busy = Signal(str, bool)
    refused = Signal(str, object)

    def __init__(self, connection: ConnectionWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connection = connection
        self._tasks = Tasks()
        self._reading: set[str] = set()

    def read(self, key: str) -> None:
        """Read one device now; a second ask while it is being read does nothing."""
        if key not in self._reading:
            self._reading.add(key)
            self.busy.emit(key, True)
            self._tasks.spawn(self._read(key))

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
