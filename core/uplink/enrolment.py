"""Enrolment: a one-time code is traded for a certificate, and only with the hub that it names.

The order is what protects it. First the hub's certificate is fetched, trusting nothing; over a
channel bound to it the hub introduces its authority; that has to be the one whose fingerprint the
code carries, and it has to have signed the certificate. Only then is the secret sent, over a
channel pinned to that authority. What would make the answer useless (a folder that cannot be
written, a clock that is wrong) is found before the code is used up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
from cryptography import x509

from core.pki.certificates import (
    BACKDATE,
    check_time,
    fingerprint,
    for_servers,
    make_request,
    new_key,
    signed_by,
)
from core.pki.code import EnrolmentCode, parse_code
from core.pki.errors import PkiError
from core.pki.files import check_writable
from core.pki.pem import certificate_pem, key_pem, load_certificate
from core.uplink.address import HubAddress, parse_address
from core.uplink.connection import NAME, Enrolment, find_flaw, save
from core.uplink.errors import UplinkError, explain, unavailable
from core.uplink.greeting import fetch_certificate
from core.uplink.line import OPTIONS
from proto.platen.v1 import hub_pb2, hub_pb2_grpc

PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asks: the installation (UUID), the machine's name, Platen's version."""

    installation: str
    hostname: str
    version: str


async def enrol(
    hub: str,
    code: str,
    folder: Path,
    applicant: Applicant,
    clock: Callable[[], dt.datetime],
    patience: float = PATIENCE,
) -> Enrolment:
    """Enrol at the hub's enrolment listener (``HOST:PORT``) and keep the result in ``folder``.

    ``patience`` is in seconds, for each of three steps. Raises ``CodeError`` (a typing error),
    ``BadInputError``, ``UplinkError`` and ``PkiError``, each naming its cause. Nothing secret is
    sent before the hub has shown that it is the one that issued the code.
    """
    parsed = parse_code(code)
    where = parse_address(hub)
    check_writable(folder / NAME)
    leaf = await fetch_certificate(where, patience)
    _check_hubs_time(leaf, where, clock())
    authority = await _introduced(where, leaf, parsed, clock, patience)
    key = new_key()
    request = hub_pb2.EnrolRequest(
        code_secret=parsed.secret,
        request_pem=make_request(key, applicant.installation),
        installation=applicant.installation,
        hostname=applicant.hostname,
        version=applicant.version,
    )
    try:
        answer = await _call(where, authority, "Enrol", request, patience)
    except grpc.aio.AioRpcError as error:
        raise _unanswered(explain(error, str(where))) from None
    enrolment = Enrolment(
        uplink_address=answer.uplink_address,
        hub_name=answer.hub_name,
        customer=answer.customer,
        installation=applicant.installation,
        authority=certificate_pem(authority).decode(),
        certificate=answer.certificate_pem.decode(errors="replace"),
        key=key_pem(key).decode(),
    )
    if flaw := find_flaw(enrolment):
        raise UplinkError(
            "hub_answer_bad",
            f"The answer of the hub at {where} cannot be used: {flaw}.",
            "Tell the dealer. The code is used up.",
        )
    save(folder, enrolment)
    return enrolment


def _check_hubs_time(leaf: x509.Certificate, where: HubAddress, now: dt.datetime) -> None:
    try:
        check_time(leaf, now, f"The certificate of the hub at {where}", "tell the dealer.")
    except PkiError as error:
        problem = error.problem
        code = "hub_certificate_lapsed" if problem.code == "certificate_lapsed" else problem.code
        raise UplinkError(code, problem.text, problem.remedy) from None


async def _introduced(
    where: HubAddress,
    leaf: x509.Certificate,
    code: EnrolmentCode,
    clock: Callable[[], dt.datetime],
    patience: float,
) -> x509.Certificate:
    """Give the authority, once the hub has shown that it is the one that the code names."""
    try:
        answer = await _call(where, leaf, "Introduce", hub_pb2.IntroduceRequest(), patience)
    except grpc.aio.AioRpcError as error:
        raise _not_introduced(error, where) from None
    try:
        authority = load_certificate(answer.authority_pem)
    except ValueError:
        raise _not_the_one(where) from None
    if not code.fits(fingerprint(authority)):
        raise _not_the_one(where)
    # An agent's own certificate is signed by the authority too, and must not pass for the hub's.
    if not signed_by(leaf, authority) or not for_servers(leaf):
        raise _not_the_one(where)
    _compare_clocks(answer.at, clock())
    return authority


def _not_introduced(error: grpc.aio.AioRpcError, where: HubAddress) -> UplinkError:
    # Nobody knows yet who answers: not a word of it is passed on.
    if error.code() is grpc.StatusCode.UNAVAILABLE:
        named = unavailable(error.details() or "", str(where))
        if named.problem.code != "hub_closed":
            return _still_good(named)
        # So does the listener that wants a certificate first.
        return UplinkError(
            "hub_wrong_port",
            f"What listens at {where} closes the connection without a word.",
            "Check the port (the number after the colon): enrolment has its own, usually 7444.",
        )
    if error.code() in (grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.UNIMPLEMENTED):
        return _still_good(explain(error, str(where)))
    return _not_the_one(where)


def _not_the_one(where: HubAddress) -> UplinkError:
    return UplinkError(
        "hub_not_the_one",
        f"The hub at {where} is not the one that this code was made for.",
        "Nothing secret was sent. Check that address and code are of one letter. If they are, "
        "something between here and the hub opens encrypted connections (TLS inspection): have "
        "this one let through unopened.",
    )


def _compare_clocks(at: str, now: dt.datetime) -> None:
    """Raise ``UplinkError`` (``clock_wrong``) where the two clocks differ by more than an hour.

    The new certificate would not be valid yet, or lapse too early, and every reading would have a
    wrong time.
    """
    try:
        theirs = dt.datetime.fromisoformat(at)
        apart = abs(theirs - now)
    except (ValueError, TypeError):
        return  # an older hub does not say
    if apart > BACKDATE:
        raise UplinkError(
            "clock_wrong",
            f"This machine's clock says {now:%Y-%m-%d %H:%M} UTC and the hub's "
            f"{theirs:%Y-%m-%d %H:%M %Z}.",
            "Set the one that is wrong, and look at its time zone too. The code is still good.",
        )


def _still_good(error: UplinkError) -> UplinkError:
    """Say what to do where nothing was sent yet: nobody but the person tries again."""
    problem = error.problem
    if problem.code not in ("hub_timeout", "hub_away"):
        return error
    return UplinkError(problem.code, problem.text, "Try again. The code is still good.")


def _unanswered(error: UplinkError) -> UplinkError:
    """Say what may have become of the code where the connection broke after it was sent."""
    problem = error.problem
    if problem.code not in ("hub_timeout", "hub_closed", "hub_away"):
        return error
    remedy = "Try again. If the hub then says that the code was used, ask for a new one."
    return UplinkError(problem.code, problem.text, remedy)


async def _call(
    where: HubAddress, root: x509.Certificate, method: str, request: object, patience: float
) -> Any:
    credentials = grpc.ssl_channel_credentials(root_certificates=certificate_pem(root))
    async with grpc.aio.secure_channel(where.target, credentials, options=OPTIONS) as channel:
        stub = hub_pb2_grpc.EnrolmentStub(channel)
        return await getattr(stub, method)(request, timeout=patience)
