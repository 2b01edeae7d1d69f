"""Keys and certificates as bytes: read back, and damaged in every way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st

from core.pki.certificates import fingerprint, make_authority
from core.pki.pem import (
    certificate_pem,
    key_pem,
    load_certificate,
    load_der_certificate,
    load_key,
)

AUTHORITY = make_authority("Dealer", dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
PEM, KEY_PEM = certificate_pem(AUTHORITY.certificate), key_pem(AUTHORITY.key)
DER = AUTHORITY.certificate.public_bytes(serialization.Encoding.DER)
#: Damage may make a form that the library still reads and says it soon will not.
pytestmark = pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
READ: list[tuple[Callable[[bytes], Any], bytes]] = [
    (load_certificate, PEM),
    (load_der_certificate, DER),
    (load_key, KEY_PEM),
]


def test_what_is_written_is_read_back() -> None:
    assert load_certificate(PEM) == load_der_certificate(DER) == AUTHORITY.certificate
    assert load_key(KEY_PEM).private_numbers() == AUTHORITY.key.private_numbers()


@given(st.sampled_from(READ), st.binary(max_size=40), st.integers(0, 700), st.booleans())
def test_damaged_bytes_are_a_value_error(
    what: tuple[Callable[[bytes], Any], bytes], junk: bytes, place: int, cut: bool
) -> None:
    read, whole = what
    damaged = whole[:place] + junk + (b"" if cut else whole[place + len(junk) :])
    with suppress(ValueError):
        read(damaged)


@given(st.sampled_from(READ), st.binary(max_size=300))
def test_any_bytes_are_a_value_error(
    what: tuple[Callable[[bytes], Any], bytes], junk: bytes
) -> None:
    with pytest.raises(ValueError):
        what[0](junk)


@pytest.mark.parametrize(
    "key", [ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(65537, 2048)]
)
def test_a_key_of_another_kind_is_named(key: Any) -> None:
    with pytest.raises(ValueError, match="ECDSA P-256"):
        load_key(key_pem(key))


def test_an_encrypted_key_is_no_key_of_ours() -> None:
    pem = AUTHORITY.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"x"),
    )
    with pytest.raises(ValueError, match="private key"):
        load_key(pem)


def test_the_fingerprint_is_that_of_the_der_form() -> None:
    assert len(fingerprint(load_certificate(PEM))) == 32
