"""A printer that answers by SNMP and by IPP at one address, and an agent that knows of it."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from core.agent import Agent
from core.ipp.ways import Way
from core.jobs.tools import Tools
from core.model.action import CollectArguments, Origin
from core.model.evidence import Evidence, Finding
from core.model.identity import Endpoint, Identity
from core.model.jsonio import to_json
from core.model.provenance import Source
from core.model.reading import Reading
from core.snmp.types import Oid, Tag, Value
from core.telemetry import oids

SERIAL = "R4B1972571"
START = datetime(2026, 1, 5, 8, tzinfo=UTC)


def snmp_values(level: int = -3, life: int = 5000) -> dict[Oid, Value]:
    """The rows of a printer with one black toner at this level of 100."""

    def text(words: str) -> Value:
        return Value(Tag.OCTET_STRING, words.encode())

    def number(value: int) -> Value:
        return Value(Tag.INTEGER, value)

    row = {
        oids.PRT_SUPPLY_TYPE: number(3),
        oids.PRT_SUPPLY_DESCRIPTION: text("Black Toner"),
        oids.PRT_SUPPLY_UNIT: number(19),
        oids.PRT_SUPPLY_MAX: number(100),
        oids.PRT_SUPPLY_LEVEL: number(level),
    }
    return {
        oids.SYS_DESCR: text("Kyocera ECOSYS P3155dn"),
        (*oids.HR_DEVICE_TYPE, 1): Value(Tag.OBJECT_IDENTIFIER, oids.HR_TYPE_PRINTER),
        (*oids.HR_DEVICE_DESCR, 1): text("ECOSYS P3155dn"),
        (*oids.HR_PRINTER_STATUS, 1): number(3),
        (*oids.PRT_SERIAL_NUMBER, 1): text(SERIAL),
        (*oids.PRT_MARKER_UNIT, 1, 1): number(7),
        (*oids.PRT_MARKER_LIFE_COUNT, 1, 1): Value(Tag.COUNTER32, life),
        **{(*column, 1, 1): value for column, value in row.items()},
    }


@dataclass(slots=True)
class Knowing:
    """An agent, its parts, and a clock that a test sets."""

    agent: Agent
    now: datetime = START

    @property
    def tools(self) -> Tools:
        return self.agent._tools

    async def find(self, endpoint: Endpoint, *sources: Source, version: str | None = None) -> str:
        """Let a search have found a printer there; gives its key."""
        finding = Finding(
            endpoint,
            Identity(vendor="Kyocera", serial=SERIAL if version else None),
            tuple(Evidence(source, "It answered.") for source in sources),
            version=version,
            community_index=0 if version else None,
        )
        at = self.now.isoformat().replace("+00:00", "Z")
        return (await self.tools.store.save_finding(finding, at)).device.key

    async def collect(self) -> list[Any]:
        """Read everything; gives the events."""
        self.now += timedelta(hours=1)
        arguments = to_json(CollectArguments())
        return [e async for e in self.agent.do("a", "collect", arguments, Origin.CONSOLE)]

    async def latest(self, key: str) -> Reading:
        """Give the last reading of a device."""
        return (await self.tools.store.readings(key, limit=1)).items[0]


@asynccontextmanager
async def knowing(folder: Path, *ways: Way) -> AsyncIterator[Knowing]:
    """Run an agent that asks IPP in these ways."""
    here: list[Knowing] = []
    agent = await Agent.open(
        folder,
        clock=lambda: here[0].now if here else START,
        random=random.SystemRandom(),
        version="test",
    )
    here.append(Knowing(agent))
    tools = here[0].tools
    tools.ipp_ways = ways
    quick = tools.settings.collection.model_copy(update={"timeout": 0.2, "retries": 1})
    tools.settings = tools.settings.model_copy(update={"collection": quick})
    try:
        yield here[0]
    finally:
        await agent.close()
