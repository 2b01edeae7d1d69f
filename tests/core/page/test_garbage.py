"""Bytes that no browser sends: two requests in one, lengths that contradict, other targets."""

from __future__ import annotations

import asyncio

import pytest

from core.page.access import SESSION_LIFE
from core.page.rules import RULES, Needs
from tests.support.paged import Served, parse, served

POSTS = [rule for rule in RULES if rule.method == "POST" and rule.needs is Needs.SESSION]


async def raw(page: Served, data: bytes) -> bytes:
    """Send bytes as they stand and give all that comes back until the end."""
    reader, writer = await asyncio.open_connection("127.0.0.1", page.port)
    try:
        writer.write(data)
        return await asyncio.wait_for(reader.read(), 15)
    except ConnectionError:
        return b""
    finally:
        writer.close()


def request(own: dict[str, str], line: str, body: bytes = b"{}", **more: str) -> bytes:
    headers = {**own, **{name.replace("_", "-"): value for name, value in more.items()}}
    lines = [line, *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


@pytest.mark.parametrize("rule", POSTS, ids=lambda rule: rule.path)
async def test_what_was_signed_in_too_long_ago_changes_nothing(rule) -> None:
    async with served() as page:
        own = await page.sign_in()
        page.now += SESSION_LIFE + 1
        answer = await page.ask("POST", rule.path, own, b"{}")
        assert (answer.status, answer.code) == (401, "page_signed_out")
        assert page.agent.done == []


@pytest.mark.parametrize(
    "behind",
    [
        b"POST /do/pause HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"\x00\xff\xfe" * 500,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # TLS
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
async def test_nothing_behind_a_request_is_a_request(behind: bytes) -> None:
    async with served() as page:
        own = await page.sign_in()
        told = await raw(page, request(own, "GET /view HTTP/1.1", b"") + behind)
        assert told.count(b"HTTP/1.1 ") <= 1
        alone = await raw(page, behind)
        assert b"sections" not in alone
        assert page.agent.done == []
        assert (await page.ask("GET", "/", page.own())).status == 200


@pytest.mark.parametrize(
    ("more", "body"),
    [
        ({"Content_Length": "2", "Transfer_Encoding": "chunked"}, b"0\r\n\r\nPOST /do/pause"),
        ({"Transfer_Encoding": "chunked, identity"}, b"0\r\n\r\n"),
        ({"Transfer_Encoding": "chunked"}, b"ffffffffffffffff\r\n{}\r\n0\r\n\r\n"),
        ({"Content_Length": "-1"}, b""),
        ({"Content_Length": "2 2"}, b"{}"),
        ({"Content_Length": "+2"}, b"{}"),
    ],
)
async def test_lengths_that_contradict_do_nothing(more: dict[str, str], body: bytes) -> None:
    async with served() as page:
        own = await page.sign_in()
        told = await raw(page, request(own, "POST /do/pause HTTP/1.1", body, **more))
        assert not told or 400 <= parse(told).status < 500, told
        assert page.agent.done == []
        assert (await page.ask("GET", "/", page.own())).status == 200


@pytest.mark.parametrize(
    "target",
    [
        "http://evil.example/view", "//evil.example/view", "/view/../../etc/passwd", "/%2e%2e/view",
        "/..%2fview", "/page.css/../view", "/view;a=1", "/view\\", "*", "evil.example:443",
    ],
)  # fmt: skip
async def test_other_targets_lead_nowhere(target: str) -> None:
    async with served() as page:
        told = await raw(page, request(page.own(), f"GET {target} HTTP/1.1", b""))
        assert b"sections" not in told
        assert b"root:" not in told
        assert not told or parse(told).status in (400, 401, 404), told


async def test_a_method_is_what_the_first_line_says() -> None:
    async with served() as page:
        own = await page.sign_in()
        for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
            answer = await page.ask("GET", "/do/pause", {**own, name: "POST"})
            assert answer.status == 405
        answer = await page.ask("GET", "/do/pause?_method=POST", own)
        assert answer.status == 405
        assert page.agent.done == []


@pytest.mark.parametrize("line", ["GET /view", "GET /view HTTP/0.9", "GET /view HTTP/9.9", "GET"])
async def test_other_versions_tell_nothing(line: str) -> None:
    async with served() as page:
        told = await raw(page, request(page.own(), line, b""))
        assert b"sections" not in told


async def test_a_header_that_is_there_twice_is_no_way_round() -> None:
    async with served() as page:
        own = await page.sign_in()
        for name in ("Host", "Origin", "Sec-Fetch-Site"):
            whole = request(own, "POST /do/pause HTTP/1.1", b"{}", Content_Length="2")
            twice = whole.replace(b"\r\n\r\n", f"\r\n{name}: evil.example\r\n\r\n".encode(), 1)
            told = await raw(page, twice)
            assert not told or parse(told).status in (400, 403, 421), (name, told)
        assert page.agent.done == []
