"""Where the hub listens and what it tells agents."""

from __future__ import annotations

import pytest

from core.model.problem import BadInputError
from hub.listening import Listening, Place, parse_place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("127.0.0.1:7443", Place("127.0.0.1", 7443)),
        ("0.0.0.0:0", Place("0.0.0.0", 0)),
        ("[::]:443", Place("::", 443)),
        ("Hub.example:65535", Place("hub.example", 65535)),
    ],
)
def test_places(text: str, place: Place) -> None:
    assert parse_place(text) == place
    assert parse_place(str(place)) == place


@pytest.mark.parametrize("text", ["", "7443", ":7443", "h:", "h:65536", "h:-1", "h:x", "a b:1"])
def test_what_is_none(text: str) -> None:
    with pytest.raises(BadInputError) as caught:
        parse_place(text)
    assert caught.value.problem.code == "bad_listen"


@pytest.mark.parametrize(
    ("public", "uplink", "told"),
    [
        (None, "192.0.2.7:7443", Place("192.0.2.7", 0)),
        (None, "0.0.0.0:7443", Place("hub.example", 0)),
        (None, "[::]:7443", Place("hub.example", 0)),
        ("public.example", "0.0.0.0:7443", Place("public.example", 0)),
        ("public.example:443", "0.0.0.0:7443", Place("public.example", 443)),
        ("2001:db8::7", "0.0.0.0:7443", Place("2001:db8::7", 0)),
        ("[2001:db8::7]:443", "0.0.0.0:7443", Place("2001:db8::7", 443)),
    ],
)
def test_agents_are_told_where_to_deliver(public: str | None, uplink: str, told: Place) -> None:
    listening = Listening(uplink, public=public)
    assert listening.told(parse_place(uplink), ("hub.example", "localhost")) == told


def test_a_public_host_that_is_none_is_named() -> None:
    with pytest.raises(BadInputError):
        Listening(public="https://x/").told(Place("0.0.0.0", 1), ("h",))
