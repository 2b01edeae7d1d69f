"""The answers of a simulated agent, rule by rule (RFC 1157 4.1, RFC 3416 4.2)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.snmp.access import BY_COMMUNITY, Version
from core.snmp.message import Message, Pdu, PduKind, decode, encode
from core.snmp.types import Oid, Tag, Value, VarBind
from sim.printer import Printer
from sim.responder import MAX_ANSWER, answer
from sim.spec import load_specs

SPECS = load_specs()
DESCR: Oid = (1, 3, 6, 1, 2, 1, 1, 1, 0)
OBJECT_ID: Oid = (1, 3, 6, 1, 2, 1, 1, 2, 0)
ABSENT: Oid = (1, 3, 6, 1, 2, 1, 99, 1, 0)
NULL = Value(Tag.NULL, None)


@pytest.fixture
def printer() -> Printer:
    made = Printer(SPECS["kyocera-taskalfa-2554ci"], "1")
    made.advance(0)
    return made


def request(
    kind: PduKind,
    *oids: Oid,
    version: Version = Version.V2C,
    community: bytes = b"public",
    first: int = 0,
    second: int = 0,
) -> bytes:
    pdu = Pdu(kind, 4711, first, second, tuple(VarBind(oid, NULL) for oid in oids))
    return encode(Message(version, community, pdu))


def asked(printer: Printer, datagram: bytes, limit: int = MAX_ANSWER) -> Pdu:
    response = answer(datagram, printer, limit)
    assert response is not None
    assert len(response) <= limit
    message = decode(response)
    assert message.community == b"public"
    assert message.pdu.kind is PduKind.RESPONSE
    assert message.pdu.request_id == 4711
    return message.pdu


def everything(printer: Printer) -> list[Oid]:
    found: list[Oid] = []
    oid: Oid | None = ()
    while (oid := printer.after(oid)) is not None:
        found.append(oid)
    return found


def test_get_answers_what_there_is_and_says_what_there_is_not(printer: Printer) -> None:
    other_row: Oid = (1, 3, 6, 1, 2, 1, 43, 5, 1, 1, 17, 9)
    pdu = asked(printer, request(PduKind.GET, DESCR, other_row, ABSENT))
    assert (pdu.error_status, pdu.error_index) == (0, 0)
    assert [varbind.oid for varbind in pdu.varbinds] == [DESCR, other_row, ABSENT]
    assert pdu.varbinds[0].value.octets() == b"KYOCERA Document Solutions Printing System"
    assert pdu.varbinds[1].value.tag is Tag.NO_SUCH_INSTANCE
    assert pdu.varbinds[2].value.tag is Tag.NO_SUCH_OBJECT


def test_version_1_answers_all_or_nothing(printer: Printer) -> None:
    good = asked(printer, request(PduKind.GET, DESCR, OBJECT_ID, version=Version.V1))
    assert good.error_status == 0
    assert good.varbinds[1].value.oid() == (1, 3, 6, 1, 4, 1, 1347, 41)
    bad = asked(printer, request(PduKind.GET, DESCR, ABSENT, OBJECT_ID, version=Version.V1))
    assert (bad.error_status, bad.error_index) == (2, 2)
    assert [varbind.oid for varbind in bad.varbinds] == [DESCR, ABSENT, OBJECT_ID]
    assert not any(varbind.value.present for varbind in bad.varbinds)


@pytest.mark.parametrize("version", BY_COMMUNITY)
def test_get_next_goes_through_everything_in_order(printer: Printer, version: Version) -> None:
    oid: Oid = (1, 3)
    seen: list[Oid] = []
    while True:
        pdu = asked(printer, request(PduKind.GET_NEXT, oid, version=version))
        if pdu.error_status or not pdu.varbinds[0].value.present:
            break
        oid = pdu.varbinds[0].oid
        seen.append(oid)
    assert seen == everything(printer)
    if version is Version.V1:
        assert (pdu.error_status, pdu.error_index) == (2, 1)
    else:
        assert pdu.varbinds[0] == VarBind(oid, Value(Tag.END_OF_MIB_VIEW, None))


def test_get_bulk_gives_single_names_once_and_the_others_in_rows(printer: Printer) -> None:
    columns: list[Oid] = [(1, 3, 6, 1, 2, 1, 43, 11, 1, 1, column) for column in (8, 9)]
    pdu = asked(
        printer, request(PduKind.GET_BULK, (1, 3, 6, 1, 2, 1, 1, 3), *columns, first=1, second=5)
    )
    oids = [varbind.oid for varbind in pdu.varbinds]
    assert oids[0] == (1, 3, 6, 1, 2, 1, 1, 3, 0)
    assert oids[1:] == [(*column, 1, row) for row in range(1, 6) for column in columns]
    assert (pdu.error_status, pdu.error_index) == (0, 0)


def test_get_bulk_goes_on_past_the_end_with_a_sign_and_stops(printer: Printer) -> None:
    last = everything(printer)[-1]
    pdu = asked(printer, request(PduKind.GET_BULK, last[:-1], last, second=20))
    ends = [varbind.value.tag is Tag.END_OF_MIB_VIEW for varbind in pdu.varbinds]
    assert ends == [False, True, True, True]
    assert pdu.varbinds[1].oid == last


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_get_bulk_says_what_get_next_would(data: st.DataObject) -> None:
    made = Printer(SPECS["sharp-bp-50c26"], "1")
    made.advance(0)
    some = st.sampled_from(everything(made)).map(lambda oid: oid[: max(2, len(oid) - 2)])
    oids = data.draw(st.lists(some, min_size=1, max_size=4))
    single = data.draw(st.integers(-1, 5))
    rows = data.draw(st.integers(-1, 30))
    pdu = asked(made, request(PduKind.GET_BULK, *oids, first=single, second=rows))
    expected: list[Oid | None] = [made.after(oid) for oid in oids[: max(single, 0)]]
    current: list[Oid | None] = list(oids[max(single, 0) :])
    for _ in range(max(rows, 0)):
        current = [made.after(oid) if oid is not None else None for oid in current]
        expected += current
    given_oids = [varbind.oid if varbind.value.present else None for varbind in pdu.varbinds]
    assert given_oids == expected[: len(given_oids)]
    if rows > 0 and any(oid is not None for oid in expected):
        assert given_oids


def test_an_answer_that_is_too_long_is_an_error_or_is_cut(printer: Printer) -> None:
    many = [DESCR] * 30
    big = asked(printer, request(PduKind.GET, *many))
    assert (big.error_status, big.error_index, big.varbinds) == (1, 0, ())
    old = asked(printer, request(PduKind.GET, *many, version=Version.V1))
    assert (old.error_status, old.error_index) == (1, 0)
    assert [varbind.oid for varbind in old.varbinds] == many
    cut = asked(printer, request(PduKind.GET_BULK, (1, 3), second=2_000_000_000))
    assert cut.error_status == 0
    assert [varbind.oid for varbind in cut.varbinds] == everything(printer)[: len(cut.varbinds)]
    assert 20 < len(cut.varbinds) < 100
    assert asked(printer, request(PduKind.GET_BULK, (1, 3), second=9), 60).varbinds == ()


def test_silence_for_another_community_and_for_what_is_no_request(printer: Printer) -> None:
    assert answer(request(PduKind.GET, DESCR, community=b"private"), printer) is None
    assert answer(request(PduKind.RESPONSE, DESCR), printer) is None
    assert answer(request(PduKind.GET_BULK, DESCR, version=Version.V1), printer) is None
    set_request = request(PduKind.GET, DESCR).replace(b"\xa0", b"\xa3", 1)
    assert answer(set_request, printer) is None
    assert answer(request(PduKind.GET, DESCR), printer) is not None


def test_a_model_without_get_bulk_drops_it() -> None:
    made = Printer(replace(SPECS["lexmark-ms622de"], bulk=False), "1")
    made.advance(0)
    assert answer(request(PduKind.GET_BULK, DESCR, second=3), made) is None
    assert answer(request(PduKind.GET_NEXT, DESCR), made) is not None


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_noise_never_breaks_it(datagram: bytes) -> None:
    made = Printer(SPECS["zebra-zd421"], "1")
    made.advance(0)
    answer(datagram, made)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_requests_with_wrong_octets_never_break_it(data: st.DataObject) -> None:
    made = Printer(SPECS["zebra-zd421"], "1")
    made.advance(0)
    kind = data.draw(st.sampled_from(PduKind))
    version = data.draw(st.sampled_from(BY_COMMUNITY))
    good = bytearray(request(kind, DESCR, ABSENT, (1, 3), version=version, second=10))
    for place in data.draw(st.lists(st.integers(0, len(good) - 1), max_size=4)):
        good[place] = data.draw(st.integers(0, 255))
    response = answer(bytes(good), made)
    assert response is None or len(response) <= MAX_ANSWER


def test_alerts_and_the_address_are_rows_like_others() -> None:
    made = Printer(SPECS["konica-minolta-bizhub-c300i"], "1", address=bytes((127, 27, 0, 9)))
    made.advance(0)
    address: Oid = (1, 3, 6, 1, 2, 1, 4, 20, 1, 1, 127, 27, 0, 9)
    pdu = asked(made, request(PduKind.GET_NEXT, address[:-4]))
    assert pdu.varbinds[0] == VarBind(address, Value(Tag.IP_ADDRESS, bytes((127, 27, 0, 9))))
