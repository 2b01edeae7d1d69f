"""Keys and certificates as bytes; for outside bytes there is one kind of error, ``ValueError``."""

from __future__ import annotations

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

_UNREADABLE = (ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion)


def load_certificate(data: bytes) -> x509.Certificate:
    """Read the first certificate of PEM bytes; raises ``ValueError``."""
    try:
        return _looked_at(x509.load_pem_x509_certificate(data))
    except _UNREADABLE:
        raise ValueError("not a certificate") from None


def load_der_certificate(data: bytes) -> x509.Certificate:
    """Read a certificate as TLS shows it (DER); raises ``ValueError``."""
    try:
        return _looked_at(x509.load_der_x509_certificate(data))
    except _UNREADABLE:
        raise ValueError("not a certificate") from None


def _looked_at(certificate: x509.Certificate) -> x509.Certificate:
    # The library reads these parts when they are asked for: what is wrong in them is found here.
    certificate.public_key()
    _ = certificate.subject, certificate.issuer
    return certificate


def load_key(data: bytes) -> ec.EllipticCurvePrivateKey:
    """Read a private key (PEM, ECDSA P-256, not encrypted); raises ``ValueError``."""
    try:
        key = serialization.load_pem_private_key(data, password=None)
    except _UNREADABLE:
        raise ValueError("it is not a private key") from None
    if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    raise ValueError("it is not a key of ECDSA P-256")


def key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Write a key as PEM (PKCS 8, not encrypted: the file's permissions guard it)."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def certificate_pem(certificate: x509.Certificate) -> bytes:
    """Write a certificate as PEM."""
    return certificate.public_bytes(serialization.Encoding.PEM)
