"""Whatever way a printer's text comes in: nothing invisible, nothing that turns the writing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from core.discovery.dns_sd_records import read_txt
from core.discovery.readable import one_line
from core.ipp.attributes import Attributes
from core.ipp.types import Tag as IppTag
from core.ipp.types import Value as IppValue
from core.model.identity import Endpoint
from core.model.jsonio import to_builtins
from core.model.marks import has_marks
from core.snmp.types import Tag, Value
from core.telemetry import oids
from core.telemetry.ipp.reader import reading_of
from core.telemetry.reader import interpret
from core.telemetry.snapshot import Snapshot

HERE = Endpoint("192.0.2.7")
AT = "2026-01-01T00:00:00Z"
EVIL = "\u202a\u202e\u2066\u2069\u200b\u200f\u200d\u2028\ufeff\U000e0041\x1b\x00Aé7 ب"
TEXTS = st.text(st.sampled_from(EVIL), min_size=1, max_size=20)
PLACES = (
    oids.SYS_DESCR,
    oids.SYS_NAME,
    oids.SYS_LOCATION,
    (*oids.HR_DEVICE_DESCR, 1),
    (*oids.PRT_PRINTER_NAME, 1),
    (*oids.PRT_SERIAL_NUMBER, 1),
    (*oids.PRT_CONSOLE_TEXT, 1, 1),
    (*oids.PRT_SUPPLY_DESCRIPTION, 1, 1),
    (*oids.PRT_INPUT_NAME, 1, 1),
    (*oids.PRT_ALERT_DESCRIPTION, 1, 1),
)


def strings(thing: Any) -> Iterator[str]:
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield key
            yield from strings(value)
    elif isinstance(thing, list | tuple):
        for one in thing:
            yield from strings(one)


@given(st.lists(TEXTS, min_size=len(PLACES), max_size=len(PLACES)))
@settings(max_examples=150)
def test_by_snmp(texts: list[str]) -> None:
    rows = {
        place: Value(Tag.OCTET_STRING, text.encode())
        for place, text in zip(PLACES, texts, strict=True)
    }
    rows[(*oids.HR_DEVICE_TYPE, 1)] = Value(Tag.OBJECT_IDENTIFIER, oids.HR_TYPE_PRINTER)
    (reading,) = interpret(Snapshot(rows), (), HERE, AT)
    assert not [text for text in strings(to_builtins(reading)) if has_marks(text)]


@given(TEXTS, TEXTS, TEXTS)
@settings(max_examples=150)
def test_by_ipp(model: str, place: str, supply: str) -> None:
    def text(*said: str) -> tuple[IppValue, ...]:
        return tuple(IppValue(IppTag.TEXT, one) for one in said)

    attributes = Attributes(
        {
            "printer-make-and-model": text(model),
            "printer-location": text(place),
            "printer-state-message": text(place),
            "printer-info": text(model),
            "marker-names": text(supply, model),
            "marker-types": text("toner", "toner"),
            "marker-levels": (IppValue(IppTag.INTEGER, 5), IppValue(IppTag.INTEGER, 50)),
        }
    )
    reading = reading_of(attributes, HERE, AT)
    assert not [one for one in strings(to_builtins(reading)) if has_marks(one)]


@given(TEXTS, TEXTS)
@settings(max_examples=150)
def test_by_dns_sd_and_all_that_uses_lines(name: str, value: str) -> None:
    entry = b"ty=" + value.encode()
    told = read_txt(bytes([len(entry)]) + entry)
    assert not [one for one in (*told.values(), one_line(name) or "") if has_marks(one)]
