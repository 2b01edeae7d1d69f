"""The connection test: each thing that can stand in the way, with real sockets, and its words."""

from __future__ import annotations

import asyncio
import datetime as dt
import socket
import ssl
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from core.model.connection import ConnectionStep, StepName, StepResult
from core.pki.certificates import issue_agent, issue_server, make_authority, make_request, new_key
from core.pki.pem import certificate_pem, key_pem
from core.uplink.address import HubAddress
from core.uplink.checks import Around, ConnectionTest
from core.uplink.connection import Enrolment
from core.uplink.looking import look_for_proxy

NOW = dt.datetime.now(dt.UTC)
DAY = dt.timedelta(days=1)
OK, WARNING, FAILED, SKIPPED = (
    StepResult.OK,
    StepResult.WARNING,
    StepResult.FAILED,
    StepResult.SKIPPED,
)


async def nobody() -> float | None:
    return None


async def run(
    where: HubAddress | None,
    enrolment: Enrolment | None = None,
    now: dt.datetime = NOW,
    ahead: float | None = None,
    proxies: dict[str, str] | None = None,
) -> dict[StepName, ConnectionStep]:
    async def ask_clock() -> float | None:
        return ahead

    around = Around(lambda: now, proxies or {}, ask_clock)
    found = [step async for step in ConnectionTest(where, enrolment, around).steps()]
    assert [step.name for step in found] == list(StepName)
    assert all(step.cause for step in found)
    assert all(step.remedy for step in found if step.result is FAILED)
    return {step.name: step for step in found}


def results(found: dict[StepName, ConnectionStep]) -> list[StepResult]:
    return [step.result for step in found.values()]


class Dealer:
    """An authority, an enrolment at it, and servers with its certificates."""

    def __init__(self, name: str = "Dealer", made: dt.datetime = NOW) -> None:
        self.authority = make_authority(name, made - 400 * DAY)

    def enrolment(self, made: dt.datetime = NOW) -> Enrolment:
        key = new_key()
        mine = issue_agent(self.authority, make_request(key, "i-1"), "i-1", made)
        return Enrolment(
            "127.0.0.1:1", "Dealer", "Customer", "i-1",
            certificate_pem(self.authority.certificate).decode(),
            certificate_pem(mine).decode(), key_pem(key).decode(),
        )  # fmt: skip

    @asynccontextmanager
    async def serving(self, folder: Path, host: str = "127.0.0.1", made: dt.datetime = NOW):
        key = new_key()
        shown = issue_server(self.authority, key, [host], made)
        (folder / "server.pem").write_bytes(key_pem(key) + certificate_pem(shown))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "server.pem")
        async with listening(context) as where:
            yield where


@asynccontextmanager
async def listening(context: ssl.SSLContext | None = None, say: bytes = b""):
    ended: list[asyncio.Task[None] | None] = []

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ended.append(asyncio.current_task())
        writer.write(say)
        try:
            await reader.read()
        except OSError:
            pass
        writer.transport.abort()

    server = await asyncio.start_server(hear, "127.0.0.1", 0, ssl=context)
    async with server:
        yield HubAddress("127.0.0.1", server.sockets[0].getsockname()[1])
    await asyncio.gather(*filter(None, ended))
    await asyncio.sleep(0)  # what was aborted is closed in the next turn


async def test_all_is_well(tmp_path: Path) -> None:
    dealer = Dealer()
    async with dealer.serving(tmp_path) as where:
        found = await run(where, dealer.enrolment(), ahead=0.4)
    assert results(found) == [OK] * 6
    assert "your dealer's authority" in found[StepName.TLS].cause
    assert all(step.took_ms >= 0 for step in found.values())


async def test_before_enrolment_the_rest_is_looked_at_all_the_same(tmp_path: Path) -> None:
    async with Dealer().serving(tmp_path) as where:
        found = await run(where)
    assert results(found) == [OK, OK, OK, OK, OK, SKIPPED]
    assert "checked with the code" in found[StepName.TLS].cause


async def test_without_a_hub_nothing_is_tried_and_that_is_said() -> None:
    found = await run(None)
    assert results(found) == [OK, SKIPPED, SKIPPED, SKIPPED, SKIPPED, SKIPPED]
    assert "No hub is known" in found[StepName.DNS].cause


async def test_a_name_that_is_none() -> None:
    found = await run(HubAddress("hub.invalid", 443))
    assert results(found)[1:4] == [FAILED, SKIPPED, SKIPPED]
    assert "hub.invalid cannot be resolved" in found[StepName.DNS].cause
    assert "Name of the hub" in found[StepName.TCP].cause


