"""The listeners: TLS 1.3 alone, ports, names, and a certificate that is renewed while it runs."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from core.model.problem import PlatenError
from core.pki.certificates import SERVER_LIFE, hosts_of
from core.pki.pem import load_der_certificate
from core.uplink.enrolment import enrol
from hub import authority
from hub.listening import Listening
from hub.serve import HubServer
from tests.support.hub import Hub, applicant, now, running_hub

ANY = Listening("127.0.0.1:0", "127.0.0.1:0")
DAY = dt.timedelta(days=1)


def make(folder: Path, *hosts: str, at: dt.datetime | None = None) -> Path:
    facts = authority.HubFacts("Dealer", hosts or ("127.0.0.1",))
    authority.init(folder, facts, at or now())
    return folder


@asynccontextmanager
async def served(folder: Path, listening: Listening = ANY, clock=now) -> AsyncIterator[HubServer]:
    server = HubServer(folder, listening, clock)
    try:
        await server.start()
        yield server
    finally:
        await server.stop()


def shown(address: str) -> frozenset[str]:
    """The names of the certificate that a listener shows."""
    host, port = address.split(":")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection((host, int(port)), 5) as raw, context.wrap_socket(raw) as tls:
        assert tls.version() == "TLSv1.3"
        der = tls.getpeercert(binary_form=True)
    assert der is not None
    return hosts_of(load_der_certificate(der))


@pytest.mark.parametrize("door", ["uplink", "enrolment"])
@pytest.mark.parametrize("ciphers", ["DEFAULT", "ALL:@SECLEVEL=0", "ECDHE-RSA-AES128-GCM-SHA256"])
def test_an_older_tls_is_refused(hub: Hub, door: str, ciphers: str) -> None:
    host, port = getattr(hub, door).split(":")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers(ciphers)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with (
        socket.create_connection((host, int(port)), 5) as raw,
        pytest.raises((ssl.SSLError, ConnectionError)),
    ):
        context.wrap_socket(raw).close()
    assert shown(getattr(hub, door))


def test_what_is_no_tls_gets_no_answer(hub: Hub) -> None:
    for address in (hub.uplink, hub.enrolment):
        host, port = address.split(":")
        with socket.create_connection((host, int(port)), 5) as raw:
            raw.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            raw.settimeout(5)
            assert b"HTTP/1.1 200" not in raw.recv(1000)


async def failure(folder: Path, listening: Listening) -> str:
    with pytest.raises(PlatenError) as caught:
        async with served(folder, listening):
            pass
    assert caught.value.problem.remedy
    return caught.value.problem.code


@pytest.mark.parametrize("door", ["uplink", "enrolment"])
async def test_a_port_that_is_taken_is_named(tmp_path: Path, door: str) -> None:
    make(tmp_path)
    async with served(tmp_path) as first:
        taken = dataclasses.replace(ANY, **{door: getattr(first, f"{door}_address")})
        assert await failure(tmp_path, taken) == "hub_port"
    async with served(tmp_path):
        pass


@pytest.mark.parametrize(
    ("where", "code"),
    [("192.0.2.7:0", "hub_port"), ("no-such-host.invalid:0", "hub_port"), ("7443", "bad_listen"),
     ("127.0.0.1:99999", "bad_listen")],
)  # fmt: skip
async def test_an_address_that_is_not_ours_is_named(tmp_path: Path, where: str, code: str) -> None:
    make(tmp_path)
    for door in ("uplink", "enrolment"):
        assert await failure(tmp_path, dataclasses.replace(ANY, **{door: where})) == code


async def test_two_hubs_on_one_port_are_never_both_content(tmp_path: Path) -> None:
    make(tmp_path / "1")
    make(tmp_path / "2")
    async with served(tmp_path / "1") as first:
        same = Listening(first.uplink_address, "127.0.0.1:0")
        assert await failure(tmp_path / "2", same) == "hub_port"


async def test_the_public_host_is_told_and_in_the_certificate(tmp_path: Path) -> None:
    make(tmp_path / "hub", "127.0.0.1")
    hub = Hub(tmp_path / "hub")
    listening = dataclasses.replace(ANY, public="hub.example.com:443")
    async with served(tmp_path / "hub", listening) as server:
        made = await enrol(
            server.enrolment_address, hub.code(), tmp_path / "agent", applicant(), now
        )
        names = await asyncio.to_thread(shown, server.uplink_address)
    assert made.uplink_address == "hub.example.com:443"
    assert names == {"127.0.0.1", "hub.example.com"}


async def test_a_hub_that_listens_everywhere_tells_its_first_name(tmp_path: Path) -> None:
    make(tmp_path / "hub", "localhost", "127.0.0.1")
    hub = Hub(tmp_path / "hub")
    async with served(tmp_path / "hub", Listening("0.0.0.0:0", "127.0.0.1:0")) as server:
        made = await enrol(
            server.enrolment_address, hub.code(), tmp_path / "agent", applicant(), now
        )
    assert made.uplink_address == server.uplink_address.replace("0.0.0.0", "localhost")


async def test_the_certificate_is_renewed_at_the_start_and_while_it_runs(tmp_path: Path) -> None:
    begun = now() - 300 * DAY
    folder = make(tmp_path, "127.0.0.1", at=begun)
    first = authority.load(folder).server_pem
    clock = [begun]
    async with served(folder, ANY, lambda: clock[0]) as server:
        await asyncio.to_thread(shown, server.uplink_address)
        assert authority.load(folder).server_pem == first
        clock[0] = begun + SERVER_LIFE - 30 * DAY
        for address in (server.uplink_address, server.enrolment_address):
            assert await asyncio.to_thread(end_shown, address) > now() + 300 * DAY
        second = authority.load(folder).server_pem
        assert second != first
    clock[0] += SERVER_LIFE - 30 * DAY
    async with served(folder, ANY, lambda: clock[0]):
        assert authority.load(folder).server_pem not in (first, second)


def end_shown(address: str) -> dt.datetime:
    host, port = address.split(":")
    pem = ssl.get_server_certificate((host, int(port)), timeout=5)
    return load_der_certificate(ssl.PEM_cert_to_DER_cert(pem)).not_valid_after_utc


async def test_what_cannot_be_renewed_goes_on_with_what_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder = make(tmp_path, "127.0.0.1")
    clock = [now()]
    async with served(folder, ANY, lambda: clock[0]) as server:
        clock[0] = now() + 380 * DAY

        def fail(*_: object) -> None:
            raise PlatenError("certificate_unwritable", "server.pem cannot be written.", "x")

        monkeypatch.setattr(authority, "write_private", fail)
        assert await asyncio.to_thread(shown, server.uplink_address) == {"127.0.0.1"}
    assert "cannot be renewed" in caplog.text


def test_it_ends_in_order_when_it_is_told_to(tmp_path: Path) -> None:
    with running_hub(tmp_path) as hub:
        assert hub.end() == 0
        assert hub.log.read_text() == ""
        hub.start()
        hub.end()
