"""Where a hub is, as typed."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.problem import BadInputError, ProblemKind
from core.uplink.address import HubAddress, parse_address


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("hub.example.com:443", "hub.example.com:443"),
        (" Hub:1 ", "hub:1"),
        ("192.0.2.7:65535", "192.0.2.7:65535"),
        ("[2001:DB8::7]:7444", "[2001:db8::7]:7444"),
        ("unix:7444", "unix:7444"),
    ],
)
def test_addresses(text: str, shown: str) -> None:
    address = parse_address(text)
    assert str(address) == shown
    assert address.target == f"dns:///{shown}"
    assert parse_address(str(address)) == address


@pytest.mark.parametrize(
    "text",
    ["", "hub", "hub:", ":1", "hub:0", "hub:65536", "hub:-1", "hub:99999999", "hub:x", "hub:1x",
     "::1:7444", "[::1]", "[::1:1", "[hub]:1", "https://hub:443", "hub:443/", "a b:1", "hub:٣"],
)  # fmt: skip
def test_what_is_none(text: str) -> None:
    with pytest.raises(BadInputError) as caught:
        parse_address(text)
    problem = caught.value.problem
    assert (problem.code, problem.kind) == ("bad_hub_address", ProblemKind.BAD_INPUT)
    assert "HOST:PORT" in problem.text


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(BadInputError):
        address = parse_address(text)
        assert parse_address(str(address)) == address


def test_a_host_with_colons_is_an_address() -> None:
    assert str(HubAddress("::1", 1)) == "[::1]:1"
