"""Nothing that is secret is told anywhere, and nothing that is hidden leaves the building."""

from __future__ import annotations

import base64
import sys
from collections.abc import Iterator

import pytest

from tests.support.canaries import Hit, forms, forms_of_mac, search
from tests.support.canary_site import COMMUNITY, Told, canary_site


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    with canary_site(tmp_path_factory.mktemp("site")) as everything:
        yield everything


def test_what_is_searched_for_was_really_there(told: Told) -> None:
    assert told.delivered >= 3
    assert len(told.outside["wire to the hub"]) > 10_000
    kept = set(told.secrets) - {
        "enrolment code",
        "wrong community",
        "too short a password",
        "password in a damaged file",
        "password where none belongs",
        "wrong password",
    }
    found = {hit.value for hit in search(told.kept, [told.secrets[name] for name in kept])}
    assert {told.secrets[name] for name in kept} - found <= {told.secrets["v3 authentication"]}
    said = b"".join(told.inside.values())
    for by_user in (b"wrong digest", b"does not know the SNMPv3 user", b"has not been allowed"):
        assert by_user in said, by_user
    hidden = [value for name, value in told.hidden.items() if name != "name of this computer"]
    assert len(hidden) >= 12
    assert {hit.value for hit in search(told.inside, hidden)} == set(hidden)


def test_no_secret_is_anywhere(told: Told, capsys: pytest.CaptureFixture[str]) -> None:
    places = dict(told.everywhere)
    code = told.secrets["enrolment code"]
    hits = search(places, set(told.secrets.values()) - {code})
    # The code itself is what the hub is told: it is looked for everywhere else.
    del places["wire to the hub"]
    hits += search(places, [code])
    _report(capsys, "secrets", places, hits)
    assert hits == []


def test_nothing_hidden_leaves_the_building(told: Told, capsys: pytest.CaptureFixture[str]) -> None:
    hits = search(told.outside, told.hidden.values())
    _report(capsys, "hidden values", told.outside, hits)
    assert hits == []


def _report(
    capsys: pytest.CaptureFixture[str], what: str, places: dict[str, bytes], hits: list[Hit]
) -> None:
    with capsys.disabled():
        size = sum(map(len, places.values()))
        sys.stdout.write(
            f"\n{what}: {len(hits)} hits in {len(places)} places ({size:,} bytes)\n"
            + "".join(f"  {place}\n" for place in places)
            + "".join(f"  HIT {hit}\n" for hit in hits)
        )


@pytest.mark.parametrize("form", [name for name, _ in forms("x")])
def test_a_leak_in_any_form_is_found_in_any_place(told: Told, form: str) -> None:
    leak = dict(forms(COMMUNITY))[form]
    for place in ("agent, log", "wire to the hub", "agent, /proc cmdline"):
        leaking = {place: told.everywhere[place] + b"\n" + leak + b"\n"}
        assert [hit.place for hit in search(leaking, [COMMUNITY])], (place, form)


@pytest.mark.parametrize("shift", range(5))
def test_a_leak_inside_of_base64_is_found_wherever_it_begins(shift: int) -> None:
    leak = base64.b64encode(b"x" * shift + COMMUNITY.encode() + b"yz")
    assert search({"place": leak}, [COMMUNITY])
    assert not search({"place": leak}, ["c4nary-other-community"])


def test_a_leaking_mac_is_found_in_every_spelling(told: Told) -> None:
    mac = told.hidden["mac 0"]
    for name, form in forms_of_mac(mac):
        assert search({"wire": b"{" + form + b"}"}, [mac]), name


def test_what_only_resembles_is_no_hit() -> None:
    assert not search({"place": b"10.0.0.12 110.0.0.1"}, ["10.0.0.1"])
    for text in (b"at 10.0.0.1.", b"1.3.6.1.2.1.4.20.1.2.10.0.0.1"):
        assert search({"place": text}, ["10.0.0.1"])


def test_the_places_are_those_that_were_promised(told: Told) -> None:
    names = " ".join(told.everywhere)
    for promised in (
        "agent, log",
        "data folder: logs/agent.log",
        "bundle: logs/agent.log",
        "bundle: status.json",
        "bundle: host.json",
        "bundle: settings.toml",
        "bundle: devices.jsonl",
        "bundle: readings.jsonl",
        "agent, standard output",
        "agent, /proc cmdline",
        "agent, /proc environ",
        "standard error",
        "standard output",
        "/proc cmdline",
        "wire to the hub",
        "data folder: settings.toml",
        "data folder: store.sqlite",
        "hub: hub.sqlite",
        "hub: process.log",
    ):
        assert promised in names, promised
