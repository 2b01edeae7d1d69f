"""Host names and addresses as typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.hostname import host_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("hub.example.com", "hub.example.com"),
        ("Hub.Example.COM.", "hub.example.com"),
        ("büro.example", "xn--bro-hoa.example"),
        ("under_score", "under_score"),
        ("PC-7", "pc-7"),
        ("192.0.2.7", "192.0.2.7"),
        ("2001:DB8::7", "2001:db8::7"),
        ("unix", "unix"),
    ],
)
def test_names_in_their_usual_form(text: str, name: str) -> None:
    assert host_name(text) == name


@pytest.mark.parametrize(
    "text",
    ["", ".", "a b", "a..b", "-a", "a-", "a:1", "http://a", "a/b", "*.a", "a\0b", "[::1]", "x" * 64,
     "a." * 127 + "aa", "\ud800"],
)  # fmt: skip
def test_what_is_no_host(text: str) -> None:
    assert host_name(text) is None


@given(st.text(max_size=80))
def test_any_text_is_a_name_in_ascii_or_none(text: str) -> None:
    name = host_name(text)
    assert name is None or (name.isascii() and name == name.lower() and host_name(name) == name)
