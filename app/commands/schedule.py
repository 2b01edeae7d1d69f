"""``platen pause | resume | runs``: what the agent does by itself."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands import tables
from app.commands.common import DataOption, JsonOption, data_folder, run, say_line, stderr, stdout
from app.commands.local import perform
from core.channel.client import AgentClient
from core.model.action import ActionKind, NoArguments, PauseArguments
from core.model.jsonio import from_json, to_json
from core.model.query import QueryKind
from core.model.schedule import RunRecord


def pause(
    minutes: Annotated[
        int | None, typer.Argument(min=1, help="For so long; without it, until `platen resume`.")
    ] = None,
    reason: Annotated[str, typer.Option(help="Why, for whoever looks.")] = "",
    data: DataOption = None,
) -> None:
    """Let the agent do nothing by itself for a while."""
    arguments = PauseArguments(minutes, reason) if reason else PauseArguments(minutes)

    async def go() -> int:
        await perform(data_folder(data), ActionKind.PAUSE, arguments, as_json=False)
        return 0

    run(go())


def resume(data: DataOption = None) -> None:
    """End the pause; what was left out meanwhile is made up for, once."""

    async def go() -> int:
        await perform(data_folder(data), ActionKind.RESUME, NoArguments(), as_json=False)
        return 0

    run(go())


def runs(
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many, newest first.")] = 50,
    data: DataOption = None,
    json: JsonOption = False,
) -> None:
    """Show what ran by itself, what was missed or left out, and why."""

    async def show() -> int:
        client = await AgentClient.connect(data_folder(data))
        try:
            rows = await _newest(client, limit)
        finally:
            await client.close()
        if json:
            for record in rows:
                say_line(to_json(record))
        elif rows:
            stdout.print(tables.runs(rows))
        else:
            stderr.print("Nothing has run by itself yet.")
        return 0 if rows else 1

    run(show())


async def _newest(client: AgentClient, limit: int) -> list[RunRecord]:
    rows: list[RunRecord] = []
    token = ""
    while len(rows) < limit:
        page = await client.query(QueryKind.RUNS, page_token=token, page_size=limit - len(rows))
        rows += [from_json(item, RunRecord) for item in page.items]
        token = page.next_page_token
        if not token:
            break
    return rows
