"""A repeat visit gives what a full one gives; whatever says otherwise has all read at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.snmp.errors import SnmpMalformedError, SnmpTimeoutError
from core.snmp.types import Oid, Tag, Value
from core.telemetry import oids
from core.telemetry.errors import NotAPrinterError
from core.telemetry.profiles import ProfileSet, all_profiles
from core.telemetry.reader import read_printers
from core.telemetry.shape import Relearned, read_known
from core.telemetry.shape_visit import Visit, visit_printers
from sim.printer import Printer
from sim.spec import load_specs
from tests.support.answering import all_of
from tests.support.recorded import RecordedAgent, oid, recordings, walk
from tests.support.repeat import AGAIN, ENDPOINT, FIRST, plain

MFP = load_specs()["kyocera-taskalfa-2554ci"]
LEVEL = (*oids.PRT_SUPPLY_LEVEL, 1, 1)


def values() -> dict[Oid, Value]:
    printer = Printer(MFP, "shape")
    printer.advance(90_000)
    return all_of(printer)


def number(value: int, tag: Tag = Tag.INTEGER) -> Value:
    return Value(tag, value)


async def visit(agent: Any, before: Visit | None = None, at: str = FIRST, **more: Any) -> Visit:
    return await visit_printers(
        agent, ENDPOINT, at, known=None if before is None else before.known, **more
    )


async def again(changes: dict[Oid, Value | None], at: str = AGAIN) -> tuple[Visit, RecordedAgent]:
    """Visit twice, with changes between; the second visit gives what a full one does."""
    agent = RecordedAgent(values())
    before = await visit(agent)
    for place, value in changes.items():
        if value is None:
            del agent.values[place]
        else:
            agent.values[place] = value
    after = await visit(agent, before, at)
    assert plain(after.readings) == plain(await read_printers(agent, ENDPOINT, at))
    return after, agent


async def test_nothing_changed() -> None:
    after, _ = await again({})
    assert after.relearned is None
    assert after.readings[0].cost is not None
    assert after.readings[0].cost.requests == 3  # a call counts as one here


@pytest.mark.parametrize("name", sorted(load_specs()))
async def test_every_simulated_model(name: str) -> None:
    printer = Printer(load_specs()[name], "shape")
    printer.advance(90_000)
    agent = RecordedAgent(all_of(printer))
    before = await visit(agent)
    after = await visit(agent, before, AGAIN)
    assert (before.relearned, after.relearned) == (Relearned.FIRST, None)
    assert plain(after.readings) == plain(before.readings)


@pytest.mark.walks
@pytest.mark.parametrize("name", [path.stem for path in recordings()] or ["none"])
async def test_every_recording(name: str) -> None:
    agent = walk(name)
    before = await visit(agent)
    after = await visit(agent, before, AGAIN)
    assert after.relearned is None
    assert plain(after.readings) == plain(before.readings)
    assert plain(before.readings) == plain(await read_printers(agent, ENDPOINT, FIRST))


async def test_what_was_not_asked_says_when_it_was_learned() -> None:
    after, _ = await again({LEVEL: number(1)})
    origins = after.readings[0].provenance
    assert origins["supplies[1.1].description"].learned_at == FIRST
    assert origins["identity.model"].learned_at == FIRST
    for fresh in ("supplies[1.1].level_percent", "identity.serial", "status.state", "meters.total"):
        assert origins[fresh].learned_at is None


COUNTERS = {
    Relearned.CONFIGURATION: oids.PRT_CONFIG_CHANGES,
    Relearned.EVENTS: oids.PRT_ALL_EVENTS,
}


@pytest.mark.parametrize(
    ("why", "place"), [*COUNTERS.items(), (Relearned.EVENTS, oids.PRT_CRITICAL_EVENTS)]
)
async def test_a_counter_of_changes_moved(why: Relearned, place: Oid) -> None:
    new_name = {oids.SYS_LOCATION: Value(Tag.OCTET_STRING, b"Elsewhere")}
    after, _ = await again({(*place, 1): number(4711, Tag.COUNTER32), **new_name})
    assert after.relearned is why
    assert after.readings[0].identity.location == "Elsewhere"


async def test_it_was_restarted() -> None:
    after, _ = await again({oids.SYS_UP_TIME: number(100, Tag.TIME_TICKS)})
    assert after.relearned is Relearned.RESTARTED


async def test_a_restart_is_seen_against_the_visit_before() -> None:
    agent = RecordedAgent(values())
    first = await visit(agent)
    agent.values[oids.SYS_UP_TIME] = number(900_000_000, Tag.TIME_TICKS)
    second = await visit(agent, first, AGAIN)
    agent.values[oids.SYS_UP_TIME] = number(899_999_999, Tag.TIME_TICKS)
    third = await visit(agent, second, AGAIN)
    assert (second.relearned, third.relearned) == (None, Relearned.RESTARTED)


@pytest.mark.parametrize(
    "place",
    [
        LEVEL,
        (*oids.PRT_INPUT_STATUS, 1, 1),
        (*oids.HR_PRINTER_STATUS, 1),
        (*oids.PRT_MARKER_LIFE_COUNT, 1, 1),
        oid("e.1347.42.3.1.1.1.1.1"),
    ],
)
async def test_a_row_vanished(place: Oid) -> None:
    after, _ = await again({place: None})
    assert after.relearned is Relearned.ROWS


@pytest.mark.parametrize(
    "column", [oids.PRT_SUPPLY_LEVEL, oids.PRT_INPUT_LEVEL, oids.PRT_ALERT_SEVERITY]
)
async def test_a_row_appeared(column: Oid) -> None:
    after, _ = await again({(*column, 1, 77): number(3)})
    assert after.relearned is Relearned.ROWS


async def test_another_printer_at_this_address() -> None:
    (name,) = (await visit(RecordedAgent(values()))).known.shape.names
    after, _ = await again({name: Value(Tag.OCTET_STRING, b"XYZ1234567")})
    assert after.relearned is Relearned.IDENTITY
    assert after.readings[0].identity.serial == "XYZ1234567"


@pytest.mark.parametrize(
    ("was", "now", "relearned"),
    [(40, 41, True), (40, 39, False), (0, -3, True), (-3, 0, False), (-3, 80, True), (5, 5, False)],
)
async def test_a_supply_was_replaced(was: int, now: int, relearned: bool) -> None:
    agent = RecordedAgent(values() | {LEVEL: number(was)})
    before = await visit(agent)
    described = (*oids.PRT_SUPPLY_DESCRIPTION, 1, 1)
    agent.values[described] = Value(Tag.OCTET_STRING, b"Yellow Toner XL")
    agent.values[LEVEL] = number(now)
    after = await visit(agent, before, AGAIN)
    assert (after.relearned is Relearned.REPLACED) is relearned
    told = after.readings[0].supplies[0].description
    assert (told == "Yellow Toner XL") is relearned


@pytest.mark.parametrize(
    "is_waste", [{oids.PRT_SUPPLY_CLASS: 4}, {oids.PRT_SUPPLY_TYPE: 4}, {oids.PRT_SUPPLY_TYPE: 8}]
)
async def test_a_waste_container_fills_up(is_waste: dict[Oid, int]) -> None:
    cells = {(*column, 1, 1): number(value) for column, value in is_waste.items()}
    agent = RecordedAgent(values() | cells | {LEVEL: number(40)})
    before = await visit(agent)
    agent.values[LEVEL] = number(41)
    assert (await visit(agent, before, AGAIN)).relearned is None


async def test_two_printers_behind_one_agent() -> None:
    second = {
        oid("hr.2.1.2.2"): Value(Tag.OBJECT_IDENTIFIER, oids.HR_TYPE_PRINTER),
        oid("prt.5.1.1.17.2"): Value(Tag.OCTET_STRING, b"B2"),
        oid("prt.10.2.1.4.2.1"): number(9),
        oid("prt.11.1.1.9.2.1"): number(-3),
    }
    agent = RecordedAgent(values() | second)
    before = await visit(agent)
    agent.values[oid("prt.10.2.1.4.2.1")] = number(10)
    after = await visit(agent, before, AGAIN)
    assert after.relearned is None
    assert [reading.device_index for reading in after.readings] == [1, 2]
    assert after.readings[1].meters["total"] == 10
    assert plain(after.readings) == plain(await read_printers(agent, ENDPOINT, AGAIN))
    agent.values[oid("prt.5.1.1.17.2")] = Value(Tag.OCTET_STRING, b"C3")
    assert (await visit(agent, after, AGAIN)).relearned is Relearned.IDENTITY


async def test_a_cartridge_of_another_size() -> None:
    after, _ = await again({(*oids.PRT_SUPPLY_MAX, 1, 1): number(50_000)})
    assert after.relearned is Relearned.REPLACED


async def test_what_was_taken_is_no_longer_plausible() -> None:
    copies = oid("e.2435.2.3.9.4.2.1.5.5.10.0")
    after, _ = await again({oid("e.1347.42.3.1.2.1.1.1.1"): number(2_000_000_000)})
    assert copies not in after.known.shape.fresh
    assert "mono" not in after.readings[0].meters


@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("2026-01-08T00:00:00Z", None),
        ("2026-01-08T00:00:01Z", Relearned.AGE),
        ("2025-12-31T23:59:59Z", Relearned.AGE),
        ("yesterday", Relearned.UNREADABLE),
    ],
)
async def test_age(at: str, why: Relearned | None) -> None:
    after, _ = await again({}, at)
    assert after.relearned is why


async def test_other_profiles_and_versions() -> None:
    agent = RecordedAgent(values())
    before = await visit(agent)
    fewer = ProfileSet(all_profiles()[1:])
    assert (await visit(agent, before, AGAIN, profiles=fewer)).relearned is Relearned.PROFILES
    old = replace(before, known=replace(before.known, shape=replace(before.known.shape, version=0)))
    assert (await visit(agent, old, AGAIN)).relearned is Relearned.VERSION


async def test_a_shape_is_kept_as_text() -> None:
    agent = RecordedAgent(values())
    before = await visit(agent)
    body, last = before.known.texts()
    assert read_known(1, body, last) == before.known
    assert read_known(2, body, last) is None
    assert read_known(1, body[:-9], last) is None
    assert read_known(1, body, '{"numbers": [[1, 2, 3]]}') is None


class Failing(RecordedAgent):
    """Fails its next GET."""

    error: Exception | None = None

    async def get(self, oids: Any) -> dict[Oid, Value]:
        error, self.error = self.error, None
        if error is not None:
            raise error
        return await super().get(oids)


async def test_a_failed_request_has_all_read() -> None:
    agent = Failing(values())
    before = await visit(agent)
    agent.error = SnmpMalformedError(ENDPOINT, "nonsense")
    after = await visit(agent, before, AGAIN)
    assert after.relearned is Relearned.FAILED
    assert plain(after.readings) == plain(before.readings)


async def test_a_printer_that_is_off_is_not_asked_twice() -> None:
    agent = Failing(values())
    before = await visit(agent)
    agent.error, asked = SnmpTimeoutError(ENDPOINT, 1.0, 3, ()), len(agent.asked)
    with pytest.raises(SnmpTimeoutError):
        await visit(agent, before, AGAIN)
    assert len(agent.asked) - asked < 20  # the columns beside the GET, and nothing after it


async def test_it_is_no_printer_any_more() -> None:
    agent = RecordedAgent(values())
    before = await visit(agent)
    agent.values = {oids.SYS_DESCR: Value(Tag.OCTET_STRING, b"Linux host 6.1")}
    with pytest.raises(NotAPrinterError):
        await visit(agent, before, AGAIN)
