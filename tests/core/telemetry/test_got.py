from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from core.model.identity import Endpoint
from core.model.problem import PlatenError
from core.snmp.errors import (
    SnmpDeadlineError,
    SnmpPartialError,
    SnmpStatusError,
    SnmpUnreachableError,
    SnmpWalkTooLongError,
)
from core.snmp.types import Oid, Tag, Value
from core.telemetry import oids
from core.telemetry.errors import BothSilentError
from core.telemetry.identify import identify
from core.telemetry.reader import read_printers
from core.telemetry.shape_visit import visit_printers
from tests.support.recorded import RecordedAgent

HERE = Endpoint("192.0.2.7")
AT = "2026-01-01T00:00:00Z"


def text(words: str) -> Value:
    return Value(Tag.OCTET_STRING, words.encode())


ROWS = {
    oids.SYS_DESCR: text("Kyocera ECOSYS"),
    (*oids.HR_DEVICE_TYPE, 1): Value(Tag.OBJECT_IDENTIFIER, oids.HR_TYPE_PRINTER),
    (*oids.HR_DEVICE_DESCR, 1): text("ECOSYS 5"),
    (*oids.PRT_SERIAL_NUMBER, 1): text("S1234567"),
    (*oids.PRT_MARKER_LIFE_COUNT, 1, 1): Value(Tag.COUNTER32, 77),
    (*oids.PRT_SUPPLY_DESCRIPTION, 1, 1): text("Toner"),
    (*oids.PRT_SUPPLY_LEVEL, 1, 1): Value(Tag.INTEGER, 5),
    (*oids.PRT_SUPPLY_MAX, 1, 1): Value(Tag.INTEGER, 10),
}


class Odd(RecordedAgent):
    """Answers by name; its lists fail where ``broken`` says so."""

    def __init__(self, *broken: Oid, partly: bool = True, slow: float = 0.0) -> None:
        super().__init__(ROWS)
        self.broken, self.partly, self.slow = broken, partly, slow

    async def columns(self, columns: Sequence[Oid], rows: int = 10) -> dict[Oid, Value]:
        if self.slow and oids.SYS_DESCR[:-1] not in columns:
            await asyncio.sleep(self.slow)
        found = await super().columns(columns, rows)
        bad = [column for column in columns if column in self.broken]
        if not bad:
            return found
        failure = SnmpWalkTooLongError(HERE, bad[0], 4000)
        if not self.partly:
            raise SnmpStatusError(HERE, 5, bad[0])
        good = {oid: v for oid, v in found.items() if not any(oid[: len(b)] == b for b in bad)}
        raise SnmpPartialError(good, [failure])


async def test_a_list_without_end_costs_only_itself() -> None:
    (reading,) = await read_printers(Odd(oids.PRT_SUPPLY_DESCRIPTION), HERE, AT)
    assert reading.meters["total"] == 77
    assert reading.supplies[0].description is None
    assert reading.supplies[0].level_percent == 50
    (note,) = reading.notes
    assert note.code == "walk_never_ends"
    assert "1.3.6.1.2.1.43.11.1.1.6" in note.text


@pytest.mark.parametrize("partly", [True, False])
async def test_where_lists_fail_the_usual_places_are_asked_by_name(partly: bool) -> None:
    broken = (oids.SYS_DESCR[:-1], oids.HR_DEVICE_TYPE, oids.PRT_SUPPLY_LEVEL)
    agent = Odd(*broken, oids.PRT_SERIAL_NUMBER, oids.PRT_MARKER_LIFE_COUNT, partly=partly)
    (reading,) = await read_printers(agent, HERE, AT)
    assert (reading.identity.serial, reading.meters["total"]) == ("S1234567", 77)
    assert reading.notes
    (found,) = await identify(agent)
    assert found.is_printer
    assert found.identity.serial == "S1234567"


async def test_what_was_missing_once_is_asked_again() -> None:
    first = await visit_printers(Odd(oids.PRT_SUPPLY_DESCRIPTION), HERE, AT)
    second = await visit_printers(Odd(), HERE, AT, known=first.known)
    assert second.relearned is not None
    assert second.readings[0].supplies[0].description == "Toner"
    third = await visit_printers(Odd(), HERE, AT, known=second.known)
    assert third.relearned is None


async def test_a_slow_printer_is_judged_by_what_it_said() -> None:
    (found,) = await identify(Odd(slow=5.0), limit=0.05)
    assert found.is_printer
    assert found.identity.serial == "S1234567"


async def test_one_that_says_too_little_in_time_is_named() -> None:
    agent = Odd(slow=5.0)
    agent.broken = ()
    with pytest.raises(TimeoutError):
        await identify(Silent(), limit=0.05)


class Silent(RecordedAgent):
    def __init__(self) -> None:
        super().__init__({oids.SYS_DESCR: text("thing")})

    async def columns(self, columns: Sequence[Oid], rows: int = 10) -> dict[Oid, Value]:
        await asyncio.sleep(5)
        return {}


async def test_a_visit_has_a_limit() -> None:
    with pytest.raises(SnmpDeadlineError, match=r"not done answering after 0\.05 s"):
        await read_printers(Silent(), HERE, AT, limit=0.05)


def test_what_two_ways_say_alike_is_said_once() -> None:
    snmp = SnmpUnreachableError(HERE, "no route")
    ipp = PlatenError("ipp_unreachable", "No way.", "Check the address, then the cable.")
    remedy = BothSilentError(snmp, ipp).problem.remedy
    assert remedy == snmp.problem.remedy
    other = PlatenError("ipp_refused", "Closed.", "Switch IPP on.")
    assert "For IPP: Switch IPP on." in BothSilentError(snmp, other).problem.remedy
