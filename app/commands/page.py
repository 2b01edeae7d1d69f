"""``platen page``: the local page in a browser, signed in."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.common import DataOption, JsonOption, data_folder, run, say_line, stderr
from core.channel.client import AgentClient
from core.model.jsonio import to_json
from core.model.page import PageLink


def page(
    data: DataOption = None,
    link: Annotated[
        bool, typer.Option("--print", help="Print the link instead; it opens the page once.")
    ] = False,
    code: Annotated[
        bool, typer.Option("--code", help="Print the code for the page typed by hand.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Open the agent's local page in the browser, signed in."""
    from app.opening import ask_for_link, open_in_browser  # noqa: PLC0415

    folder = data_folder(data)

    async def go() -> int:
        client = await AgentClient.connect(folder)
        try:
            made = await ask_for_link(client)
            status = await client.status()
        finally:
            await client.close()
        if status.page is not None and status.page.problem is not None:
            stderr.print(f"platen: {status.page.problem.text}")
        if link or code or json:
            _say(made, json=json, code=code)
            return 0
        if not await open_in_browser(made, folder):
            stderr.print("platen: No browser could be started. Open this link within a minute:")
            say_line(made.url)
            return 1
        stderr.print("The page opens in the browser. If it does not: platen page --print")
        return 0

    run(go())


def _say(made: PageLink, *, json: bool, code: bool) -> None:
    if json:
        say_line(to_json(made))
    elif code:
        where = made.url.partition("#")[0]
        say_line(made.code)
        stderr.print(f"Good once, for {made.code_valid_for / 60:.0f} minutes, at {where}")
    else:
        say_line(made.url)
        stderr.print(f"Good once, for {made.valid_for:.0f} seconds.")
