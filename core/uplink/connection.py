"""This installation's enrolment, as kept in the data folder, and the channel that it opens.

All of it is one file, so that a crash leaves the old enrolment or the new one, never a mixture.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

import grpc
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from core.model.jsonio import from_json, to_json
from core.model.problem import BadInputError
from core.pki.certificates import check_time, same_key, signed_by
from core.pki.errors import unreadable
from core.pki.files import read_bytes, write_private

NAME = "hub.json"
OPTIONS = (
    # The hub is reached directly; a proxy is used only where the settings name one.
    ("grpc.enable_http_proxy", 0),
    ("grpc.keepalive_time_ms", 60_000),
    ("grpc.keepalive_timeout_ms", 20_000),
    ("grpc.initial_reconnect_backoff_ms", 1_000),
    ("grpc.max_reconnect_backoff_ms", 30_000),
)


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

    Raises ``PkiError`` that says which part cannot be used: there is no half-trusted connection.
    """
    path = folder / NAME
    if not path.exists():
        return None
    try:
        enrolment = from_json(read_bytes(path), Enrolment)
    except BadInputError:
        raise unreadable(path, "it is damaged") from None
    _check(path, enrolment)
    return enrolment


def save(folder: Path, enrolment: Enrolment) -> None:
    """Keep an enrolment; raises ``PkiError``."""
    write_private(folder / NAME, to_json(enrolment).encode())


def _check(path: Path, enrolment: Enrolment) -> None:
    authority = _certificate(path, enrolment.authority, "the dealer's authority")
    certificate = _certificate(path, enrolment.certificate, "this agent's certificate")
    try:
        key = serialization.load_pem_private_key(enrolment.key.encode(), password=None)
    except (ValueError, TypeError):
        raise unreadable(path, "this agent's key in it is damaged") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not same_key(certificate, key):
        raise unreadable(path, "this agent's key and certificate do not belong together")
    if not signed_by(certificate, authority):
        raise unreadable(path, "this agent's certificate is not of the dealer's authority")


def _certificate(path: Path, pem: str, what: str) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(pem.encode())
    except ValueError:
        raise unreadable(path, f"{what} in it is damaged") from None


def check_lapse(enrolment: Enrolment, now: dt.datetime) -> None:
    """Raise ``PkiError`` where the certificate is not valid now: the wire would not say so."""
    certificate = x509.load_pem_x509_certificate(enrolment.certificate.encode())
    check_time(certificate, now, "This agent's certificate for the hub")


def open_channel(enrolment: Enrolment) -> grpc.aio.Channel:
    """Open a channel with mutual TLS, pinned to the dealer's authority."""
    credentials = grpc.ssl_channel_credentials(
        root_certificates=enrolment.authority.encode(),
        private_key=enrolment.key.encode(),
        certificate_chain=enrolment.certificate.encode(),
    )
    return grpc.aio.secure_channel(enrolment.uplink_address, credentials, options=OPTIONS)
