"""The secrets in force are known wherever they come from, and found as they are written."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.action import DiscoverArguments, ReadArguments
from core.model.in_force import IN_FORCE, InForce
from core.secrets import CredentialSet
from core.secrets.credentials import WebLogin
from core.snmp.access import Access
from core.snmp.v3.user import AuthProtocol, PrivProtocol, V3User

GONE = "[gone]"


def of(*values: str) -> InForce:
    found = InForce()
    found.add(values)
    return found


@given(st.text(min_size=8, max_size=30), st.text(max_size=20), st.text(max_size=20))
def test_a_secret_goes_in_every_form_and_anywhere(value: str, before: str, after: str) -> None:
    value = value.encode("utf-8", "replace").decode()
    known = of(value)
    forms = (value, json.dumps(value)[1:-1], repr(value)[1:-1], repr(value.encode())[2:-1])
    for form in forms:
        assert GONE in known.removed(f"{before}{form}{after}", GONE)


def test_what_is_short_is_a_word_and_what_all_know_is_none() -> None:
    known = of("hall", "abc", "public", "", "a.b*c")
    assert known.removed("hall, hallway, abc, public", GONE) == f"{GONE}, hallway, abc, public"
    assert known.removed("in 'a.b*c'", GONE) == f"in '{GONE}'"
    assert known.removed("aXbbc", GONE) == "aXbbc"


def test_the_longer_of_two_goes_whole_and_their_number_is_bounded() -> None:
    assert of("c4nary-one", "c4nary-one-two").removed("c4nary-one-two", GONE) == GONE
    few = InForce(most=2)
    few.add(["c4nary-1", "c4nary-2", "c4nary-3"])
    assert few.removed("c4nary-1 c4nary-3", GONE) == f"c4nary-1 {GONE}"
    assert "c4nary" not in repr(few)


@pytest.mark.parametrize(
    "make",
    [
        lambda secret: CredentialSet(communities=(secret,)),
        lambda secret: CredentialSet.of_plain({"communities": [secret]}),
        lambda secret: WebLogin("user", secret),
        lambda secret: V3User("u", AuthProtocol.SHA1, secret),
        lambda secret: V3User("u", AuthProtocol.SHA1, "x" * 8, PrivProtocol.AES128, secret),
        lambda secret: Access((secret,)),
        lambda secret: DiscoverArguments(communities=(secret,)),
        lambda secret: ReadArguments("10.0.0.1", communities=(secret,)),
    ],
)
def test_whatever_holds_a_secret_makes_it_known(
    make: Callable[[str], object], request: pytest.FixtureRequest
) -> None:
    secret = f"c4nary-{request.node.callspec.id}-" + "0" * 8
    assert secret in IN_FORCE.removed(secret, GONE)
    make(secret)
    assert IN_FORCE.removed(f"({secret})", GONE) == f"({GONE})"
