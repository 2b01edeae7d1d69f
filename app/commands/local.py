"""``platen status | scan | collect | devices``: commands that talk to the running agent."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path
from typing import Annotated

import typer

from app.commands import tables
from app.commands.common import (
    DataOption,
    FileOption,
    HopsOption,
    JsonOption,
    PortOption,
    all_targets,
    data_folder,
    run,
    say_line,
    seconds,
    stderr,
    stdout,
)
from app.commands.progress import ProgressLine
from app.commands.secret_options import CommunityOption
from core.channel.client import AgentClient
from core.model.action import (
    ActionKind,
    CollectArguments,
    DiscoverArguments,
    ManageArguments,
    NoArguments,
)
from core.model.event import (
    AddressRejected,
    DeviceChanged,
    Event,
    EventKind,
    Finished,
    Progress,
    ReadingFailed,
)
from core.model.jsonio import from_json, to_json
from core.model.problem import PlatenError, Problem
from core.model.segment import Segment


def status(
    dismiss: Annotated[
        bool, typer.Option("--dismiss", help="Take the note on a damaged store away.")
    ] = False,
    data: DataOption = None,
    json: JsonOption = False,
) -> None:
    """Say how the running agent is."""

    async def show() -> int:
        if dismiss:
            wanted = NoArguments()
            await perform(data_folder(data), ActionKind.DISMISS, wanted, as_json=False)
        client = await AgentClient.connect(data_folder(data))
        try:
            found = await client.status()
        finally:
            await client.close()
        if json:
            say_line(to_json(found))
        else:
            stdout.print(tables.status(found))
        return 0

    run(show())


def devices(
    manage: Annotated[
        list[str] | None, typer.Option(help="Read this device (key) from now on.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(help="Only list this device (key) from now on.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Also those that gave no reading for weeks.")
    ] = False,
    data: DataOption = None,
    json: JsonOption = False,
) -> None:
    """List the devices that the agent knows, with their last readings."""

    async def show() -> int:
        for keys, managed in ((manage, True), (ignore, False)):
            if keys:
                wanted = ManageArguments(tuple(keys), managed)
                await perform(data_folder(data), ActionKind.MANAGE, wanted, as_json=False)
        client = await AgentClient.connect(data_folder(data))
        try:
            known = [row async for row in client.devices()]
        finally:
            await client.close()
        rows = [row for row in known if every or not row.stale]
        if len(rows) < len(known):
            left_out = len(known) - len(rows)
            stderr.print(
                f"{left_out} gave no reading for weeks and are left out; --all shows them."
            )
        if json:
            for row in rows:
                say_line(to_json(row))
        elif rows:
            stdout.print(tables.devices(rows))
        if not known:
            stderr.print("No printers yet. Find them with: platen scan")
            return 1
        return 0

    run(show())


def scan(
    targets: Annotated[
        list[str] | None,
        typer.Argument(help="What to search; without any, the approved segments."),
    ] = None,
    file: FileOption = None,
    exclude: Annotated[list[str] | None, typer.Option(help="Never ask these.")] = None,
    port: PortOption = 161,
    community: CommunityOption = None,
    max_hops: HopsOption = None,
    timeout: Annotated[float, typer.Option(callback=seconds, help="Seconds a round.")] = 1.0,
    fast: Annotated[
        bool,
        typer.Option("--fast", help="At a technician's pace; don't wait for printers that sleep."),
    ] = False,
    once: Annotated[
        bool, typer.Option("--once", help="Search, but do not keep this as a segment.")
    ] = False,
    data: DataOption = None,
    json: JsonOption = False,
) -> None:
    """Let the agent search the network. Targets named here are kept as an approved segment."""
    segments: tuple[Segment, ...] = ()
    if wanted := all_targets(targets, file):
        name = file.stem if file else ", ".join(wanted)
        segment = Segment(
            name if port == 161 else f"{name} port {port}",
            wanted,
            tuple(exclude or ()),
            port,
            timeout=timeout,
            max_hops=max_hops,
        )
        segments = (segment,)
    arguments = DiscoverArguments(segments, tuple(community or ()), not once, fast)

    async def go() -> int:
        done = await perform(data_folder(data), ActionKind.DISCOVER, arguments, as_json=json)
        return 0 if done.counts.get("found") else 1

    run(go())


def collect(
    device: Annotated[
        list[str] | None, typer.Argument(help="Device keys; without any, all.")
    ] = None,
    data: DataOption = None,
    json: JsonOption = False,
) -> None:
    """Let the agent read its devices now."""
    arguments = CollectArguments(tuple(device or ()))

    async def go() -> int:
        done = await perform(data_folder(data), ActionKind.COLLECT, arguments, as_json=json)
        return 0 if done.counts.get("read") else 1

    run(go())


async def perform(folder: Path, kind: ActionKind, arguments: object, *, as_json: bool) -> Finished:
    """Run an action on the agent and show how it goes; raises its failure as ``PlatenError``."""
    client = await AgentClient.connect(folder)
    show = _as_json if as_json else _as_text
    try:
        with ProgressLine(stderr) as line:
            events = client.do(kind, arguments)
            async with aclosing(events):
                async for event in events:
                    if event.kind is EventKind.ACTION_PROGRESS:
                        line.show(from_json(event.body, Progress))
                    done = _outcome(event)
                    show(event, line.print)
                    if done is not None:
                        return done
    finally:
        await client.close()
    raise PlatenError("channel_failed", "The agent ended the action without a word.", "")


def _outcome(event: Event) -> Finished | None:
    if event.kind is EventKind.ACTION_FAILED:
        problem = from_json(event.body, Problem)
        raise ActionFailedError(problem)
    if event.kind in (EventKind.ACTION_FINISHED, EventKind.ACTION_CANCELLED):
        return from_json(event.body, Finished)
    return None


class ActionFailedError(PlatenError):
    """The agent's own failure, passed on with its kind."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code, problem.text, problem.remedy)
        self.problem = problem


def _as_json(event: Event, _: Callable[[str], None]) -> None:
    if event.kind is not EventKind.ACTION_PROGRESS:
        body = f'"sequence":{event.sequence},"at":"{event.at}","kind":"{event.kind.value}"'
        say_line(f'{{{body},"body":{event.body}}}')


def _as_text(event: Event, say: Callable[[str], None]) -> None:
    text = _sentence(event)
    if text:
        say(text)


def _sentence(event: Event) -> str:
    if event.kind in (EventKind.DEVICE_FOUND, EventKind.DEVICE_UPDATED):
        changed = from_json(event.body, DeviceChanged)
        return "" if changed.what == "failed" else tables.one_device(changed)
    if event.kind is EventKind.ADDRESS_REJECTED:
        rejected = from_json(event.body, AddressRejected)
        return f"  refused  {rejected.address}:{rejected.port}  {rejected.reason}"
    if event.kind is EventKind.READING_FAILED:
        failed = from_json(event.body, ReadingFailed)
        return f"  failed   {failed.address}  {failed.problem.text}"
    if event.kind in (EventKind.ACTION_FINISHED, EventKind.ACTION_CANCELLED):
        return from_json(event.body, Finished).text
    return ""
