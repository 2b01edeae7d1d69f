"""The certificate and token of one start, for systems without Unix sockets."""

from __future__ import annotations

import datetime as dt
import ipaddress
import secrets
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_LIFE = dt.timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class StartCredentials:
    """PEM texts of a self-signed certificate for 127.0.0.1 with its key, and a random token."""

    certificate: bytes
    key: bytes = field(repr=False)
    token: str = field(repr=False)


def make_start_credentials(now: dt.datetime) -> StartCredentials:
    """Make them; they live in memory and in the owner's address file, for one start only."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "platen agent")])
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # A clock set back while the agent runs must not shut the window out.
        .not_valid_before(now - _LIFE)
        .not_valid_after(now + _LIFE)
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    key_pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    return StartCredentials(pem, key_pem, secrets.token_urlsafe(32))
