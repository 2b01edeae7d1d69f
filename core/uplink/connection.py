"""This installation's enrolment, as kept in the data folder.

All of it is one file, so that a crash leaves the old enrolment or the new one, never a mixture.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from core.model.jsonio import from_json, to_json
from core.model.problem import BadInputError
from core.pki.certificates import check_time, common_name, same_key, signed_by
from core.pki.errors import unreadable
from core.pki.files import read_bytes, write_private
from core.pki.pem import load_certificate, load_key
from core.uplink.address import parse_address

NAME = "hub.json"
_REMEDY = "Nothing is sent to the hub without it. Restore it, or enrol again with a new code."


@dataclass(frozen=True, slots=True)
class Enrolment:
    """An installation's place at its dealer's hub. The PEM texts are its key and certificate, and
    the dealer's authority: the only one that is trusted.
    """

    uplink_address: str
    hub_name: str
    customer: str
    installation: str
    authority: str = field(repr=False)
    certificate: str = field(repr=False)
    key: str = field(repr=False)


def load(folder: Path) -> Enrolment | None:
    """Read the enrolment of a data folder, ``None`` where there is none.

    Raises ``PkiError`` (code ``certificate_file``) that says which part cannot be used: there is
    no half-trusted connection.
    """
    path = folder / NAME
    # A link to nowhere, or a file that may not be looked at, is no installation without a hub.
    try:
        path.lstat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unreadable(path, error.strerror or type(error).__name__, _REMEDY) from None
    data = read_bytes(path, _REMEDY)
    try:
        enrolment = from_json(data, Enrolment)
    except BadInputError:
        raise unreadable(path, "it is damaged", _REMEDY) from None
    if flaw := find_flaw(enrolment):
        raise unreadable(path, flaw, _REMEDY)
    return enrolment


def save(folder: Path, enrolment: Enrolment) -> None:
    """Keep an enrolment; raises ``PkiError``."""
    write_private(folder / NAME, to_json(enrolment).encode())


def find_flaw(enrolment: Enrolment) -> str:
    """Say which part of an enrolment cannot be used, and why; "" where all fits together."""
    try:
        what = "the dealer's authority"
        authority = load_certificate(enrolment.authority.encode())
        what = "this agent's certificate"
        certificate = load_certificate(enrolment.certificate.encode())
        what = "this agent's key"
        key = load_key(enrolment.key.encode())
        what = "the address of the hub"
        parse_address(enrolment.uplink_address)
    except (ValueError, BadInputError):
        return f"{what} in it is damaged"
    if not same_key(certificate, key):
        return "this agent's key and certificate do not belong together"
    if not signed_by(certificate, authority):
        return "this agent's certificate is not of the dealer's authority"
    if common_name(certificate) != enrolment.installation:
        return "this agent's certificate is that of another installation"
    return ""


def check_lapse(enrolment: Enrolment, now: dt.datetime) -> None:
    """Raise ``PkiError`` where the certificate is not valid now: the wire would not say so."""
    check_time(
        load_certificate(enrolment.certificate.encode()),
        now,
        "This agent's certificate for the hub",
        "enrol again with a new code from the dealer.",
    )
