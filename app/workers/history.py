"""Histories: asked for in pages, made ready in a thread, told anew when a reading is stored."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path
from typing import Any, TypeAlias

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.workers.batch import Throttle
from app.workers.connection import ConnectionWorker
from app.workers.picture_file import save_picture
from app.workers.tasks import Tasks
from core.export import histories
from core.export.files import Format, opened
from core.model.device import Device
from core.model.event import Event, EventKind, ReadingStored
from core.model.history import Bucket, Series
from core.model.jsonio import from_json
from core.model.problem import PlatenError, Problem
from core.model.query import HistoryArguments, QueryKind

#: What was found for each of the questions, in their order.
Found: TypeAlias = tuple[tuple[Series, ...], ...]
_NEWS_MS = 400


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be known; ``prepare`` makes of it what is shown, in a thread: no widgets there."""

    asked: tuple[HistoryArguments, ...]
    prepare: Callable[[Found], Any]

    @property
    def devices(self) -> frozenset[str]:
        """The keys of the devices it is about."""
        return frozenset(arguments.device for arguments in self.asked)


class HistoryWorker(QObject):
    """``answered`` gives a ``Question`` and what its ``prepare`` made; ``failed`` a ``Problem``.

    ``news``: a reading of one of its devices was stored, or the agent is back. ``written`` gives
    the path of a file, ``not_written`` a ``Problem``.
    """

    answered = Signal(object, object)
    failed = Signal(object)
    news = Signal()
    written = Signal(str)
    not_written = Signal(object)

    def __init__(self, connection: ConnectionWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connection = connection
        self._tasks = Tasks()
        self._question: Question | None = None
        self._asking: asyncio.Task[None] | None = None
        self._news = Throttle(self, interval_ms=_NEWS_MS)
        self._news.fired.connect(self.news)
        connection.connected.connect(self._news.poke)
        connection.hear(self._take)

    def ask(self, question: Question | None) -> None:
        """Ask this, and no longer what was asked before; ``None`` asks nothing."""
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
        self._question = question
        if question is not None:
            self._asking = self._tasks.spawn(self._ask(question))

    def write(
        self, path: str, asked: Sequence[tuple[Device, HistoryArguments]], bucket: Bucket
    ) -> None:
        """Write histories as a table; the end of the name says whether it is CSV or XLSX."""
        self._tasks.spawn(self._write(Path(path), tuple(asked), bucket))

    def save(self, path: str, picture: QImage | bytes) -> None:
        """Write a picture: the bytes of an SVG, or an image as PNG."""
        self._tasks.spawn(self._save_picture(path, picture))

    async def close(self) -> None:
        """End what is under way."""
        await self._tasks.close()

    async def _ask(self, question: Question) -> None:
        try:
            texts = [await self._pages(arguments) for arguments in question.asked]
        except PlatenError as error:
            self.failed.emit(error.problem)
            return
        made = await asyncio.to_thread(_prepared, question, texts)
        if question is self._question:
            self.answered.emit(question, made)

    async def _pages(self, arguments: HistoryArguments) -> list[str]:
        items: list[str] = []
        token = ""
        while True:
            client = self._connection.client()
            page = await client.query(QueryKind.HISTORY, arguments, token)
            items += page.items
            token = page.next_page_token
            if not token:
                return items

    def _take(self, event: Event) -> None:
        question = self._question
        if event.kind is not EventKind.READING_STORED or question is None:
            return
        if from_json(event.body, ReadingStored).device in question.devices:
            self._news.poke()

    async def _write(
        self, path: Path, asked: tuple[tuple[Device, HistoryArguments], ...], bucket: Bucket
    ) -> None:
        try:
            found = [
                (device, histories.zone_of(arguments.zone), await self._pages(arguments))
                for device, arguments in asked
            ]
            await asyncio.to_thread(_save, path, found, bucket)
        except PlatenError as error:
            self.not_written.emit(error.problem)
            return
        self.written.emit(str(path))

    async def _save_picture(self, path: str, picture: QImage | bytes) -> None:
        trouble = await asyncio.to_thread(save_picture, path, picture)
        if trouble:
            text = f"{path} cannot be written: {trouble.rstrip('.')}."
            remedy = "Choose another folder, or make room."
            self.not_written.emit(Problem("export_failed", text, remedy))
        else:
            self.written.emit(path)


def _prepared(question: Question, texts: list[list[str]]) -> Any:
    return question.prepare(tuple(joined([from_json(t, Series) for t in part]) for part in texts))


def joined(parts: Sequence[Series]) -> tuple[Series, ...]:
    """Put together what came on several pages."""
    found: dict[str, Series] = {}
    for part in parts:
        before = found.get(part.path)
        points = part.points if before is None else before.points + part.points
        suspect = part.suspect if before is None else before.suspect
        found[part.path] = replace(part, points=points, suspect=suspect)
    return tuple(found.values())


def _save(path: Path, found: list[tuple[Device, tzinfo, list[str]]], bucket: Bucket) -> None:
    kind = Format.XLSX if path.suffix.lower() == ".xlsx" else Format.CSV
    # The mark lets Excel take the file for UTF-8; nothing else minds it.
    with opened(path, kind, histories.columns(bucket), "History", bom=True) as file:
        for device, zone, texts in found:
            for text in texts:
                for row in histories.rows(device, from_json(text, Series), zone):
                    file.row(row)
        file.close()
