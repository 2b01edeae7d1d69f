"""``platen read``: one visit to one address, by itself, without an agent."""

from __future__ import annotations

from random import SystemRandom
from typing import Annotated, Any

import typer
from core.telemetry.reader import read_printers

from app.commands import tables
from app.commands import trace as tracing
from app.commands.common import (
    EXIT_STATUS,
    CommunityOption,
    JsonOption,
    PortOption,
    explain,
    run,
    say_line,
    stdout,
)
from core.discovery.resolve import system_resolver
from core.host import clock
from core.model.identity import Endpoint
from core.model.jsonio import to_builtins, to_json
from core.model.problem import BadInputError, PlatenError, Problem
from core.snmp.access import Access
from core.snmp.exchange import Exchange
from core.snmp.network import SnmpNetwork
from core.snmp.policy import Policy


def read(
    address: Annotated[str, typer.Argument(help="An address or a host name.")],
    port: PortOption = 161,
    community: CommunityOption = None,
    timeout: Annotated[float, typer.Option(min=0.05, max=60, help="Seconds a try.")] = 1.0,
    trace: Annotated[bool, typer.Option("--trace", help="Show each request and answer.")] = False,
    json: JsonOption = False,
) -> None:
    """Read a printer and say where every number came from."""
    access = Access(tuple(community or ("public",)))
    run(_read(address, port, access, Policy(timeout=timeout), trace=trace, json=json))


async def _read(
    address: str, port: int, access: Access, policy: Policy, *, trace: bool, json: bool
) -> int:
    exchanges: list[Exchange] = []
    try:
        endpoint = Endpoint(await _resolved(address), port)
        async with SnmpNetwork(random=SystemRandom()) as network:
            client = network.client(
                endpoint, access, policy, trace=exchanges.append if trace else None
            )
            readings = await read_printers(client, endpoint, clock.rfc3339(clock.now()))
    except PlatenError as error:
        return _failed(address, port, error.problem, exchanges, json=json)
    for reading in readings:
        if json:
            say_line(to_json(_with_trace(to_builtins(reading), exchanges)))
        else:
            stdout.print(f"[bold]{tables.name_of(reading.identity)}[/] at {endpoint}")
            stdout.print(tables.reading(reading))
    if trace and not json:
        _show(exchanges)
    return 0


async def _resolved(name: str) -> str:
    if name.startswith("-") or "/" in name or "*" in name:
        raise BadInputError(
            "bad_address",
            f"{name[:80]!r} is not one address.",
            "Give one address or host name; `platen discover` takes ranges and networks.",
        )
    try:
        return (await system_resolver(name))[0]
    except (OSError, UnicodeError, IndexError):
        raise BadInputError(
            "unknown_host",
            f"{name[:80]!r} is neither an address nor a name that this machine can resolve.",
            "Check the spelling, or use the printer's address.",
        ) from None


def _failed(
    address: str, port: int, problem: Problem, exchanges: list[Exchange], *, json: bool
) -> int:
    if json:
        row = {"address": address, "port": port, "error": to_builtins(problem)}
        say_line(to_json(_with_trace(row, exchanges)))
    explain(problem)
    if exchanges and not json:
        _show(exchanges)
    return EXIT_STATUS[problem.kind]


def _with_trace(row: dict[str, Any], exchanges: list[Exchange]) -> dict[str, Any]:
    return (
        row | {"trace": [tracing.to_builtins(exchange) for exchange in exchanges]}
        if exchanges
        else row
    )


def _show(exchanges: list[Exchange]) -> None:
    for exchange in exchanges:
        stdout.print(tracing.sentence(exchange), markup=False)
