"""Logs for support: a bundle is made, looked at, and sent."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from time import monotonic
from typing import Any

from core.host.clock import parse_rfc3339
from core.jobs.link import HubLink
from core.jobs.runner import Emit
from core.jobs.tools import Throttle, Tools
from core.model.action import NoArguments, SendBundleArguments
from core.model.bundle import BundleReady, BundleSent
from core.model.event import EventKind, Finished, Progress
from core.model.problem import PlatenError, Problem
from core.model.status import AgentStatus
from core.store.types import Page
from core.support.bundle import Contents, Rows, make_bundle
from core.support.shelf import find_bundle, manifest_of

_PAGE = 100
_MOST_RUNS, _MOST_ALERTS = 2_000, 2_000


class SupportJobs:
    """The actions about bundles. ``status`` gives the agent's, ``link`` the way to the hub."""

    def __init__(
        self,
        tools: Tools,
        link: HubLink,
        version: str,
        status: Callable[[], Awaitable[AgentStatus]],
    ) -> None:
        self._tools = tools
        self._link = link
        self._version = version
        self._status = status

    async def prepare(self, _: NoArguments, emit: Emit) -> Finished:
        """Make a bundle, to be looked at."""
        made = await self._make(emit)
        text = f"The bundle {made.reference} is made, and has not been sent: {made.path}"
        return Finished({"files": len(made.files), "bytes": made.size}, text)

    async def send(self, arguments: SendBundleArguments, emit: Emit) -> Finished:
        """Send a bundle that was made; a second time changes nothing."""
        return await self._send(find_bundle(self._tools.folder, arguments.reference), emit)

    async def send_logs(self, _: NoArguments, emit: Emit) -> Finished:
        """Make one and send it: for the hub, which sees no more than what is sent."""
        return await self._send(await self._make(emit), emit)

    async def _make(self, emit: Emit) -> BundleReady:
        tools = self._tools
        contents = Contents(
            tools.folder, tools.border, self._version, await self._status(), lists(tools)
        )
        made = await make_bundle(contents, tools.clock, tools.random)
        emit(EventKind.BUNDLE_READY, made)
        return made

    async def _send(self, bundle: BundleReady, emit: Emit) -> Finished:
        ready = Throttle(monotonic)

        def tell(sent: int) -> None:
            if sent == bundle.size or ready.ready():
                emit(EventKind.ACTION_PROGRESS, Progress("bytes", sent, bundle.size))

        try:
            done = await self._link.send_bundle(bundle, manifest_of(bundle), tell)
        except PlatenError as error:
            raise NotSentError(error.problem, bundle) from None
        emit(EventKind.BUNDLE_SENT, done)
        return Finished({"bytes": bundle.size}, _said(done))


def lists(tools: Tools) -> tuple[tuple[str, str, Rows], ...]:
    """Name the lists of a bundle: devices, last readings, runs of the schedule, alerts."""
    store = tools.store

    async def readings() -> AsyncIterator[Sequence[object]]:
        token, more = "", True
        while more:
            page = await store.devices(token, _PAGE)
            token, more = page.next, page.next != ""
            keys = [row.device.key for row in page.items]
            last = [await store.readings(key, limit=1) for key in keys]
            yield [
                {"device": key, "segment": row.device.segment, "reading": one}
                for key, row, found in zip(keys, page.items, last, strict=True)
                for one in found.items
            ]

    return (
        (
            "devices.jsonl",
            "The printers, as the list shows them; what you hide is hidden",
            lambda: _paged(lambda after: store.devices(after, _PAGE)),
        ),
        ("readings.jsonl", "The last reading of each printer: counters, supplies", readings),
        (
            "runs.jsonl",
            "When the schedule ran, and what came of it",
            lambda: _paged(lambda after: store.schedule.runs(after, _PAGE), _MOST_RUNS),
        ),
        (
            "alerts.jsonl",
            "Alerts that were raised",
            lambda: _paged(
                lambda after: store.alerts.page(before=after, limit=_PAGE), _MOST_ALERTS
            ),
        ),
    )


async def _paged(
    ask: Callable[[str], Awaitable[Page[Any]]], most: int = 2**31
) -> AsyncIterator[Sequence[object]]:
    token, given = "", 0
    while given < most:
        page = await ask(token)
        yield page.items
        given += len(page.items)
        token = page.next
        if not token:
            return


def _said(done: BundleSent) -> str:
    at = parse_rfc3339(done.received_at) if done.received_at else None
    when = f" at {at:%H:%M} UTC" if at else ""
    return f"{done.hub_name} has it{when}. The reference number is {done.reference}."


class NotSentError(PlatenError):
    """A bundle was not sent: why, where it lies, and what to do with it."""

    def __init__(self, why: Problem, bundle: BundleReady) -> None:
        text = f"The bundle was not sent: {why.text} It is kept here: {bundle.path}"
        remedy = (
            f"{why.remedy} Or send this file to your dealer yourself, for example by mail, and "
            f"name its reference number: {bundle.reference}."
        ).strip()
        super().__init__(why.code, text, remedy)
        self.problem = Problem(why.code, text, remedy, why.kind)
