from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.ipp.answer import IppExchange
from core.ipp.errors import (
    IppHttpStatusError,
    IppRefusedError,
    IppUnreachableError,
)
from core.ipp.network import IppNetwork
from core.ipp.policy import IppPolicy
from core.ipp.ways import WAYS, Way, find_printer
from core.model.problem import RefusedError
from tests.support.ipp_messages import answer
from tests.support.odd_http import ADDRESS, Request, always, http, odd_http, self_signed

PRINTER = http(200, answer(printer_make_and_model="Kyocera ECOSYS P3155dn"))
PATIENT = IppPolicy(connect=5, timeout=10, deadline=20)


@contextmanager
def nobody() -> Iterator[int]:
    """A port of loopback at which nothing listens."""
    with socket.socket() as sock:
        sock.bind((ADDRESS, 0))
        yield int(sock.getsockname()[1])


def test_the_ways_are_those_of_the_standards() -> None:
    assert [(way.port, way.tls) for way in WAYS] == [(631, False), (631, True), (443, True)]


async def test_a_printer_that_speaks_tls_alone_is_found(tmp_path: Path) -> None:
    tls, _ = self_signed(tmp_path)
    async with IppNetwork() as network, odd_http(always(PRINTER), tls) as odd:
        with nobody() as closed:
            ways = [
                Way(closed, False),
                Way(closed, True),
                Way(odd.port, False),
                Way(odd.port, True),
            ]
            exchanges: list[IppExchange] = []
            told = await find_printer(
                network, ADDRESS, ways=ways, policy=PATIENT, trace=exchanges.append
            )
    assert told.tls is not None
    assert [(x.target.port, x.target.tls) for x in exchanges] == [
        (closed, False),  # and not again with TLS
        (odd.port, False),
        (odd.port, True),
    ]


async def test_the_failure_nearest_to_an_answer_is_told() -> None:
    async with IppNetwork() as network, odd_http(always(http(401))) as odd:
        with nobody() as closed:
            ways = [Way(closed, False), Way(odd.port, False), Way(closed, True)]
            with pytest.raises(IppHttpStatusError) as caught:
                await find_printer(network, ADDRESS, ways=ways, policy=PATIENT)
            assert "401" in caught.value.problem.text
            with pytest.raises(IppRefusedError):
                await find_printer(network, ADDRESS, ways=ways[:1], policy=PATIENT)


async def test_a_host_without_a_route_is_asked_once() -> None:
    exchanges: list[IppExchange] = []
    async with IppNetwork() as network:
        with pytest.raises(IppUnreachableError):
            await find_printer(network, "255.255.255.255", policy=PATIENT, trace=exchanges.append)
    assert len(exchanges) == 1


async def test_the_path_is_asked_first() -> None:
    async with IppNetwork() as network, odd_http(always(PRINTER)) as odd:
        told = await find_printer(
            network, ADDRESS, ["printer-name"], ways=[Way(odd.port, False)], path="/printers/one"
        )
    assert told.target.path == "/printers/one"


async def test_no_way_and_a_forbidden_way() -> None:
    async with IppNetwork() as network:
        with pytest.raises(ValueError, match="no way"):
            await find_printer(network, ADDRESS, ways=[])
        with pytest.raises(RefusedError):
            await find_printer(network, ADDRESS, ways=[Way(9100, False)])


async def test_many_are_asked_side_by_side_but_not_all_at_once() -> None:
    under_way, most = 0, 0

    async def answering(request: Request, writer: asyncio.StreamWriter) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.01)
        under_way -= 1
        writer.write(PRINTER)

    async with IppNetwork(at_once=4) as network, odd_http(answering) as odd:
        ways = [Way(odd.port, False)]
        told = await asyncio.gather(
            *(find_printer(network, ADDRESS, ways=ways, policy=PATIENT) for _ in range(40))
        )
    assert len(told) == len(odd.requests) == 40
    assert most == 4


async def test_a_network_that_was_closed_opens_again() -> None:
    async with odd_http(always(PRINTER)) as odd:
        network = IppNetwork()
        for _ in range(2):
            assert (await find_printer(network, ADDRESS, ways=[Way(odd.port, False)])).attributes
            await network.close()
        await network.close()
