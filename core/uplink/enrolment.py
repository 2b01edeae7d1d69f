"""Enrolment: a one-time code is traded for a certificate, and only with the hub that it names.

The order is what protects it. First the hub's certificate is fetched, trusting nothing; over a
channel bound to it the hub introduces its authority; that has to be the one whose fingerprint the
code carries, and it has to have signed the certificate. Only then is the secret sent, over a
channel pinned to that authority.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
from cryptography import x509

from core.model.problem import BadInputError
from core.pki.certificates import check_time, fingerprint, make_request, new_key, signed_by
from core.pki.code import EnrolmentCode, parse_code
from core.pki.files import certificate_pem, key_pem
from core.uplink.connection import OPTIONS, Enrolment, save
from core.uplink.errors import UplinkError, explain
from proto.platen.v1 import hub_pb2, hub_pb2_grpc

_TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asks: the installation (UUID), the machine's name, Platen's version."""

    installation: str
    hostname: str
    version: str


async def enrol(
    hub: str, code: str, folder: Path, applicant: Applicant, clock: Callable[[], dt.datetime]
) -> Enrolment:
    """Enrol at the hub's enrolment listener (``HOST:PORT``) and keep the result in ``folder``.

    Raises ``CodeError`` (a typing error), ``UplinkError`` and ``PkiError``, each naming its cause.
    Nothing secret is sent before the hub has shown that it is the one that issued the code.
    """
    parsed = parse_code(code)
    host, port = _split(hub)
    leaf = await _fetch_certificate(host, port)
    authority = await _introduced(hub, leaf, parsed)
    check_time(leaf, clock(), f"The certificate of the hub at {hub}")
    key = new_key()
    request = hub_pb2.EnrolRequest(
        code_secret=parsed.secret,
        request_pem=make_request(key, applicant.installation),
        installation=applicant.installation,
        hostname=applicant.hostname,
        version=applicant.version,
    )
    answer = await _call(hub, certificate_pem(authority), "Enrol", request)
    certificate = x509.load_pem_x509_certificate(answer.certificate_pem)
    check_time(certificate, clock(), "The new certificate of this agent")
    enrolment = Enrolment(
        uplink_address=answer.uplink_address,
        hub_name=answer.hub_name,
        customer=answer.customer,
        installation=applicant.installation,
        authority=certificate_pem(authority).decode(),
        certificate=answer.certificate_pem.decode(),
        key=key_pem(key).decode(),
    )
    save(folder, enrolment)
    return enrolment


def _split(hub: str) -> tuple[str, int]:
    host, _, port = hub.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise BadInputError(
            "bad_hub_address", f"{hub[:80]!r} is not HOST:PORT.", "For example hub.example.com:443."
        )
    return host.strip("[]"), int(port)


async def _fetch_certificate(host: str, port: int) -> x509.Certificate:
    """Fetch what the hub shows, whatever it is: it is judged afterwards."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.set_alpn_protocols(["h2"])
    where = f"{host}:{port}"
    try:
        async with asyncio.timeout(_TIMEOUT):
            _, writer = await asyncio.open_connection(host, port, ssl=context)
    except TimeoutError:
        raise UplinkError(
            "hub_timeout", f"{where} did not answer in time.", "Check host, port and firewall."
        ) from None
    except (ssl.SSLError, ConnectionResetError):
        raise UplinkError(
            "hub_tls_failed",
            f"What listens at {where} does not speak TLS 1.3 as the hub does.",
            "Check host and port, and whether a proxy or firewall breaks the connection.",
        ) from None
    except OSError as error:
        raise _connect_error(where, error) from None
    try:
        der = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    finally:
        writer.transport.abort()
    return x509.load_der_x509_certificate(der)


def _connect_error(where: str, error: OSError) -> UplinkError:
    if isinstance(error, ConnectionRefusedError):
        return UplinkError(
            "hub_refused",
            f"Nothing listens at {where}.",
            "Check host and port, and whether the hub is running.",
        )
    # A name that does not resolve is a gaierror, an OSError with a text of its own.
    reason = error.strerror or str(error)
    return UplinkError(
        "hub_unreachable", f"{where} cannot be reached: {reason}.", "Check the name and network."
    )


async def _introduced(hub: str, leaf: x509.Certificate, code: EnrolmentCode) -> x509.Certificate:
    answer = await _call(hub, certificate_pem(leaf), "Introduce", hub_pb2.IntroduceRequest())
    try:
        authority = x509.load_pem_x509_certificate(answer.authority_pem)
    except ValueError:
        raise _not_the_one(hub) from None
    if not code.fits(fingerprint(authority)) or not signed_by(leaf, authority):
        raise _not_the_one(hub)
    return authority


def _not_the_one(hub: str) -> UplinkError:
    return UplinkError(
        "hub_not_the_one",
        f"The hub at {hub} is not the one that this code was made for.",
        "Nothing secret was sent. Check the address; if it is right, something between here and "
        "the hub inspects TLS: let it through without inspection.",
    )


async def _call(hub: str, root: bytes, method: str, request: object) -> Any:
    credentials = grpc.ssl_channel_credentials(root_certificates=root)
    async with grpc.aio.secure_channel(hub, credentials, options=OPTIONS) as channel:
        stub = hub_pb2_grpc.EnrolmentStub(channel)
        try:
            return await getattr(stub, method)(request, timeout=_TIMEOUT)
        except grpc.aio.AioRpcError as error:
            raise explain(error, hub) from None
