"""The recorded agent itself: what it reads out of a recording, and what it serves."""

from __future__ import annotations

import pytest

from core.snmp.types import Tag, Value
from tests.support.recorded import RecordedAgent, oid, parse_snmprec

TEXT = """
1.3.6.1.2.1.1.1.0|4|Brother | NC
1.3.6.1.2.1.1.2.0|6|.1.3.6.1.4.1.2435
1.3.6.1.2.1.1.3.0|67|8590
1.3.6.1.2.1.2.2.1.6.1|4x|001BA90BA752
1.3.6.1.2.1.2.2.1.5.1|66|100
1.3.6.1.2.1.4.20.1.1.10.0.0.5|64|10.0.0.5
1.3.6.1.2.1.4.20.1.3.10.0.0.5|64x|ffffff00
1.3.6.1.2.1.43.10.2.1.4.1.1|65|7792
1.3.6.1.2.1.31.1.1.1.6.1|70|18446744073709551615
1.3.6.1.4.1.2435.1.0|5|
1.3.6.1.4.1.2435.2.0|4|
1.3.6.1.4.1.2435.3.0|2|-3
"""


def test_every_tag() -> None:
    found = parse_snmprec(TEXT)
    assert found[oid("sys.1.0")] == Value(Tag.OCTET_STRING, b"Brother | NC")
    assert found[oid("sys.2.0")] == Value(Tag.OBJECT_IDENTIFIER, oid("e.2435"))
    assert found[oid("sys.3.0")] == Value(Tag.TIME_TICKS, 8590)
    assert found[oid("if.6.1")].data == bytes.fromhex("001ba90ba752")
    assert found[oid("if.5.1")].tag is Tag.GAUGE32
    assert found[oid("ip.1.10.0.0.5")] == Value(Tag.IP_ADDRESS, bytes([10, 0, 0, 5]))
    assert found[oid("ip.3.10.0.0.5")].data == bytes([255, 255, 255, 0])
    assert found[oid("prt.10.2.1.4.1.1")].tag is Tag.COUNTER32
    assert found[oid("1.3.6.1.2.1.31.1.1.1.6.1")] == Value(Tag.COUNTER64, 2**64 - 1)
    assert found[oid("e.2435.1.0")].present is False
    assert found[oid("e.2435.2.0")].data == b""
    assert found[oid("e.2435.3.0")].data == -3


def test_unknown_tags() -> None:
    with pytest.raises(ValueError, match="99"):
        parse_snmprec("1.3.6|99|x")


async def test_what_it_serves() -> None:
    agent = RecordedAgent.from_text(TEXT)
    assert set(await agent.get([oid("sys.3.0"), oid("e.2435.1.0"), oid("sys.9.0")])) == {
        oid("sys.3.0")
    }
    assert list(await agent.walk(oid("e.2435"))) == [oid("e.2435.2.0"), oid("e.2435.3.0")]
    columns = await agent.columns([oid("if.5"), oid("if.6")], 3)
    assert set(columns) == {oid("if.5.1"), oid("if.6.1")}
    assert agent.cost.requests == 3
