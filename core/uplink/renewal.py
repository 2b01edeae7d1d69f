"""Renewal: a certificate that is still good is traded for a new one, long before it lapses.

The new key is born here and kept with the new certificate in one step, so that a crash leaves the
old pair or the new one. The hub takes both until the new one is used for the first time: an answer
that is lost on its way costs nothing.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path

from core.pki.certificates import check_time, make_request, new_key
from core.pki.files import check_writable
from core.pki.pem import key_pem, load_certificate
from core.uplink.connection import NAME, Enrolment, find_flaw, save
from core.uplink.errors import UplinkError
from core.uplink.line import Line
from proto.platen.v1 import hub_pb2

#: When this part of its life is over, it is renewed.
_PART = 2 / 3
_TRIED_AGAIN = "The present one is still good, and it is tried again tomorrow."


def lapses(enrolment: Enrolment) -> dt.datetime:
    """Give when the certificate lapses."""
    return load_certificate(enrolment.certificate.encode()).not_valid_after_utc


def renews(enrolment: Enrolment) -> dt.datetime:
    """Give from when on the certificate is renewed."""
    certificate = load_certificate(enrolment.certificate.encode())
    begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    return begin + (end - begin) * _PART


async def renew(
    enrolment: Enrolment, folder: Path, line: Line, clock: Callable[[], dt.datetime]
) -> Enrolment:
    """Get a new certificate over ``line`` and keep it in ``folder``; gives the new enrolment.

    Raises ``PlatenError``; then the old one is in force and kept. ``line`` goes on with the old
    one until it is told otherwise.
    """
    check_writable(folder / NAME)
    key = new_key()
    request = hub_pb2.RenewRequest(request_pem=make_request(key, enrolment.installation))
    answer = await line.call("Renew", request)
    renewed = dataclasses.replace(
        enrolment,
        certificate=answer.certificate_pem.decode(errors="replace"),
        key=key_pem(key).decode(),
    )
    _check(renewed, clock())
    save(folder, renewed)
    return renewed


def _check(renewed: Enrolment, now: dt.datetime) -> None:
    """Raise ``PlatenError`` for what could not be used: it never takes the place of what can."""
    if flaw := find_flaw(renewed):
        raise UplinkError(
            "hub_answer_bad", f"The hub's new certificate cannot be used: {flaw}.", _TRIED_AGAIN
        )
    certificate = load_certificate(renewed.certificate.encode())
    check_time(certificate, now, "The new certificate from the hub", _TRIED_AGAIN)
