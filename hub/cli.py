"""``platen-hub``: the dealer's commands."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import secrets
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from hub import bundle_commands, say, tables
from hub.arguments import check_customer, check_hosts, check_name, parse_life
from hub.authority import HubFacts, check_there, init, load
from hub.database import open_database
from hub.listening import ENROLMENT, UPLINK, Listening
from hub.store import HubStore

app = typer.Typer(
    name="platen-hub",
    help="The dealer's hub: agents enrol here and deliver their readings.",
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    rich_markup_mode=None,
)

app.add_typer(bundle_commands.app, name="bundles")

DataOption = Annotated[
    Path, typer.Option("--data", help="The hub's folder.", envvar="PLATEN_HUB_DATA")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
_DATA = Path("platen-hub-data")


def utc_now() -> dt.datetime:
    """Give the time by this machine's clock."""
    return dt.datetime.now(dt.UTC)


@contextmanager
def _store(data: Path) -> Iterator[HubStore]:
    check_there(data)
    store = HubStore(open_database(data))
    try:
        yield store
    finally:
        store.close()


@app.command("init")
def init_command(
    name: Annotated[str, typer.Option(help="The dealer's name, as agents will show it.")] = "Hub",
    host: Annotated[
        list[str] | None, typer.Option(help="A name or address that agents reach the hub by.")
    ] = None,
    data: DataOption = _DATA,
) -> None:
    """Make a new hub: its certificate authority, its certificate, its database."""

    def work() -> None:
        hosts = check_hosts(host or (), socket.gethostname())
        init(data, HubFacts(check_name(name), hosts), utc_now())
        open_database(data).dispose()
        say.stdout.print(f'hub "{name}" made in {data}, for {", ".join(hosts)}', markup=False)

    say.do(work)


@app.command("serve")
def serve_command(
    listen: Annotated[str, typer.Option(help="HOST:PORT for agents.")] = UPLINK,
    enrol_listen: Annotated[str, typer.Option(help="HOST:PORT for enrolment.")] = ENROLMENT,
    public_host: Annotated[
        str | None, typer.Option(help="HOST or HOST:PORT that agents are told to deliver to.")
    ] = None,
    data: DataOption = _DATA,
) -> None:
    """Run the hub until it is told to end."""
    from hub.serve import HubServer, serve  # noqa: PLC0415 - the other commands need no gRPC

    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")

    def ready(server: HubServer) -> None:
        sys.stdout.write(
            f"hub ready uplink={server.uplink_address} enrolment={server.enrolment_address}\n"
        )
        sys.stdout.flush()

    listening = Listening(listen, enrol_listen, public_host)
    say.do(lambda: asyncio.run(serve(data, listening, utc_now, ready)))


@app.command("code")
def code_command(
    customer: Annotated[str, typer.Option(help="Whose network the agent will serve.")],
    valid: Annotated[str, typer.Option(help="How long: 30m, 24h, 7d.")] = "24h",
    data: DataOption = _DATA,
    as_json: JsonOption = False,
) -> None:
    """Make a one-time enrolment code."""
    from core.pki.certificates import fingerprint  # noqa: PLC0415 - the lists need none of this
    from core.pki.code import EnrolmentCode  # noqa: PLC0415

    def work() -> None:
        life, whose = parse_life(valid), check_customer(customer)
        authority = load(data).authority.certificate
        made = EnrolmentCode.make(fingerprint(authority), secrets.SystemRandom())
        now = utc_now()
        with _store(data) as store:
            store.add_code(made.secret_hash(), whose, now, life)
        if as_json:
            expires = (now + life).strftime("%Y-%m-%dT%H:%M:%SZ")
            say.line(code=made.show(), customer=whose, expires_at=expires)
        else:
            say.stdout.print(made.show())

    say.do(work)


@app.command("agents")
def agents_command(data: DataOption = _DATA, as_json: JsonOption = False) -> None:
    """List the agents."""

    def work() -> None:
        with _store(data) as store:
            rows = store.agents()
        if as_json:
            say.lines(tables.agent_lines(rows))
        else:
            say.table(tables.agents(rows))

    say.do(work)


@app.command("revoke")
def revoke_command(
    agent: Annotated[str, typer.Argument(help="The agent's id, as `agents` shows it.")],
    data: DataOption = _DATA,
) -> None:
    """Take an agent's certificate back: it delivers nothing more until it is enrolled again."""

    def work() -> None:
        with _store(data) as store:
            store.revoke(agent, utc_now())

    say.do(work)


@app.command("devices")
def devices_command(data: DataOption = _DATA, as_json: JsonOption = False) -> None:
    """List the devices of all agents, with their latest readings."""

    def work() -> None:
        with _store(data) as store:
            rows = store.devices()
            if as_json:
                say.lines(tables.device_lines(rows))
            else:
                say.table(tables.devices(rows))

    say.do(work)


@app.command("readings")
def readings_command(
    agent: Annotated[str | None, typer.Option(help="Only of this agent.")] = None,
    device: Annotated[str | None, typer.Option(help="Only of this device.")] = None,
    data: DataOption = _DATA,
    as_json: JsonOption = False,
) -> None:
    """List the readings, oldest first."""

    def work() -> None:
        with _store(data) as store:
            rows = store.readings(agent, device)
            if as_json:
                say.lines(tables.reading_lines(rows))
            else:
                say.table(tables.readings(rows))

    say.do(work)


@app.command("alerts")
def alerts_command(
    every: Annotated[
        bool, typer.Option("--all", help="Those that are over or acknowledged too.")
    ] = False,
    data: DataOption = _DATA,
    as_json: JsonOption = False,
) -> None:
    """List the alerts of all agents that somebody should see to."""

    def work() -> None:
        with _store(data) as store:
            rows = store.alerts(only_open=not every)
            if as_json:
                say.lines(tables.alert_lines(rows))
            else:
                say.table(tables.alerts(rows))

    say.do(work)


def main() -> None:
    """Entry point of ``platen-hub``."""
    app(prog_name="platen-hub")
