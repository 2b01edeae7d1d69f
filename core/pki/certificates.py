"""The dealer's certificate authority and what it signs (X.509, RFC 5280; ECDSA P-256)."""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from core.pki.errors import PkiError

AUTHORITY_LIFE = dt.timedelta(days=3650)
SERVER_LIFE = dt.timedelta(days=397)
AGENT_LIFE = dt.timedelta(days=90)
#: Clocks differ a little: a certificate is valid from somewhat before its making.
BACKDATE = dt.timedelta(hours=1)
#: What the library says of an extension that is not there, or that cannot be made out.
_NO_EXTENSION = (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError)


@dataclass(frozen=True, slots=True)
class Authority:
    """A certificate authority: its certificate and key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def new_key() -> ec.EllipticCurvePrivateKey:
    """Make a key from the system's secure randomness."""
    return ec.generate_private_key(ec.SECP256R1())


def make_authority(name: str, now: dt.datetime) -> Authority:
    """Make a dealer's own authority, self-signed."""
    key = new_key()
    subject = _name(f"Platen authority of {name}")
    certificate = (
        _builder(subject, subject, key.public_key(), now, AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(sign_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Authority(certificate, key)


def issue_server(
    authority: Authority, key: ec.EllipticCurvePrivateKey, hosts: Sequence[str], now: dt.datetime
) -> x509.Certificate:
    """Sign a certificate for the hub's listeners at these host names and addresses."""
    names = x509.SubjectAlternativeName([_general_name(host) for host in hosts])
    return _issue(
        authority,
        _name(hosts[0]),
        key.public_key(),
        names,
        ExtendedKeyUsageOID.SERVER_AUTH,
        now,
        SERVER_LIFE,
    )


def make_request(key: ec.EllipticCurvePrivateKey, installation: str) -> bytes:
    """Make a certificate signing request (PEM) for an installation."""
    request = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(_name(installation))
        .sign(key, hashes.SHA256())
    )
    return request.public_bytes(serialization.Encoding.PEM)


def issue_agent(
    authority: Authority, request_pem: bytes, installation: str, now: dt.datetime
) -> x509.Certificate:
    """Sign an agent's request. Only its key is taken from it: the name is what the hub says.

    Raises ``PkiError`` (code ``bad_request``) for a request that is not one, whose signature does
    not fit, or whose key is not ECDSA P-256.
    """
    try:
        request = x509.load_pem_x509_csr(request_pem)
        key = request.public_key()
        fits = request.is_signature_valid
    except Exception:  # noqa: BLE001 - cryptography raises many kinds for hostile bytes
        raise _bad_request("it is not a certificate request") from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise _bad_request("its key is not ECDSA P-256")
    if not fits:
        raise _bad_request("its signature does not fit its key")
    names = x509.SubjectAlternativeName(
        [x509.UniformResourceIdentifier(f"urn:platen:installation:{installation}")]
    )
    return _issue(
        authority,
        _name(installation),
        key,
        names,
        ExtendedKeyUsageOID.CLIENT_AUTH,
        now,
        AGENT_LIFE,
    )


def fingerprint(certificate: x509.Certificate) -> bytes:
    """Give the SHA-256 of a certificate's DER form (32 octets)."""
    return hashlib.sha256(certificate.public_bytes(serialization.Encoding.DER)).digest()


def signed_by(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    """Whether ``authority`` signed ``certificate``."""
    try:
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def for_servers(certificate: x509.Certificate) -> bool:
    """Whether a certificate is for servers: an agent's own must not pass for a hub's."""
    try:
        uses = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except _NO_EXTENSION:
        return False
    return ExtendedKeyUsageOID.SERVER_AUTH in uses


def hosts_of(certificate: x509.Certificate) -> frozenset[str]:
    """Give the host names and addresses that a server's certificate is for."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except _NO_EXTENSION:
        return frozenset()
    addresses = (str(address) for address in names.get_values_for_type(x509.IPAddress))
    return frozenset([*names.get_values_for_type(x509.DNSName), *addresses])


def common_name(certificate: x509.Certificate) -> str:
    """Give the name that a certificate is made out to, "" where it has none."""
    found = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else ""


def same_key(certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> bool:
    """Whether a certificate and a private key belong together."""
    return certificate.public_key() == key.public_key()


def check_time(certificate: x509.Certificate, now: dt.datetime, what: str, remedy: str) -> None:
    """Raise ``PkiError`` where a certificate is not valid now, by this machine's clock.

    Codes: ``clock_wrong`` before its time; ``certificate_lapsed`` after it, with this ``remedy``.
    """
    begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if now < begin:
        raise PkiError(
            "clock_wrong",
            f"{what} is valid only from {begin:%Y-%m-%d %H:%M} UTC, and this machine's clock says "
            f"{now:%Y-%m-%d %H:%M} UTC.",
            "Set this machine's clock.",
        )
    if now > end:
        raise PkiError(
            "certificate_lapsed",
            f"{what} lapsed on {end:%Y-%m-%d %H:%M} UTC (this machine's clock says "
            f"{now:%Y-%m-%d %H:%M} UTC).",
            f"Check this machine's clock; if it is right, {remedy}",
        )


def _issue(
    authority: Authority,
    subject: x509.Name,
    key: ec.EllipticCurvePublicKey,
    names: x509.SubjectAlternativeName,
    use: x509.ObjectIdentifier,
    now: dt.datetime,
    life: dt.timedelta,
) -> x509.Certificate:
    ca_key = authority.certificate.public_key()
    # Nothing outlives the authority: its end would come as a surprise.
    left = authority.certificate.not_valid_after_utc - now
    life = max(min(life, left), dt.timedelta())
    assert isinstance(ca_key, ec.EllipticCurvePublicKey)  # noqa: S101 - made by us
    return (
        _builder(subject, authority.certificate.subject, key, now, life)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(sign_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([use]), critical=False)
        .add_extension(names, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key), critical=False)
        .sign(authority.key, hashes.SHA256())
    )


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    now: dt.datetime,
    life: dt.timedelta,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BACKDATE)
        .not_valid_after(now + life)
    )


def _usage(*, sign_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not sign_certificates,
        key_cert_sign=sign_certificates,
        crl_sign=sign_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common: str) -> x509.Name:
    # RFC 5280: at most 64, and the library counts bytes.
    short = common.encode()[:64].decode(errors="ignore")
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, short)])


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _bad_request(reason: str) -> PkiError:
    return PkiError("bad_request", f"The certificate request is refused: {reason}.", "Try again.")
