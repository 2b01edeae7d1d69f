from __future__ import annotations

import pytest

from core.discovery.answers import Answer
from core.discovery.classify import description, results
from core.discovery.probe import SYS_DESCR
from core.model.evidence import Rejection
from core.model.identity import Endpoint, Identity
from core.snmp.access import Opened, Version
from core.snmp.types import Tag, Value, VarBind
from core.telemetry.identify import Identified

ENDPOINT = Endpoint("10.0.0.5")
OPENED = Opened(Version.V1, 2)


def answer(octets, source=None):
    varbind = VarBind(SYS_DESCR, Value(Tag.OCTET_STRING, octets))
    return Answer(ENDPOINT, Version.V1, 2, (varbind,), source)


@pytest.mark.parametrize(
    ("octets", "line"),
    [
        (b"HP  LaserJet\r\n 400\x00", "HP LaserJet 400"),
        (b"B\xfcro", "Büro"),
        ("Büro".encode(), "Büro"),
        (b"", None),
        (b" \x00\r\n", None),
        (b"x" * 300, "x" * 79 + "…"),
    ],
)
def test_the_description_is_one_short_line(octets, line):
    assert description(answer(octets)) == line


def test_no_description_at_all():
    assert description(Answer(ENDPOINT, Version.V1, 0, ())) is None


def test_where_it_answered_from_is_part_of_the_evidence():
    printer = Identified(None, Identity(), is_printer=True, why="has rows in the Printer MIB")
    (finding,) = results(answer(b"ABC", Endpoint("10.0.1.5")), OPENED, (printer,), "one")
    assert finding.evidence[0].detail == (
        "SNMP v1: has rows in the Printer MIB; ABC (from 10.0.1.5:161)"
    )
    assert (finding.version, finding.community_index) == ("1", 2)


def test_nothing_identified_is_a_rejection():
    assert results(answer(b"ABC"), OPENED, (), "one") == (
        Rejection(ENDPOINT, "answers SNMP and says nothing about itself", "one"),
    )
