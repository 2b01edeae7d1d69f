"""The client against a wire that answers as it is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from core.ipp.answer import IppExchange
from core.ipp.client import PATHS, IppClient
from core.ipp.errors import (
    IppError,
    IppHttpStatusError,
    IppMalformedError,
    IppNoPrinterError,
    IppRedirectError,
    IppStatusError,
    IppTimeoutError,
)
from core.ipp.names import COUNTERS, IDENTITY
from core.ipp.policy import IppPolicy
from core.ipp.target import IppTarget
from core.ipp.types import Tag, Value
from core.ipp.wire import HttpReply
from core.model.problem import RefusedError
from tests.support.ipp_messages import answer, asked

HERE = IppTarget("192.0.2.7")
USUAL = IppPolicy()
PRINTER = answer(printer_make_and_model="Kyocera ECOSYS P3155dn", printer_state="3")
NOTHING = answer()
Asked = tuple[str, tuple[int, int]]


def ipp(body: bytes) -> HttpReply:
    return HttpReply(200, "application/ipp", None, body)


def http(status: int, location: str | None = None) -> HttpReply:
    return HttpReply(status, None, location, b"")


class Wire:
    """Answers by path and version; keeps what was asked."""

    def __init__(self, rule: Callable[[IppTarget, tuple[int, int]], HttpReply | IppError]) -> None:
        self.rule = rule
        self.asked: list[Asked] = []
        self.bodies: list[bytes] = []

    async def post(self, target: IppTarget, body: bytes, policy: IppPolicy) -> HttpReply:
        version, _, rest = asked(body)
        assert rest["printer-uri"] == target.uri
        self.asked.append((target.path or "", version))
        self.bodies.append(body)
        reply = self.rule(target, version)
        if isinstance(reply, IppError):
            raise reply
        return reply


def client(
    wire: Wire,
    target: IppTarget = HERE,
    policy: IppPolicy = USUAL,
    trace: Callable[[IppExchange], None] | None = None,
) -> IppClient:
    ticks = iter(range(1000))
    return IppClient(wire, target, policy, lambda: next(ticks), asyncio.Semaphore(4), trace)


async def test_a_printer_answers_at_once() -> None:
    wire = Wire(lambda target, version: ipp(PRINTER))
    told = await client(wire).get(IDENTITY)
    assert wire.asked == [("/ipp/print", (2, 0))]
    assert told.target == HERE.at("/ipp/print")
    assert (told.version, told.status) == ((2, 0), 0)
    assert told.attributes.text("printer-make-and-model") == "Kyocera ECOSYS P3155dn"
    assert told.cost.requests == 1
    assert (told.cost.bytes_out, told.cost.bytes_in) == (len(wire.bodies[0]), len(PRINTER))
    assert (
        told.evidence().detail == "IPP 2.0 at ipp://192.0.2.7:631/ipp/print: Kyocera ECOSYS P3155dn"
    )


async def test_it_asks_for_nothing_more_and_says_nothing_of_anybody() -> None:
    wire = Wire(lambda target, version: ipp(PRINTER))
    await client(wire).get(["printer-uuid", "printer-uuid"])
    _, names, rest = asked(wire.bodies[0])
    assert names == ["printer-uuid", "printer-state"]
    assert list(rest) == ["attributes-charset", "attributes-natural-language", "printer-uri"]


async def test_what_was_not_asked_for_is_dropped() -> None:
    everything = answer(printer_name="Front desk", job_name="Payroll", printer_state="3")
    told = await client(Wire(lambda target, version: ipp(everything))).get(["printer-name"])
    assert list(told.attributes) == ["printer-name"]


async def test_denied_names_are_not_sent() -> None:
    wire = Wire(lambda target, version: ipp(PRINTER))
    with pytest.raises(RefusedError):
        await client(wire).get(["printer-name", "job-name"])
    with pytest.raises(ValueError, match="no attribute"):
        await client(wire).get([])
    assert wire.asked == []


@pytest.mark.parametrize(
    "elsewhere",
    [
        http(404),
        http(405),
        http(500),
        ipp(answer(status=0x0406)),
        ipp(b"<html>"),
        HttpReply(200, "text/html; charset=utf-8", None, b"<html>"),
        http(302, "http://192.0.2.9/"),
        http(301),
    ],
)
async def test_the_usual_paths_are_tried_in_turn(elsewhere: HttpReply) -> None:
    wire = Wire(lambda target, v: ipp(PRINTER) if target.path == "/" else elsewhere)
    told = await client(wire).get(IDENTITY)
    assert [path for path, _ in wire.asked] == list(PATHS)
    assert told.target.path == "/"


async def test_the_path_that_dns_sd_told_is_tried_first() -> None:
    wire = Wire(lambda target, version: http(404))
    with pytest.raises(IppHttpStatusError):
        await client(wire, HERE.at("/ipp")).get(IDENTITY)
    assert [path for path, _ in wire.asked] == ["/ipp", "/ipp/print", "/ipp/printer", "/"]


async def test_path_and_version_are_found_out_once() -> None:
    def rule(target: IppTarget, version: tuple[int, int]) -> HttpReply:
        if target.path != "/ipp":
            return http(404)
        return ipp(answer(status=0x0503, version=(1, 1)) if version == (2, 0) else PRINTER)

    wire = Wire(rule)
    ours = client(wire)
    await ours.get(IDENTITY)
    assert wire.asked == [("/ipp/print", (2, 0)), ("/ipp", (2, 0)), ("/ipp", (1, 1))]
    wire.asked.clear()
    await ours.get(COUNTERS)
    assert wire.asked == [("/ipp", (1, 1))]
    assert asked(wire.bodies[-1])[1] == list(COUNTERS)


async def test_a_known_printer_may_have_none_of_what_is_asked() -> None:
    wire = Wire(lambda target, version: ipp(PRINTER))
    ours = client(wire)
    await ours.get(IDENTITY)
    wire.rule = lambda target, version: ipp(answer(status=0x0001))
    told = await ours.get(COUNTERS)
    assert (dict(told.attributes), told.status) == ({}, 0x0001)


@pytest.mark.parametrize(
    ("refusal", "versions"),
    [
        (ipp(answer(status=0x0503)), [(2, 0), (1, 1), (1, 0)]),
        (ipp(answer(status=0x0400)), [(2, 0), (1, 1)]),
        (http(400), [(2, 0), (1, 1)]),
        (ipp(NOTHING), [(2, 0), (1, 1)]),
    ],
)
async def test_older_versions_are_tried(
    refusal: HttpReply, versions: list[tuple[int, int]]
) -> None:
    oldest = versions[-1]
    wire = Wire(lambda target, version: ipp(PRINTER) if version == oldest else refusal)
    told = await client(wire).get(IDENTITY)
    assert wire.asked == [("/ipp/print", version) for version in versions]
    assert told.attributes


@pytest.mark.parametrize(
    ("reply", "kind", "code"),
    [
        (http(401), IppHttpStatusError, "ipp_http_status"),
        (http(426), IppHttpStatusError, "ipp_http_status"),
        (http(503), IppHttpStatusError, "ipp_http_status"),
        (ipp(answer(status=0x0507)), IppStatusError, "ipp_status"),
        (ipp(answer(status=0x0402)), IppStatusError, "ipp_status"),
        (IppTimeoutError(HERE, 1), IppTimeoutError, "ipp_timeout"),
    ],
)
async def test_what_another_path_cannot_mend_ends_it(
    reply: HttpReply | IppError, kind: type[IppError], code: str
) -> None:
    wire = Wire(lambda target, version: reply)
    with pytest.raises(kind) as caught:
        await client(wire).get(IDENTITY)
    assert caught.value.problem.code == code
    assert caught.value.problem.remedy
    assert len(wire.asked) == 1


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (ipp(b""), IppMalformedError),
        (ipp(NOTHING), IppNoPrinterError),
        (http(404), IppHttpStatusError),
        (http(302, "/elsewhere"), IppRedirectError),
        (ipp(answer(status=0x0400)), IppStatusError),
        (ipp(answer(status=0x0503)), IppStatusError),
    ],
)
async def test_nobody_is_asked_without_end(reply: HttpReply, kind: type[IppError]) -> None:
    wire = Wire(lambda target, version: reply)
    with pytest.raises(kind):
        await client(wire, policy=IppPolicy(requests=5)).get(IDENTITY)
    assert len(wire.asked) <= 5


async def test_a_bad_request_is_tried_in_one_older_version_at_each_path() -> None:
    wire = Wire(lambda target, version: http(400))
    with pytest.raises(IppHttpStatusError):
        await client(wire).get(IDENTITY)
    assert wire.asked == [(path, version) for path in PATHS for version in ((2, 0), (1, 1))]


async def test_the_failure_nearest_to_an_answer_is_told() -> None:
    def rule(target: IppTarget, version: tuple[int, int]) -> HttpReply:
        return ipp(answer(status=0x0501)) if target.path == "/ipp" else http(404)

    with pytest.raises(IppStatusError) as caught:
        await client(Wire(rule)).get(IDENTITY)
    assert caught.value.name == "server-error-operation-not-supported"
    assert "server-error-operation-not-supported" in caught.value.problem.text


async def test_redirects_at_the_address_are_followed() -> None:
    def rule(target: IppTarget, version: tuple[int, int]) -> HttpReply:
        return ipp(PRINTER) if target.tls else http(307, "https://192.0.2.7/ipp/print")

    wire = Wire(rule)
    ours = client(wire)
    told = await ours.get(IDENTITY)
    assert told.target == IppTarget("192.0.2.7", 443, True, "/ipp/print")
    await ours.get(IDENTITY)
    assert len(wire.asked) == 3


@pytest.mark.parametrize(
    "location",
    ["http://192.0.2.9/ipp", "http://192.0.2.7:9100/", "http://user:secret@printer.example/?t=1"],
)
async def test_no_redirect_leads_to_another_host_or_a_printing_port(location: str) -> None:
    wire = Wire(lambda target, version: http(302, location))
    with pytest.raises(IppRedirectError) as caught:
        await client(wire).get(IDENTITY)
    assert {path for path, _ in wire.asked} == set(PATHS)
    assert "secret" not in caught.value.problem.text


async def test_redirects_in_a_ring_end() -> None:
    def rule(target: IppTarget, version: tuple[int, int]) -> HttpReply:
        return http(302, "/a" if target.path == "/b" else "/b")

    wire = Wire(rule)
    with pytest.raises(IppRedirectError):
        await client(wire).get(IDENTITY)
    assert len(wire.asked) == USUAL.requests


async def test_the_whole_question_has_a_deadline() -> None:
    class Stuck(Wire):
        async def post(self, target: IppTarget, body: bytes, policy: IppPolicy) -> HttpReply:
            await asyncio.Event().wait()
            raise AssertionError

    exchanges: list[IppExchange] = []
    ours = client(
        Stuck(lambda target, version: http(404)),
        policy=IppPolicy(deadline=0.05),
        trace=exchanges.append,
    )
    with pytest.raises(IppTimeoutError, match=r"within 0\.05 s"):
        await ours.get(IDENTITY)
    assert [exchange.result for exchange in exchanges] == ["abandoned"]


async def test_waiting_for_a_place_counts_towards_no_deadline() -> None:
    gate = asyncio.Semaphore(1)
    await gate.acquire()
    wire = Wire(lambda target, version: ipp(PRINTER))
    ours = IppClient(wire, HERE, IppPolicy(deadline=0.05), lambda: 0.0, gate)
    asking = asyncio.create_task(ours.get(IDENTITY))
    await asyncio.sleep(0.1)
    assert wire.asked == []
    gate.release()
    assert (await asking).attributes


async def test_a_trace_tells_every_request() -> None:
    def rule(target: IppTarget, version: tuple[int, int]) -> HttpReply:
        replies = {"/ipp/print": http(404), "/ipp": http(307, "/printer")}
        return replies.get(target.path or "", ipp(PRINTER))

    exchanges: list[IppExchange] = []
    await client(Wire(rule), trace=exchanges.append).get(["printer-name"])
    told = [(exchange.target.path, exchange.result) for exchange in exchanges]
    assert told == [
        ("/ipp/print", "ipp_http_status"),
        ("/ipp", "redirect"),
        ("/printer", "successful-ok"),
    ]
    assert exchanges[-1].bytes_in == len(PRINTER)
    assert exchanges[-1].names == ("printer-name", "printer-state")
    assert all(exchange.elapsed > 0 for exchange in exchanges)


async def test_a_queue_of_cups_is_known_as_such() -> None:
    from_cups = answer(printer_name="Office", cups_version="2.4.2")
    ours = client(Wire(lambda target, version: ipp(from_cups)))
    assert (await ours.get(IDENTITY)).from_cups
    unknown = answer(printer_name="Office", cups_version=(Value(Tag.UNSUPPORTED, None),))
    ours = client(Wire(lambda target, version: ipp(unknown)))
    assert not (await ours.get(IDENTITY)).from_cups