async def test_a_name_is_resolved(tmp_path: Path) -> None:
    dealer = Dealer()
    async with dealer.serving(tmp_path, "localhost") as where:
        found = await run(replace(where, host="localhost"), dealer.enrolment(), ahead=0.0)
    assert results(found) == [OK] * 6
    assert "127.0.0.1" in found[StepName.DNS].cause


async def test_a_closed_port() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        found = await run(HubAddress("127.0.0.1", bound.getsockname()[1]))
    assert results(found)[2:4] == [FAILED, SKIPPED]
    assert "Nothing listens" in found[StepName.TCP].cause


async def test_something_that_speaks_no_tls() -> None:
    async with listening(say=b"220 mail ready\r\n") as where:
        found = await run(where)
    assert results(found)[2:4] == [OK, FAILED]
    assert "does not speak TLS 1.3" in found[StepName.TLS].cause


async def test_something_that_inspects_tls(tmp_path: Path) -> None:
    async with Dealer("Firewall").serving(tmp_path) as where:
        found = await run(where, Dealer().enrolment())
    assert found[StepName.TLS].result is FAILED
    assert "inspect" in found[StepName.TLS].remedy
    assert found[StepName.CLOCK].result is SKIPPED


async def test_a_certificate_for_another_name(tmp_path: Path) -> None:
    dealer = Dealer()
    async with dealer.serving(tmp_path, "127.0.0.99") as where:
        found = await run(where, dealer.enrolment())
    assert found[StepName.TLS].result is FAILED
    assert "another name" in found[StepName.TLS].cause


@pytest.mark.parametrize(
    ("made", "word"), [(NOW + 30 * DAY, "not valid yet"), (NOW - 399 * DAY, "has lapsed")]
)
async def test_a_hubs_certificate_out_of_its_time(tmp_path: Path, made, word) -> None:
    dealer = Dealer()
    async with dealer.serving(tmp_path, made=made) as where:
        found = await run(where, dealer.enrolment())
    assert found[StepName.TLS].result is FAILED
    assert word in found[StepName.TLS].cause


async def test_a_clock_that_is_behind_is_said_at_the_clock(tmp_path: Path) -> None:
    dealer = Dealer()
    async with dealer.serving(tmp_path) as where:
        found = await run(where, now=NOW - DAY)
    assert results(found) == [OK, OK, OK, OK, SKIPPED, FAILED]
    assert "clock says" in found[StepName.CLOCK].cause
    assert found[StepName.CLOCK].remedy == "Set this machine's clock."


async def test_this_agents_certificate_has_lapsed_or_will_soon(tmp_path: Path) -> None:
    dealer = Dealer()
    async with dealer.serving(tmp_path) as where:
        lapsed = await run(where, dealer.enrolment(NOW - 91 * DAY), ahead=0.0)
        soon = await run(where, dealer.enrolment(NOW - 80 * DAY), ahead=0.0)
    assert lapsed[StepName.CERTIFICATE].result is FAILED
    assert "enrol again" in lapsed[StepName.CERTIFICATE].remedy
    assert lapsed[StepName.CLOCK].result is SKIPPED
    assert soon[StepName.CERTIFICATE].result is WARNING


async def test_a_lapsed_certificate_is_told_even_where_the_hub_is_away() -> None:
    found = await run(HubAddress("hub.invalid", 1), Dealer().enrolment(NOW - 91 * DAY))
    assert found[StepName.DNS].result is FAILED
    assert found[StepName.CERTIFICATE].result is FAILED


@pytest.mark.parametrize(
    ("ahead", "result", "word"),
    [(5.0, OK, "agree"), (-90.0, WARNING, "behind"), (7300.0, FAILED, "ahead of")],
)
async def test_the_clock(tmp_path: Path, ahead, result, word) -> None:
    dealer = Dealer()
    async with dealer.serving(tmp_path) as where:
        found = await run(where, dealer.enrolment(), ahead=ahead)
    assert found[StepName.CLOCK].result is result
    assert word in found[StepName.CLOCK].cause


@pytest.mark.parametrize(
    "proxy", ["http://user:s3cret@proxy.example:3128", "user:s3cret@proxy.example:3128"]
)
def test_a_proxy_is_named_without_its_login(proxy: str) -> None:
    seen = look_for_proxy({"http": proxy})
    assert seen.result is WARNING
    assert "proxy.example:3128" in seen.cause
    assert "s3cret" not in seen.cause + seen.remedy
    assert "user" not in seen.cause


@pytest.mark.parametrize("proxy", ["http://[", "http://h:99999", "::::", "//"])
def test_a_proxy_that_is_none_breaks_nothing(proxy: str) -> None:
    assert look_for_proxy({"https": proxy}).result is WARNING
