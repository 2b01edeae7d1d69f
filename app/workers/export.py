"""Writing the device list to a file while the window goes on."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.workers.connection import ConnectionWorker
from app.workers.tasks import Tasks
from core.export import devices
from core.export.asking import device_rows
from core.export.files import Format, format_of, opened
from core.model.problem import PlatenError


class ExportWorker(QObject):
    """``progressed`` gives rows written and rows in all; ``done`` the file and its rows;
    ``cancelled`` when it was stopped: then there is no file; ``failed`` a ``Problem``.
    """

    progressed = Signal(int, int)
    done = Signal(str, int)
    cancelled = Signal()
    failed = Signal(object)

    def __init__(self, connection: ConnectionWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connection = connection
        self._tasks = Tasks()
        self._running: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        """Whether a file is being written."""
        return self._running is not None and not self._running.done()

    def start(self, target: str, keys: Sequence[str]) -> None:
        """Write these devices to ``target``; its name says whether CSV or XLSX. One at a time."""
        if not self.running:
            self._running = self._tasks.spawn(self._run(Path(target), frozenset(keys)))

    def cancel(self) -> None:
        """Stop; what was there under the name before stays."""
        if self._running is not None:
            self._running.cancel()

    async def close(self) -> None:
        """End what is under way."""
        self.cancel()
        await self._tasks.close()

    async def _run(self, target: Path, keys: frozenset[str]) -> None:
        try:
            count = await self._write(target, keys)
        except PlatenError as error:
            self.failed.emit(error.problem)
        except asyncio.CancelledError:
            self.cancelled.emit()
            raise
        else:
            self.done.emit(str(target), count)

    async def _write(self, target: Path, keys: frozenset[str]) -> int:
        kind = format_of(target)
        if kind is Format.XLSX:  # slow to import
            await asyncio.to_thread(importlib.import_module, "core.export.workbook")
        count = 0
        self.progressed.emit(0, len(keys))
        with opened(target, kind, devices.columns(), "Devices", bom=True) as made:
            async for row in device_rows(self._connection.client(), keys=keys):
                made.row(row)
                count += 1
                self.progressed.emit(count, len(keys))
            await asyncio.to_thread(made.close)
        return count
