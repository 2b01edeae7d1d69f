"""Asks the agent for what is exported, page by page: nothing larger than a page is held."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import replace
from typing import Protocol

from core.export import devices, histories
from core.export.table import Cell
from core.model.device import DeviceSummary
from core.model.history import Series
from core.model.jsonio import from_json
from core.model.problem import BadInputError
from core.model.provenance import Provenance
from core.model.query import HistoryArguments, QueryKind, ReadingsArguments
from core.model.reading import Reading

#: Readings that are kept whole; the latest is the newest of them unless the clock was wrong.
_WHOLE = 20


class Answer(Protocol):
    """A page, as ``core.channel.convert.QueryPage``."""

    @property
    def items(self) -> tuple[str, ...]:
        """JSON texts."""
        ...

    @property
    def next_page_token(self) -> str:
        """Where the next page begins; "" on the last one."""
        ...


class Asker(Protocol):
    """The agent, as ``core.channel.client.AgentClient``."""

    async def query(
        self,
        kind: QueryKind,
        arguments: object | None = None,
        page_token: str = "",
        page_size: int = 0,
    ) -> Answer:
        """Give one page of a list; raises ``PlatenError``."""
        ...


async def pages(
    agent: Asker, kind: QueryKind, arguments: object | None = None
) -> AsyncIterator[str]:
    """Give the items of a list, page by page."""
    token = ""
    while True:
        page = await agent.query(kind, arguments, token)
        for item in page.items:
            yield item
        token = page.next_page_token
        if not token:
            return


async def device_rows(
    agent: Asker,
    *,
    stale: bool = False,
    origins: bool = True,
    keys: Collection[str] | None = None,
) -> AsyncIterator[tuple[Cell, ...]]:
    """Give the rows of the device list: of these ``keys``, or of all, ``stale`` ones as is said.

    ``origins`` gives where their values came from, too.
    """
    async for item in pages(agent, QueryKind.DEVICES):
        summary = from_json(item, DeviceSummary)
        left_out = summary.stale and not stale if keys is None else summary.device.key not in keys
        if left_out:
            continue
        found = await _origins(agent, summary) if origins else {}
        yield devices.row(summary, found)


async def _origins(agent: Asker, summary: DeviceSummary) -> dict[str, Provenance]:
    """Give where the latest values came from: the reading's own word."""
    if summary.latest is None:
        return {}
    wanted = ReadingsArguments(summary.device.key)
    for size in (1, _WHOLE):
        page = await agent.query(QueryKind.READINGS, wanted, "", size)
        for item in page.items:
            reading = from_json(item, Reading)
            if reading.taken_at == summary.latest.taken_at:
                return reading.provenance
    return {}


async def history_rows(
    agent: Asker, keys: Sequence[str], wanted: HistoryArguments
) -> AsyncIterator[tuple[Cell, ...]]:
    """Give the histories of some devices (keys); raises ``BadInputError`` for an unknown one.

    ``wanted.device`` does not matter.
    """
    missing = set(keys)
    zone = histories.zone_of(wanted.zone)
    async for item in pages(agent, QueryKind.DEVICES):
        device = from_json(item, DeviceSummary).device
        if device.key not in missing:
            continue
        missing.remove(device.key)
        one = replace(wanted, device=device.key)
        async for text in pages(agent, QueryKind.HISTORY, one):
            for row in histories.rows(device, from_json(text, Series), zone):
                yield row
    if missing:
        raise BadInputError(
            "unknown_device",
            f"There is no device {min(missing)[:60]!r}.",
            "See `platen devices`.",
        )
