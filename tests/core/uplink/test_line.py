"""The line: mutual TLS 1.3 with the dealer's authority alone, and named when it breaks."""

from __future__ import annotations

import asyncio
import datetime as dt
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from core.pki.certificates import AGENT_LIFE, make_authority
from core.uplink.errors import UplinkError
from core.uplink.line import Line
from proto.platen.v1 import hub_pb2
from tests.support.odd_hub import NOW, OddHub, Pair, agent_pair, enrolment_at, server_pair
from tests.support.tcp import nobody, rude, server_tls, serving, silent, web

REQUEST = hub_pb2.DeliverRequest(items=[hub_pb2.OutboxItem(key="k")])
DAY = dt.timedelta(days=1)


@asynccontextmanager
async def line_to(
    hub: OddHub, address: str = "", pair: Pair | None = None, patience: float = 5
) -> AsyncIterator[Line]:
    line = Line(enrolment_at(hub.authority, address or hub.address, pair), patience)
    try:
        yield line
    finally:
        await line.close()


async def failure(line: Line) -> str:
    with pytest.raises(UplinkError) as caught:
        await line.call("Deliver", REQUEST)
    assert caught.value.problem.remedy
    return caught.value.problem.code


async def test_both_sides_know_each_other() -> None:
    async with OddHub().listening() as hub, line_to(hub) as line:
        assert list((await line.call("Deliver", REQUEST)).stored) == ["k"]
        assert list((await line.call("Deliver", REQUEST)).stored) == ["k"]


@pytest.mark.parametrize("age", [0 * DAY, AGENT_LIFE + DAY, -DAY])
async def test_a_certificate_of_another_dealer_or_out_of_its_time_gets_nothing(
    age: dt.timedelta,
) -> None:
    async with OddHub().listening() as hub:
        authority = hub.authority if age else make_authority("Odd", NOW)
        async with line_to(hub, pair=agent_pair(authority, "i", NOW - age)) as line:
            assert await failure(line) == "hub_closed"
        assert hub.seen == []


@pytest.mark.parametrize(
    ("shown", "code"),
    [
        (lambda _: server_pair(make_authority("Odd", NOW)), "hub_not_the_one"),
        (lambda hub: agent_pair(hub.authority, "127.0.0.1"), "hub_not_the_one"),
        (lambda hub: server_pair(hub.authority, "hub.example.com"), "hub_wrong_name"),
        (lambda hub: server_pair(hub.authority, "127.0.0.1", at=NOW - 500 * DAY),
         "hub_certificate_lapsed"),
        (lambda hub: server_pair(hub.authority, "127.0.0.1", at=NOW + DAY), "clock_wrong"),
    ],
)  # fmt: skip
async def test_a_hub_that_shows_something_else_is_told_nothing(shown: Any, code: str) -> None:
    hub = OddHub()
    async with hub.listening(pair=shown(hub)), line_to(hub) as line:
        assert await failure(line) == code
    assert hub.seen == []


async def test_an_older_tls_is_not_spoken_even_with_the_right_certificate(tmp_path: Path) -> None:
    hub = OddHub()
    tls = server_tls(tmp_path, server_pair(hub.authority), ssl.TLSVersion.TLSv1_2)
    async with serving(silent, tls) as address, line_to(hub, address) as line:
        assert await failure(line) == "hub_tls_failed"


@pytest.mark.parametrize(
    ("behaviour", "codes"),
    [
        (web, {"hub_tls_failed"}),
        (rude, {"hub_tls_failed", "hub_closed"}),
        (silent, {"hub_timeout"}),
    ],
)
async def test_what_is_no_hub(behaviour: Any, codes: set[str]) -> None:
    async with serving(behaviour) as address, line_to(OddHub(), address, patience=0.5) as line:
        assert await failure(line) in codes


async def test_nobody_there_and_no_such_name() -> None:
    async with line_to(OddHub(), nobody()) as line:
        assert await failure(line) == "hub_refused"
    async with line_to(OddHub(), "no-such-hub.invalid:443") as line:
        assert await failure(line) == "hub_name_unknown"


async def test_a_hub_that_is_back_is_reached_at_the_next_call() -> None:
    """Without the minutes that gRPC by itself would wait between its own tries."""
    hub = OddHub()
    address = nobody()
    async with line_to(hub, address) as line:
        for _ in range(6):
            assert await failure(line) == "hub_refused"
        async with hub.listening(where=address):
            await line.call("Deliver", REQUEST)
        assert await failure(line) in ("hub_refused", "hub_closed")
        async with hub.listening(where=address):
            await line.call("Deliver", REQUEST)


async def test_a_line_that_failed_leaves_the_hub_alone() -> None:
    """Nothing knocks between two calls: a thousand agents would."""
    hub = OddHub()
    address = nobody()
    async with line_to(hub, address) as line:
        assert await failure(line) == "hub_refused"
        knocks = 0

        async def count(*_: Any) -> None:
            nonlocal knocks
            knocks += 1

        async with serving(count, port=int(address.rpartition(":")[2])):
            await asyncio.sleep(1.3)  # gRPC would have come back after a second
    assert knocks == 0


async def test_a_line_closed_under_a_call_is_a_failure_and_no_cancellation() -> None:
    hub = OddHub()
    hub.deliver = lambda _: asyncio.sleep(10)
    async with hub.listening(), line_to(hub) as line:
        call = asyncio.create_task(line.call("Deliver", REQUEST))
        await hub.asked.wait()
        await line.close()
        with pytest.raises(UplinkError) as caught:
            await call
    assert caught.value.problem.code == "hub_line_closed"


async def test_who_is_cancelled_is_cancelled() -> None:
    hub = OddHub()
    hub.deliver = lambda _: asyncio.sleep(10)
    async with hub.listening(), line_to(hub) as line:
        call = asyncio.create_task(line.call("Deliver", REQUEST))
        await hub.asked.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call


async def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "grpc_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"http://{nobody()}")
    async with OddHub().listening() as hub, line_to(hub) as line:
        await line.call("Deliver", REQUEST)
