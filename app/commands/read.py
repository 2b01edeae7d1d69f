"""``platen read``: one visit to one address, by itself, without an agent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import SystemRandom
from typing import Annotated, Any

import typer

from app.commands import tables
from app.commands import trace as tracing
from app.commands.common import (
    EXIT_STATUS,
    CommunityOption,
    DataOption,
    JsonOption,
    PortOption,
    data_folder,
    explain,
    run,
    say_line,
    stdout,
)
from core.discovery.single import resolve_single
from core.host import clock
from core.model.jsonio import to_builtins, to_json
from core.model.plain import plain
from core.model.problem import BadInputError, PlatenError, Problem
from core.snmp.access import Access
from core.snmp.exchange import Exchange
from core.snmp.network import SnmpNetwork
from core.snmp.policy import Policy
from core.telemetry.profiles import FOLDER, ProfileSet, profiles_with
from core.telemetry.reader import read_printers


def read(
    address: Annotated[str, typer.Argument(help="An address or a host name.")],
    port: PortOption = 161,
    community: CommunityOption = None,
    timeout: Annotated[float, typer.Option(min=0.05, max=60, help="Seconds a try.")] = 1.0,
    profiles: Annotated[
        Path | None, typer.Option("--profiles", help="A folder of profiles of your own.")
    ] = None,
    data: DataOption = None,
    trace: Annotated[bool, typer.Option("--trace", help="Show each request and answer.")] = False,
    json: JsonOption = False,
) -> None:
    """Read a printer and say where every number came from."""
    access = Access(tuple(community or ("public",)))
    run(
        _read(
            address,
            port,
            access,
            Policy(timeout=timeout),
            own=partial(_profiles, profiles, data),
            trace=trace,
            json=json,
        )
    )


def _profiles(given: Path | None, data: Path | None) -> ProfileSet:
    """Read one's own profiles: a folder that was named has to be there and be right."""
    if given is None:
        return profiles_with(data_folder(data) / FOLDER)
    if not given.is_dir():
        text = f"There is no folder {given}."
        raise BadInputError("no_such_folder", text, "Name a folder that holds profiles.")
    return profiles_with(given, strict=True)


async def _read(
    address: str,
    port: int,
    access: Access,
    policy: Policy,
    *,
    own: Callable[[], ProfileSet],
    trace: bool,
    json: bool,
) -> int:
    exchanges: list[Exchange] = []
    try:
        known = own()
        endpoint = await resolve_single(address, port)
        async with SnmpNetwork(random=SystemRandom()) as network:
            client = network.client(
                endpoint, access, policy, trace=exchanges.append if trace else None
            )
            readings = await read_printers(client, endpoint, clock.rfc3339(clock.now()), known)
    except PlatenError as error:
        return _failed(address, port, error.problem, exchanges, json=json)
    for reading in readings:
        if json:
            say_line(to_json(_with_trace(to_builtins(reading), exchanges)))
        else:
            stdout.print(tables.heading(reading.identity, str(endpoint)))
            stdout.print(tables.reading(reading))
            for note in reading.notes:
                stdout.print(f"Note: {plain(note.text)}")
    if trace and not json:
        _show(exchanges)
    return 0


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
