"""``platen settings``: what is set, what it means, who may change it; and changing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from app.commands.common import DataOption, JsonOption, data_folder, fail, run, say_line, stdout
from core.channel.client import AgentClient
from core.host.errors import AlreadyRunningError
from core.host.lock import AgentLock
from core.host.paths import ensure_data_folder
from core.model.action import ActionKind, Origin, SetSettingsArguments
from core.model.jsonio import from_json, to_json
from core.model.problem import BadInputError, PlatenError
from core.model.query import QueryKind
from core.model.setting import Setting
from core.settings import Settings, SettingsError
from core.settings.change import changed, differences, known, value_of
from core.settings.file import NAME, mended, parse, read
from core.settings.shown import shown

settings = typer.Typer(help="What is set, and changing it.", no_args_is_help=True)


@settings.command()
def show(
    key: Annotated[str, typer.Argument(help="A setting, or the beginning of several.")] = "",
    data: DataOption = None,
    json: JsonOption = False,
) -> None:
    """Show settings with their type, default, meaning, and who may change them."""

    async def go() -> int:
        rows = [row for row in await _rows(data_folder(data)) if _below(row.path, key)]
        if not rows:
            known(key)
        for row in rows:
            if json:
                say_line(to_json(row))
            else:
                _print(row)
        return 0

    run(go())


# A number below zero is a value, and no option.
@settings.command("set", context_settings={"ignore_unknown_options": True})
def set_(
    key: Annotated[str, typer.Argument(help="Which, for example collection.retries.")],
    value: Annotated[str, typer.Argument(help="To what, as in the file; a text needs no quotes.")],
    data: DataOption = None,
) -> None:
    """Change a setting; "default" brings back its default."""
    wanted = None if value == "default" else value_of(value)

    async def go() -> int:
        folder = data_folder(data)
        known(key)
        _changed(Settings(), key, wanted)
        try:
            with AgentLock.take(ensure_data_folder(folder)):
                say_line(_set_here(folder, key, wanted))
        except AlreadyRunningError:
            await _set_there(folder, key, wanted)
        return 0

    run(go())


@settings.command()
def check(
    file: Annotated[
        Path | None, typer.Argument(help="A file of settings; without it, the one in use.")
    ] = None,
    data: DataOption = None,
) -> None:
    """Say whether a file of settings is right, and if not, which key in which line is wrong."""
    path = file or data_folder(data) / NAME
    try:
        found = path.read_text(encoding="utf-8-sig")
        if file is None:
            read(path.parent)
        parse(found)
    except PlatenError as error:
        fail(replace(error.problem, text=error.problem.text.replace(NAME, path.name)))
    except FileNotFoundError:
        if file is not None:
            raise typer.BadParameter(f"there is no {path}") from None
        say_line("There is no file: the defaults are in force.")
        return
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise typer.BadParameter(f"{path}: {reason}") from None
    say_line(f"{path}: right.")


async def _rows(folder: Path) -> Sequence[Setting]:
    """Ask the agent, whose settings are in force; without one, read the file."""
    try:
        client = await AgentClient.connect(folder)
    except PlatenError:
        loaded = Settings.load(folder)
        if loaded.problem is not None:
            problem = loaded.problem
            raise PlatenError(problem.code, problem.text, problem.remedy) from None
        return tuple(shown(loaded.settings))
    try:
        page = await client.query(QueryKind.SETTINGS)
    finally:
        await client.close()
    return tuple(from_json(item, Setting) for item in page.items)


def _changed(now: Settings, key: str, value: Any) -> Settings:
    """Change one; what cannot be its value is the asker's mistake (exit status 2)."""
    try:
        return changed(now, {key: value}, Origin.CONSOLE)
    except SettingsError as error:
        raise BadInputError("bad_settings", error.problem.text, error.problem.remedy) from None


def _set_here(folder: Path, key: str, value: Any) -> str:
    now = mended(folder) or Settings()
    new = _changed(now, key, value)
    told = differences(now, new)
    if told:
        new.save(folder)
    return f"{len(told)} changed"


async def _set_there(folder: Path, key: str, value: Any) -> None:
    from app.commands.local import perform  # noqa: PLC0415 - where an agent runs

    wanted = SetSettingsArguments({key: value})
    await perform(folder, ActionKind.SET_SETTINGS, wanted, as_json=False)


def _below(path: str, key: str) -> bool:
    return not key or path == key or path.startswith(key.rstrip(".") + ".")


def _print(row: Setting) -> None:
    stdout.print(f"{row.path} = {_text(row.value)}", style="bold", soft_wrap=True)
    stdout.print(f"    {row.text}", soft_wrap=True)
    stdout.print(f"    {_type(row)}; default: {_text(row.default)}; changed by {_who(row)}")


def _text(value: Any) -> str:
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return f"{len(value)} in all (--json shows them)"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _type(row: Setting) -> str:
    if row.choices:
        return " | ".join(row.choices)
    if row.minimum is not None and row.maximum is not None:
        return f"{row.type}, {row.minimum:g} to {row.maximum:g}"
    return row.type


def _who(row: Setting) -> str:
    tighter = [f"{name} (only stricter)" for name in row.tightened_by]
    return ", ".join([*row.changed_by, *tighter])
