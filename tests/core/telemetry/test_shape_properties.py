"""Whatever changes between two visits, the second gives what a full reading would give."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.model.problem import PlatenError
from core.model.reading import Reading
from core.snmp.errors import SnmpMalformedError
from core.snmp.types import Oid, Tag, Value, format_oid
from core.telemetry import oids
from core.telemetry.errors import NotAPrinterError
from core.telemetry.profiles import matching
from core.telemetry.reader import read_printers
from core.telemetry.shape_places import changing
from core.telemetry.shape_totals import MISSING
from core.telemetry.shape_visit import Visit, visit_printers
from core.telemetry.snapshot import Snapshot
from sim.life import Situation
from sim.printer import Printer
from sim.spec import load_specs
from tests.support.answering import all_of
from tests.support.recorded import RecordedAgent, oid, recordings
from tests.support.repeat import AGAIN, ENDPOINT, FIRST, plain

# What has to be fresh, written down once more: what the code takes for it is put to the test too.
FRESH = tuple(
    map(
        oid,
        (
            *("hr.2.1.5", "hr.5.1.1", "hr.5.1.2", "prt.8.2.1.10", "prt.8.2.1.11", "prt.10.2.1.4"),
            *("prt.11.1.1.8", "prt.11.1.1.9", "prt.16.5.1.2", "prt.18.1.1.2", "prt.18.1.1.4"),
            *("prt.18.1.1.5", "prt.18.1.1.6", "prt.18.1.1.7", "prt.18.1.1.8"),
        ),
    )
)
unhurried = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@cache
def agents() -> tuple[tuple[dict[Oid, Value], tuple[Oid, ...]], ...]:
    """Every simulated model in several situations, every recording; with what changes in each."""
    found = []
    for spec in load_specs().values():
        for situation in (Situation.NORMAL, Situation.LOW):
            printer = Printer(spec, "p", situation=situation)
            printer.advance(60)
            found.append(all_of(printer))
    found += [RecordedAgent.from_file(path).values for path in recordings()]
    return tuple((values, _changing(values)) for values in found)


def _changing(values: dict[Oid, Value]) -> tuple[Oid, ...]:
    snapshot = Snapshot(values)
    places = changing(matching(snapshot))
    return tuple(
        sorted(
            place
            for place in values
            if places.holds(place) or any(place[: len(column)] == column for column in FRESH)
        )
    )


async def twice(before: dict[Oid, Value], after: dict[Oid, Value]) -> None:
    agent = RecordedAgent(before)
    first = await visit_printers(agent, ENDPOINT, FIRST)
    agent.values = {place: value for place, value in after.items() if value.present}
    try:
        whole = await read_printers(agent, ENDPOINT, AGAIN)
    except NotAPrinterError:
        whole = ()
    try:
        second = (await visit_printers(agent, ENDPOINT, AGAIN, known=first.known)).readings
    except NotAPrinterError:
        second = ()
    left_out = [any(note.code == MISSING for note in reading.notes) for reading in second]
    assert all("total" not in r.meters for r, out in zip(second, left_out, strict=True) if out)
    if any(left_out):  # a visit that knows of no maker's total takes another one
        second, whole = tuple(map(_without_total, second)), tuple(map(_without_total, whole))
    assert plain(second) == plain(whole)


def _without_total(reading: Reading) -> Reading:
    return replace(
        reading,
        meters={name: value for name, value in reading.meters.items() if name != "total"},
        provenance={p: o for p, o in reading.provenance.items() if p != "meters.total"},
        notes=tuple(
            n for n in reading.notes if n.code not in {MISSING, "life_differs", "meters_disagree"}
        ),
    )


numbers = st.one_of(st.integers(-4, 120), st.integers(0, 2**31 - 1))


@st.composite
def mutations(draw: st.DrawFn) -> tuple[dict[Oid, Value], dict[Oid, Value]]:
    values, places = draw(st.sampled_from(agents()))
    chosen = draw(st.lists(st.sampled_from(places), max_size=12)) if places else []
    after = dict(values)
    for place in chosen:
        after[place] = _another(draw, values[place])
    return values, after


def _another(draw: st.DrawFn, value: Value) -> Value:
    if draw(st.integers(0, 15)) == 0:
        return Value(Tag.NULL, None)  # gone
    if isinstance(value.data, int):
        return Value(value.tag, draw(numbers))
    texts = (b"", b"Sleep", b"Ready", b"Out of paper", b"\xff\xfe", b"12345")
    return Value(Tag.OCTET_STRING, draw(st.one_of(st.sampled_from(texts), st.binary(max_size=12))))


@unhurried
@given(mutations())
def test_any_changing_value(pair: tuple[dict[Oid, Value], dict[Oid, Value]]) -> None:
    asyncio.run(twice(*pair))


@pytest.mark.parametrize("column", FRESH, ids=format_oid)
async def test_a_column_that_changes(column: Oid) -> None:
    changed = 0
    for spec in load_specs().values():
        printer = Printer(spec, "p", situation=Situation.EMPTY)
        printer.advance(60)
        before = all_of(printer)
        rows = [place for place in before if place[: len(column)] == column]
        after = before | {place: _changed(before[place]) for place in rows}
        changed += len(rows)
        await twice(before, after)
    assert changed


def _changed(value: Value) -> Value:
    if isinstance(value.data, int):
        return Value(value.tag, value.data - 1)
    return Value(Tag.OCTET_STRING, b"\x04")


@unhurried
@given(st.sampled_from(agents()), st.sampled_from(agents()))
def test_another_machine_at_the_address(one: Any, other: Any) -> None:
    """Unless it has the serial number of the first, which none of these has."""
    if one is not other and not _alike(one[0], other[0]):
        asyncio.run(twice(one[0], other[0]))


def _alike(one: dict[Oid, Value], other: dict[Oid, Value]) -> bool:
    return all(one.get(place) == other.get(place) for place in (oids.SYS_DESCR, oids.SYS_OBJECT_ID))


class Hostile(RecordedAgent):
    """Answers what it was not asked, leaves out what it was, or fails."""

    def __init__(self, values: dict[Oid, Value], script: list[Any]) -> None:
        super().__init__(values)
        self.script = script

    def _next(self, found: dict[Oid, Value]) -> dict[Oid, Value]:
        act = self.script.pop(0) if self.script else None
        if isinstance(act, Exception):
            raise act
        return found if act is None else {**found, **act}

    async def get(self, names: Any) -> dict[Oid, Value]:
        return self._next(await super().get(names))

    async def columns(self, columns: Any, rows: int = 10) -> dict[Oid, Value]:
        return self._next(await super().columns(columns, rows))


ODD = st.one_of(
    st.none(),
    st.just(SnmpMalformedError(ENDPOINT, "nonsense")),
    st.dictionaries(
        st.one_of(
            st.sampled_from([p for _, places in agents()[:4] for p in places]),
            st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=9).map(tuple),
        ),
        st.one_of(
            numbers.map(lambda n: Value(Tag.INTEGER, n)),
            st.binary(max_size=9).map(lambda b: Value(Tag.OCTET_STRING, b)),
        ),
        max_size=6,
    ),
)


@unhurried
@given(st.sampled_from(agents()[:8]), st.lists(ODD, max_size=9))
def test_a_hostile_agent_raises_nothing_but_named_errors(chosen: Any, script: list[Any]) -> None:
    async def visits() -> Visit:
        agent = Hostile(chosen[0], [])
        first = await visit_printers(agent, ENDPOINT, FIRST)
        agent.script = list(script)
        return await visit_printers(agent, ENDPOINT, AGAIN, known=first.known)

    try:
        assert asyncio.run(visits()).readings
    except PlatenError:
        pass
