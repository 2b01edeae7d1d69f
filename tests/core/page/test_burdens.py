"""What is too much: huge bodies and headers, slow clients, many connections; and the port."""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import nullcontext, suppress
from dataclasses import replace

import pytest

from core.page import guard, site
from core.page.gate import Gate
from core.page.guard import LARGEST_BODY
from core.page.port import NoPortError, bind
from core.page.rules import RULES, Needs
from tests.support.paged import Served, free_ports, parse, served, taken

POSTS = [rule for rule in RULES if rule.method == "POST"]


@pytest.mark.parametrize("rule", POSTS, ids=lambda rule: rule.path)
@pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunked"])
async def test_a_huge_body_is_refused(rule, chunked) -> None:
    async with served() as page:
        own = await page.sign_in()
        body = json.dumps({"code": "x" * LARGEST_BODY}).encode()
        if chunked:
            own["Transfer-Encoding"] = "chunked"
            body = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
        answer = await page.ask("POST", rule.path, own, body)
        assert (answer.status, answer.code) == (413, "page_too_large")
        assert page.agent.done == []
        assert (await page.ask("GET", "/", page.own())).status == 200


async def test_a_length_alone_is_refused_before_the_body_comes() -> None:
    async with served() as page:
        own = await page.sign_in()
        answer = await page.ask("POST", "/do/test", {**own, "Content-Length": "1000000000"})
        assert answer.status == 413


async def test_a_get_has_no_body() -> None:
    async with served() as page:
        own = await page.sign_in()
        for rule in RULES:
            if rule.method == "GET":
                answer = await page.ask("GET", rule.path, {**own, "Content-Length": "5"}, b"12345")
                assert answer.status == 413, rule


async def test_huge_headers_are_refused() -> None:
    async with served() as page:
        answer = await page.ask("GET", "/", {**page.own(), "X-Long": "x" * 20_000})
        assert answer.status == 400
        answer = await page.ask("GET", "/" + "x" * 20_000, page.own())
        assert answer.status in (400, 414)


async def opened(page: Served, data: bytes = b""):
    reader, writer = await asyncio.open_connection("127.0.0.1", page.port)
    writer.write(data)
    return reader, writer


@pytest.mark.parametrize("data", [b"", b"GET / HTTP/1.1\r\nHost: 127.0.0.1", b"GET /"])
async def test_who_does_not_ask_in_time_is_sent_away(data, monkeypatch) -> None:
    monkeypatch.setattr(site, "_IDLE", 0.2)
    async with served() as page:
        reader, writer = await opened(page, data)
        assert await asyncio.wait_for(reader.read(), 5) == b""
        writer.close()


async def test_a_slow_body_is_not_waited_for(monkeypatch) -> None:
    monkeypatch.setattr(guard, "PATIENCE", 0.2)
    async with served() as page:
        own = await page.sign_in()
        head = "".join(f"{name}: {value}\r\n" for name, value in own.items())
        data = f"POST /do/test HTTP/1.1\r\n{head}Content-Length: 100\r\n\r\n{{".encode()
        reader, writer = await opened(page, data)
        answer = parse(await asyncio.wait_for(reader.read(), 5))
        assert (answer.status, answer.code) == (408, "page_slow")
        writer.close()


async def test_many_connections_keep_nobody_out() -> None:
    async with served() as page:
        held = [await opened(page, b"GET /") for _ in range(60)]
        answer = await page.ask("GET", "/", page.own())
        assert answer.status == 200
        # The oldest were ended, the newest may still ask.
        assert await asyncio.wait_for(held[0][0].read(), 5) == b""
        for _, writer in held:
            writer.close()


async def test_no_connection_lasts() -> None:
    class Silent(asyncio.Protocol):
        pass

    loop = asyncio.get_running_loop()
    gate = Gate(Silent, loop, most=2, longest=0.1)
    listening = await loop.create_server(gate, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with pytest.raises(ConnectionResetError) if sys.platform == "win32" else nullcontext():
        assert await asyncio.wait_for(reader.read(), 5) == b""
    assert gate.count == 0
    writer.close()
    listening.close()


async def test_each_connection_is_for_one_request() -> None:
    async with served() as page:
        one = f"GET / HTTP/1.1\r\nHost: {page.host}\r\n\r\n".encode()
        reader, writer = await opened(page, one + one)
        data = await asyncio.wait_for(reader.read(), 5)
        assert data.count(b"HTTP/1.1 200") == 1
        assert b"connection: close" in data.lower()
        writer.close()


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
async def test_a_taken_port_is_passed_over_and_said_why(address) -> None:
    first, last = free_ports(3)
    with taken(first, address):
        async with served(ports=(first, last)) as page:
            status = page.page.status()
            assert status.port == first + 1
            assert status.url == f"http://127.0.0.1:{first + 1}"
            assert status.problem is not None
            assert f"port {first} is taken by" in status.problem.text
            if sys.platform == "linux":
                assert "(process " in status.problem.text
            page.agent.status = replace(page.agent.status, page=status)
            own = await page.sign_in()
            assert f"port {first} is taken by" in await page.section(own, "notices")
            assert page.page.invite().url.startswith(f"http://127.0.0.1:{first + 1}/#")


async def test_two_pages_never_share_a_port() -> None:
    first, last = free_ports(3)
    async with served(ports=(first, last)) as one, served(ports=(first, last)) as other:
        assert {one.port, other.port} == {first, first + 1}


async def test_without_a_free_port_there_is_no_page_and_the_reason() -> None:
    first, last = free_ports(2)
    with taken(first), taken(last):
        async with served(ports=(first, last)) as page:
            status = page.page.status()
            assert (status.url, status.port) == (None, None)
            assert status.problem is not None
            assert status.problem.code == "page_no_port"
            with pytest.raises(Exception, match="no local page") as caught:
                page.page.invite()
            assert caught.value.problem.code == "page_away"
        with pytest.raises(NoPortError):
            bind(first, last)


def test_the_page_listens_on_loopback_alone() -> None:
    found, port, _ = bind(0, 0)
    with found:
        assert found.getsockname() == ("127.0.0.1", port)


def test_every_change_needs_a_session_or_is_the_way_in() -> None:
    assert {rule.path for rule in POSTS if rule.needs is not Needs.SESSION} == {"/sign-in"}


async def test_a_page_that_nobody_opens_costs_no_server() -> None:
    code = (
        "import sys, asyncio\n"
        "from core.page.log import RecentLog\n"
        "from core.page.server import Page\n"
        "async def main():\n"
        "    page = Page(None, None, RecentLog(None), ports=(0, 0))\n"
        "    await page.start()\n"
        "    print(page.status().url, page.invite().code, 'aiohttp' in sys.modules)\n"
        "    await page.stop()\n"
        "asyncio.run(main())\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    if sys.platform != "win32":
        assert out.decode().split()[2] == "False"


async def test_all_who_come_at_once_at_first_are_served() -> None:
    async with served() as page:
        asked = [page.ask("GET", "/", page.own()) for _ in range(10)]
        assert [answer.status for answer in await asyncio.gather(*asked)] == [200] * 10


async def test_a_fault_at_the_first_visit_is_said_and_logged(monkeypatch, caplog) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no memory")

    monkeypatch.setattr(site, "Site", broken)
    async with served() as page:
        reader, writer = await opened(page, b"GET / HTTP/1.1\r\n\r\n")
        with suppress(ConnectionError):
            await asyncio.wait_for(reader.read(), 5)
        writer.close()
        problem = page.page.status().problem
    assert problem is not None
    assert problem.code == "page_failed"
    assert "cannot be served" in caplog.text
