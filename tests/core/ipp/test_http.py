"""The wire against web servers that misbehave; the client and all of it on real sockets."""

from __future__ import annotations

import asyncio
import hashlib
import socket
import ssl
import time
import warnings
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.ipp.answer import IppAnswer
from core.ipp.errors import IppError
from core.ipp.names import IDENTITY
from core.ipp.network import IppNetwork
from core.ipp.policy import IppPolicy
from core.ipp.target import IppTarget
from tests.support.ipp_messages import answer, asked
from tests.support.odd_http import (
    ADDRESS,
    OddServer,
    Request,
    always,
    http,
    odd_http,
    self_signed,
)

PRINTER = answer(printer_make_and_model="Kyocera ECOSYS P3155dn")
PATIENT = IppPolicy(connect=5, timeout=10, deadline=20, octets=100_000)
QUICK = IppPolicy(connect=5, timeout=0.4, deadline=10)


async def ask(
    odd: OddServer, *, tls: bool = False, path: str | None = None, policy: IppPolicy = PATIENT
) -> IppAnswer:
    async with IppNetwork() as network:
        target = IppTarget(odd.address, odd.port, tls, path)
        return await network.client(target, policy).get(IDENTITY)


async def failure(odd: OddServer, *, tls: bool = False, policy: IppPolicy = PATIENT) -> IppError:
    begin = time.monotonic()
    with pytest.raises(IppError) as caught:
        await ask(odd, tls=tls, policy=policy)
    assert time.monotonic() - begin < policy.deadline + 0.5
    assert caught.value.problem.remedy
    return caught.value


async def test_a_request_as_it_goes_out() -> None:
    async with odd_http(always(http(200, PRINTER))) as odd:
        told = await ask(odd)
    [request] = odd.requests
    assert request.path == "/ipp/print"
    assert request.headers["content-type"] == "application/ipp"
    assert request.headers["host"] == f"{ADDRESS}:{odd.port}"
    assert request.headers["user-agent"] == "Platen"
    assert request.headers["accept-encoding"] == "identity"
    assert not {"cookie", "authorization", "transfer-encoding"} & set(request.headers)
    assert asked(request.body)[2]["printer-uri"] == f"ipp://{ADDRESS}:{odd.port}/ipp/print"
    assert told.tls is None


async def test_chunks_and_no_length_are_fine() -> None:
    chunked = (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nTransfer-Encoding: chunked\r\n\r\n"
        + b"".join(b"%x\r\n%s\r\n" % (1, PRINTER[n : n + 1]) for n in range(len(PRINTER)))
        + b"0\r\n\r\n"
    )
    until_the_end = b"HTTP/1.0 200 OK\r\n\r\n" + PRINTER
    after_a_100 = b"HTTP/1.1 100 Continue\r\n\r\n" + http(200, PRINTER)
    for response in (chunked, until_the_end, after_a_100):
        async with odd_http(always(response)) as odd:
            assert (await ask(odd)).attributes.text("printer-make-and-model")


