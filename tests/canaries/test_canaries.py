"""Nothing that is secret is told anywhere, and nothing that is hidden leaves the building."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Iterator

import pytest

from tests.support.canaries import Hit, forms, forms_of_mac, search
from tests.support.canary_site import Told, canary_site
from tests.support.canary_values import COMMUNITY, CRASH, JOBS, SECRETS

#: Secrets that are refused, or that only live for a while: kept nowhere.
_NOT_KEPT = {
    "enrolment code",
    "wrong community",
    "too short a password",
    "password in a damaged file",
    "password where none belongs",
    "wrong password",
    "page key",
    "page cookie",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    with canary_site(tmp_path_factory.mktemp("site")) as everything:
        yield everything


def joined(told: Told, part: str) -> bytes:
    return b"\n".join(data for place, data in told.everywhere.items() if part in place)


def test_what_is_searched_for_was_really_there(told: Told) -> None:
    assert len(told.outside["wire to the hub"]) > 10_000
    kept = set(told.secrets) - _NOT_KEPT
    found = {hit.value for hit in search(told.kept, [told.secrets[name] for name in kept])}
    assert {told.secrets[name] for name in kept} - found <= {told.secrets["v3 authentication"]}
    said = b"".join(told.inside.values())
    for by_user in (b"wrong digest", b"does not know the SNMPv3 user", b"has not been allowed"):
        assert by_user in said, by_user
    elsewhere = {"name of this computer", "address of the crash"}
    hidden = [value for name, value in told.hidden.items() if name not in elsewhere]
    assert len(hidden) >= 16
    assert {hit.value for hit in search(told.inside, hidden)} == set(hidden)
    for job in told.jobs.values():
        assert any(job.encode() in answer for answer in told.answers), job


def test_all_that_goes_to_the_hub_did_arrive(told: Told) -> None:
    assert told.delivered >= 5
    named = [body for body in map(json.loads, told.occurrences) if "looks after" in str(body)]
    assert named, told.occurrences
    sent = json.loads(joined(told, "(logs send), standard output"))
    assert sent["reference"] in {row["reference"] for row in told.bundles}
    assert len(told.bundles) == 2, "one from the command line, one from the page"
    for name in ("logs/agent.log", "status.json", "devices.jsonl", "readings.jsonl"):
        there = [data for place, data in told.outside.items()
                 if place.startswith("hub: ") and place.endswith(name)]  # fmt: skip
        assert len(there) == 2, name
        assert all(there), name


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


def test_what_people_print_is_asked_by_nobody(told: Told) -> None:
    assert search({**told.everywhere, **told.kept}, JOBS.values()) == []


def test_each_segment_is_hidden_as_it_was_set(told: Told) -> None:
    # Shown, where nothing was to be hidden: readings and devices say it as it is.
    wire = {"wire": told.outside["wire to the hub"]}
    assert {hit.value for hit in search(wire, told.shown.values())} == set(told.shown.values())
    # Left out: no stand-in either.
    assert len(told.left_out) == 2
    for body in told.left_out:
        reading = body["reading"]
        assert (reading["address"], body["device"]["endpoint"]["address"]) == ("hidden", "hidden")
        for identity in (reading["identity"], body["device"]["identity"]):
            gone = {name: identity[name] for name in ("mac", "hostname", "name", "location")}
            assert set(gone.values()) == {None}, gone
        assert "hidden-" not in str(body)
        assert "host-" not in str(body)
    # Masked: stand-ins, on the wire and, while nothing was left out anywhere, in the log.
    assert b"hidden-" in told.outside["wire to the hub"]
    assert b"hidden-" in told.outside["data folder: logs/agent.log"]


def test_crashes_are_told_without_what_they_knew(told: Told) -> None:
    log, errors = told.outside["data folder: logs/agent.log"], told.outside["agent, log"]
    for text in (log, errors):
        assert text.count(b"RuntimeError: CRASHED with") >= 2  # the action, and the thread
        assert b"KeyError" in text
    kept = told.outside["data folder: logs/agent-errors.log"]
    assert b"RuntimeError: CRASHED with" in kept
    said = joined(told, f"(read {CRASH}), standard error")
    assert b"ended by a fault in Platen" in said
    assert b"Traceback" not in said
    action = joined(told, f"(scan {CRASH}), standard error")
    assert b"failed by a fault in Platen (RuntimeError)" in action


def test_the_page_was_used(told: Told) -> None:
    view = json.loads(told.outside["page: /view after /do/send"])["sections"]
    assert "Name this number" in view["support"]
    assert "hidden" in view["devices"]
    assert "TK-" in view["devices"] or "%" in view["devices"]
    assert "not the code" in view["enrolment"] or "code" in view["enrolment"]
    assert b"<!doctype html>" in told.outside["page: /"]


def _report(
    capsys: pytest.CaptureFixture[str], what: str, places: dict[str, bytes], hits: list[Hit]
) -> None:
    with capsys.disabled():
        size = sum(map(len, places.values()))
        sys.stdout.write(
            f"\n{what}: {len(hits)} hits in {len(places)} places ({size:,} bytes)\n"
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
    mac = next(value for name, value in told.hidden.items() if name.startswith("mac "))
    for name, form in forms_of_mac(mac):
        assert search({"wire": b"{" + form + b"}"}, [mac]), name


def test_what_only_resembles_is_no_hit() -> None:
    assert not search({"place": b"10.0.0.12 110.0.0.1"}, ["10.0.0.1"])
    for text in (b"at 10.0.0.1.", b"1.3.6.1.2.1.4.20.1.2.10.0.0.1"):
        assert search({"place": text}, ["10.0.0.1"])


def test_every_secret_that_is_planted_differs() -> None:
    assert len({*SECRETS.values(), *JOBS.values()}) == len(SECRETS) + len(JOBS)


def test_the_places_are_those_that_were_promised(told: Told) -> None:
    names = " ".join(told.everywhere)
    for promised in (
        "agent, log",
        "data folder: logs/agent.log",
        "data folder: logs/agent-errors.log",
        "bundle: logs/agent.log",
        "bundle: status.json",
        "bundle: host.json",
        "bundle: settings.toml",
        "bundle: devices.jsonl",
        "bundle: readings.jsonl",
        "agent, standard output",
        "agent, /proc cmdline",
        "agent, /proc environ",
        "(export --csv), standard output",
        "(export --history), standard output",
        "data folder: export.xlsx",
        "page: /view after /do/enrol",
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
