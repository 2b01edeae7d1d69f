"""``platen logs bundle | send | show``: logs for support."""

from __future__ import annotations

import asyncio
import os
import sys
from collections import deque
from contextlib import aclosing
from importlib.metadata import version
from pathlib import Path
from random import SystemRandom
from typing import Annotated

import typer

from app.commands.common import (
    DataOption,
    JsonOption,
    data_folder,
    run,
    say_line,
    stderr,
    stdout,
)
from app.commands.local import ActionFailedError
from app.commands.progress import ProgressLine
from core.border import Border
from core.channel.address import AgentAwayError
from core.channel.client import AgentClient
from core.host import clock
from core.model.action import ActionKind, NoArguments, SendBundleArguments
from core.model.bundle import BundleReady, BundleSent
from core.model.event import EventKind, Progress
from core.model.jsonio import from_json, to_json
from core.model.problem import BadInputError, PlatenError, Problem, RefusedError
from core.settings import Settings
from core.support.agent_log import log_files
from core.support.bundle import Contents, make_bundle

logs = typer.Typer(
    help="Logs for support: in one file, masked as set, without secrets.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_NOTHING_PRINTED = "Nothing of what was printed is in it, and no password."


@logs.command("bundle")
def bundle_command(
    output: Annotated[
        Path | None, typer.Option(help="Where to write it; a file or folder.")
    ] = None,
    data: DataOption = None,
    json: JsonOption = False,
) -> None:
    """Put logs, settings and facts into one file, to look at or to hand over."""

    async def go() -> int:
        made = await _prepare(data_folder(data))
        path = Path(made.path)
        if output is not None:
            path = await asyncio.to_thread(copy_out, path, output)
        if json:
            say_line(to_json({**_plain(made), "path": str(path)}))
        else:
            _show(made)
            stdout.print(f"reference {made.reference}: {path}", soft_wrap=True)
        return 0

    run(go())


@logs.command("send")
def send_command(
    yes: Annotated[bool, typer.Option("--yes", help="Send without asking.")] = False,
    data: DataOption = None,
    json: JsonOption = False,
) -> None:
    """Show what support would get, and send it to the hub."""

    async def go() -> int:
        client = await AgentClient.connect(data_folder(data))
        try:
            made = await _ask_agent(client)
            if not json:
                _show(made)
            if not yes:
                await asyncio.to_thread(_confirm, made)
            sent = await _send(client, made)
        finally:
            await client.close()
        if json:
            say_line(to_json(sent))
        else:
            stdout.print(f"{sent.hub_name} has it. Reference number: {sent.reference}")
        return 0

    run(go())


@logs.command("show")
def show_command(
    lines: Annotated[int, typer.Option("-n", min=1, max=1_000_000, help="How many lines.")] = 40,
    data: DataOption = None,
) -> None:
    """Print the last lines of the agent's log."""

    async def go() -> int:
        files = log_files(data_folder(data))
        if not files:
            stderr.print("There is no log yet: no agent has run here.")
            return 1
        last: deque[str] = deque(maxlen=lines)
        for path in reversed(files):
            last.extend(path.read_text("utf-8", "replace").splitlines())
        for line in last:
            say_line(line)
        return 0

    run(go())


async def _prepare(folder: Path) -> BundleReady:
    """Have the agent make a bundle; where none runs, make it of what lies on the disk."""
    try:
        client = await AgentClient.connect(folder)
    except AgentAwayError:
        if not folder.is_dir():  # noqa: ASYNC240 - nothing else runs in this loop
            raise
        stderr.print("No agent runs: the bundle has the logs and settings, and no devices.")
        border, _ = Border.of(Settings.load(folder).settings.privacy, folder)
        contents = Contents(folder, border, version("platen"))
        return await make_bundle(contents, clock.now, SystemRandom())
    try:
        return await _ask_agent(client)
    finally:
        await client.close()


async def _ask_agent(client: AgentClient) -> BundleReady:
    body = await _run(client, ActionKind.PREPARE_BUNDLE, NoArguments(), EventKind.BUNDLE_READY)
    return from_json(body, BundleReady)


async def _send(client: AgentClient, made: BundleReady) -> BundleSent:
    wanted = SendBundleArguments(made.reference)
    body = await _run(client, ActionKind.SEND_BUNDLE, wanted, EventKind.BUNDLE_SENT)
    return from_json(body, BundleSent)


async def _run(client: AgentClient, kind: ActionKind, arguments: object, answer: EventKind) -> str:
    """Run an action and give the body of the event that answers; raises its failure."""
    found = ""
    with ProgressLine(stderr) as line:
        async with aclosing(client.do(kind, arguments)) as events:
            async for event in events:
                if event.kind is answer:
                    found = event.body
                elif event.kind is EventKind.ACTION_PROGRESS:
                    line.show(from_json(event.body, Progress))
                elif event.kind is EventKind.ACTION_FAILED:
                    raise ActionFailedError(from_json(event.body, Problem))
    if not found:
        raise PlatenError("channel_failed", "The agent ended the action without a word.", "")
    return found


def _show(made: BundleReady) -> None:
    for file in made.files:
        stderr.print(f"  {file.name:<20} {file.size:>12,}  {file.what}")
    for sentence in made.left_out:
        stderr.print(f"  left out: {sentence}")
    stderr.print(f"  {made.size:,} bytes in one file. {_NOTHING_PRINTED}")


def _confirm(made: BundleReady) -> None:
    if not sys.stdin.isatty():
        raise BadInputError(
            "not_asked", "Nobody can be asked here whether to send it.", "Add --yes to send it."
        )
    stderr.print("Send it to the hub? [y/N] ", end="")
    if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
        raise RefusedError(
            "not_sent", "Nothing was sent.", f"The bundle {made.reference} is kept: {made.path}"
        )


def copy_out(source: Path, target: Path) -> Path:
    """Copy a bundle to a file or into a folder, for its owner only; gives where it is.

    Raises ``PlatenError`` (``bundle_copy``): an existing file is never written over.
    """
    path = target / source.name if target.is_dir() else target
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with source.open("rb") as read, os.fdopen(os.open(path, flags, 0o600), "wb") as write:
            while data := read.read(1 << 20):
                write.write(data)
    except OSError as error:
        raise PlatenError(
            "bundle_copy",
            f"The bundle cannot be written to {path}: {error.strerror or error}.",
            f"It is kept at {source}. Choose another place.",
        ) from None
    return path


def _plain(made: BundleReady) -> dict[str, object]:
    return {name: getattr(made, name) for name in BundleReady.__slots__}
