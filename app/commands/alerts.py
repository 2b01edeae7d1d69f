"""``platen alerts``: what fired, acknowledged, passed over. ``platen rules``: when to raise it."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import Annotated, Any

import typer

from app.commands import alert_tables
from app.commands.common import DataOption, JsonOption, data_folder, run, say_line, stderr, stdout
from app.commands.local import ActionFailedError, perform
from core.channel.client import AgentClient
from core.model.action import (
    AcknowledgeArguments,
    ActionKind,
    DeleteRuleArguments,
    RuleTestArguments,
    SetRuleArguments,
    SkipNextArguments,
)
from core.model.event import EventKind, Finished
from core.model.jsonio import from_json, to_json
from core.model.occurrence import Occurrence, RuleVerdict
from core.model.plain import plain
from core.model.problem import BadInputError, Problem
from core.model.query import OccurrencesArguments, QueryKind
from core.model.rule import Rule

_STYLE: dict[str, Any] = {"add_completion": False, "rich_markup_mode": None}
alerts = typer.Typer(help="What fired, and what becomes of it.", **_STYLE)
rules = typer.Typer(help="When an alert is raised.", no_args_is_help=True, **_STYLE)
_AT_ONCE = 500


@alerts.callback(invoke_without_command=True)
def list_alerts(
    context: typer.Context,
    every: Annotated[
        bool, typer.Option("--all", help="Also what is resolved, acknowledged or skipped.")
    ] = False,
    device: Annotated[str | None, typer.Option(help="Only of this device (key).")] = None,
    since: Annotated[str | None, typer.Option(help="Only raised since this time.")] = None,
    data: DataOption = None,
    json: JsonOption = False,
) -> None:
    """List the alerts that somebody should see to, newest first."""
    if context.invoked_subcommand is not None:
        return
    wanted = OccurrencesArguments(device, since, not every)

    async def show() -> int:
        rows = [row async for row in _alerts(data_folder(data), wanted)]
        if json:
            for row in rows:
                say_line(to_json(row))
        elif rows:
            stdout.print(alert_tables.alerts(rows))
        else:
            stderr.print("No alerts." if every else "No open alerts; with --all, the others.")
        return 0

    run(show())


async def _alerts(folder: Path, wanted: OccurrencesArguments) -> AsyncIterator[Occurrence]:
    client = await AgentClient.connect(folder)
    token = ""
    try:
        while True:
            page = await client.query(QueryKind.OCCURRENCES, wanted, token, _AT_ONCE)
            for item in page.items:
                yield from_json(item, Occurrence)
            token = page.next_page_token
            if not token:
                return
    finally:
        await client.close()


@alerts.command()
def ack(
    alert: Annotated[list[str], typer.Argument(help="Alerts (keys).")],
    data: DataOption = None,
) -> None:
    """Say that somebody has seen these alerts."""
    _do(data, ActionKind.ACKNOWLEDGE, AcknowledgeArguments(tuple(alert)))


@alerts.command()
def skip(
    device: Annotated[str, typer.Argument(help="A device (key).")],
    rule: Annotated[str, typer.Argument(help="A rule (id).")],
    data: DataOption = None,
) -> None:
    """Pass over the next time that a rule fires for a device."""
    _do(data, ActionKind.SKIP_NEXT, SkipNextArguments(device, rule))


@rules.command("list")
def list_rules(data: DataOption = None, json: JsonOption = False) -> None:
    """List all rules, the built-in ones first."""

    async def show() -> int:
        client = await AgentClient.connect(data_folder(data))
        try:
            page = await client.query(QueryKind.RULES)
        finally:
            await client.close()
        if json:
            for item in page.items:
                say_line(item)
        else:
            stdout.print(alert_tables.rules([from_json(item, Rule) for item in page.items]))
        return 0

    run(show())


@rules.command()
def add(
    rule: Annotated[
        str, typer.Argument(help="The rule as JSON, a file that holds it, or - to read it here.")
    ],
    data: DataOption = None,
) -> None:
    """Make a rule, or change the one with its id (built-in ones too)."""

    async def go() -> int:
        wanted = SetRuleArguments(from_json(_text_of(rule), Rule))
        await perform(data_folder(data), ActionKind.SET_RULE, wanted, as_json=False)
        return 0

    run(go())


def _text_of(given: str) -> str:
    if given.lstrip().startswith("{"):
        return given
    try:
        return sys.stdin.read() if given == "-" else Path(given).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise BadInputError("bad_rule", f"{given[:200]}: {reason}.", "Name a file.") from None


@rules.command()
def remove(
    rule: Annotated[str, typer.Argument(help="A rule (id).")], data: DataOption = None
) -> None:
    """Forget a rule; a built-in one is again as it was."""
    _do(data, ActionKind.DELETE_RULE, DeleteRuleArguments(rule))


@rules.command("test")
def try_condition(
    expression: Annotated[str, typer.Argument(help="A condition, see docs/alerts.md.")],
    device: Annotated[
        list[str] | None, typer.Option(help="Of this device (key); without any, all.")
    ] = None,
    data: DataOption = None,
    json: JsonOption = False,
) -> None:
    """Say what a condition would say of the last readings; nothing is saved."""
    wanted = RuleTestArguments(expression, tuple(device or ()))

    async def go() -> int:
        async for said in _tested(data_folder(data), wanted):
            if isinstance(said, Finished):
                stderr.print(said.text)
            elif json:
                say_line(to_json(said))
            else:
                word = {True: "true", False: "false", None: "cannot tell"}[said.verdict]
                say_line(f"{said.device}  {word}{'  ' if said.why else ''}{plain(said.why, 300)}")
        return 0

    run(go())


async def _tested(folder: Path, wanted: RuleTestArguments) -> AsyncIterator[RuleVerdict | Finished]:
    client = await AgentClient.connect(folder)
    try:
        async with aclosing(client.do(ActionKind.TEST_RULE, wanted)) as events:
            async for event in events:
                if event.kind is EventKind.RULE_TESTED:
                    yield from_json(event.body, RuleVerdict)
                elif event.kind is EventKind.ACTION_FAILED:
                    raise ActionFailedError(from_json(event.body, Problem))
                elif event.kind is EventKind.ACTION_FINISHED:
                    yield from_json(event.body, Finished)
    finally:
        await client.close()


def _do(data: Path | None, kind: ActionKind, wanted: object) -> None:
    async def go() -> int:
        await perform(data_folder(data), kind, wanted, as_json=False)
        return 0

    run(go())
