"""``platen credentials``: names of credentials; entering them without showing them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from app.commands.common import DataOption, JsonOption, data_folder, run, say_line, stdout
from app.commands.local import perform
from app.commands.secret_options import typed
from core.channel.client import AgentClient
from core.model.action import ActionKind, DeleteCredentialsArguments, SetCredentialsArguments
from core.model.jsonio import from_json
from core.model.problem import BadInputError
from core.model.query import QueryKind
from core.model.setting import CredentialName

credentials = typer.Typer(
    help="Communities, SNMPv3 users and web logins, by name. Needs the agent.",
    no_args_is_help=True,
)
NameArgument = Annotated[str, typer.Argument(help="What a segment calls them.")]


@credentials.command("list")
def list_(data: DataOption = None, json: JsonOption = False) -> None:
    """List the names and what each holds; never a value."""

    async def go() -> int:
        client = await AgentClient.connect(data_folder(data))
        try:
            page = await client.query(QueryKind.CREDENTIALS)
            status = await client.status()
        finally:
            await client.close()
        if json:
            for item in page.items:
                say_line(item)
            return 0
        table = Table(box=None, pad_edge=False)
        for title in ("Name", "Communities", "SNMPv3 users", "Web logins"):
            table.add_column(title)
        for row in (from_json(item, CredentialName) for item in page.items):
            table.add_row(row.name, str(row.communities), str(row.users), str(row.logins))
        stdout.print(table)
        if status.secrets is not None:
            say_line(f"Kept in: {status.secrets.title}. {status.secrets.reason}")
        return 0

    run(go())


@credentials.command("set")
def set_(
    name: NameArgument,
    file: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="JSON with communities, users (name, auth, auth_password, priv, priv_password, "
            "context) and logins (user, password, realm); - is standard input.",
        ),
    ] = None,
    data: DataOption = None,
) -> None:
    """Enter credentials, in place of what the name had.

    Without --from, communities are asked for, one a line, without showing them. Secrets are never
    taken from the command line, where every user of this computer could read them.
    """

    async def go() -> int:
        given = {"communities": typed()} if file is None else _read(file)
        arguments = SetCredentialsArguments(name, given)
        await perform(data_folder(data), ActionKind.SET_CREDENTIALS, arguments, as_json=False)
        return 0

    run(go())


@credentials.command()
def delete(name: NameArgument, data: DataOption = None) -> None:
    """Forget credentials."""

    async def go() -> int:
        wanted = DeleteCredentialsArguments(name)
        await perform(data_folder(data), ActionKind.DELETE_CREDENTIALS, wanted, as_json=False)
        return 0

    run(go())


def _read(file: Path) -> dict[str, Any]:
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8-sig")
        given = json.loads(text)
    except OSError as error:
        raise BadInputError("bad_credentials", f"{file}: {error.strerror}.") from None
    except (ValueError, RecursionError):
        # Not chained: the error carries the text.
        raise BadInputError("bad_credentials", f"{file} is not JSON.") from None
    if not isinstance(given, dict):
        raise BadInputError("bad_credentials", f"{file} is not an object of JSON.")
    return given
