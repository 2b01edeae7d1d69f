from __future__ import annotations

from collections.abc import Sequence

import pytest

from core.model.problem import PlatenError
from core.snmp.errors import SnmpError
from core.snmp.types import Oid, Value
from core.telemetry.identify import identify
from core.telemetry.oids import HR_TYPE_PRINTER
from tests.support.recorded import RecordedAgent, oid, values

Rows = dict[str, int | str | bytes | Oid]


class FailingAgent(RecordedAgent):
    """Fails whenever one of these columns is asked for."""

    def __init__(self, rows: Rows, fails: Sequence[str], error: Exception) -> None:
        super().__init__(values(rows))
        self.fails = {oid(name) for name in fails}
        self.error = error

    async def columns(self, columns: Sequence[Oid], rows: int = 10) -> dict[Oid, Value]:
        if self.fails & set(columns):
            raise self.error
        return await super().columns(columns, rows)


SILENT = SnmpError("snmp_timeout", "No answer.")


async def test_a_printer() -> None:
    rows: Rows = {"hr.2.1.2.3": HR_TYPE_PRINTER, "hr.2.1.3.3": "HP LaserJet 4"}
    rows |= {
        "prt.5.1.1.17.3": "A1",
        "if.6.1": b"\0\x1b\xa9\x0b\xa7\x52",
        "sys.2.0": oid("e.11.2.3.9.1"),
    }
    agent = RecordedAgent(values(rows))
    (found,) = await identify(agent)
    assert found.is_printer
    assert found.device_index is None
    assert found.why == "hrDeviceType says printer (hrDeviceIndex 3)"
    assert found.identity.vendor == "HP"
    assert found.identity.model == "HP LaserJet 4"
    assert found.identity.serial == "A1"
    assert found.identity.mac == "00:1b:a9:0b:a7:52"
    assert found.provenance["identity.serial"].raw == ("A1",)
    assert agent.cost.requests <= 4


async def test_what_is_no_printer_costs_less() -> None:
    agent = RecordedAgent(values({"sys.1.0": "Linux host", "sys.2.0": oid("e.8072.3.2.10")}))
    (found,) = await identify(agent)
    assert not found.is_printer
    assert found.why == "answers SNMP as 'Linux host' and shows no sign of a printer"
    assert agent.cost.requests == 2
    assert oid("if.6") not in agent.asked  # a switch may have hundreds


async def test_two_printers() -> None:
    rows: Rows = {"hr.2.1.2.1": HR_TYPE_PRINTER, "hr.2.1.2.2": HR_TYPE_PRINTER}
    rows |= {"prt.5.1.1.17.1": "A1", "prt.5.1.1.17.2": "B2"}
    found = await identify(RecordedAgent(values(rows)))
    assert [(f.device_index, f.identity.serial) for f in found] == [(1, "A1"), (2, "B2")]
    assert all(f.is_printer for f in found)


async def test_the_address_chooses_the_interface() -> None:
    rows: Rows = {"sys.2.0": oid("e.2435.2.3.9.1"), "if.6.1": bytes([0] * 5 + [1])}
    rows |= {"if.6.2": bytes([0] * 5 + [2]), "ip.2.10.0.0.7": 2}
    (found,) = await identify(RecordedAgent(values(rows)), "10.0.0.7")
    assert found.identity.mac == "00:00:00:00:00:02"


async def test_an_agent_that_fails_on_tables_is_judged_by_its_description() -> None:
    rows: Rows = {"sys.1.0": "SHARP MX-2614N", "sys.2.0": oid("e.2385.3.1")}
    for fails in (["hr.2.1.2"], ["if.6"], ["hr.2.1.2", "if.6"]):
        (found,) = await identify(FailingAgent(rows, fails, SILENT))
        assert found.is_printer
        assert found.identity.model == "SHARP MX-2614N"


async def test_an_agent_that_answers_nothing() -> None:
    with pytest.raises(PlatenError, match="No answer"):
        await identify(FailingAgent({}, ["sys.1"], SILENT))


async def test_other_errors_are_not_swallowed() -> None:
    with pytest.raises(ZeroDivisionError):
        await identify(FailingAgent({}, ["hr.2.1.2"], ZeroDivisionError()))
