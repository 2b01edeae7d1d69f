"""Settings and credentials: changed by an action, or by an editor while the agent runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from core.border import Border
from core.jobs.runner import ORIGIN, Emit
from core.jobs.tools import Tools
from core.model.action import (
    DeleteCredentialsArguments,
    SetCredentialsArguments,
    SetSettingsArguments,
)
from core.model.event import EventKind, Finished, SettingsChanged
from core.model.jsonio import to_builtins
from core.model.problem import BadInputError, PlatenError, Problem
from core.model.setting import CredentialName
from core.secrets import CredentialSet, SecretsError, choose
from core.settings import Settings
from core.settings.change import changed, differences
from core.settings.file import NAME, mended
from core.settings.shown import shown

#: Seconds between two looks at the file.
LOOK = 2.0

Mark: TypeAlias = tuple[int, int]


async def set_settings(
    tools: Tools, arguments: SetSettingsArguments, emit: Emit
) -> tuple[Finished, Problem | None]:
    """Set them, keep them, and use them from now on; raises what ``changed`` and ``mended`` raise,
    and ``BadInputError`` (``setting_changed``) where one is not what a person saw.

    Gives also what does not work with them.
    """
    # What an editor has just written counts, too: it is not lost by being a moment too early.
    now = await asyncio.to_thread(mended, tools.folder) or tools.settings
    _check_seen(now, arguments.seen or {})
    new = changed(now, arguments.values, ORIGIN.get())
    told, flaw = differences(tools.settings, new), tools.secrets.chosen.problem
    if told:
        if new != now:
            await asyncio.to_thread(new.save, tools.folder)
        flaw = await use(tools, new)
        emit(EventKind.SETTINGS_CHANGED, SettingsChanged(told))
    return Finished({"changed": len(told)}, f"{len(told)} changed"), flaw


def _check_seen(now: Settings, seen: Mapping[str, Any]) -> None:
    values = {row.path: row.value for row in shown(now)}
    for path, value in seen.items():
        if path in values and values[path] != value:
            raise BadInputError(
                "setting_changed",
                f"{path} was changed elsewhere in the meantime. Nothing was saved.",
                "Look at it as it is now, then change it again.",
            )


async def use(tools: Tools, new: Settings) -> Problem | None:
    """Put settings in force; gives what does not work with them."""
    old, tools.settings = tools.settings, new
    tools.border, flaw = Border.of(new.privacy, tools.folder, tools.border.known)
    await learn(tools)
    if new.secrets != old.secrets:
        chosen = await asyncio.to_thread(choose, tools.folder, new.secrets.backend)
        tools.secrets.chosen = chosen
    return flaw or tools.secrets.chosen.problem


async def learn(tools: Tools) -> None:
    """Tell the border the names, locations and MACs that are known, if it hides anything."""
    known = tools.border.known
    if tools.border.idle:
        return
    for segment in tools.settings.discovery.segments:
        for target in segment.targets:
            known.learn_host(target.rpartition(":")[0] or target)
    token = ""
    while True:
        page = await tools.store.devices(token)
        for row in page.items:
            known.learn(to_builtins(row.device.identity))
        token = page.next
        if not token:
            return


async def follow(
    tools: Tools,
    seen: Mark | None,
    tell: Callable[[tuple[str, ...], Problem | None], None],
    wait: float = LOOK,
) -> None:
    """Put in force what an editor writes into the file; a wrong one changes nothing.

    ``seen`` is the ``mark`` of the file that was read. ``tell`` hears of each change: the keys,
    and what is wrong. Runs until it is cancelled.
    """
    while True:
        await asyncio.sleep(wait)
        now = mark(tools.folder)
        if now == seen:
            continue
        seen = now
        loaded = await asyncio.to_thread(Settings.load, tools.folder)
        keys = differences(tools.settings, loaded.settings)
        if loaded.problem is not None:
            tell((), loaded.problem)
        else:
            tell(keys, await use(tools, loaded.settings))


def mark(folder: Path) -> Mark | None:
    """Give what changes when the file of settings does; ``None`` where there is none."""
    try:
        found = (folder / NAME).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


async def set_credentials(tools: Tools, arguments: SetCredentialsArguments, _: Emit) -> Finished:
    """Keep them; raises ``BadInputError`` and ``SecretsError``, neither of which tells any."""
    try:
        value = msgspec.convert(arguments.credentials, CredentialSet, strict=True)
    except PlatenError:
        raise  # a user that SNMPv3 does not allow: it says what is wrong, and tells nothing
    except (msgspec.MsgspecError, RecursionError):
        # Without the error's own text: it may quote what was given.
        raise BadInputError(
            "bad_credentials",
            "These are not communities, users and logins in the form that is wanted.",
            "See `platen credentials set --help`.",
        ) from None
    await tools.secrets.set(arguments.name, value)
    return Finished(value.kinds, f"Kept as {arguments.name}.")


async def delete_credentials(
    tools: Tools, arguments: DeleteCredentialsArguments, _: Emit
) -> Finished:
    """Forget them; raises ``SecretsError`` for a name that is not there."""
    if arguments.name not in await tools.secrets.names():
        raise SecretsError(
            "secret_missing",
            f"There are no credentials named {arguments.name!r}.",
            "See `platen credentials list`.",
        )
    await tools.secrets.delete(arguments.name)
    return Finished(text=f"{arguments.name} is forgotten.")


async def credential_names(tools: Tools) -> list[CredentialName]:
    """Give what is kept, and no value of it; raises ``SecretsError``."""
    names = await tools.secrets.names()
    return [CredentialName(name, **(await tools.secrets.get(name)).kinds) for name in names]
