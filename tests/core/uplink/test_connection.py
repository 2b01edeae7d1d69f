"""The enrolment's file: read back, and refused with a reason when any part of it is wrong."""

from __future__ import annotations

import datetime as dt
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.jsonio import from_json, to_json
from core.model.problem import BadInputError
from core.pki.certificates import AGENT_LIFE, make_authority
from core.pki.errors import PkiError
from core.pki.pem import certificate_pem, load_certificate, load_key
from core.uplink.connection import NAME, Enrolment, check_lapse, find_flaw, load, save
from tests.support.odd_hub import NOW, agent_pair, enrolment_at

AUTHORITY = make_authority("Dealer", NOW)
OTHER = make_authority("Dealer", NOW)


def enrolment() -> Enrolment:
    key, certificate = agent_pair(AUTHORITY, "8c5f6b9e-0000-4000-8000-000000000001")
    made = enrolment_at(AUTHORITY, "hub.example.com:443", (key, certificate))
    parts = json.loads(to_json(made)) | {"installation": "8c5f6b9e-0000-4000-8000-000000000001"}
    return from_json(json.dumps(parts), Enrolment)


GOOD = enrolment()
TWIN = enrolment()


def test_no_file_is_no_enrolment(tmp_path: Path) -> None:
    assert load(tmp_path) is None


def test_what_is_kept_is_read_back_and_for_the_owner_alone(tmp_path: Path) -> None:
    save(tmp_path, GOOD)
    assert load(tmp_path) == GOOD
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600


def refusal(folder: Path) -> str:
    with pytest.raises(PkiError) as caught:
        load(folder)
    problem = caught.value.problem
    assert problem.code == "certificate_file"
    assert str(folder / NAME) in problem.text
    assert "Nothing is sent" in problem.remedy
    assert "PRIVATE" not in str(problem)
    return problem.text


DAMAGES: list[tuple[str, Any, str]] = [
    ("authority", "", "authority in it is damaged"),
    ("authority", GOOD.key, "authority in it is damaged"),
    ("authority", certificate_pem(OTHER.certificate).decode(), "not of the dealer's authority"),
    ("authority", GOOD.certificate, "not of the dealer's authority"),
    ("certificate", "", "certificate in it is damaged"),
    ("certificate", GOOD.certificate[:300], "certificate in it is damaged"),
    ("certificate", TWIN.certificate, "do not belong together"),
    ("certificate", GOOD.authority, "do not belong together"),
    ("key", "", "key in it is damaged"),
    ("key", GOOD.certificate, "key in it is damaged"),
    ("key", TWIN.key, "do not belong together"),
    ("installation", "another", "another installation"),
    ("uplink_address", "", "address of the hub"),
    ("uplink_address", "unix:/tmp/x", "address of the hub"),
    ("hub_name", None, "damaged"),
]


@pytest.mark.parametrize(("part", "value", "said"), DAMAGES)
def test_a_part_that_is_wrong_is_named(tmp_path: Path, part: str, value: Any, said: str) -> None:
    parts = json.loads(to_json(GOOD)) | {part: value}
    (tmp_path / NAME).write_text(json.dumps(parts))
    assert said in refusal(tmp_path)


@pytest.mark.parametrize("part", json.loads(to_json(GOOD)))
def test_a_part_that_is_missing_is_damage(tmp_path: Path, part: str) -> None:
    parts = json.loads(to_json(GOOD))
    del parts[part]
    (tmp_path / NAME).write_text(json.dumps(parts))
    assert "damaged" in refusal(tmp_path)


def _folder(path: Path) -> None:
    path.mkdir()


def _link(path: Path) -> None:
    path.symlink_to("nowhere")


def _half(path: Path) -> None:
    path.write_text(to_json(GOOD)[:900])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _huge(path: Path) -> None:
    path.write_bytes(b" " * 70_000 + to_json(GOOD).encode())


@pytest.mark.parametrize("spoil", [_folder, _link, _half, _empty, _huge])
def test_a_file_that_cannot_be_read_is_not_an_installation_without_a_hub(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(tmp_path / NAME)
    refusal(tmp_path)


@given(st.data())
def test_any_change_is_found_or_trusts_the_same_keys(data: st.DataObject) -> None:
    text = bytearray(to_json(GOOD).encode())
    place = data.draw(st.integers(0, len(text) - 1))
    text[place] = data.draw(st.integers(0, 255))
    try:
        changed = from_json(bytes(text), Enrolment)
    except BadInputError:
        return
    if not find_flaw(changed):
        assert changed.installation == GOOD.installation
        assert public_keys(changed) == public_keys(GOOD)


def public_keys(of: Enrolment) -> list[Any]:
    parts = [of.authority, of.certificate]
    return [load_certificate(pem.encode()).public_key() for pem in parts] + [
        load_key(of.key.encode()).public_key()
    ]


def test_a_lapsed_certificate_is_named_without_asking_anybody() -> None:
    check_lapse(GOOD, NOW)
    with pytest.raises(PkiError, match="This agent's certificate for the hub lapsed") as caught:
        check_lapse(GOOD, NOW + AGENT_LIFE + dt.timedelta(minutes=1))
    assert caught.value.problem.code == "certificate_lapsed"
    assert "new code" in caught.value.problem.remedy
    with pytest.raises(PkiError, match="clock") as caught:
        check_lapse(GOOD, NOW - dt.timedelta(days=1))
    assert caught.value.problem.code == "clock_wrong"


def test_nothing_secret_is_in_what_is_printed_of_it() -> None:
    assert "BEGIN" not in repr(GOOD)
    assert "hub.example.com" in repr(GOOD)
