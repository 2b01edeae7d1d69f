"""What the steps of the connection test look at, each by itself: proxy, DNS, TCP, TLS."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography import x509

from core.model.connection import StepResult
from core.model.plain import plain
from core.pki.pem import load_der_certificate
from core.uplink.address import HubAddress
from core.uplink.errors import NAME_REMEDY, UplinkError, unavailable

#: Seconds that one step may take.
PATIENCE = 8.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What a step saw."""

    result: StepResult
    cause: str
    remedy: str = ""


def look_for_proxy(proxies: Mapping[str, str]) -> Seen:
    """Say which proxy the system names (scheme to URL); Platen goes past it, and says so."""
    found = next((proxies[name] for name in ("https", "all", "http") if proxies.get(name)), None)
    if found is None:
        return Seen(StepResult.OK, "No proxy is set: the hub is reached directly.")
    # Host and port alone: a login may stand before them.
    try:
        parts = urlsplit(found if "//" in found else f"//{found}")
        where = f"{parts.hostname or '?'}:{parts.port or '?'}"
    except ValueError:
        where = "an address that is none"
    return Seen(
        StepResult.WARNING,
        f"This computer's settings name a proxy, {plain(where, 80)}. "
        "Platen goes past it, directly to the hub.",
        "If the next steps fail, let this computer reach the hub without the proxy.",
    )


async def resolve(where: HubAddress) -> tuple[Seen, list[str]]:
    """Resolve the hub's name; gives the addresses, too. Raises ``UplinkError``."""
    try:
        return Seen(StepResult.OK, f"{ipaddress.ip_address(where.host)} is an address."), [
            where.host
        ]
    except ValueError:
        pass  # a name, then
    try:
        async with asyncio.timeout(PATIENCE):
            found = await asyncio.get_running_loop().getaddrinfo(
                where.host, where.port, type=socket.SOCK_STREAM
            )
    except TimeoutError:
        raise _no_name(where, f"no DNS server answered within {PATIENCE:.0f} seconds") from None
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no host name"
        raise _no_name(where, str(reason).lower()) from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    return Seen(StepResult.OK, f"{where.host} is {', '.join(addresses[:4])}."), addresses


def _no_name(where: HubAddress, reason: str) -> UplinkError:
    return UplinkError(
        "hub_name_unknown",
        f"The name {where.host} cannot be resolved: {reason}.",
        NAME_REMEDY,
    )


async def connect(where: HubAddress, addresses: list[str]) -> tuple[Seen, str]:
    """Open a TCP connection; gives the address that answered. Raises ``UplinkError``."""
    failure: UplinkError | None = None
    for address in addresses:
        try:
            async with asyncio.timeout(PATIENCE / len(addresses)):
                _, writer = await asyncio.open_connection(address, where.port)
        except TimeoutError:
            failure = UplinkError(
                "hub_timeout",
                f"{address} port {where.port} does not answer.",
                "Check the address. If it is right, a firewall is in the way: have this computer "
                f"let out to port {where.port}.",
            )
        except OSError as error:
            failure = _not_connected(where, address, error)
        else:
            writer.transport.abort()
            return Seen(StepResult.OK, f"{address} port {where.port} is open."), address
    assert failure is not None  # noqa: S101 - a name has an address at least
    raise failure


def _not_connected(where: HubAddress, address: str, error: OSError) -> UplinkError:
    if isinstance(error, ConnectionRefusedError):
        return unavailable("connection refused", str(where))
    return UplinkError(
        "hub_unreachable",
        f"{address} cannot be reached: {error.strerror or type(error).__name__}.",
        "Check the address and this machine's network.",
    )


async def shake_hands(
    where: HubAddress, address: str, authority: str | None
) -> tuple[Seen, x509.Certificate]:
    """Greet by TLS 1.3; with an ``authority`` (PEM) none but its certificates are taken.

    Gives the certificate that was shown, too. Raises ``UplinkError``.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            _, writer = await asyncio.open_connection(
                address, where.port, ssl=_context(authority), server_hostname=where.host
            )
    except TimeoutError:
        raise unavailable("handshake read failed", str(where)) from None
    except ssl.SSLCertVerificationError as error:
        raise unavailable(_words(error), str(where)) from None
    except (ssl.SSLError, OSError):
        raise unavailable("tls handshake failed", str(where)) from None
    try:
        tls = writer.get_extra_info("ssl_object")
        shown = load_der_certificate(tls.getpeercert(binary_form=True) or b"")
        version = tls.version()
    except ValueError:
        raise unavailable("tls handshake failed", str(where)) from None
    finally:
        writer.transport.abort()
    if authority is None:
        said = f"It is encrypted ({version}). Whose hub it is, is checked with the code."
        return Seen(StepResult.OK, said), shown
    return Seen(StepResult.OK, f"{version} with a certificate of your dealer's authority."), shown


def _words(error: ssl.SSLCertVerificationError) -> str:
    """Say it in the words by which ``core.uplink.errors`` knows it."""
    known = {9: "certificate is not yet valid", 10: "certificate has expired"}
    if error.verify_code in (62, 64):  # X509_V_ERR_HOSTNAME_MISMATCH, _IP_ADDRESS_MISMATCH
        return "hostname verification"
    return known.get(error.verify_code, "certificate_verify_failed")


def _context(authority: str | None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.set_alpn_protocols(["h2"])
    if authority is None:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    else:
        context.load_verify_locations(cadata=authority)
    return context
