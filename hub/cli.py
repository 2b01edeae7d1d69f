"""``platen-hub``: the dealer's commands."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
import re
import secrets
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer
from rich.console import Console

from core.model.problem import PlatenError, Problem, ProblemKind
from core.pki.certificates import fingerprint
from core.pki.code import EnrolmentCode
from hub import authority, tables
from hub.authority import HubFacts
from hub.database import open_database
from hub.serve import ENROLMENT, UPLINK, HubServer, Listening, serve
from hub.store import HubStore

T = TypeVar("T")
_EXIT_STATUS = {ProblemKind.FAILED: 1, ProblemKind.BAD_INPUT: 2, ProblemKind.REFUSED: 3}
_LIFE = re.compile(r"(\d{1,4})([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}

app = typer.Typer(
    name="platen-hub",
    help="The dealer's hub: agents enrol here and deliver their readings.",
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    rich_markup_mode=None,
)
stdout = Console(highlight=False)
stderr = Console(stderr=True, highlight=False, soft_wrap=True)

DataOption = Annotated[
    Path, typer.Option("--data", help="The hub's folder.", envvar="PLATEN_HUB_DATA")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
_DATA = Path("platen-hub-data")


def utc_now() -> dt.datetime:
    """Give the time by this machine's clock."""
    return dt.datetime.now(dt.UTC)


def _fail(problem: Problem) -> NoReturn:
    stderr.print(f"platen-hub: {problem.text}", markup=False)
    if problem.remedy:
        stderr.print(f"            {problem.remedy}", markup=False)
    raise typer.Exit(_EXIT_STATUS[problem.kind])


def _do(work: Callable[[], T]) -> T:
    try:
        return work()
    except PlatenError as error:
        _fail(error.problem)


def _store(data: Path) -> HubStore:
    authority.load(data, utc_now())
    return HubStore(open_database(data))


def _line(row: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.stdout.flush()


@app.command("init")
def init_command(
    name: Annotated[str, typer.Option(help="The dealer's name, as agents will show it.")] = "Hub",
    host: Annotated[
        list[str] | None, typer.Option(help="A name or address that agents reach the hub by.")
    ] = None,
    data: DataOption = _DATA,
) -> None:
    """Make a new hub: its certificate authority, its certificate, its database."""
    hosts = tuple(dict.fromkeys([*(host or ()), "localhost", "127.0.0.1", socket.gethostname()]))

    def work() -> None:
        authority.init(data, HubFacts(name, hosts), utc_now())
        open_database(data)

    _do(work)
    stdout.print(f"hub {name!r} made in {data}, for {', '.join(hosts)}", markup=False)


@app.command("serve")
def serve_command(
    listen: Annotated[str, typer.Option(help="HOST:PORT for agents.")] = UPLINK,
    enrol_listen: Annotated[str, typer.Option(help="HOST:PORT for enrolment.")] = ENROLMENT,
    public_host: Annotated[
        str | None, typer.Option(help="The name that agents are told to deliver to.")
    ] = None,
    data: DataOption = _DATA,
) -> None:
    """Run the hub until it is told to end."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")

    def ready(server: HubServer) -> None:
        sys.stdout.write(
            f"hub ready uplink={server.uplink_address} enrolment={server.enrolment_address}\n"
        )
        sys.stdout.flush()

    listening = Listening(listen, enrol_listen, public_host)
    _do(lambda: asyncio.run(serve(data, listening, utc_now, ready)))


@app.command("code")
def code_command(
    customer: Annotated[str, typer.Option(help="Whose network the agent will serve.")],
    valid: Annotated[str, typer.Option(help="How long: 30m, 24h, 7d.")] = "24h",
    data: DataOption = _DATA,
    as_json: JsonOption = False,
) -> None:
    """Make a one-time enrolment code."""
    life = _life(valid)

    def work() -> str:
        keys = authority.load(data, utc_now())
        made = EnrolmentCode.make(fingerprint(keys.authority.certificate), secrets.SystemRandom())
        store = HubStore(open_database(data))
        store.add_code(made.secret_hash(), customer, utc_now(), life)
        return made.show()

    shown = _do(work)
    if as_json:
        expires = (utc_now() + life).strftime("%Y-%m-%dT%H:%M:%SZ")
        _line({"code": shown, "customer": customer, "expires_at": expires})
    else:
        stdout.print(shown)


def _life(text: str) -> dt.timedelta:
    found = _LIFE.fullmatch(text)
    if found is None or not int(found[1]):
        _fail(
            Problem(
                "bad_life",
                f"{text!r} is no length of time.",
                "For example 30m, 24h or 7d.",
                ProblemKind.BAD_INPUT,
            )
        )
    return dt.timedelta(**{_UNITS[found[2]]: int(found[1])})


@app.command("agents")
def agents_command(data: DataOption = _DATA, as_json: JsonOption = False) -> None:
    """List the agents."""
    rows = _do(lambda: _store(data).agents())
    if not as_json:
        stdout.print(tables.agents(rows))
    for row in rows if as_json else ():
        _line({key: row[key] for key in tables.AGENT_KEYS})


@app.command("devices")
def devices_command(data: DataOption = _DATA, as_json: JsonOption = False) -> None:
    """List the devices of all agents, with their latest readings."""
    rows = _do(lambda: [tables.device_row(*row) for row in _store(data).devices()])
    if not as_json:
        stdout.print(tables.devices(rows))
    for row in rows if as_json else ():
        _line(row)


@app.command("readings")
def readings_command(
    agent: Annotated[str | None, typer.Option(help="Only of this agent.")] = None,
    device: Annotated[str | None, typer.Option(help="Only of this device.")] = None,
    data: DataOption = _DATA,
    as_json: JsonOption = False,
) -> None:
    """List the readings, oldest first."""
    store = _do(lambda: _store(data))
    rows = map(tables.reading_row, store.readings(agent, device))
    if as_json:
        for row in rows:
            _line(row)
    else:
        stdout.print(tables.readings(rows))


def main() -> None:
    """Entry point of ``platen-hub``."""
    app(prog_name="platen-hub")
