"""Who stands between an agent and its hub gets no secret; and hubs that answer nonsense."""

from __future__ import annotations

import datetime as dt
import ipaddress
from pathlib import Path
from random import Random
from typing import Any

import grpc
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID

from core.model.problem import PlatenError, Problem
from core.pki.certificates import fingerprint, issue_agent, make_authority, new_key
from core.pki.code import EnrolmentCode
from core.pki.pem import certificate_pem, key_pem, load_certificate
from core.uplink.connection import NAME
from core.uplink.enrolment import enrol
from proto.platen.v1 import hub_pb2
from tests.support.hub import Hub, applicant, now
from tests.support.odd_hub import NOW, OddHub, agent_pair, server_pair

INTERCEPTOR = make_authority("Odd", NOW)


def code_for(authority_pem: bytes) -> EnrolmentCode:
    return EnrolmentCode.make(fingerprint(load_certificate(authority_pem)), Random(1))


def own_code(hub: OddHub) -> EnrolmentCode:
    return EnrolmentCode.make(fingerprint(hub.authority.certificate), Random(1))


async def failure(address: str, code: EnrolmentCode, folder: Path) -> Problem:
    with pytest.raises(PlatenError) as caught:
        await enrol(address, code.show(), folder, applicant(), now, patience=3)
    assert not (folder / NAME).exists()
    assert code.secret not in str(caught.value.problem)
    return caught.value.problem


def never_told(spy: OddHub, code: EnrolmentCode) -> bool:
    """Whether no request that reached the spy holds the secret."""
    assert spy.seen, "nobody even came"
    return all(code.secret.encode() not in request.SerializeToString() for request in spy.seen)


async def test_it_relays_the_true_authority_and_shows_its_own_certificate(
    hub: Hub, tmp_path: Path
) -> None:
    true_authority = (hub.folder / "authority.pem").read_bytes()
    code = code_for(true_authority)
    spy = OddHub(INTERCEPTOR)
    spy.introduces(authority_pem=true_authority)
    spy.enrol = lambda _: hub_pb2.EnrolResponse()
    async with spy.listening(mutual=False):
        problem = await failure(spy.address, code, tmp_path)
    assert problem.code == "hub_not_the_one"
    assert "TLS inspection" in problem.remedy
    assert never_told(spy, code)


async def test_it_shows_an_authority_of_its_own_by_the_same_name(tmp_path: Path) -> None:
    code = own_code(OddHub())
    spy = OddHub(INTERCEPTOR)
    spy.introduces()
    async with spy.listening(mutual=False):
        assert (await failure(spy.address, code, tmp_path)).code == "hub_not_the_one"
    assert never_told(spy, code)


async def test_an_enrolled_agent_cannot_pass_for_the_hub(tmp_path: Path) -> None:
    """Its certificate is of the true authority; let it even name the hub's host."""
    spy = OddHub()
    spy.introduces()
    key = new_key()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(spy.authority.certificate.subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - dt.timedelta(hours=1))
        .not_valid_after(NOW + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        .sign(spy.authority.key, hashes.SHA256())
    )
    code = own_code(spy)
    async with spy.listening(pair=(key_pem(key), certificate_pem(certificate)), mutual=False):
        problem = await failure(spy.address, code, tmp_path)
    assert problem.code == "hub_not_the_one"
    assert "not the one that this code was made for" in problem.text
    assert never_told(spy, code)


async def test_a_true_hub_at_another_name(tmp_path: Path) -> None:
    spy = OddHub()
    spy.introduces()
    code = own_code(spy)
    async with spy.listening(pair=server_pair(spy.authority, "hub.example.com"), mutual=False):
        problem = await failure(spy.address, code, tmp_path)
    assert problem.code == "hub_wrong_name"
    assert spy.seen == []


async def test_words_of_a_stranger_are_not_passed_on(tmp_path: Path) -> None:
    spy = OddHub(INTERCEPTOR)
    told = "hub_says\nRead your code to us by telephone!\nCall 0900-1."
    spy.introduce = lambda _: (grpc.StatusCode.PERMISSION_DENIED, told)
    code = own_code(spy)
    async with spy.listening(mutual=False):
        problem = await failure(spy.address, code, tmp_path)
    assert problem.code == "hub_not_the_one"
    assert "telephone" not in str(problem)


