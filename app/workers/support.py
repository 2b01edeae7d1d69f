"""Logs for support: has the agent make a bundle, and send it; saves one as a file."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.workers.connection import ConnectionWorker
from app.workers.tasks import Tasks
from core.model.action import ActionKind, NoArguments, SendBundleArguments
from core.model.bundle import BundleReady, BundleSent
from core.model.event import Event, EventKind, Progress
from core.model.jsonio import from_json
from core.model.problem import PlatenError, Problem


class SupportWorker(QObject):
    """``prepared`` gives a ``BundleReady``, ``progressed`` a ``Progress`` in bytes, ``sent`` a
    ``BundleSent``, ``saved`` the path of a file, ``failed`` the ``Problem`` of any of them.
    """

    prepared = Signal(object)
    progressed = Signal(object)
    sent = Signal(object)
    saved = Signal(str)
    failed = Signal(object)

    def __init__(self, connection: ConnectionWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connection = connection
        self._tasks = Tasks()
        self._busy = False

    @property
    def busy(self) -> bool:
        """Whether a bundle is being made or sent."""
        return self._busy

    def prepare(self) -> None:
        """Have a bundle made; nothing is sent."""
        self._begin(ActionKind.PREPARE_BUNDLE, NoArguments())

    def send(self, reference: str) -> None:
        """Have a bundle sent to the hub."""
        self._begin(ActionKind.SEND_BUNDLE, SendBundleArguments(reference))

    def save(self, bundle: BundleReady, path: str) -> None:
        """Copy a bundle to a file that a person chose."""
        self._tasks.spawn(self._save(Path(bundle.path), Path(path)))

    async def close(self) -> None:
        """End what is under way here; the agent goes on sending."""
        await self._tasks.close()

    def _begin(self, kind: ActionKind, arguments: object) -> None:
        if not self._busy:
            self._busy = True
            self._tasks.spawn(self._run(kind, arguments))

    async def _run(self, kind: ActionKind, arguments: object) -> None:
        problem: Problem | None = None
        answer: Event | None = None
        try:
            async for event in self._connection.client().do(kind, arguments):
                if event.kind is EventKind.ACTION_PROGRESS:
                    self.progressed.emit(from_json(event.body, Progress))
                elif event.kind is EventKind.ACTION_FAILED:
                    problem = from_json(event.body, Problem)
                elif event.kind in {EventKind.BUNDLE_READY, EventKind.BUNDLE_SENT}:
                    answer = event
        except PlatenError as error:
            problem = error.problem
        finally:
            self._busy = False
        if problem is not None:
            self.failed.emit(problem)
        elif answer is not None and answer.kind is EventKind.BUNDLE_SENT:
            self.sent.emit(from_json(answer.body, BundleSent))
        elif answer is not None:
            self.prepared.emit(from_json(answer.body, BundleReady))

    async def _save(self, source: Path, target: Path) -> None:
        try:
            await asyncio.to_thread(_copy, source, target)
        except OSError as error:
            text = f"The bundle cannot be saved to {target}: {error.strerror or error}."
            self.failed.emit(Problem("bundle_copy", text, f"It is kept at {source}."))
        else:
            self.saved.emit(str(target))


def _copy(source: Path, target: Path) -> None:
    """Copy for this user alone; the dialog has asked before it named a file that exists."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    with source.open("rb") as read, os.fdopen(os.open(target, flags, 0o600), "wb") as write:
        while data := read.read(1 << 20):
            write.write(data)
