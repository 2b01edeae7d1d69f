"""The hub's files: made once, read with care, renewed in time."""

from __future__ import annotations

import datetime as dt
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from core.model.problem import PlatenError
from core.pki.certificates import (
    AUTHORITY_LIFE,
    SERVER_LIFE,
    hosts_of,
    issue_server,
    make_authority,
    new_key,
    signed_by,
)
from core.pki.pem import certificate_pem, key_pem, load_certificate, load_key
from hub.authority import RENEW, HubFacts, HubKeys, init, load, renewed

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
FACTS = HubFacts("Dealer", ("hub.example.com", "127.0.0.1"))
FILES = ("authority.key", "authority.pem", "hub.json", "server.key", "server.pem")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    init(tmp_path / "hub", FACTS, NOW)
    return tmp_path / "hub"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(PlatenError) as caught:
        work()
    problem = caught.value.problem
    assert problem.remedy
    assert "PRIVATE" not in str(problem)
    return f"{problem.code}: {problem.text}"


def test_a_new_hub_is_its_owners_alone(folder: Path) -> None:
    assert sorted(contents(folder)) == sorted(FILES)
    keys = load(folder)
    assert keys.facts == FACTS
    server = load_certificate(keys.server_pem)
    assert signed_by(server, keys.authority.certificate)
    assert hosts_of(server) == set(FACTS.hosts)
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        for path in folder.iterdir():
            assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_second_hub_in_one_folder_is_refused(folder: Path) -> None:
    before = contents(folder)
    assert refusal(lambda: init(folder, FACTS, NOW)).startswith("hub_exists")
    assert contents(folder) == before


@pytest.mark.parametrize("left", range(5))
def test_one_that_was_cut_short_is_finished(folder: Path, left: int) -> None:
    """Files come in this order; whatever there is of the authority is kept."""
    order = ["authority.key", "authority.pem", "server.key", "server.pem", "hub.json"]
    before = contents(folder)
    for name in order[left:]:
        (folder / name).unlink()
    init(folder, FACTS, NOW)
    keys = load(folder)
    assert signed_by(load_certificate(keys.server_pem), keys.authority.certificate)
    if left >= 2:
        assert contents(folder)["authority.pem"] == before["authority.pem"]


def test_a_hub_that_lost_its_facts_keeps_its_agents(folder: Path) -> None:
    (folder / "hub.json").unlink()
    before = contents(folder)
    init(folder, FACTS, NOW)
    assert contents(folder)["authority.pem"] == before["authority.pem"]


def test_no_hub_here(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        assert refusal(lambda folder=folder: load(folder)).startswith("no_hub")
    (tmp_path / "file").write_text("")
    assert refusal(lambda: load(tmp_path / "file" / "x")).startswith("no_hub")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("spoil", ["empty", "junk", "folder", "gone"])
def test_a_file_that_cannot_be_used_is_named(folder: Path, name: str, spoil: str) -> None:
    path = folder / name
    path.unlink()
    if spoil == "folder":
        path.mkdir()
    elif spoil != "gone":
        path.write_bytes(b"" if spoil == "empty" else b"\xff junk")
    said = refusal(lambda: load(folder))
    if name == "hub.json" and spoil == "gone":
        assert said.startswith("no_hub")
    else:
        assert said.startswith("certificate_file")
        assert name in said


def test_files_that_do_not_belong_together_are_named(folder: Path) -> None:
    other = make_authority("Dealer", NOW)
    stranger = new_key()
    own = load_key((folder / "server.key").read_bytes())
    for name, data, said in (
        ("authority.key", key_pem(other.key), "authority.key cannot be used: it does not belong"),
        ("authority.pem", certificate_pem(other.certificate), "it does not belong"),
        ("server.key", key_pem(stranger), "server.key cannot be used: it does not belong"),
        (
            "server.pem",
            certificate_pem(issue_server(other, own, ["h"], NOW)),
            "server.pem cannot be used: it is not signed by authority.pem",
        ),
    ):
        kept = (folder / name).read_bytes()
        (folder / name).write_bytes(data)
        assert said in refusal(lambda: load(folder))
        (folder / name).write_bytes(kept)
    load(folder)


def test_a_hub_without_a_name_to_be_reached_by_is_named(folder: Path) -> None:
    (folder / "hub.json").write_text('{"name": "x", "hosts": []}')
    assert "names no host" in refusal(lambda: load(folder))


def end_of(keys: HubKeys) -> dt.datetime:
    return load_certificate(keys.server_pem).not_valid_after_utc


@pytest.mark.parametrize(
    ("age", "renews"),
    [
        (0 * DAY, False),
        (SERVER_LIFE - RENEW - DAY, False),
        (SERVER_LIFE - RENEW + DAY, True),
        (SERVER_LIFE + 100 * DAY, True),
    ],
)
def test_its_own_certificate_is_renewed_in_time(
    folder: Path, age: dt.timedelta, renews: bool
) -> None:
    before = contents(folder)
    made = renewed(folder, load(folder), NOW + age)
    assert (made is not None) == renews
    after = contents(folder)
    changed = {name for name in FILES if before[name] != after[name]}
    assert changed == ({"server.pem"} if renews else set())
    if made is not None:
        assert end_of(made) == NOW + age + SERVER_LIFE
        assert made.server_pem == load(folder).server_pem
        assert renewed(folder, made, NOW + age) is None


def test_a_name_that_it_lacks_is_added_and_none_is_lost(folder: Path) -> None:
    keys = load(folder)
    made = renewed(folder, keys, NOW, ["public.example"])
    assert made is not None
    assert hosts_of(load_certificate(made.server_pem)) == {*FACTS.hosts, "public.example"}
    again = renewed(folder, load(folder), NOW, ["192.0.2.9"])
    assert again is not None
    assert hosts_of(load_certificate(again.server_pem)) == {
        *FACTS.hosts,
        "public.example",
        "192.0.2.9",
    }
    assert renewed(folder, again, NOW, ["public.example"]) is None


def test_a_hub_made_while_the_clock_ran_ahead_is_named(folder: Path) -> None:
    said = refusal(lambda: renewed(folder, load(folder), NOW - 2 * DAY))
    assert said.startswith("clock_wrong")


def test_an_authority_at_its_end_is_named(folder: Path) -> None:
    late = NOW + AUTHORITY_LIFE + DAY
    said = refusal(lambda: renewed(folder, load(folder), late))
    assert said.startswith("certificate_lapsed")
    assert "authority.pem" in said


def test_keys_are_not_in_what_is_printed_of_them(folder: Path) -> None:
    assert "PRIVATE" not in repr(load(folder))
