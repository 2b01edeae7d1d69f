"""A printer's life before a real agent: toner falls and is replaced, a counter falls, it goes away
and comes back; what is told of it, by event, by command, and to the hub.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from core.channel.client import AgentClient
from core.model.action import ActionKind, CollectArguments
from core.model.event import EventKind
from core.model.jsonio import from_json
from core.model.occurrence import Occurrence
from core.model.reading import DeviceState
from core.settings.file import NAME
from core.snmp.types import Tag, Value, parse_oid
from hub.database import open_database
from hub.store import HubStore
from tests.support.mibs import printer_mib, text
from tests.support.responders import Manners, Responders
from tests.support.site import Site, site

ADDRESS = "127.43.0.5"
_SUPPLY = "1.3.6.1.2.1.43.11.1.1"
_SETTINGS = "version = 1\n[collection]\ntimeout = 0.2\nretries = 0\n"


def number(value: int, tag: Tag = Tag.INTEGER) -> Value:
    return Value(tag, value)


@dataclass
class Printer:
    """One black-and-white printer whose values are set from outside."""

    mib: dict = field(default_factory=lambda: printer_mib("S-1", descr="A laser printer"))
    off: bool = False

    def __post_init__(self) -> None:
        self.mib[parse_oid("1.3.6.1.2.1.1.2.0")] = Value(
            Tag.OBJECT_IDENTIFIER, parse_oid("1.3.6.1.4.1.99999.1")
        )
        rows = {2: 1, 3: 1, 4: 3, 5: 3, 7: 19, 8: 100}
        for column, value in rows.items():
            self.mib[parse_oid(f"{_SUPPLY}.{column}.1.1")] = number(value)
        self.mib[parse_oid(f"{_SUPPLY}.6.1.1")] = text("Black toner")
        self.mib[parse_oid("1.3.6.1.2.1.43.12.1.1.4.1.1")] = text("black")
        self.mib[parse_oid("1.3.6.1.2.1.43.10.2.1.3.1.1")] = number(7)
        self.set(level=50, total=5000)

    def set(self, *, level: int | None = None, total: int | None = None) -> None:
        if level is not None:
            self.mib[parse_oid(f"{_SUPPLY}.9.1.1")] = number(level)
        if total is not None:
            self.mib[parse_oid("1.3.6.1.2.1.43.10.2.1.4.1.1")] = number(total, Tag.COUNTER32)


@dataclass
class Scene:
    printer: Printer
    made: Site
    client: AgentClient
    port: int

    async def collect(self) -> list[str]:
        """Collect; gives what was told, as "+rule" and "-rule"."""
        told = []
        async for event in self.client.do(ActionKind.COLLECT, CollectArguments()):
            if event.kind in {EventKind.ALERT_RAISED, EventKind.ALERT_CLEARED}:
                sign = "+" if event.kind is EventKind.ALERT_RAISED else "-"
                told.append(sign + from_json(event.body, Occurrence).rule)
        return sorted(told)

    async def state(self) -> DeviceState | None:
        (row,) = [row async for row in self.client.devices()]
        return row.state

    async def command(self, *arguments: str, status: int = 0) -> list[dict]:
        """Run a command; gives its lines of JSON."""
        done = await asyncio.to_thread(self.made.platen, *arguments)
        assert done.returncode == status, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


@asynccontextmanager
async def scene(folder, *, hub: bool = False):
    printer = Printer()
    async with Responders() as responders:
        manners = Manners(mib=printer.mib, deaf=lambda _count, _version: printer.off)
        port = responders.add(ADDRESS, 0, manners)
        with site(folder) as made:
            made.agent_data.mkdir(mode=0o700)
            (made.agent_data / NAME).write_text(_SETTINGS)
            if hub:
                await asyncio.to_thread(made.start_hub)
            await asyncio.to_thread(made.start_agent)
            client = await AgentClient.connect(made.agent_data)
            try:
                there = Scene(printer, made, client, port)
                if hub:
                    await asyncio.to_thread(made.enrol)
                await there.command("scan", ADDRESS, "--port", str(port), "--fast")
                assert await there.collect() == []
                yield there
            finally:
                await client.close()


async def test_a_printers_life(tmp_path):
    async with scene(tmp_path, hub=True) as there:
        there.printer.set(level=8)
        assert await there.collect() == ["+toner-low"]
        assert await there.collect() == []
        there.printer.set(level=95)
        assert await there.collect() == ["+supply-replaced", "-toner-low"]
        there.printer.set(total=900)
        assert await there.collect() == ["+counter-fell"]
        there.printer.off = True
        assert await there.collect() == []
        assert await there.state() is DeviceState.IDLE
        assert await there.collect() == ["+offline"]
        assert await there.state() is DeviceState.OFFLINE
        assert await there.collect() == []
        there.printer.off = False
        assert await there.collect() == ["+back", "-offline"]
        assert await there.state() is DeviceState.IDLE

        told = await there.command("alerts", "--json")
        assert [row["rule"] for row in told] == ["back", "counter-fell", "supply-replaced"]
        assert told[1]["facts"] == {"before": 5000, "after": 900}
        await there.command("alerts", "ack", told[0]["key"], told[1]["key"])
        every = await there.command("alerts", "--all", "--json")
        assert len(every) == 5
        assert [row["rule"] for row in every if Occurrence(**row).open] == ["supply-replaced"]
        await asyncio.to_thread(there.made.wait_until_delivered)
        store = HubStore(open_database(there.made.hub_data))
        at_hub = [json.loads(row.body)["occurrence"] for row in store.alerts(only_open=False)]
        store.close()
        assert {row["key"]: row for row in at_hub} == {row["key"]: row for row in every}


async def test_a_rule_of_ones_own(tmp_path):
    async with scene(tmp_path) as there:
        (said,) = await there.command("rules", "test", "meters.fax > 1", "--json")
        assert (said["verdict"], said["why"]) == (None, "fax is not known of this printer.")
        when = {"kind": "custom", "expression": "meters.total - previous.meters.total > 500"}
        own = {"id": "busy", "name": "Busy", "when": when}
        await there.command("rules", "add", json.dumps(own))
        bad = {**own, "when": {"kind": "custom", "expression": "nonsense > 1"}}
        await there.command("rules", "add", json.dumps(bad), status=2)
        there.printer.set(total=5600)
        assert await there.collect() == ["+busy"]
        there.printer.set(total=5700)
        assert await there.collect() == ["-busy"]
        await there.command("alerts", "skip", said["device"], "busy")
        there.printer.set(total=6300)
        assert await there.collect() == []
        assert (await there.command("alerts", "--all", "--json"))[0]["skipped"]
        await there.command("rules", "remove", "busy")
