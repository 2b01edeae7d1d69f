"""Reading and writing keys and certificates: owner only, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from core.pki.errors import PkiError, unreadable

_LARGEST = 64 * 1024


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner can read; it changes whole or not at all.

    Raises ``PkiError`` (code ``certificate_unwritable``). Permissions on Windows are those of the
    folder, which is the owner's.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise PkiError(
            "certificate_unwritable",
            f"{path} cannot be written: {error.strerror}.",
            "See that this user may write there and that the disk has room.",
        ) from None


def read_bytes(path: Path) -> bytes:
    """Read a small file; raises ``PkiError`` that names it."""
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST)
    except FileNotFoundError:
        raise unreadable(path, "it is not there") from None
    except OSError as error:
        raise unreadable(path, error.strerror or type(error).__name__) from None


def read_certificate(path: Path) -> x509.Certificate:
    """Read one certificate (PEM); raises ``PkiError`` that names the file."""
    try:
        return x509.load_pem_x509_certificate(read_bytes(path))
    except ValueError:
        raise unreadable(path, "it is not a certificate") from None


def read_key(path: Path) -> ec.EllipticCurvePrivateKey:
    """Read one private key (PEM, ECDSA P-256); raises ``PkiError`` that names the file."""
    data = read_bytes(path)
    try:
        key = serialization.load_pem_private_key(data, password=None)
    except (ValueError, TypeError):
        raise unreadable(path, "it is not a private key") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise unreadable(path, "it is not a key of ECDSA P-256")
    return key


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
