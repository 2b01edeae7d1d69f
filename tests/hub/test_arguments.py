"""What a dealer types."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.problem import BadInputError
from hub.arguments import check_customer, check_hosts, check_name, parse_life


@pytest.mark.parametrize(
    ("text", "hours"), [("30m", 0.5), ("24h", 24), ("7d", 168), ("30d", 720), ("43200m", 720)]
)
def test_lengths_of_time(text: str, hours: float) -> None:
    assert parse_life(text) == dt.timedelta(hours=hours)


@pytest.mark.parametrize("text", ["", "0h", "31d", "99999d", "1w", "-1h", "1.5h", "h", "1h ", "٣h"])
def test_what_is_none(text: str) -> None:
    with pytest.raises(BadInputError) as caught:
        parse_life(text)
    assert caught.value.problem.code == "bad_life"


@given(st.text(max_size=250))
def test_names_are_shown_as_they_are_or_refused(text: str) -> None:
    for check, longest in ((check_customer, 200), (check_name, 64)):
        name = text.strip()
        if 0 < len(name) <= longest and name.isprintable():
            assert check(text) == name
        else:
            with pytest.raises(BadInputError):
                check(text)


def test_the_machines_own_names_come_last() -> None:
    assert check_hosts(["Hub.Example.com", "192.0.2.7"], "pc-7") == (
        "hub.example.com",
        "192.0.2.7",
        "localhost",
        "127.0.0.1",
        "pc-7",
    )
    assert check_hosts([], "not a name!") == ("localhost", "127.0.0.1")
    assert check_hosts(["localhost"], "localhost") == ("localhost", "127.0.0.1")


@pytest.mark.parametrize("host", ["", "hub.example.com:7443", "https://hub", "a b"])
def test_what_is_no_host(host: str) -> None:
    with pytest.raises(BadInputError) as caught:
        check_hosts([host], "pc")
    assert caught.value.problem.code == "bad_host"
