from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from core.model.identity import Endpoint
from core.model.jsonio import from_json, to_json
from core.model.provenance import Source
from core.model.reading import Cost, DeviceState, Reading
from core.snmp.errors import SnmpError, SnmpTimeoutError
from core.snmp.types import Oid, Value
from core.telemetry.errors import NotAPrinterError
from core.telemetry.oids import HR_TYPE_PRINTER
from core.telemetry.reader import read_printers, spent
from tests.support.recorded import RecordedAgent, oid, values

Rows = dict[str, int | str | bytes | Oid]
ENDPOINT = Endpoint("192.0.2.5", 1161)
AT = "2026-01-01T00:00:00Z"

PRINTER: Rows = {
    "sys.1.0": "SHARP MX-3570N",
    "sys.2.0": oid("e.2385.3.1.112.1.2"),
    "hr.2.1.2.1": HR_TYPE_PRINTER,
    "hr.2.1.5.1": 2,
    "hr.5.1.1.1": 3,
    "hr.5.1.2.1": b"\x20",
    "prt.5.1.1.2.1": 2,
    "prt.5.1.1.10.1": 1,
    "prt.5.1.1.17.1": "6509415X00",
    "prt.7.1.1.4.1.1": 8,
    "prt.7.1.1.4.1.2": 5,
    "prt.8.2.1.9.1.1": 500,
    "prt.8.2.1.10.1.1": 250,
    "prt.8.2.1.13.1.1": "Podajnik łączny".encode("iso8859-2"),
    "prt.10.2.1.3.1.1": 7,
    "prt.10.2.1.4.1.1": 121104,
    "prt.11.1.1.5.1.1": 3,
    "prt.11.1.1.6.1.1": "Cyan Toner",
    "prt.11.1.1.8.1.1": 100,
    "prt.11.1.1.9.1.1": 55,
    "prt.16.5.1.2.1.1": "Готов".encode("iso8859-5"),
    "prt.18.1.1.2.1.7": 4,
    "prt.18.1.1.4.1.7": 11,
    "prt.18.1.1.7.1.7": 1104,
    "prt.18.1.1.8.1.7": "Mało tonera".encode("iso8859-2"),
}


async def read(rows: Rows) -> tuple[Reading, ...]:
    return await read_printers(RecordedAgent(values(rows)), ENDPOINT, AT)


async def test_a_whole_reading() -> None:
    (reading,) = await read(PRINTER)
    assert (reading.address, reading.port, reading.taken_at) == ("192.0.2.5", 1161, AT)
    assert reading.sources == (Source.SNMP,)
    assert reading.device_index is None
    assert reading.identity.serial == "6509415X00"
    assert reading.meters == {"total": 121104}
    assert [(s.index, s.level_percent) for s in reading.supplies] == [("1.1", 55.0)]
    assert [t.level for t in reading.trays] == [250]
    assert reading.status.state is DeviceState.IDLE
    assert reading.status.conditions == ("low_toner",)
    assert [a.code for a in reading.alerts] == [1104]


async def test_the_panel_and_the_rest_may_speak_differently() -> None:
    (reading,) = await read(PRINTER)
    assert reading.status.display == ("Готов",)
    assert reading.trays[0].name == "Podajnik łączny"
    assert reading.alerts[0].description == "Mało tonera"


async def test_observations_by_path() -> None:
    (reading,) = await read(PRINTER)
    for path, value in (
        ("meters.total", 121104),
        ("engine_life", reading.engine_life),
        ("supplies[1.1].level_percent", 55.0),
        ("supplies[1.1].color", "cyan"),
        ("trays[1.1].state", "ok"),
        ("status.state", "idle"),
        ("status.conditions", ("low_toner",)),
        ("alerts[1.7]", reading.alerts[0]),
        ("identity.serial", "6509415X00"),
    ):
        found = reading.observation(path)
        assert found is not None, path
        assert found.value == value
    origin = reading.provenance["supplies[1.1].level_percent"]
    assert origin.refs[0] == "1.3.6.1.2.1.43.11.1.1.9.1.1"
    assert origin.raw == ("55", "100")


async def test_json_and_back() -> None:
    (reading,) = await read(PRINTER)
    assert from_json(to_json(reading), Reading) == reading


async def test_the_cost_is_that_of_the_visit() -> None:
    agent = RecordedAgent(values(PRINTER))
    await agent.walk(oid("sys.1"))
    (reading,) = await read_printers(agent, ENDPOINT, AT)
    assert reading.cost == Cost(6, 240, 540, 9.0)
    assert agent.cost.requests == 7


def test_spent() -> None:
    assert spent(Cost(1, 2, 3, 4.0), Cost(5, 7, 9, 11.0)) == Cost(4, 5, 6, 7.0)


async def test_two_printers_behind_one_address() -> None:
    rows = PRINTER | {"hr.2.1.2.3": HR_TYPE_PRINTER, "hr.2.1.3.3": "SHARP MX-9"}
    rows |= {"prt.5.1.1.17.3": "B2", "prt.10.2.1.4.3.1": 9, "prt.11.1.1.9.3.1": -3}
    first, second = await read(rows)
    assert (first.device_index, second.device_index) == (1, 3)
    assert (first.identity.serial, second.identity.serial) == ("6509415X00", "B2")
    assert (first.meters, second.meters) == ({"total": 121104}, {"total": 9})
    assert [s.index for s in second.supplies] == ["3.1"]
    assert second.trays == ()
    assert second.status.state is DeviceState.UNKNOWN
    assert first.cost == second.cost


async def test_no_printer() -> None:
    with pytest.raises(NotAPrinterError) as caught:
        await read({"sys.1.0": "Linux host 5.10"})
    problem = caught.value.problem
    assert problem.code == "not_a_printer"
    assert "192.0.2.5:1161 answers SNMP as 'Linux host 5.10'" in problem.text
    assert problem.remedy


async def test_an_agent_without_any_value_is_no_printer() -> None:
    with pytest.raises(NotAPrinterError, match="a nameless device"):
        await read({})


class Failing(RecordedAgent):
    """Fails on supplies at once; says whether its other requests were left behind."""

    def __init__(self) -> None:
        super().__init__(values(PRINTER))
        self.left = 0

    async def columns(self, columns: Sequence[Oid], rows: int = 10) -> dict[Oid, Value]:
        if oid("prt.11.1.1.9") in columns:
            raise SnmpTimeoutError(ENDPOINT, 1, 3, ("2c",))
        self.left += 1
        try:
            await asyncio.sleep(0.01)
            return await super().columns(columns, rows)
        finally:
            self.left -= 1


async def test_a_failure_ends_the_visit() -> None:
    agent = Failing()
    with pytest.raises(SnmpError):
        await read_printers(agent, ENDPOINT, AT)
    assert agent.left == 0


async def test_what_is_asked_is_bounded() -> None:
    agent = RecordedAgent(values(PRINTER))
    await read_printers(agent, ENDPOINT, AT)
    assert len(agent.asked) == len(set(agent.asked))
    assert agent.cost.requests <= 7
    assert len(agent.asked) < 60
