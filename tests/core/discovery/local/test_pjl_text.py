"""PJL as octets: what is asked, and answers in every condition."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.discovery.local.pjl_reading import reading_of
from core.discovery.local.pjl_status import meanings, status_of
from core.discovery.local.pjl_text import (
    UEL,
    Answers,
    Block,
    Inquiry,
    is_complete,
    question,
    read_answers,
)
from core.model.identity import Identity
from core.model.provenance import Confidence
from core.model.reading import Cost, DeviceState, LevelState, SupplyKind

TOKEN = "platen-1"
COST = Cost(1, 0, 0, 0.0)
ECHO = b"@PJL ECHO platen-1\r\n\x0c"
END = b"@PJL ECHO platen-1.end\r\n\x0c"


def told(octets: bytes, *, echo: bytes = ECHO) -> Answers:
    return read_answers(echo + octets + END, TOKEN)


def test_the_question() -> None:
    asked = question(TOKEN)
    assert asked.startswith(UEL + b"@PJL\r\n")
    assert asked.endswith(UEL)
    lines = asked.replace(UEL, b"").decode().splitlines()
    assert lines == [
        "@PJL",
        "@PJL ECHO platen-1",
        "@PJL INFO ID",
        "@PJL INFO STATUS",
        "@PJL INFO PAGECOUNT",
        "@PJL INFO SUPPLIES",
        "@PJL ECHO platen-1.end",
    ]


@pytest.mark.parametrize("token", ["", "a b", "a\r\n@PJL SET X=1", "é", "x" * 41, UEL.decode()])
def test_a_token_cannot_carry_a_command(token: str) -> None:
    with pytest.raises(ValueError, match="token"):
        question(token)


def test_answers() -> None:
    answers = told(
        b'@PJL INFO ID\r\n"HP LaserJet 4"\r\n\x0c'
        b"@PJL INFO PAGECOUNT\r\nPAGECOUNT=18421\r\n\x0c"
        b'@PJL INFO SUPPLIES\r\n"?"\r\n\x0c'
    )
    assert answers.synchronised
    block = answers.block(Inquiry.PAGECOUNT)
    assert block is not None
    assert block.value("PAGECOUNT") == "18421"
    assert answers.block(Inquiry.SUPPLIES) is None
    assert answers.block(Inquiry.STATUS) is None


def test_what_came_before_our_mark_is_somebody_else_s() -> None:
    before = b"@PJL INFO PAGECOUNT\r\nPAGECOUNT=1\r\n\x0c@PJL ECHO other\r\n\x0c"
    answers = told(b"@PJL INFO PAGECOUNT\r\n18422\r\n\x0c", echo=before + ECHO)
    assert [block.lines for block in answers.blocks] == [("18422",)]


@pytest.mark.parametrize(
    "octets",
    [
        b"@PJL INFO PAGECOUNT\n18422\n\x0c",
        b"@PJL INFO PAGECOUNT\r\n18422\r\n",  # no form feed: the next answer ends it
        UEL + b"@PJL INFO PAGECOUNT\r\n18422\r\n\x0c" + UEL,
        b"@pjl info pagecount\r\nPageCount = 18422\r\n\x0c",
        b'@PJL INFO PAGECOUNT \r\n\r\nPAGECOUNT="18422"\r\n\x0c',
        b"@PJL INFO PAGECOUNT\r\nSOMETHING=NEW\r\nPAGECOUNT=18422\r\n\x0c",
    ],
)
def test_page_counts_in_every_manner(octets: bytes) -> None:
    assert reading_of(told(octets), Identity(), COST).meters == {"total": 18422}


@pytest.mark.parametrize(
    "text",
    [b"", b'"?"', b"PAGECOUNT = Bad Value [0..0]", b"-5", b"1.5", b"99999999999", b"4294967296"],
)
def test_no_page_count_is_unknown_and_said(text: bytes) -> None:
    reading = reading_of(told(b"@PJL INFO PAGECOUNT\r\n" + text + b"\r\n\x0c"), Identity(), COST)
    assert reading.meters == {}
    assert reading.engine_life is None
    assert [note.code for note in reading.notes] == ["pjl_no_page_count"]


def test_without_our_mark_everything_is_doubtful() -> None:
    reading = reading_of(told(b"@PJL INFO PAGECOUNT\r\n7\r\n\x0c", echo=b""), Identity(), COST)
    assert reading.provenance["meters.total"].confidence is Confidence.DOUBTFUL
    assert reading.notes[0].code == "pjl_not_synchronised"


@pytest.mark.parametrize(
    ("lines", "state", "conditions"),
    [
        (("CODE=10001", 'DISPLAY="READY"', "ONLINE=TRUE"), "idle", ()),
        (("CODE=10002", "ONLINE=FALSE"), "offline", ()),
        (("CODE=10002",), "unknown", ()),
        (("CODE=10006", "ONLINE=TRUE"), "idle", ("low_toner",)),
        (("CODE=10023", "ONLINE=TRUE"), "printing", ()),
        (("CODE=11204", "ONLINE=TRUE"), "idle", ("input_tray_empty",)),
        (("CODE=15031", "ONLINE=FALSE"), "offline", ("output_full",)),
        (("CODE=40000", "ONLINE=TRUE"), "sleep", ()),
        (("CODE=40021", "ONLINE=FALSE"), "error", ("door_open",)),
        (("CODE=41204", "ONLINE=FALSE"), "error", ("no_paper",)),
        (("CODE=42203",), "error", ("jammed",)),
        (("CODE=50049",), "error", ("service_requested",)),
        (("CODE=99999", "ONLINE=TRUE"), "idle", ()),
        (("CODE=100010", "ONLINE=TRUE"), "idle", ()),
        (("CODE=x",), "unknown", ()),
        ((), "unknown", ()),
    ],
)
def test_states(lines: tuple[str, ...], state: str, conditions: tuple[str, ...]) -> None:
    status = status_of(Block("INFO STATUS", lines))
    assert (status.state, status.conditions) == (DeviceState(state), conditions)


def test_no_status_is_unknown() -> None:
    assert status_of(None).state is DeviceState.UNKNOWN


def test_the_table_is_read_whole() -> None:
    assert len(meanings()) > 20
    words = {word for meaning in meanings() for word in meaning.conditions}
    assert all(re.fullmatch(r"[a-z_]+", word) for word in words)


def test_supplies() -> None:
    reading = reading_of(
        told(
            b"@PJL INFO SUPPLIES\r\nTONER_BLACK=85%\r\nDRUM=C=70%,M=0%\r\n"
            b"TONER USED=12\r\nWASTE_TONER=3\r\nFREE=9\r\nTONER_CYAN=240\r\nTONER_BLACK=1\r\n\x0c"
        ),
        Identity(),
        COST,
    )
    found = [(s.kind, s.color, s.level_percent, s.state) for s in reading.supplies]
    assert found == [
        (SupplyKind.TONER, "black", 85.0, LevelState.OK),
        (SupplyKind.DRUM, "cyan", 70.0, LevelState.OK),
        (SupplyKind.DRUM, "magenta", 0.0, LevelState.EMPTY),
    ]
    for supply in reading.supplies:
        origin = reading.provenance[f"supplies[{supply.index}].level_percent"]
        assert origin.confidence is Confidence.DOUBTFUL


def test_the_model_only_where_the_connection_tells_none() -> None:
    octets = b'@PJL INFO ID\r\n"Brother HL-5170DN series:84UZ74:Ver1.11"\r\n\x0c'
    assert reading_of(told(octets), Identity(model="X"), COST).identity.model == "X"
    found = reading_of(told(octets), Identity(), COST)
    assert found.identity.model == "Brother HL-5170DN series"
    assert "identity.model" in found.provenance


def test_complete() -> None:
    assert is_complete(ECHO + END, TOKEN)
    assert not is_complete(ECHO + END[:-1], TOKEN)
    assert not is_complete(ECHO, TOKEN)


WORDS = (b"@PJL ", b"INFO PAGECOUNT", b"INFO STATUS", b"CODE=", b"=", b"12345", b'"', b"\xff\x00")
pieces = st.sampled_from((*WORDS, UEL, ECHO, END, b"\r\n", b"\x0c", b"INFO SUPPLIES\r\nTONER=K=5"))


@given(st.binary(max_size=400) | st.lists(pieces, max_size=40).map(b"".join))
def test_anything_is_read_in_bounds(octets: bytes) -> None:
    reading = reading_of(read_answers(octets, TOKEN), Identity(), COST)
    assert all(0 <= value < 2**32 for value in reading.meters.values())
    assert len(reading.supplies) <= 32
    is_complete(octets, TOKEN)


def test_a_flood_is_bounded() -> None:
    answers = read_answers((b"@PJL X\r\n" + b"line\r\n" * 50) * 1000, TOKEN)
    assert len(answers.blocks) <= 64
    lines = read_answers(b"@PJL X\r\n" + b"line\r\n" * 10_000, TOKEN).blocks[0].lines
    assert len(lines) <= 256
