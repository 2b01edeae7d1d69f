"""The first contact: what is no hub is named, whatever it is."""

from __future__ import annotations

import asyncio
import socket
import ssl
from pathlib import Path
from typing import Any

import pytest

from core.pki.certificates import make_authority
from core.pki.pem import load_certificate
from core.uplink.address import parse_address
from core.uplink.errors import UplinkError
from core.uplink.greeting import fetch_certificate
from tests.support.odd_hub import NOW, server_pair
from tests.support.tcp import nobody, rude, server_tls, serving, silent, web

AUTHORITY = make_authority("Dealer", NOW)
PAIR = server_pair(AUTHORITY)


async def failure(address: str, patience: float = 5) -> str:
    with pytest.raises(UplinkError) as caught:
        await fetch_certificate(parse_address(address), patience)
    problem = caught.value.problem
    assert address.rpartition(":")[0] in problem.text
    assert problem.remedy
    return problem.code


async def test_what_a_server_shows_is_given(tmp_path: Path) -> None:
    tls = server_tls(tmp_path, PAIR, ssl.TLSVersion.TLSv1_3)
    async with serving(silent, tls) as address:
        shown = await fetch_certificate(parse_address(address), 5)
    assert shown == load_certificate(PAIR[1])


async def test_nothing_listens() -> None:
    assert await failure(nobody()) == "hub_refused"


async def test_nothing_listens_at_any_address_of_a_name() -> None:
    assert await failure(nobody().replace("127.0.0.1", "localhost")) == "hub_refused"


@pytest.mark.parametrize("behaviour", [web, rude])
async def test_no_tls_at_all(behaviour: Any) -> None:
    async with serving(behaviour) as address:
        assert await failure(address) == "hub_tls_failed"


async def test_silence() -> None:
    async with serving(silent) as address:
        assert await failure(address, 0.3) == "hub_timeout"


async def test_an_older_tls_is_not_spoken(tmp_path: Path) -> None:
    tls = server_tls(tmp_path, PAIR, ssl.TLSVersion.TLSv1_2)
    async with serving(silent, tls) as address:
        assert await failure(address) == "hub_tls_failed"


@pytest.mark.parametrize("name", ["no-such-host.invalid:1", f"{'x' * 63}.{'y' * 63}.invalid:443"])
async def test_a_name_that_does_not_resolve(name: str) -> None:
    assert await failure(name) == "hub_name_unknown"


async def test_a_resolver_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(*_: Any, **__: Any) -> Any:
        await asyncio.Event().wait()

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", never)
    assert await failure("hub.example.com:1", 0.1) == "hub_name_unknown"


async def test_a_network_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    async def unreachable(*_: Any, **__: Any) -> Any:
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(asyncio.get_running_loop(), "create_connection", unreachable)
    assert await failure("192.0.2.7:1") == "hub_unreachable"


async def test_the_next_address_of_a_name_is_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls = server_tls(tmp_path, PAIR, ssl.TLSVersion.TLSv1_3)
    async with serving(silent, tls, "127.26.0.2") as good:
        port = int(good.rpartition(":")[2])
        loop = asyncio.get_running_loop()

        async def both(*_: Any, **__: Any) -> Any:
            return [
                (socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))
                for host in ("127.26.0.3", "127.26.0.2")
            ]

        monkeypatch.setattr(loop, "getaddrinfo", both)
        shown = await fetch_certificate(parse_address(f"hub.example.com:{port}"), 5)
    assert shown == load_certificate(PAIR[1])


async def test_a_certificate_that_cannot_be_made_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ssl.SSLObject, "getpeercert", lambda *_, **__: b"\x30\x03\x02\x01\x05")
    tls = server_tls(tmp_path, PAIR, ssl.TLSVersion.TLSv1_3)
    async with serving(silent, tls) as address:
        assert await failure(address) == "hub_tls_failed"
