"""A web server on loopback that answers whatever a test wants, byte by byte."""

from __future__ import annotations

import asyncio
import datetime as dt
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ADDRESS = "127.28.0.2"


@dataclass(frozen=True, slots=True)
class Request:
    """What arrived: the path, the headers with lower-case names, the body."""

    path: str
    headers: dict[str, str]
    body: bytes


Answering = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


@dataclass(slots=True)
class OddServer:
    """Where it listens, and what it was asked."""

    address: str
    port: int = 0
    requests: list[Request] = field(default_factory=list)


@asynccontextmanager
async def odd_http(
    answering: Answering,
    tls: ssl.SSLContext | None = None,
    address: str = ADDRESS,
    sock: socket.socket | None = None,
) -> AsyncIterator[OddServer]:
    """Serve until the block ends; a connection is closed after its one answer, or then.

    ``sock`` is one that is bound already, in place of a free port of the address.
    """
    odd = OddServer(address)
    serving: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(OSError, asyncio.IncompleteReadError, ssl.SSLError):
                request = await _read(reader)
                odd.requests.append(request)
                await answering(request, writer)
                await writer.drain()
                writer.close()
                await writer.wait_closed()
        finally:
            writer.transport.abort()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.add(asyncio.create_task(serve(reader, writer)))

    if sock is None:
        server = await asyncio.start_server(accept, address, 0, ssl=tls)
    else:
        server = await asyncio.start_server(accept, sock=sock, ssl=tls)
    odd.port = server.sockets[0].getsockname()[1]
    try:
        yield odd
    finally:
        server.close()
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)
        await server.wait_closed()
        await asyncio.sleep(0)  # aborted transports close their sockets in the next round


def http(status: int, body: bytes = b"", kind: str = "application/ipp", **more: str) -> bytes:
    """Write a plain response."""
    headers = {"Content-Type": kind, "Content-Length": str(len(body)), **more}
    lines = [f"HTTP/1.1 {status} Word", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def always(response: bytes) -> Answering:
    """Answer everything in the same way."""

    async def answer(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(response)

    return answer


def self_signed(folder: Path) -> tuple[ssl.SSLContext, bytes]:
    """Make the TLS of a server with a certificate that nobody vouches for; and that, in DER."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "printer")])
    begin = dt.datetime(2001, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begin)
        .not_valid_after(begin + dt.timedelta(days=1))  # expired long since, as many are
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path = folder / "server.pem"
    path.write_bytes(pem + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context, certificate.public_bytes(serialization.Encoding.DER)


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(first.split()[1], headers, body)
