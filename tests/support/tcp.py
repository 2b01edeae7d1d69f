"""Servers that are no hub: plain, silent, rude, or of an old TLS."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from tests.support.odd_hub import Pair

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Read on and never answer."""
    while await reader.read(1000):
        pass


async def rude(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
    """Close at once."""


async def web(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer as a web server does that was spoken to in TLS."""
    await reader.read(1)
    writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    await writer.drain()


@asynccontextmanager
async def serving(
    behaviour: Behaviour,
    tls: ssl.SSLContext | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
) -> AsyncIterator[str]:
    """Behave so at a free port, if none is named; gives the address."""

    async def guarded(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.CancelledError):
            await behaviour(reader, writer)
        writer.transport.abort()

    server = await asyncio.start_server(guarded, host, port, ssl=tls)
    try:
        yield f"{host}:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


def server_tls(folder: Path, pair: Pair, newest: ssl.TLSVersion) -> ssl.SSLContext:
    """Make the TLS of a server, up to a version."""
    (folder / "key").write_bytes(pair[0])
    (folder / "certificate").write_bytes(pair[1])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate", folder / "key")
    context.maximum_version = newest
    context.set_alpn_protocols(["h2"])
    return context


def nobody() -> str:
    """Give an address of this machine where nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"
