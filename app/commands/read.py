"""``platen read``: one visit to one address, by itself, without an agent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from app.commands import tables
from app.commands import trace as tracing
from app.commands.asking import Asked, Question, ask
from app.commands.common import (
    EXIT_STATUS,
    DataOption,
    JsonOption,
    PortOption,
    data_folder,
    explain,
    run,
    say_line,
    seconds,
    stderr,
    stdout,
)
from app.commands.progress import ProgressLine
from app.commands.secret_options import CommunityOption
from app.commands.who import (
    CredentialsOption,
    V3AuthOption,
    V3ContextOption,
    V3PrivOption,
    V3SecretsOption,
    V3UserOption,
    Who,
)
from core.discovery.single import resolve_single
from core.model.identity import Endpoint
from core.model.jsonio import to_builtins, to_json
from core.model.plain import plain
from core.model.problem import BadInputError, PlatenError, Problem
from core.snmp.policy import Policy
from core.telemetry.profiles import FOLDER, ProfileSet, profiles_with

_TICK = 0.25  # seconds


def read(
    address: Annotated[str, typer.Argument(help="An address or a host name.")],
    port: PortOption = 161,
    community: CommunityOption = None,
    v3_user: V3UserOption = None,
    v3_auth: V3AuthOption = None,
    v3_priv: V3PrivOption = None,
    v3_context: V3ContextOption = "",
    v3_secrets: V3SecretsOption = None,
    credentials: CredentialsOption = None,
    ipp_port: Annotated[
        int | None,
        typer.Option(
            "--ipp-port",
            min=1,
            max=65535,
            help="TCP port of IPP, asked beside SNMP.",
            show_default="631 and 443 where SNMP is silent",
        ),
    ] = None,
    timeout: Annotated[float, typer.Option(callback=seconds, help="Seconds a try.")] = 1.0,
    profiles: Annotated[
        Path | None, typer.Option("--profiles", help="A folder of profiles of your own.")
    ] = None,
    data: DataOption = None,
    trace: Annotated[bool, typer.Option("--trace", help="Show each request and answer.")] = False,
    json: JsonOption = False,
) -> None:
    """Read a printer and say where every number came from."""
    who = Who(
        tuple(community or ()),
        v3_user,
        v3_auth,
        v3_priv,
        v3_context,
        v3_secrets,
        credentials,
        data,
    )

    def question() -> Question:
        return Question(who.access(), Policy(timeout=timeout), _profiles(profiles, data), ipp_port)

    run(_read(address, port, question, trace=trace, json=json))


def _profiles(given: Path | None, data: Path | None) -> ProfileSet:
    """Read one's own profiles: a folder that was named has to be there and be right."""
    if given is None:
        return profiles_with(data_folder(data) / FOLDER)
    if not given.is_dir():
        text = f"There is no folder {given}."
        raise BadInputError("no_such_folder", text, "Name a folder that holds profiles.")
    return profiles_with(given, strict=True)


async def _read(
    address: str, port: int, question: Callable[[], Question], *, trace: bool, json: bool
) -> int:
    exchanges: list[tracing.Traced] = []
    try:
        how = question()
        endpoint = await resolve_single(address, port)
        asked = await _ask(endpoint, how, exchanges)
    except PlatenError as error:
        return _failed(address, port, error.problem, exchanges if trace else [], json=json)
    shown = exchanges if trace else []
    for reading in asked.readings:
        if json:
            also = {"also": asked.also} if asked.also else {}
            say_line(to_json(_with_trace(to_builtins(reading) | also, shown)))
        else:
            stdout.print(tables.heading(reading.identity, str(endpoint)))
            stdout.print(tables.reading(reading, asked.also))
            stdout.print(f"Sources: {', '.join(one.value.upper() for one in reading.sources)}")
            for note in reading.notes:
                stdout.print(f"Note: {plain(note.text)}")
    if not json:
        _show(shown)
    return 0


async def _ask(endpoint: Endpoint, how: Question, exchanges: list[tracing.Traced]) -> Asked:
    """Ask, and tell on standard error what is being done where it takes long."""
    with ProgressLine(stderr) as line:
        asking = asyncio.ensure_future(ask(endpoint, how, exchanges))
        try:
            while not (await asyncio.wait([asking], timeout=_TICK))[0]:
                line.say(_doing(endpoint, exchanges))
                line.tick()
            return await asking
        finally:
            asking.cancel()


def _doing(endpoint: Endpoint, exchanges: list[tracing.Traced]) -> str:
    if not exchanges:
        return f"asking {endpoint}: no answer yet"
    answers = sum(exchange.bytes_in > 0 for exchange in exchanges)
    return f"asking {endpoint}: {answers} answers so far, last {tracing.name(exchanges[-1])}"


def _failed(
    address: str, port: int, problem: Problem, exchanges: list[tracing.Traced], *, json: bool
) -> int:
    if json:
        row = {"address": address, "port": port, "error": to_builtins(problem)}
        say_line(to_json(_with_trace(row, exchanges)))
    explain(problem)
    if exchanges and not json:
        _show(exchanges)
    return EXIT_STATUS[problem.kind]


def _with_trace(row: dict[str, Any], exchanges: list[tracing.Traced]) -> dict[str, Any]:
    return (
        row | {"trace": [tracing.to_builtins(exchange) for exchange in exchanges]}
        if exchanges
        else row
    )


def _show(exchanges: list[tracing.Traced]) -> None:
    for exchange in exchanges:
        stdout.print(tracing.sentence(exchange), markup=False)
