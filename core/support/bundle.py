"""Makes a bundle: what support needs to find a fault, and nothing of what was printed.

Everything in it passes the border, as everything that leaves does, and then the net for secrets.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from core.border import Border
from core.host.clock import rfc3339
from core.host.pulse import STACKS
from core.model.bundle import BundleReady, Manifest
from core.model.jsonio import to_builtins
from core.model.problem import PlatenError
from core.model.reference import Bits, make_reference
from core.model.status import AgentStatus
from core.settings.file import NAME as SETTINGS
from core.support.agent_log import log_files
from core.support.host_facts import host_facts, versions
from core.support.redact import redact
from core.support.shelf import FOLDER, keep_newest
from core.support.zip import BundleZip

FORMAT = 1
MOST = 50_000_000  # bytes
_CUT = re.compile(r"\b(?:\d{1,3}\.){1,3}\*(?:\.\*)*")

Rows = Callable[[], AsyncIterator[Sequence[object]]]


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes in. ``lists`` are names of files, what each holds, and its rows page by page;
    without an agent there are none, and no ``status``.
    """

    folder: Path
    border: Border
    version: str
    status: AgentStatus | None = None
    lists: tuple[tuple[str, str, Rows], ...] = field(default=())


async def make_bundle(
    contents: Contents, clock: Callable[[], datetime], random: Bits, *, most: int = MOST
) -> BundleReady:
    """Make it in the data folder's ``bundles``; raises ``PlatenError`` (``bundle_unwritable``)."""
    reference = make_reference(random)
    path = contents.folder / FOLDER / f"platen-{reference}.zip"
    made: BundleZip | None = None
    try:
        made = BundleZip(path, most)
        await asyncio.to_thread(_add_facts, made, contents)
        logs = log_files(contents.folder)
        for log in logs[:1]:
            await asyncio.to_thread(_add_log, made, contents.border, log)
        for name, what, rows in contents.lists:
            await _add_list(made, contents.border, name, what, rows)
        for log in logs[1:]:  # the newest first: where room ends, the oldest are missing
            await asyncio.to_thread(_add_log, made, contents.border, log)
        manifest = Manifest(
            FORMAT,
            reference,
            rfc3339(clock()),
            contents.status.installation if contents.status else None,
            versions(contents.version),
            tuple(made.files),
            tuple(made.left_out),
        )
        size = await asyncio.to_thread(made.finish, manifest)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        if made is not None:
            made.drop()
    await asyncio.to_thread(keep_newest, contents.folder)
    return BundleReady(reference, str(path), size, manifest.files, manifest.left_out)


def _add_facts(made: BundleZip, contents: Contents) -> None:
    border, folder = contents.border, contents.folder
    told = {"versions": versions(contents.version), **host_facts(folder, os.environ)}
    made.add("host.json", "This computer: system, memory, disk, networks", _whole(border, told))
    if contents.status is not None:
        status = _hidden(border, contents.status)
        status["installation"] = contents.status.installation  # ours, and no printer's
        data = json.dumps(status, indent=2, ensure_ascii=False).encode()
        made.add("status.json", "The agent: schedule, delivery, what is wrong", data)
    settings = folder / SETTINGS
    if not settings.is_file():
        data = b"# Nothing was ever changed here: every setting has its default.\n"
        made.add(SETTINGS, "The settings: all as they come", data)
    else:
        text = settings.read_text("utf-8", "replace")
        cut = text if border.idle else _CUT.sub("hidden", text)
        data = "".join(_lines(border, cut.splitlines(keepends=True))).encode()
        made.add(SETTINGS, "The settings; passwords are never in them", data)
    stacks = folder / STACKS
    if stacks.is_file():
        lines = stacks.read_text("utf-8", "replace").splitlines(keepends=True)
        data = "".join(_lines(border, lines)).encode()
        made.add(STACKS, "Where the agent hung when it was ended", data)


def _add_log(made: BundleZip, border: Border, path: Path) -> None:
    name = f"logs/{path.name}"
    if made.full:
        made.left_out.append(f"{name}: there was no room for it")
        return
    entry = made.open(name, "What the agent did, and what went wrong")
    with path.open(encoding="utf-8", errors="replace") as lines:
        whole = entry.write(line.encode() for line in _lines(border, lines))
    entry.close()
    if not whole:
        made.left_out.append(f"{name}: the end of it, for want of room")


async def _add_list(made: BundleZip, border: Border, name: str, what: str, rows: Rows) -> None:
    entry = made.open(name, what)
    whole = True
    async for page in rows():
        data = await asyncio.to_thread(_rows, border, page)
        whole = whole and await asyncio.to_thread(entry.write, data)
        if not whole:
            break
    entry.close()
    if not whole:
        made.left_out.append(f"{name}: the rest of it, for want of room")


def _rows(border: Border, page: Sequence[object]) -> list[bytes]:
    told = (json.dumps(_hidden(border, row), ensure_ascii=False) for row in page)
    return [f"{text}\n".encode() for text in told]


def _whole(border: Border, told: dict[str, Any]) -> bytes:
    return json.dumps(_hidden(border, told), indent=2, ensure_ascii=False).encode()


def _hidden(border: Border, value: object) -> Any:
    """Give a body as it may leave, its texts without what looks like a secret."""
    return _cleaned(border.outgoing(to_builtins(value)))


def _cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _cleaned(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner) for inner in value]
    return redact(value) if isinstance(value, str) else value


def _lines(border: Border, lines: Sequence[str] | Any) -> Iterator[str]:
    for line in lines:
        yield redact(border.text(line))


def _unwritable(path: Path, error: OSError) -> PlatenError:
    return PlatenError(
        "bundle_unwritable",
        f"The bundle cannot be written to {path.parent}: {error.strerror or error}.",
        "See that the disk has room and that this user may write there.",
    )
