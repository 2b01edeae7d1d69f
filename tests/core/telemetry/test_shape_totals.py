"""A maker's total that is missing on a visit never becomes the engine's count in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.host.clock import parse_rfc3339, rfc3339
from core.model.reading import Reading
from core.snmp.types import Oid, Tag, Value, parse_oid
from core.telemetry.merge import merge
from core.telemetry.shape_visit import Visit, visit_printers
from sim.printer import Printer
from sim.spec import load_specs
from tests.support.answering import all_of
from tests.support.recorded import RecordedAgent
from tests.support.repeat import ENDPOINT, FIRST


def later(days: float) -> str:
    return rfc3339(parse_rfc3339(FIRST) + timedelta(days=days))


class Visited:
    """One printer, visited again and again."""

    def __init__(self) -> None:
        printer = Printer(load_specs()["kyocera-taskalfa-2554ci"], "totals")
        printer.advance(90_000)
        self.agent = RecordedAgent(all_of(printer))
        self.last: Visit | None = None

    async def read(self, days: float) -> Reading:
        known = None if self.last is None else self.last.known
        self.last = await visit_printers(self.agent, ENDPOINT, later(days), known=known)
        return self.last.readings[0]


async def begun() -> tuple[Visited, Oid, Value]:
    visited = Visited()
    reading = await visited.read(0)
    assert reading.provenance["meters.total"].rule.startswith("profile ")
    place = parse_oid(reading.provenance["meters.total"].refs[0])
    return visited, place, visited.agent.values[place]


@pytest.mark.parametrize("days", [0.1, 8])  # with the shape that is known; learned anew
@pytest.mark.parametrize("said", [None, 0, 900_000_000])
async def test_no_other_counter_stands_in(days: float, said: int | None) -> None:
    visited, place, total = await begun()
    if said is None:
        del visited.agent.values[place]
    else:
        visited.agent.values[place] = Value(Tag.COUNTER32, said)
    for visit in range(3):
        reading = await visited.read(days + visit / 10)
        assert "total" not in reading.meters
        (note,) = [note for note in reading.notes if note.code == "total_missing"]
        assert ".".join(map(str, place)) in note.text
        assert reading.engine_life is not None
        if said is not None:
            assert reading.provenance["meters.total"].raw == (str(said),)
    visited.agent.values[place] = total
    reading = await visited.read(days + 1)
    assert reading.meters["total"] == total.data
    assert "total_missing" not in {note.code for note in reading.notes}


async def test_a_visit_without_memory_takes_the_standard() -> None:
    visited, place, _ = await begun()
    del visited.agent.values[place]
    visited.last = None
    reading = await visited.read(1)
    assert reading.provenance["meters.total"].rule.startswith("prtMarkerLifeCount")


async def test_what_is_gone_for_good_is_given_up() -> None:
    visited, place, _ = await begun()
    del visited.agent.values[place]
    for days, given in ((1, False), (2, False), (29, False), (31.5, True), (32, True)):
        assert ("total" in (await visited.read(days)).meters) is given, days


async def test_another_printer_at_the_address_has_no_memory() -> None:
    visited, place, _ = await begun()
    del visited.agent.values[place]
    assert visited.last is not None
    for name in visited.last.known.shape.names:
        visited.agent.values[name] = Value(Tag.OCTET_STRING, b"OTHER12345")
    assert "total" in (await visited.read(1)).meters


async def test_ipp_does_not_stand_in_either() -> None:
    visited, place, _ = await begun()
    assert visited.last is not None
    full = visited.last.readings[0]
    del visited.agent.values[place]
    reading = await visited.read(1)
    ipp = replace(full, meters={"total": reading.engine_life.value}, notes=())
    assert "total" not in merge(reading, ipp).reading.meters
