"""The settings: what is set, what credentials are called, and changing both."""

from __future__ import annotations

import asyncio
import importlib
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.workers.connection import ConnectionWorker
from app.workers.reckon import reckon
from app.workers.tasks import Tasks
from core.model.action import (
    ActionKind,
    DeleteCredentialsArguments,
    DiscoverArguments,
    SetCredentialsArguments,
    SetSettingsArguments,
)
from core.model.event import Event, EventKind
from core.model.jsonio import from_json
from core.model.problem import PlatenError, Problem
from core.model.query import QueryKind
from core.model.segment import Segment
from core.model.setting import CredentialName, Setting


class SettingsWorker(QObject):
    """``loaded`` gives every ``Setting``, ``named`` every ``CredentialName``; both again whenever
    they have changed, whoever changed them. Nothing is loaded before ``want``.

    ``saved`` gives the path of a setting that was set, ``refused`` one that was not, with the
    ``Problem``; ``kept`` and ``unkept`` do so for credentials, by name; ``failed`` gives why
    nothing could be loaded. ``reckoned`` answers ``reckon`` (``Reckoned`` or ``None``).
    """

    loaded = Signal(list)
    named = Signal(list)
    failed = Signal(object)
    saved = Signal(str)
    refused = Signal(str, object)
    kept = Signal(str)
    unkept = Signal(str, object)
    reckoned = Signal(object)
    #: Whether anything is masked or left out for the dealer, as far as it was looked at.
    masks = False

    def __init__(self, connection: ConnectionWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connection = connection
        self._tasks = Tasks()
        self._wanted = False
        self._one_by_one = asyncio.Lock()
        self._loading: asyncio.Task[None] | None = None
        self._reckoning: asyncio.Task[None] | None = None
        connection.connected.connect(self._reload)
        connection.hear(self._take)

    def want(self) -> None:
        """Load, now and whenever something has changed."""
        self._wanted = True
        self._reload()

    def set(self, path: str, value: Any, seen: dict[str, Any] | None = None) -> None:
        """Set one setting, ``None``: to its default, if it is still as it was ``seen`` (by path;
        without it: whatever it is).
        """
        self._tasks.spawn(self._set(path, value, seen or None))

    def keep(self, name: str, credentials: dict[str, Any]) -> None:
        """Keep credentials under a name, in place of what was there."""
        self._tasks.spawn(
            self._keep(ActionKind.SET_CREDENTIALS, SetCredentialsArguments(name, credentials), name)
        )

    def forget(self, name: str) -> None:
        """Forget the credentials of a name."""
        self._tasks.spawn(
            self._keep(ActionKind.DELETE_CREDENTIALS, DeleteCredentialsArguments(name), name)
        )

    def reckon(self, segment: Segment) -> None:
        """Figure out how long a search of a segment takes; the newest question is answered."""
        if self._reckoning is not None:
            self._reckoning.cancel()
        self._reckoning = self._tasks.spawn(self._reckon(segment))

    def look_at_privacy(self) -> None:
        """Find out whether anything is masked, for ``masks``."""
        self._tasks.spawn(self._look_at_privacy())

    async def close(self) -> None:
        """End what is under way here."""
        await self._tasks.close()

    # --- talking to the agent -------------------------------------------------------------------

    def _take(self, event: Event) -> None:
        if event.kind is EventKind.SETTINGS_CHANGED:
            self._reload()

    def _reload(self) -> None:
        if not self._wanted:
            return
        if self._loading is not None:
            self._loading.cancel()
        self._loading = self._tasks.spawn(self._load())

    async def _load(self) -> None:
        try:
            client = self._connection.client()
            rows = await client.query(QueryKind.SETTINGS)
            names = await client.query(QueryKind.CREDENTIALS)
        except PlatenError as error:
            self.failed.emit(error.problem)
            return
        await asyncio.to_thread(_load_border)
        self.named.emit([from_json(item, CredentialName) for item in names.items])
        settings = [from_json(item, Setting) for item in rows.items]
        self._keep_masks(settings)
        self.loaded.emit(settings)

    async def _look_at_privacy(self) -> None:
        with suppress(PlatenError):  # without an agent, what was known last holds
            rows = await self._connection.client().query(QueryKind.SETTINGS)
            self._keep_masks([from_json(item, Setting) for item in rows.items])

    def _keep_masks(self, rows: list[Setting]) -> None:
        self.masks = any(r.topic == "privacy" and r.value not in ("show", [], ()) for r in rows)

    async def _set(self, path: str, value: Any, seen: dict[str, Any] | None) -> None:
        wanted = SetSettingsArguments({path: value}, seen)
        problem = await self._do(ActionKind.SET_SETTINGS, wanted)
        if problem is None:
            self.saved.emit(path)
        else:
            self.refused.emit(path, problem)

    async def _keep(self, kind: ActionKind, arguments: object, name: str) -> None:
        problem = await self._do(kind, arguments)
        if problem is None:
            self.kept.emit(name)
            self._reload()
        else:
            self.unkept.emit(name, problem)

    async def _do(self, kind: ActionKind, arguments: object) -> Problem | None:
        problem: Problem | None = None
        try:
            # In the order of asking, so that the last word of a person is the one that holds.
            async with self._one_by_one:
                async for event in self._connection.client().do(kind, arguments):
                    if event.kind is EventKind.ACTION_FAILED:
                        problem = from_json(event.body, Problem)
        except PlatenError as error:
            problem = error.problem
        return problem

    async def _reckon(self, segment: Segment) -> None:
        wanted = DiscoverArguments((segment,))
        self.reckoned.emit(await asyncio.to_thread(reckon, wanted))


def _load_border() -> None:
    """Load what shows privacy: that takes 150 ms, for which the window's thread would stand."""
    for name in ("core.border", "core.border.pseudonyms", "core.settings.privacy"):
        importlib.import_module(name)
