"""Whatever an agent says: no reading raises anything but its named errors, and none invents."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.model.identity import Endpoint
from core.model.jsonio import from_json, to_json
from core.model.provenance import Provenance
from core.model.reading import LevelState, Reading
from core.snmp.types import Oid, Tag, Value, format_oid
from core.telemetry import oids
from core.telemetry.errors import NotAPrinterError
from core.telemetry.identify import Identified, identify
from core.telemetry.profile import METER_KEYS
from core.telemetry.profiles import all_profiles, identity_places
from core.telemetry.reader import read_printers
from core.telemetry.terms import number_places
from tests.support.mutate import mutated
from tests.support.recorded import RecordedAgent, recordings

ENDPOINT = Endpoint("192.0.2.5")
PLACES, TABLES = number_places(all_profiles())
COLUMNS = [
    *sorted(
        {value for name, value in vars(oids).items() if name.startswith(("PRT_", "HR_", "IF_"))}
    ),
    *TABLES,
]
SCALARS = [
    oids.SYS_DESCR, oids.SYS_OBJECT_ID, oids.SYS_NAME, oids.SYS_LOCATION,
    (*oids.PPM_DEVICE_ID, 1), (*oids.HP_DEVICE_ID, 0), *identity_places(all_profiles())[0], *PLACES,
]  # fmt: skip
TEXTS = (
    "", "\0", "Black Toner", "Ready", "Sleep", "HP LaserJet 4", "SN:0000;MDL:",
    "MFG:x;MDL:y;SN:z;",
    "Toner, PN 1;SN2", "700918 INCHES, 1780333 CENTIMETERS", "Total 1", "Prints",
    "40", "\n41 42 43 ", "serial_number", "attached to : Rev", "00A12345",
)  # fmt: skip

indexes = st.lists(st.integers(0, 4), min_size=1, max_size=3).map(tuple)
names = st.one_of(
    st.tuples(st.sampled_from(COLUMNS), indexes).map(lambda pair: (*pair[0], *pair[1])),
    st.sampled_from(SCALARS),
    st.lists(st.integers(0, 2**32 - 1), min_size=2, max_size=20).map(tuple),
)
numbers = st.one_of(st.integers(-4, 120), st.integers(-(2**31), 2**64 - 1))
records = st.lists(
    st.tuples(st.integers(0, 255), st.binary(max_size=6)).map(
        lambda r: bytes((r[0], 1, len(r[1]))) + r[1]
    ),
    max_size=8,
).map(b"".join)
octets = st.one_of(
    st.binary(max_size=40),
    records,
    st.text(max_size=40).map(str.encode),
    st.sampled_from(TEXTS).map(str.encode),
)
object_ids = st.one_of(
    st.just(oids.HR_TYPE_PRINTER),
    st.lists(st.integers(0, 2**32 - 1), max_size=20).map(tuple),
    st.sampled_from([p for profile in all_profiles() for p in profile.object_ids]),
)
data = st.one_of(
    numbers.map(lambda n: Value(Tag.INTEGER, n)),
    octets.map(lambda o: Value(Tag.OCTET_STRING, o)),
    object_ids.map(lambda o: Value(Tag.OBJECT_IDENTIFIER, o)),
    st.just(Value(Tag.NULL, None)),
)
snapshots = st.dictionaries(names, data, max_size=36)
# Ten thousand cases in CI, which sets CI; fewer beside one's work; as many as are wished by name.
CASES = int(os.environ.get("PLATEN_FUZZ_CASES") or (10_000 if os.environ.get("CI") else 400))
SOME = Value(Tag.OCTET_STRING, b"Some printer")


def unhurried(cases: int) -> settings:
    slow = [HealthCheck.too_slow, HealthCheck.large_base_example]
    return settings(max_examples=cases, deadline=None, suppress_health_check=slow)


def visit(rows: dict[Oid, Value]) -> tuple[tuple[Reading, ...], tuple[Identified, ...]]:
    async def both() -> tuple[tuple[Reading, ...], tuple[Identified, ...]]:
        found = await identify(RecordedAgent(rows))
        try:
            return await read_printers(RecordedAgent(rows), ENDPOINT, "x"), found
        except NotAPrinterError:
            return (), found

    return asyncio.run(both())


def check(rows: dict[Oid, Value]) -> None:
    readings, found = visit(rows)
    assert found
    assert any(entry.is_printer for entry in found) or not readings
    for reading in readings:
        assert from_json(to_json(reading), Reading) == reading
        nothing_is_invented(reading, rows)


def nothing_is_invented(reading: Reading, rows: dict[Oid, Value]) -> None:
    numbers = {value.data for value in rows.values() if isinstance(value.data, int)}
    present = {format_oid(oid) for oid, value in rows.items() if value.present}
    assert set(reading.meters) <= METER_KEYS
    for name, number in reading.meters.items():
        assert 0 <= number < 1_000_000_000 * 10
        assert number in numbers or adds_up(number, reading.provenance[f"meters.{name}"])
    if reading.engine_life is not None and reading.engine_life.value not in numbers:
        assert reading.provenance["engine_life"].rule == "profile zebra"
    for supply in reading.supplies:
        percent = supply.level_percent
        assert percent is None or 0 <= percent <= 100
        if supply.state in {LevelState.SOME_REMAINING, LevelState.UNKNOWN, LevelState.UNLIMITED}:
            assert percent is None
    for tray in reading.trays:
        assert tray.level is None or tray.level in numbers
        assert tray.capacity is None or tray.capacity in numbers
    for path, origin in reading.provenance.items():
        assert set(origin.refs) <= present, path
        assert len(origin.refs) == len(origin.raw)
        value = reading.observation(path)
        assert value is not None
        if value.value not in (None, "unknown", "other"):
            assert origin.refs, path


def adds_up(number: int, origin: Provenance) -> bool:
    """Whether a number is some of its raw ones together, or was written in octets or words."""
    if any(not raw.lstrip("-").isdigit() for raw in origin.raw):
        return True
    sums = {0}
    for raw in origin.raw:
        sums |= {total + int(raw) for total in sums}
    return number in sums


@given(snapshots)
@unhurried(CASES // 5)
def test_random_agents(rows: dict[Oid, Value]) -> None:
    check(rows)


def _walks() -> Iterable[dict[Oid, Value]]:
    """Give of each recording the rows that a reader asks for: the others change nothing."""
    asked = {tuple(column) for column in (*COLUMNS, *SCALARS)}
    sizes = sorted({len(place) for place in asked})
    for path in recordings():
        rows = RecordedAgent.from_file(path).values
        yield {oid: v for oid, v in rows.items() if any(oid[:size] in asked for size in sizes)}


WALKS = list(_walks())


@given(st.integers(0, max(len(WALKS) - 1, 0)), st.randoms(use_true_random=True))
@unhurried(CASES - CASES // 5)
def test_changed_recordings(at: int, rng: Random) -> None:
    check(mutated(WALKS[at] if WALKS else {oids.SYS_DESCR: SOME}, rng, TEXTS))
