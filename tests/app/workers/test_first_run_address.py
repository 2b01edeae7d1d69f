"""The hub's address as it is pasted out of a letter."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.workers.first_run import _address
from core.model.problem import BadInputError
from core.uplink.address import parse_address


@pytest.mark.parametrize(
    ("pasted", "address"),
    [
        ("hub.example.com", "hub.example.com:7444"),
        (" hub.example.com:443\n", "hub.example.com:443"),
        ("https://hub.example.com/", "hub.example.com:7444"),
        ("https://hub.example.com:443/enrol?x=1", "hub.example.com:443"),
        ("<hub.example.com:443>.", "hub.example.com:443"),
        ("\u201chub.example.com\u201d,", "hub.example.com:7444"),
        ("192.0.2.7", "192.0.2.7:7444"),
        ("2001:db8::7", "[2001:db8::7]:7444"),
        ("[2001:db8::7]", "[2001:db8::7]:7444"),
        ("[2001:db8::7]:443", "[2001:db8::7]:443"),
    ],
)
def test_what_is_pasted_along_with_it_is_left_out(pasted: str, address: str) -> None:
    assert _address(pasted) == address
    assert str(parse_address(address)) == address


@given(st.text(max_size=80))
def test_any_text_becomes_an_address_or_is_refused(text: str) -> None:
    with suppress(BadInputError):
        parse_address(_address(text))
