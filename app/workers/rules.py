"""One rule under a person's hands: tried, saved, removed."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject, Signal

from app.workers.connection import ConnectionWorker
from app.workers.tasks import Tasks
from core.model.action import (
    ActionKind,
    DeleteRuleArguments,
    RuleTestArguments,
    SetRuleArguments,
)
from core.model.device import DeviceSummary
from core.model.event import Event, EventKind
from core.model.jsonio import from_json
from core.model.occurrence import RuleVerdict
from core.model.problem import PlatenError, Problem
from core.model.query import QueryKind, ReadingsArguments
from core.model.reading import Reading
from core.model.rule import Rule
from core.telemetry.rules.fields import fields
from core.telemetry.rules.memory import Case, DeviceMemory, learn


class RulesWorker(QObject):
    """``tried`` gives the condition and a list of ``RuleVerdict``; ``try_failed`` the condition and
    a ``Problem``. ``saved`` gives a rule, ``deleted`` a rule's id, ``refused`` a ``Problem``.

    ``fields_loaded`` gives a device's key and the fields of a condition with their present values.
    """

    tried = Signal(str, list)
    try_failed = Signal(str, object)
    saved = Signal(object)
    deleted = Signal(str)
    refused = Signal(object)
    fields_loaded = Signal(str, dict)

    def __init__(self, connection: ConnectionWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connection = connection
        self._tasks = Tasks()
        self._trying: asyncio.Task[None] | None = None

    def try_out(self, expression: str, devices: tuple[str, ...] = ()) -> None:
        """Ask what a condition says of these devices (keys), or of all; nothing is saved."""
        if self._trying is not None:
            self._trying.cancel()
        self._trying = self._tasks.spawn(self._try(expression, devices))

    def save(self, rule: Rule, seen: Rule | None) -> None:
        """Make a rule (``seen``: ``None``), or change this one, if it is still as it was seen."""
        self._tasks.spawn(self._save(rule, seen))

    def delete(self, rule: str) -> None:
        """Forget a rule; a built-in one is then as it was."""
        self._tasks.spawn(self._delete(rule))

    def want_fields(self, summary: DeviceSummary) -> None:
        """Load what a condition sees of a device."""
        self._tasks.spawn(self._load_fields(summary))

    async def close(self) -> None:
        """End what is under way here."""
        await self._tasks.close()

    async def _try(self, expression: str, devices: tuple[str, ...]) -> None:
        try:
            events = await self._do(ActionKind.TEST_RULE, RuleTestArguments(expression, devices))
        except PlatenError as error:
            self.try_failed.emit(expression, error.problem)
            return
        told = [e for e in events if e.kind is EventKind.RULE_TESTED]
        self.tried.emit(expression, [from_json(event.body, RuleVerdict) for event in told])

    async def _save(self, rule: Rule, seen: Rule | None) -> None:
        wanted = SetRuleArguments(rule, seen, new=seen is None)
        try:
            await self._do(ActionKind.SET_RULE, wanted)
        except PlatenError as error:
            self.refused.emit(error.problem)
        else:
            self.saved.emit(rule)

    async def _delete(self, rule: str) -> None:
        try:
            await self._do(ActionKind.DELETE_RULE, DeleteRuleArguments(rule))
        except PlatenError as error:
            self.refused.emit(error.problem)
        else:
            self.deleted.emit(rule)

    async def _do(self, kind: ActionKind, arguments: object) -> list[Event]:
        """Give an action's events; raises ``PlatenError`` where it failed."""
        events = [event async for event in self._connection.client().do(kind, arguments)]
        if events and events[-1].kind is EventKind.ACTION_FAILED:
            problem = from_json(events[-1].body, Problem)
            raise PlatenError(problem.code, problem.text, problem.remedy)
        return events

    async def _load_fields(self, summary: DeviceSummary) -> None:
        key = summary.device.key
        try:
            page = await self._connection.client().query(
                QueryKind.READINGS, ReadingsArguments(key), page_size=2
            )
        except PlatenError as error:
            self.refused.emit(error.problem)
            return
        readings = [from_json(item, Reading) for item in page.items]
        if not readings:
            self.fields_loaded.emit(key, {})
            return
        before = DeviceMemory()
        for reading in readings[1:2]:
            before = learn(before, Case(summary.device, "seen", reading.taken_at, reading))
        self.fields_loaded.emit(key, fields(summary.device, readings[0], before))
