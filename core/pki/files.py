"""Reading and writing keys and certificates: owner only, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from core.pki.errors import RESTORE, PkiError, unreadable
from core.pki.pem import load_certificate, load_key

_LARGEST = 64 * 1024
#: More than a key and two certificates take.
_PROBE = 16 * 1024


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner can read; it changes whole or not at all.

    Raises ``PkiError`` (code ``certificate_unwritable``). Permissions on Windows are those of the
    folder, which is the owner's.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        written = _beside(path, data)
        try:
            written.replace(path)
        except BaseException:
            written.unlink(missing_ok=True)
            raise
        _flush_folder(path.parent)
    except OSError as error:
        raise _unwritable(path, error) from None


def check_writable(path: Path) -> None:
    """See, by trying, that a key and certificates can be kept at ``path``: before a code is used.

    Raises ``PkiError`` (code ``certificate_unwritable``).
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _beside(path, b"x" * _PROBE).unlink()
    except OSError as error:
        raise _unwritable(path, error) from None


def _beside(path: Path, data: bytes) -> Path:
    # mkstemp makes it readable by its owner alone, and never through a link put there by others.
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _unwritable(path: Path, error: OSError) -> PkiError:
    return PkiError(
        "certificate_unwritable",
        f"{path} cannot be written: {_reason(error)}.",
        "See that this user may write there and that the disk has room.",
    )


def read_bytes(path: Path, remedy: str = RESTORE) -> bytes:
    """Read a small file; raises ``PkiError`` that names it."""
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST)
    except FileNotFoundError:
        raise unreadable(path, "it is not there", remedy) from None
    except OSError as error:
        raise unreadable(path, _reason(error), remedy) from None


def read_certificate(path: Path) -> x509.Certificate:
    """Read one certificate (PEM); raises ``PkiError`` that names the file."""
    data = read_bytes(path)
    try:
        return load_certificate(data)
    except ValueError:
        raise unreadable(path, "it is not a certificate") from None


def read_key(path: Path) -> ec.EllipticCurvePrivateKey:
    """Read one private key (PEM, ECDSA P-256); raises ``PkiError`` that names the file."""
    data = read_bytes(path)
    try:
        return load_key(data)
    except ValueError as error:
        raise unreadable(path, str(error)) from None


def _flush_folder(folder: Path) -> None:
    # POSIX: the new name is on the disk only once its folder is. Windows has no such call.
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
