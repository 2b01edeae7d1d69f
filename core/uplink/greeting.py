"""The first contact with a hub: the certificate that it shows, whatever it is, over TLS 1.3."""

from __future__ import annotations

import asyncio
import socket
import ssl

from cryptography import x509

from core.pki.pem import load_der_certificate
from core.uplink.address import HubAddress
from core.uplink.errors import NAME_REMEDY, UplinkError


async def fetch_certificate(where: HubAddress, patience: float) -> x509.Certificate:
    """Give what the hub shows; it is judged afterwards. Nothing is sent but the greeting of TLS.

    ``patience`` is in seconds. Raises ``UplinkError``: ``hub_name_unknown``, ``hub_refused``,
    ``hub_unreachable``, ``hub_timeout``, ``hub_tls_failed``.
    """
    try:
        async with asyncio.timeout(patience):
            addresses = await _addresses(where)
    except TimeoutError:
        raise _no_name(where) from None
    der = await _first_certificate(addresses, where, patience / len(addresses))
    try:
        return load_der_certificate(der)
    except ValueError:
        raise _no_tls(where) from None


async def _addresses(where: HubAddress) -> list[str]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            where.host, where.port, type=socket.SOCK_STREAM
        )
    except (socket.gaierror, UnicodeError):
        raise _no_name(where) from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def _first_certificate(addresses: list[str], where: HubAddress, patience: float) -> bytes:
    """Ask one address after the other; where none answers, the last failure is told."""
    failure = _no_tls(where)
    for address in addresses:
        try:
            async with asyncio.timeout(patience):
                return await _certificate(address, where)
        except TimeoutError:
            failure = _no_answer(where)
        except (ssl.SSLError, ConnectionResetError, ConnectionAbortedError, BrokenPipeError):
            failure = _no_tls(where)
        except OSError as error:
            failure = _no_connection(where, error)
    raise failure


async def _certificate(address: str, where: HubAddress) -> bytes:
    _, writer = await asyncio.open_connection(
        address, where.port, ssl=_trusting_nothing_yet(), server_hostname=where.host
    )
    try:
        shown: bytes | None = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    finally:
        writer.transport.abort()
    return shown or b""


def _trusting_nothing_yet() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.set_alpn_protocols(["h2"])
    return context


def _no_connection(where: HubAddress, error: OSError) -> UplinkError:
    if isinstance(error, ConnectionRefusedError):
        return UplinkError(
            "hub_refused",
            f"Nothing listens at {where}.",
            "Check address and port. If they are right, the hub may be off: ask the dealer.",
        )
    return UplinkError(
        "hub_unreachable",
        f"{where} cannot be reached: {error.strerror or type(error).__name__}.",
        "Check the address and this machine's network.",
    )


def _no_name(where: HubAddress) -> UplinkError:
    return UplinkError(
        "hub_name_unknown",
        f"The name {where.host} cannot be resolved.",
        NAME_REMEDY,
    )


def _no_answer(where: HubAddress) -> UplinkError:
    return UplinkError(
        "hub_timeout", f"{where} did not answer in time.", "Check address, port and firewall."
    )


def _no_tls(where: HubAddress) -> UplinkError:
    return UplinkError(
        "hub_tls_failed",
        f"What listens at {where} does not speak TLS 1.3 as the hub does.",
        "Check address and port. If they are right, a proxy or firewall breaks the connection.",
    )