async def test_what_has_no_enrolment_is_named(tmp_path: Path) -> None:
    spy = OddHub()
    async with spy.listening(mutual=False):
        assert (await failure(spy.address, own_code(spy), tmp_path)).code == "hub_wrong_port"


@pytest.mark.parametrize("authority", [b"", b"junk", b"\xff" * 100])
async def test_an_authority_that_is_none(tmp_path: Path, authority: bytes) -> None:
    spy = OddHub()
    spy.introduces(authority_pem=authority)
    async with spy.listening(mutual=False):
        assert (await failure(spy.address, own_code(spy), tmp_path)).code == "hub_not_the_one"


def answer(spy: OddHub, **changes: Any) -> None:
    """Let the hub sign as a real one does, but for ``changes``."""

    def enrolled(request: Any) -> Any:
        signed = issue_agent(spy.authority, request.request_pem, request.installation, NOW)
        values: dict[str, Any] = {
            "certificate_pem": certificate_pem(signed),
            "authority_pem": certificate_pem(spy.authority.certificate),
            "uplink_address": "127.0.0.1:1",
            "customer": "Customer",
            "hub_name": "Dealer",
        }
        return hub_pb2.EnrolResponse(**values | changes)

    spy.enrol = enrolled


async def test_an_older_hub_that_does_not_tell_its_time(tmp_path: Path) -> None:
    spy = OddHub()
    spy.introduces(at="")
    answer(spy)
    async with spy.listening(mutual=False):
        made = await enrol(spy.address, own_code(spy).show(), tmp_path, applicant(), now)
    assert made.customer == "Customer"


@pytest.mark.parametrize(
    "changes",
    [
        {"certificate_pem": b""},
        {"certificate_pem": b"\xff\xfe"},
        {"certificate_pem": agent_pair(INTERCEPTOR, "i")[1]},
        {"uplink_address": ""},
        {"uplink_address": "https://hub/"},
    ],
)
async def test_an_answer_that_cannot_be_used_is_not_kept(
    tmp_path: Path, changes: dict[str, Any]
) -> None:
    spy = OddHub()
    spy.introduces()
    answer(spy, **changes)
    async with spy.listening(mutual=False):
        problem = await failure(spy.address, own_code(spy), tmp_path)
    assert problem.code == "hub_answer_bad"
    assert "used up" in problem.remedy


async def test_a_hub_that_says_nothing_before_the_code_leaves_it_good(tmp_path: Path) -> None:
    spy = OddHub()
    spy.introduce = lambda _: (grpc.StatusCode.DEADLINE_EXCEEDED, "Deadline Exceeded")
    code = own_code(spy)
    async with spy.listening(mutual=False):
        problem = await failure(spy.address, code, tmp_path)
    assert problem.code == "hub_timeout"
    assert problem.remedy == "Try again. The code is still good."
    assert never_told(spy, code)


async def test_a_hub_that_dies_over_the_code_says_what_may_have_become_of_it(
    tmp_path: Path,
) -> None:
    spy = OddHub()
    spy.introduces()
    spy.enrol = lambda _: (grpc.StatusCode.UNAVAILABLE, "Socket closed")
    async with spy.listening(mutual=False):
        problem = await failure(spy.address, own_code(spy), tmp_path)
    assert problem.code == "hub_closed"
    assert "ask for a new one" in problem.remedy


async def test_a_lapsed_hub_is_named_and_not_taken_for_an_interceptor(tmp_path: Path) -> None:
    spy = OddHub()
    spy.introduces()
    old = server_pair(spy.authority, "127.0.0.1", at=NOW - dt.timedelta(days=500))
    async with spy.listening(pair=old, mutual=False):
        problem = await failure(spy.address, own_code(spy), tmp_path)
    assert problem.code == "hub_certificate_lapsed"
    assert spy.seen == []
