"""IPP over HTTP and HTTPS (RFC 8010 section 4, RFC 7472) by aiohttp."""

from __future__ import annotations

import asyncio
import errno
import ssl
from typing import Final

import aiohttp
from yarl import URL

from core.ipp.errors import (
    IppDisconnectedError,
    IppError,
    IppMalformedError,
    IppNoResourcesError,
    IppRefusedError,
    IppTimeoutError,
    IppTlsError,
    IppTooLargeError,
    IppUnreachableError,
)
from core.ipp.policy import IppPolicy
from core.ipp.target import IppTarget
from core.ipp.tls import TlsWitness
from core.ipp.wire import HttpReply

_HEADERS: Final = {
    "Accept": "application/ipp",
    "Accept-Encoding": "identity",  # a small answer could unpack to a huge one
    "Content-Type": "application/ipp",
    "User-Agent": "Platen",
}
_CLOSING_ROUNDS: Final = 5
_SHORT: Final = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, errno.EADDRNOTAVAIL}
_ENDED: Final = {errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED, errno.ESHUTDOWN}


class HttpWire:
    """Posts over a connection of its own for each request: printers have few to lend.

    No proxy, no cookies, no name service, no redirects, nothing unpacked.
    """

    def __init__(self) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, force_close=True, use_dns_cache=False),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            read_bufsize=2**16,
        )

    async def close(self) -> None:
        """Close what is open."""
        await self._session.close()
        # The session waits for connections that it keeps; ours are on their way out already, and
        # their sockets close in the loop's next few rounds.
        for _ in range(_CLOSING_ROUNDS):
            await asyncio.sleep(0)

    async def post(self, target: IppTarget, body: bytes, policy: IppPolicy) -> HttpReply:
        """Post ``body``; raises ``IppError`` when no whole response comes in time."""
        try:
            async with asyncio.timeout(policy.timeout):
                return await self._post(target, body, policy)
        except aiohttp.ClientError as error:
            raise _named(target, error, policy) from None
        except TimeoutError:
            raise IppTimeoutError(target, policy.timeout) from None
        except OSError as error:
            raise _of_system(target, error) from None
        except ValueError:  # what aiohttp makes of some odd headers
            raise IppMalformedError(target, "its HTTP cannot be read") from None

    async def _post(self, target: IppTarget, body: bytes, policy: IppPolicy) -> HttpReply:
        witness = TlsWitness() if target.tls else None
        connect = policy.connect * (2 if target.tls else 1)
        response = await self._session.post(
            URL(target.url, encoded=True),
            data=body,
            headers={**_HEADERS, "Host": target.host},
            allow_redirects=False,
            ssl=True if witness is None else witness.context,
            timeout=aiohttp.ClientTimeout(sock_connect=connect, ceil_threshold=policy.timeout),
        )
        try:
            content = b""
            if response.status == 200:
                content = await _bounded(response, target, policy.octets)
        finally:
            response.close()
        headers = response.headers
        return HttpReply(
            status=response.status,
            content_type=headers.get("Content-Type"),
            location=headers.get("Location"),
            body=content,
            tls=None if witness is None else witness.note,
        )


async def _bounded(response: aiohttp.ClientResponse, target: IppTarget, limit: int) -> bytes:
    if (response.content_length or 0) > limit:
        raise IppTooLargeError(target, limit)
    parts: list[bytes] = []
    size = 0
    async for part in response.content.iter_any():
        size += len(part)
        if size > limit:
            raise IppTooLargeError(target, limit)
        parts.append(part)
    return b"".join(parts)


def _named(target: IppTarget, error: aiohttp.ClientError, policy: IppPolicy) -> IppError:
    """Name what aiohttp says; the order goes from the particular to the general."""
    if isinstance(error, aiohttp.ClientSSLError):
        return IppTlsError(target, _reason(error.os_error))
    if isinstance(error, aiohttp.ServerTimeoutError):
        early = isinstance(error, aiohttp.ConnectionTimeoutError)
        waited = policy.connect * (2 if target.tls else 1) if early else policy.timeout
        return IppTimeoutError(target, waited, connected=not early)
    if isinstance(error, aiohttp.ClientResponseError):
        return IppMalformedError(target, "its HTTP cannot be read")
    if isinstance(error, aiohttp.ClientConnectorError):
        return _of_system(target, error.os_error)
    if isinstance(error, OSError):
        return _of_system(target, error)
    return IppDisconnectedError(target)


def _of_system(target: IppTarget, error: OSError) -> IppError:
    """Name what the operating system says."""
    if isinstance(error, ssl.SSLError):
        return IppTlsError(target, _reason(error))
    if error.errno == errno.ECONNREFUSED:
        return IppRefusedError(target)
    if error.errno in _SHORT:
        return IppNoResourcesError(error.strerror or str(error.errno))
    if error.errno in _ENDED or error.errno is None:
        return IppDisconnectedError(target)
    return IppUnreachableError(target, error.strerror or f"error {error.errno}")


def _reason(error: OSError) -> str:
    """Give OpenSSL's own word, which it writes in capitals: UNSUPPORTED_PROTOCOL."""
    reason = getattr(error, "reason", None)
    return str(reason or "the handshake failed").replace("_", " ").lower()
