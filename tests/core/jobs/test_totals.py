"""A total stays one counter, through the agent, its alerts and its history."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from core.agent import Agent
from core.model.action import ActionKind, CollectArguments, DiscoverArguments, Origin
from core.model.device import DeviceSummary
from core.model.event import EventKind
from core.model.history import Bucket, Series
from core.model.jsonio import from_json, to_json
from core.model.occurrence import Occurrence
from core.model.query import HistoryArguments, OccurrencesArguments, QueryKind, ReadingsArguments
from core.model.reading import Reading
from core.model.segment import Segment
from core.snmp.types import Tag, Value, parse_oid
from tests.support.answering import Values, answering
from tests.support.recorded import walk

TOTAL = parse_oid("1.3.6.1.4.1.1347.43.10.1.1.12.1.1")
LIFE = 76498
pytestmark = pytest.mark.walks


class Site:
    """A Kyocera of a recording that really answers, and an agent that reads it every hour."""

    def __init__(self, agent: Agent, printer: Values, moment: list[datetime]) -> None:
        self.agent, self.printer, self.moment = agent, printer, moment
        self.key = ""

    async def do(self, kind, arguments) -> None:
        events = self.agent.do(kind.value, kind.value, to_json(arguments), Origin.CONSOLE)
        assert [event async for event in events][-1].kind is EventKind.ACTION_FINISHED

    async def find(self, port: int) -> None:
        segment = Segment("here", ("127.67.1.1",), (), port)
        await self.do(
            ActionKind.DISCOVER,
            DiscoverArguments((segment,), remember=True, fast=True, read_found=True),
        )
        (row,) = (await self.agent.query(QueryKind.DEVICES.value, "", "", 0)).items
        self.key = from_json(row, DeviceSummary).device.key

    async def total(self, value: int | None) -> Reading:
        """Read it an hour later; its private total is then ``value``, or gone."""
        self.moment[0] += timedelta(hours=1)
        self.printer.values.pop(TOTAL, None)
        if value is not None:
            self.printer.values[TOTAL] = Value(Tag.COUNTER32, value)
        await self.do(ActionKind.COLLECT, CollectArguments())
        arguments = to_json(ReadingsArguments(self.key))
        page = await self.agent.query(QueryKind.READINGS.value, arguments, "", 1)
        return from_json(page.items[0], Reading)

    async def alerts(self) -> set[str]:
        page = await self.agent.query(
            QueryKind.OCCURRENCES.value, to_json(OccurrencesArguments()), "", 100
        )
        found = {from_json(item, Occurrence).rule for item in page.items}
        return {rule for rule in found if "counter" in rule or "fell" in rule or "jump" in rule}

    async def pages(self) -> int:
        arguments = HistoryArguments(self.key, ("meters.total",), bucket=Bucket.DAY)
        page = await self.agent.query(QueryKind.HISTORY.value, to_json(arguments), "", 10)
        (series,) = (from_json(item, Series) for item in page.items)
        return sum(volume.value or 0 for volume in series.volumes)


@pytest.fixture
async def site(tmp_path):
    recording = walk("kyocera_cs4053ci")
    printer = Values(recording.values)
    moment = [datetime(2026, 3, 2, 8, tzinfo=UTC)]
    async with answering(printer, "127.67.1.1") as endpoint:
        agent = await Agent.open(
            tmp_path, clock=lambda: moment[0], random=random.SystemRandom(), version="test"
        )
        try:
            made = Site(agent, printer, moment)
            await made.find(endpoint.port)
            yield made
        finally:
            await agent.close()


async def test_a_row_that_is_missing_once(site: Site) -> None:
    assert (await site.total(76064)).meters["total"] == 76064
    without = await site.total(None)
    assert "total" not in without.meters
    assert "total_missing" in {note.code for note in without.notes}
    assert without.engine_life is not None
    assert without.engine_life.value == LIFE
    assert (await site.total(76066)).meters["total"] == 76066
    assert await site.alerts() == set()
    assert await site.pages() in {0, 2}  # never the 434 that lie between two counters


@pytest.mark.parametrize("nonsense", [0, 4_294_967_290])
async def test_a_total_that_cannot_be(site: Site, nonsense: int) -> None:
    await site.total(76064)
    refused = await site.total(nonsense)
    assert "total" not in refused.meters
    assert str(nonsense) in refused.provenance["meters.total"].raw
    assert (await site.total(76070)).meters["total"] == 76070
    assert await site.alerts() == set()
    assert await site.pages() in {0, 6}
