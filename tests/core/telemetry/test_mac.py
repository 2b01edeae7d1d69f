from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.telemetry.mac import mac_of, parse_mac
from core.telemetry.snapshot import Snapshot
from tests.support.recorded import values

A, B = bytes.fromhex("001ba90ba752"), bytes.fromhex("00234ecdd8f9")
LOCAL = bytes.fromhex("fada0c2d63aa")


def mac(rows: dict[str, int | str | bytes], address: str | None = None) -> str | None:
    found = mac_of(Snapshot(values(rows)), address)
    return None if found is None else found.value


def test_nothing_usable() -> None:
    assert mac({}) is None
    assert mac({"if.6.1": b"", "if.6.2": bytes(6), "if.6.3": b"\xff" * 6}) is None
    assert mac({"if.6.1": A, "if.3.1": 24}) is None


def test_the_first_interface() -> None:
    assert mac({"if.6.2": B, "if.6.1": A}) == "00:1b:a9:0b:a7:52"
    assert mac({"if.6.10": B, "if.6.9": A}) == "00:1b:a9:0b:a7:52"


def test_the_interface_that_holds_the_address() -> None:
    rows = {"if.6.1": A, "if.6.2": B, "ip.2.10.0.0.5": 1, "ip.2.10.0.0.6": 2}
    assert mac(rows, "10.0.0.6") == "00:23:4e:cd:d8:f9"
    assert mac(rows, "10.0.0.5") == "00:1b:a9:0b:a7:52"


def test_an_interface_in_use_before_an_idle_one() -> None:
    rows = {"if.6.1": A, "if.6.2": B, "ip.2.10.0.0.6": 2, "ip.2.127.0.0.1": 1, "ip.2.0.0.0.0": 1}
    assert mac(rows, "192.0.2.1") == "00:23:4e:cd:d8:f9"


def test_an_address_on_an_interface_without_a_mac() -> None:
    rows = {"if.6.1": b"", "if.3.1": 24, "if.6.3": A, "ip.2.10.0.0.5": 1}
    assert mac(rows, "10.0.0.5") == "00:1b:a9:0b:a7:52"


def test_local_addresses_only_where_there_is_no_other() -> None:
    rows = {"if.6.1": LOCAL, "if.6.2": A, "ip.2.10.0.0.5": 1}
    assert mac(rows, "10.0.0.5") == "00:1b:a9:0b:a7:52"
    assert mac({"if.6.1": LOCAL}) == "fa:da:0c:2d:63:aa"


@pytest.mark.parametrize("text", [b"00:1B:A9:0B:A7:52", b"00-1b-a9-0b-a7-52", b"001BA90BA752"])
def test_text_forms(text: bytes) -> None:
    assert parse_mac(text) == A


def test_group_addresses_are_nobody() -> None:
    assert parse_mac(bytes.fromhex("01005e000001")) is None


def test_where_it_is_from() -> None:
    rows = {"if.6.1": A, "if.6.2": B, "ip.2.10.0.0.6": 2}
    found = mac_of(Snapshot(values(rows)), "10.0.0.6")
    assert found is not None
    assert found.provenance.rule == "interface of this address"
    assert found.provenance.refs == ("1.3.6.1.2.1.2.2.1.6.2", "1.3.6.1.2.1.4.20.1.2.10.0.0.6")


@given(st.binary(max_size=20))
def test_any_octets(octets: bytes) -> None:
    found = parse_mac(octets)
    assert found is None or len(found) == 6