async def test_a_huge_body_is_not_read() -> None:
    endless_seen = asyncio.Event()

    async def endless(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\n\r\n")
        try:
            while True:
                writer.write(bytes(2**16))
                await writer.drain()
        except OSError:
            endless_seen.set()
            raise

    async with odd_http(endless) as odd:
        error = await failure(odd)
        assert error.problem.code == "ipp_too_large"
        await asyncio.wait_for(endless_seen.wait(), 5)
    async with odd_http(always(http(200, PRINTER, **{"Content-Length": "999999999"}))) as odd:
        assert (await failure(odd)).problem.code == "ipp_too_large"
    assert len(odd.requests) == 1


async def test_a_packed_body_stays_packed() -> None:
    response = http(200, PRINTER, **{"Content-Encoding": "gzip"})
    async with odd_http(always(response)) as odd:
        assert (await ask(odd)).attributes  # says packed and is not: nothing was unpacked


@pytest.mark.parametrize("until", ["head", "body", "nothing"])
async def test_a_slow_server_is_left(until: str) -> None:
    whole = http(200, PRINTER)

    async def slow(request: Request, writer: asyncio.StreamWriter) -> None:
        sent = {"head": b"HTTP/1.1 200 OK\r\nContent-", "body": whole[:-3], "nothing": b""}
        writer.write(sent[until])
        await writer.drain()
        await asyncio.Event().wait()

    begin = time.monotonic()
    async with odd_http(slow) as odd:
        error = await failure(odd, policy=QUICK)
        took = time.monotonic() - begin
    assert error.problem.code == "ipp_timeout"
    assert took < 5
    assert len(odd.requests) == 1


async def test_octets_that_trickle_do_not_hold_us() -> None:
    async def trickle(request: Request, writer: asyncio.StreamWriter) -> None:
        for octet in http(200, PRINTER):
            writer.write(bytes([octet]))
            await writer.drain()
            await asyncio.sleep(0.02)

    async with odd_http(trickle) as odd:
        assert (await failure(odd, policy=QUICK)).problem.code == "ipp_timeout"


async def test_a_redirect_to_another_host_is_not_followed() -> None:
    async with odd_http(always(http(200, PRINTER)), address="127.28.0.3") as other:
        location = f"http://{other.address}:{other.port}/ipp/print"
        async with odd_http(always(http(302, Location=location))) as odd:
            error = await failure(odd)
    assert error.problem.code == "ipp_redirect"
    assert other.requests == []


async def test_a_redirect_at_the_same_address_is_followed_with_the_question() -> None:
    async def answering(request: Request, writer: asyncio.StreamWriter) -> None:
        there = request.path == "/there"
        writer.write(http(200, PRINTER) if there else http(301, Location="/there"))

    async with odd_http(answering) as odd:
        told = await ask(odd)
    assert told.target.path == "/there"
    assert [request.path for request in odd.requests] == ["/ipp/print", "/there"]
    assert asked(odd.requests[1].body)[1]


@pytest.mark.parametrize(
    ("response", "code", "word"),
    [
        (http(200, b"<!DOCTYPE html><p>Hi", "text/html"), "ipp_malformed", "a page (text/html)"),
        (http(200, b"<!DOCTYPE html><p>Hi"), "ipp_malformed", "no version of IPP"),
        (http(200, PRINTER[:-4]), "ipp_malformed", "ends within"),
        (http(200, b""), "ipp_malformed", "its header"),
        (http(401, b"", **{"WWW-Authenticate": "Basic"}), "ipp_http_status", "401"),
        (http(403), "ipp_http_status", "403"),
        (http(426, Upgrade="TLS/1.2"), "ipp_http_status", "426"),
        (http(503), "ipp_http_status", "503"),
        (http(200, answer(status=0x0507)), "ipp_status", "server-error-busy"),
        (http(200, answer()), "ipp_no_printer", "without a single attribute"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "ipp_malformed", "HTTP cannot be read"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000, "ipp_malformed", "HTTP cannot be read"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5_000, "ipp_malformed", "HTTP cannot be read"),
        (b"", "ipp_disconnected", "ended the connection"),
        (http(200, PRINTER, **{"Content-Length": "9999"}), "ipp_disconnected", "ended"),
    ],
)
async def test_every_failure_is_named(response: bytes, code: str, word: str) -> None:
    async with odd_http(always(response)) as odd:
        error = await failure(odd)
    assert error.problem.code == code
    assert word in error.problem.text


async def test_nobody_listens() -> None:
    with socket.socket() as sock:
        sock.bind((ADDRESS, 0))
        error = await failure(OddServer(ADDRESS, sock.getsockname()[1]))
    assert error.problem.code == "ipp_refused"


async def test_no_answer_to_a_connection() -> None:
    """A listener with a full queue: the system drops what asks for a connection."""
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind((ADDRESS, 0))
        listener.listen(0)
        for sock in (first, second):
            sock.setblocking(False)
            sock.connect_ex(listener.getsockname())
        policy = IppPolicy(connect=0.2, timeout=2, deadline=3)
        error = await failure(OddServer(*listener.getsockname()), policy=policy)
    assert error.problem.code == "ipp_timeout"
    assert error.problem.text.startswith("No connection to")


async def test_no_way_to_the_host() -> None:
    async with IppNetwork() as network:
        with pytest.raises(IppError) as caught:  # a broadcast address takes no connection
            await network.client(IppTarget("255.255.255.255"), PATIENT).get(IDENTITY)
    assert caught.value.problem.code == "ipp_unreachable"


async def test_a_self_signed_and_expired_certificate_is_noted(tmp_path: Path) -> None:
    tls, certificate = self_signed(tmp_path)
    async with odd_http(always(http(200, PRINTER)), tls) as odd:
        told = await ask(odd, tls=True)
    assert told.tls is not None
    assert told.tls.sha256 == hashlib.sha256(certificate).hexdigest()
    assert told.tls.protocol == "TLSv1.3"
    assert told.evidence().detail.endswith("certificate not verified")
    assert told.target.uri == f"ipps://{ADDRESS}:{odd.port}/ipp/print"


def _answer_and_ignore_the_goodbye(listener: socket.socket, tls: ssl.SSLContext) -> float:
    """Answer one request by TLS, then read below TLS until the other side has closed; how long."""
    with listener.accept()[0] as connection:
        connection.settimeout(10)
        secure = tls.wrap_socket(connection, server_side=True)
        secure.recv(65_536)
        secure.sendall(http(200, PRINTER))
        begin = time.monotonic()
        with socket.socket(fileno=secure.detach()) as raw:
            raw.settimeout(10)
            while raw.recv(4096):
                pass
        return time.monotonic() - begin


async def test_a_printer_that_does_not_say_goodbye_holds_no_connection(tmp_path: Path) -> None:
    tls, _ = self_signed(tmp_path)
    with socket.socket() as listener:
        listener.bind((ADDRESS, 0))
        listener.listen()
        serving = asyncio.create_task(
            asyncio.to_thread(_answer_and_ignore_the_goodbye, listener, tls)
        )
        async with IppNetwork() as network:
            target = IppTarget(*listener.getsockname(), tls=True)
            assert (await network.client(target, PATIENT).get(IDENTITY)).tls
            assert await serving < 2


async def test_the_tls_of_old_printers_will_do(tmp_path: Path) -> None:
    tls, _ = self_signed(tmp_path)
    with warnings.catch_warnings(category=DeprecationWarning, action="ignore"):
        tls.minimum_version = tls.maximum_version = ssl.TLSVersion.TLSv1
    tls.set_ciphers("ALL:@SECLEVEL=0")
    async with odd_http(always(http(200, PRINTER)), tls) as odd:
        told = await ask(odd, tls=True)
    assert told.tls is not None
    assert told.tls.protocol == "TLSv1"


async def test_tls_where_there_is_none() -> None:
    async with odd_http(always(http(200, PRINTER))) as odd:
        error = await failure(odd, tls=True, policy=QUICK)
    assert error.problem.code in {"ipp_tls", "ipp_timeout", "ipp_disconnected"}


async def test_a_word_that_is_no_tls() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, ADDRESS, 0)
    async with server:
        error = await failure(OddServer(*server.sockets[0].getsockname()), tls=True)
    assert error.problem.code == "ipp_tls"
    assert "wrong version number" in error.problem.text


async def test_plain_words_where_tls_is_spoken(tmp_path: Path) -> None:
    tls, _ = self_signed(tmp_path)
    async with odd_http(always(http(200, PRINTER)), tls) as odd:
        error = await failure(odd)
    assert error.problem.code in {"ipp_disconnected", "ipp_malformed"}


async def test_ipv6_and_its_zones() -> None:
    async with odd_http(always(http(200, PRINTER)), address="::1") as odd:
        assert (await ask(odd)).attributes
        assert odd.requests[0].headers["host"] == f"[::1]:{odd.port}"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    response=st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=300).map(lambda body: http(200, body)),
        st.tuples(
            st.sampled_from([b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 302 X\r\nLocation: "]),
            st.binary(max_size=120),
        ).map(b"".join),
    )
)
def test_nothing_but_a_named_error_comes_of_noise(response: bytes) -> None:
    async def once() -> None:
        async with odd_http(always(response)) as odd:
            with suppress(IppError):
                await ask(odd)

    asyncio.run(once())
