"""What an authority signs, judged by the library's own verifier beside our checks."""

from __future__ import annotations

import datetime as dt
import ipaddress
from contextlib import suppress

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError
from hypothesis import given
from hypothesis import strategies as st

from core.pki.certificates import (
    AGENT_LIFE,
    AUTHORITY_LIFE,
    BACKDATE,
    SERVER_LIFE,
    Authority,
    check_time,
    common_name,
    fingerprint,
    for_servers,
    hosts_of,
    issue_agent,
    issue_server,
    make_authority,
    make_request,
    new_key,
    same_key,
    signed_by,
)
from core.pki.errors import PkiError

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
AUTHORITY = make_authority("Dealer", NOW)
HOSTS = ("hub.example.com", "192.0.2.7", "2001:db8::7")
KEY = new_key()
SERVER = issue_server(AUTHORITY, KEY, HOSTS, NOW)
AGENT = issue_agent(AUTHORITY, make_request(KEY, "whoever"), "the-installation", NOW)


def verifier(at: dt.datetime = NOW, authority: Authority = AUTHORITY) -> PolicyBuilder:
    return PolicyBuilder().store(Store([authority.certificate])).time(at)


def test_the_server_is_good_for_its_names_and_for_no_others() -> None:
    for name in (
        x509.DNSName(HOSTS[0]),
        *(x509.IPAddress(ipaddress.ip_address(host)) for host in HOSTS[1:]),
    ):
        verifier().build_server_verifier(name).verify(SERVER, [])
    with pytest.raises(VerificationError):
        verifier().build_server_verifier(x509.DNSName("other.example.com")).verify(SERVER, [])
    assert hosts_of(SERVER) == frozenset(HOSTS)


def test_the_agent_is_good_as_a_client_and_not_as_a_server() -> None:
    verified = verifier().build_client_verifier().verify(AGENT, [])
    assert verified.subjects == [
        x509.UniformResourceIdentifier("urn:platen:installation:the-installation")
    ]
    assert not for_servers(AGENT)
    assert for_servers(SERVER)
    with pytest.raises(VerificationError):
        verifier().build_client_verifier().verify(SERVER, [])


def test_another_authority_of_the_same_name_is_another() -> None:
    twin = make_authority("Dealer", NOW)
    assert twin.certificate.subject == AUTHORITY.certificate.subject
    assert fingerprint(twin.certificate) != fingerprint(AUTHORITY.certificate)
    assert not signed_by(AGENT, twin.certificate)
    assert signed_by(AGENT, AUTHORITY.certificate)
    with pytest.raises(VerificationError):
        verifier(authority=twin).build_client_verifier().verify(AGENT, [])


def test_the_authority_may_sign_certificates_and_no_further_authorities() -> None:
    extensions = AUTHORITY.certificate.extensions
    basic = extensions.get_extension_for_class(x509.BasicConstraints)
    assert (basic.critical, basic.value.ca, basic.value.path_length) == (True, True, 0)
    assert extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign


def test_lives() -> None:
    for certificate, life in (
        (AUTHORITY.certificate, AUTHORITY_LIFE),
        (SERVER, SERVER_LIFE),
        (AGENT, AGENT_LIFE),
    ):
        assert certificate.not_valid_before_utc == NOW - BACKDATE
        assert certificate.not_valid_after_utc == NOW + life
        assert isinstance(certificate.public_key(), ec.EllipticCurvePublicKey)
    assert dt.timedelta(days=90) == AGENT_LIFE


def test_nothing_outlives_its_authority() -> None:
    end = AUTHORITY.certificate.not_valid_after_utc
    for left in (dt.timedelta(days=30), dt.timedelta(0), dt.timedelta(days=-30)):
        late = end - left
        for made in (
            issue_server(AUTHORITY, KEY, HOSTS, late),
            issue_agent(AUTHORITY, make_request(KEY, "i"), "i", late),
        ):
            assert made.not_valid_after_utc == max(end, late)


def test_the_name_in_a_request_is_not_what_is_signed() -> None:
    assert common_name(AGENT) == "the-installation"
    assert same_key(AGENT, KEY)
    assert not same_key(AGENT, new_key())


def test_a_request_cannot_ask_for_more() -> None:
    wish = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hub.example.com")]))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("hub.example.com")]), critical=False
        )
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(KEY, hashes.SHA256())
    )
    made = issue_agent(AUTHORITY, wish.public_bytes(serialization.Encoding.PEM), "i", NOW)
    assert hosts_of(made) == frozenset()
    assert not for_servers(made)
    assert not made.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def refused(request: bytes) -> str:
    with pytest.raises(PkiError) as caught:
        issue_agent(AUTHORITY, request, "i", NOW)
    assert caught.value.problem.code == "bad_request"
    return caught.value.problem.text


@pytest.mark.parametrize(
    "key", [ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(65537, 2048)]
)
def test_a_request_with_another_kind_of_key_is_refused(key: ec.EllipticCurvePrivateKey) -> None:
    assert "ECDSA P-256" in refused(make_request(key, "i"))


def test_a_request_that_its_key_did_not_sign_is_refused() -> None:
    der = bytearray(x509.load_pem_x509_csr(make_request(KEY, "i")).public_bytes(
        serialization.Encoding.DER))  # fmt: skip
    place = der.find(b"i", 20)
    der[place : place + 1] = b"j"
    changed = x509.load_der_x509_csr(bytes(der)).public_bytes(serialization.Encoding.PEM)
    assert "signature" in refused(changed)


@given(st.binary(max_size=200), st.integers(0, 400), st.booleans())
def test_any_bytes_are_refused_or_signed(junk: bytes, place: int, whole: bool) -> None:
    request = make_request(KEY, "i")
    damaged = junk if whole else request[:place] + junk + request[place + len(junk) :]
    with suppress(PkiError):
        issue_agent(AUTHORITY, damaged, "i", NOW)


@given(st.text(max_size=100))
def test_any_name_makes_an_authority(name: str) -> None:
    assert common_name(make_authority(name, NOW).certificate).startswith("Platen authority")


def test_time_is_judged_by_the_clock_that_is_passed_in() -> None:
    check_time(AGENT, NOW, "It", "x")
    check_time(AGENT, NOW + AGENT_LIFE, "It", "x")
    with pytest.raises(PkiError, match=r"It is valid only from .* clock says 2025") as caught:
        check_time(AGENT, NOW - dt.timedelta(days=300), "It", "x")
    assert caught.value.problem.code == "clock_wrong"
    with pytest.raises(PkiError, match=r"It lapsed on 2026-05-30") as caught:
        check_time(AGENT, NOW + AGENT_LIFE + dt.timedelta(seconds=1), "It", "enrol again.")
    assert caught.value.problem.code == "certificate_lapsed"
    assert caught.value.problem.remedy.endswith("enrol again.")


def test_a_certificate_without_extensions_is_for_nothing() -> None:
    bare = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(AUTHORITY.certificate.subject)
        .public_key(KEY.public_key())
        .serial_number(1)
        .not_valid_before(NOW)
        .not_valid_after(NOW + AGENT_LIFE)
        .sign(AUTHORITY.key, hashes.SHA256())
    )
    assert not for_servers(bare)
    assert hosts_of(bare) == frozenset()
    assert common_name(bare) == ""
