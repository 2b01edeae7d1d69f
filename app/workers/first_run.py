"""Setting up for the first time: the dealer's server tested and joined, networks suggested."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.workers.connection import ConnectionWorker
from app.workers.reckon import Reckoned, reckon
from app.workers.tasks import Tasks
from app.workers.typed import split_targets
from core.model.action import (
    ActionKind,
    ConnectionTestArguments,
    DiscoverArguments,
    EnrolArguments,
)
from core.model.connection import ConnectionStep, StepResult
from core.model.event import EventKind
from core.model.jsonio import from_json
from core.model.problem import PlatenError, Problem
from core.model.segment import Segment

USUAL_PORT = 7444  # where a hub takes new agents
_SCHEME = re.compile(r"(?i)[a-z][a-z0-9+.-]*://")
_AROUND = " \t\r\n\u00a0\u200b\"'<>()\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb.,;"
_MOST_ROWS = 12  # of one file; more lines than that are one network with a name


class Remark(StrEnum):
    """What speaks against searching a network unasked."""

    NONE = ""
    TUNNEL = "tunnel"
    INSIDE = "inside"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A network that could be searched (``targets`` as a segment has them), and how large it is.

    ``own`` says that this computer stands in it; ``name`` is what a person or a file calls it.
    ``remark`` says what it is where printers are not likely there; ``whole`` the network of which
    it is the part around this computer, else "".
    """

    name: str
    targets: tuple[str, ...]
    size: Reckoned
    own: bool = False
    remark: Remark = Remark.NONE
    interface: str = ""
    whole: str = ""

    def segment(self) -> Segment:
        """Give it as what is searched."""
        return Segment(self.name, self.targets)


class FirstRunWorker(QObject):
    """``stepped`` gives each ``ConnectionStep`` of a test, ``joining`` when the code is sent,
    ``joined`` the dealer's name, ``failed`` the ``Problem`` why not. ``suggested`` and ``added``
    give lists of ``Suggestion``; ``refused`` the ``Problem`` of what was typed or dropped.
    """

    stepped = Signal(object)
    joining = Signal()
    joined = Signal()
    failed = Signal(object)
    suggested = Signal(list)
    added = Signal(list)
    refused = Signal(object)

    def __init__(self, connection: ConnectionWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connection = connection
        self._tasks = Tasks()
        self._joining: asyncio.Task[None] | None = None

    def join(self, hub: str, code: str) -> None:
        """Test the way to the dealer's server, and join there with the code if nothing fails."""
        if self._joining is None or self._joining.done():
            self._joining = self._tasks.spawn(self._join(_address(hub), code))

    def suggest(self) -> None:
        """Give the networks of this computer."""
        self._tasks.spawn(self._suggest())

    def add(self, text: str) -> None:
        """Take what a person typed: one or several, with commas or spaces between."""
        self._tasks.spawn(self._read(lambda: _typed(text)))

    def add_file(self, path: Path) -> None:
        """Take the networks of a file; a bad line refuses the whole file, and is named."""
        self._tasks.spawn(self._read(lambda: _of_file(path)))

    async def close(self) -> None:
        """End what is under way here; the agent goes on."""
        await self._tasks.close()

    # --- the dealer -----------------------------------------------------------------------------

    async def _join(self, hub: str, code: str) -> None:
        # A code that is none is not worth the test.
        from core.pki.code import parse_code  # noqa: PLC0415

        try:
            code = parse_code(code).show()
            problem = await self._test(hub)
            if problem is None:
                self.joining.emit()
                problem = await self._do(ActionKind.ENROL, EnrolArguments(hub, code))
        except PlatenError as error:
            problem = error.problem
        if problem is None:
            self.joined.emit()
        else:
            self.failed.emit(problem)

    async def _test(self, hub: str) -> Problem | None:
        flaw: Problem | None = None
        client = self._connection.client()
        async for event in client.do(ActionKind.TEST_CONNECTION, ConnectionTestArguments(hub)):
            if event.kind is EventKind.ACTION_FAILED:
                flaw = from_json(event.body, Problem)
            elif event.kind is EventKind.CONNECTION_STEP:
                step = from_json(event.body, ConnectionStep)
                self.stepped.emit(step)
                if step.result is StepResult.FAILED and flaw is None:
                    flaw = Problem(f"step_{step.name}", step.cause, step.remedy)
        return flaw

    async def _do(self, kind: ActionKind, arguments: object) -> Problem | None:
        problem: Problem | None = None
        async for event in self._connection.client().do(kind, arguments):
            if event.kind is EventKind.ACTION_FAILED:
                problem = from_json(event.body, Problem)
        return problem

    # --- networks -------------------------------------------------------------------------------

    async def _suggest(self) -> None:
        self.suggested.emit(await asyncio.to_thread(_own))

    async def _read(self, read: Callable[[], list[Suggestion]]) -> None:
        try:
            found = await asyncio.to_thread(read)
        except PlatenError as error:
            self.refused.emit(error.problem)
        else:
            self.added.emit(found)


def _own() -> list[Suggestion]:
    # What a search needs is loaded when it is wanted, not for the window's first picture.
    from core.discovery.interfaces import system_interfaces  # noqa: PLC0415
    from core.discovery.suggesting import Kind, suggest  # noqa: PLC0415

    remarks = {Kind.TUNNEL: Remark.TUNNEL, Kind.INSIDE: Remark.INSIDE}
    return [
        replace(
            _sized(one.target, (one.target,)),
            own=True,
            remark=remarks.get(one.kind, Remark.NONE),
            interface=one.interface,
            whole=one.whole,
        )
        for one in suggest(system_interfaces())
    ]


def _typed(text: str) -> list[Suggestion]:
    from core.discovery.errors import TargetError, shown  # noqa: PLC0415
    from core.discovery.targets import parse_target  # noqa: PLC0415

    parts = split_targets(text)
    targets = []
    for part in parts:
        try:
            targets.append(str(parse_target(part)))
        except TargetError as error:
            text = f"{shown(part)} cannot be searched: {error.reason}."
            raise PlatenError(error.problem.code, text, error.problem.remedy) from None
    return [_sized(target, (target,)) for target in targets]


def _of_file(path: Path) -> list[Suggestion]:
    from core.discovery.target_file import load_target_file  # noqa: PLC0415

    lines = {line.text: line.name or line.text for line in load_target_file(path)}
    if len(lines) > _MOST_ROWS:
        return [_sized(path.name, tuple(lines))]
    return [_sized(name, (text,)) for text, name in lines.items()]


def _sized(name: str, targets: tuple[str, ...]) -> Suggestion:
    found = reckon(DiscoverArguments((Segment(name, targets),)))
    return Suggestion(name, targets, found or Reckoned(0, 0.0))


def _address(typed: str) -> str:
    """Give the hub's address without what is pasted along with it: quotes, scheme, path, full stop.

    Where no port is named, it is the one that hubs use for this.
    """
    hub = _SCHEME.sub("", typed.strip(_AROUND)).partition("/")[0].strip(_AROUND)
    if hub.count(":") > 1 and not hub.startswith("["):
        hub = f"[{hub}]"
    return f"{hub}:{USUAL_PORT}" if hub and (hub.endswith("]") or ":" not in hub) else hub
