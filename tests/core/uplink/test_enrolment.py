"""Enrolment at a real hub: what works once, and what is refused with which words."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
import uuid
from pathlib import Path
from random import Random

import pytest

from core.model.problem import PlatenError, Problem, ProblemKind
from core.pki.certificates import AGENT_LIFE, common_name, fingerprint, make_authority, same_key
from core.pki.code import EnrolmentCode
from core.pki.pem import load_certificate, load_key
from core.uplink.connection import NAME, Enrolment, load
from core.uplink.enrolment import enrol
from tests.support.hub import Hub, applicant, now
from tests.support.tcp import nobody, serving, silent

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def refused(hub: str, code: str, folder: Path, shift: dt.timedelta = 0 * DAY) -> Problem:
    with pytest.raises(PlatenError) as caught:
        await enrol(hub, code, folder, applicant(), lambda: now() + shift, patience=5)
    assert not (folder / NAME).exists()
    problem = caught.value.problem
    assert problem.remedy
    assert code.replace("-", "")[:12] not in str(problem).replace("-", "")
    return problem


async def test_a_code_becomes_a_certificate(hub: Hub, tmp_path: Path) -> None:
    installation = str(uuid.uuid4())
    made = await hub.enrolled(tmp_path, "Harbour Dental", installation)
    assert load(tmp_path) == made
    assert (made.hub_name, made.customer) == ("Dealer", "Harbour Dental")
    assert (made.uplink_address, made.installation) == (hub.uplink, installation)
    certificate = load_certificate(made.certificate.encode())
    assert common_name(certificate) == installation
    assert same_key(certificate, load_key(made.key.encode()))
    life = certificate.not_valid_after_utc - now()
    assert AGENT_LIFE - HOUR < life <= AGENT_LIFE
    with hub.store() as store:
        (agent,) = (row for row in store.agents() if row["installation"] == installation)
    assert (agent["hostname"], agent["version"]) == ("pc-7", "0.1.0")
    assert names_in(tmp_path) == [NAME]


async def test_a_code_works_once(hub: Hub, tmp_path: Path) -> None:
    code = hub.code()
    await enrol(hub.enrolment, code, tmp_path / "one", applicant(), now)
    problem = await refused(hub.enrolment, code, tmp_path / "two")
    assert problem.code == "code_used"
    assert problem.kind is ProblemKind.REFUSED
    assert re.search(r"used already, on 20\d\d-\d\d-\d\d \d\d:\d\d UTC\.$", problem.text)


async def test_a_code_has_its_time(hub: Hub, tmp_path: Path) -> None:
    problem = await refused(hub.enrolment, hub.code(valid=-HOUR), tmp_path)
    assert problem.code == "code_expired"
    assert re.search(r"expired on 20\d\d-\d\d-\d\d \d\d:\d\d UTC\.$", problem.text)


async def test_a_code_that_nobody_made(hub: Hub, tmp_path: Path) -> None:
    authority = load_certificate((hub.folder / "authority.pem").read_bytes())
    code = EnrolmentCode.make(fingerprint(authority), Random(1)).show()
    assert (await refused(hub.enrolment, code, tmp_path)).code == "code_unknown"


async def test_a_code_of_another_hub_and_the_secret_stays_here(hub: Hub, tmp_path: Path) -> None:
    other = make_authority("Dealer", now())
    code = EnrolmentCode.make(fingerprint(other.certificate), Random(1)).show()
    problem = await refused(hub.enrolment, code, tmp_path)
    assert problem.code == "hub_not_the_one"
    assert "Nothing secret was sent" in problem.remedy


async def test_a_typing_error_asks_nobody(tmp_path: Path) -> None:
    problem = await refused("hub.example.com:1", "ABCDE-FGHJK", tmp_path)
    assert problem.code == "bad_code"
    assert problem.kind is ProblemKind.BAD_INPUT


async def test_two_at_one_moment_with_one_code(hub: Hub, tmp_path: Path) -> None:
    code = hub.code()
    ends = await asyncio.gather(
        *(enrol(hub.enrolment, code, tmp_path / str(n), applicant(), now) for n in range(6)),
        return_exceptions=True,
    )
    won = [end for end in ends if isinstance(end, Enrolment)]
    lost = [end.problem.code for end in ends if isinstance(end, PlatenError)]
    assert len(won) == 1
    assert lost == ["code_used"] * 5


@pytest.mark.parametrize("shift", [2 * HOUR, -2 * HOUR, 200 * DAY, -200 * DAY])
async def test_a_wrong_clock_is_named_before_the_code_is_used(
    hub: Hub, tmp_path: Path, shift: dt.timedelta
) -> None:
    code = hub.code()
    problem = await refused(hub.enrolment, code, tmp_path, shift)
    assert problem.code == "clock_wrong"
    assert f"{now() + shift:%Y-%m-%d}" in problem.text
    assert "clock" in problem.text
    await enrol(hub.enrolment, code, tmp_path, applicant(), lambda: now() + HOUR / 2)


async def test_a_clock_years_ahead_sees_a_hub_that_has_lapsed(hub: Hub, tmp_path: Path) -> None:
    problem = await refused(hub.enrolment, hub.code(), tmp_path, 1000 * DAY)
    assert problem.code == "hub_certificate_lapsed"
    assert "clock" in problem.remedy


async def test_a_folder_that_cannot_be_written_is_found_before_the_code_is_used(
    hub: Hub, tmp_path: Path
) -> None:
    code = hub.code()
    (tmp_path / "file").write_text("")
    problem = await refused_at(hub.enrolment, code, tmp_path / "file" / "data")
    assert problem.code == "certificate_unwritable"
    await enrol(hub.enrolment, code, tmp_path / "data", applicant(), now)


async def refused_at(hub: str, code: str, folder: Path) -> Problem:
    with pytest.raises(PlatenError) as caught:
        await enrol(hub, code, folder, applicant(), now)
    return caught.value.problem


async def test_the_port_for_delivery_is_not_that_for_enrolment(hub: Hub, tmp_path: Path) -> None:
    problem = await refused(hub.uplink, hub.code(), tmp_path)
    assert problem.code == "hub_wrong_port"
    assert "port" in problem.remedy


async def test_nobody_answers(hub: Hub, tmp_path: Path) -> None:
    assert (await refused(nobody(), hub.code(), tmp_path)).code == "hub_refused"
    assert (await refused("no.invalid:1", hub.code(), tmp_path)).code == "hub_name_unknown"
    async with serving(silent) as address:
        with pytest.raises(PlatenError) as caught:
            await enrol(address, hub.code(), tmp_path, applicant(), now, patience=0.2)
    assert caught.value.problem.code == "hub_timeout"


async def test_an_installation_id_that_is_none(hub: Hub, tmp_path: Path) -> None:
    code = hub.code()
    with pytest.raises(PlatenError) as caught:
        await enrol(hub.enrolment, code, tmp_path, applicant("../../etc"), now)
    assert caught.value.problem.code == "bad_installation"
    await enrol(hub.enrolment, code, tmp_path, applicant(), now)


async def test_a_hub_by_its_other_name(hub: Hub, tmp_path: Path) -> None:
    where = hub.enrolment.replace("127.0.0.1", "localhost")
    await enrol(where, hub.code(), tmp_path, applicant(), now)
