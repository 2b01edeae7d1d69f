"""Whatever a printer writes: a reading comes of it, and nothing in it was made up."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from core.ipp.attributes import Attributes
from core.ipp.types import Tag, Value
from core.model.identity import Endpoint
from core.model.jsonio import from_json, to_json
from core.model.reading import Reading
from core.telemetry.ipp.keywords import ALERT_CODES, SUPPLY_TYPES
from core.telemetry.ipp.reader import NAMES, reading_of
from tests.support.ipp_messages import UNHURRIED, VALUES

WORDS = st.sampled_from(
    ["", "none", "toner", "#000000", "Black Toner, PN X;SN Y", "toner-low-warning", "sleeping",
     "level=5;type=ink;maxcapacity=-2", "code=jam;severity=critical", "\x00", ";;;===", "-3"]
)  # fmt: skip
RECORDS = st.builds(
    ";".join,
    st.lists(
        st.builds(
            "{}={}".format,
            st.sampled_from(
                ["type", "level", "maxcapacity", "unit", "class", "index", "colorantname", "name",
                 "code", "severity", "group", "groupindex", "status"]
            ),
            st.one_of(
                st.integers(-5, 2**33).map(str),
                st.sampled_from([*SUPPLY_TYPES, *ALERT_CODES, "percent", "critical", "black"]),
                st.text(max_size=6),
            ),
        ),
        max_size=8,
    ),
)  # fmt: skip
LIKELY = st.one_of(
    st.builds(Value, st.just(Tag.OCTET_STRING), st.one_of(WORDS, RECORDS).map(str.encode)),
    st.builds(Value, st.just(Tag.TEXT), st.one_of(WORDS, RECORDS)),
    st.builds(Value, st.sampled_from([Tag.INTEGER, Tag.ENUM]), st.integers(-4, 2**31 - 1)),
)
EVERYTHING = st.dictionaries(
    st.sampled_from(NAMES),
    st.lists(st.one_of(LIKELY, VALUES), min_size=1, max_size=6).map(tuple),
    max_size=12,
)


@settings(UNHURRIED, max_examples=120)
@given(EVERYTHING)
def test_any_attributes_give_a_reading(values: dict[str, tuple[Value, ...]]) -> None:
    reading = reading_of(Attributes(values), Endpoint("192.0.2.9"), "2026-01-01T00:00:00Z")
    assert from_json(to_json(reading), Reading) == reading
    assert {ref for o in reading.provenance.values() for ref in o.refs} <= set(values)
    for supply in reading.supplies:
        percent = supply.level_percent
        assert percent is None or 0 <= percent <= 100
        if percent is not None:
            origin = reading.provenance[f"supplies[{supply.index}].level_percent"]
            assert any(char.isdigit() for raw in origin.raw for char in raw)
    for tray in reading.trays:
        assert tray.level is None or tray.level >= 0
    assert all(0 <= value < 10**9 for value in reading.meters.values())
    assert len({s.index for s in reading.supplies}) == len(reading.supplies)
    if not values:
        assert (reading.supplies, reading.trays, reading.alerts) == ((), (), ())
