"""``platen discover``: search by itself, without an agent."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from random import SystemRandom
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
    fail,
    run,
    say_line,
    seconds,
    stderr,
    stdout,
)
from app.commands.findings import FindingLines
from app.commands.progress import ProgressLine
from app.commands.secret_options import CommunityOption
from app.commands.who import (
    CredentialsOption,
    V3AuthOption,
    V3ContextOption,
    V3PrivOption,
    V3SecretsOption,
    V3UserOption,
    Who,
)
from core.discovery.everything import Search
from core.discovery.pace import SLEEPERS
from core.discovery.plan import SegmentPlan
from core.discovery.targets import check_targets
from core.jobs.local import found_here
from core.model.event import Progress, SegmentProgress
from core.model.evidence import Finding, Rejection
from core.model.jsonio import to_json
from core.model.problem import PlatenError
from core.model.segment import Segment
from core.snmp.network import SnmpNetwork

_TICK = 0.25  # seconds


def discover(
    targets: Annotated[
        list[str] | None, typer.Argument(help="Addresses, ranges, 10.0.0.*, CIDR, names.")
    ] = None,
    file: FileOption = None,
    exclude: Annotated[list[str] | None, typer.Option(help="Never ask these.")] = None,
    port: PortOption = 161,
    community: CommunityOption = None,
    v3_user: V3UserOption = None,
    v3_auth: V3AuthOption = None,
    v3_priv: V3PrivOption = None,
    v3_context: V3ContextOption = "",
    v3_secrets: V3SecretsOption = None,
    credentials: CredentialsOption = None,
    max_hops: HopsOption = None,
    timeout: Annotated[float, typer.Option(callback=seconds, help="Seconds a round.")] = 1.0,
    fast: Annotated[bool, typer.Option("--fast", help="At a technician's pace.")] = False,
    slow: Annotated[
        bool, typer.Option("--slow", help="Wait 20 s longer, for printers that sleep.")
    ] = False,
    local: Annotated[
        bool, typer.Option("--local", help="Also printers connected to this computer.")
    ] = False,
    show_all: Annotated[bool, typer.Option("--all", help="Show refused addresses too.")] = False,
    data: DataOption = None,
    json: JsonOption = False,
) -> None:
    """Find printers and say how each was found."""
    wanted = all_targets(targets, file)
    if not wanted and not local:
        raise typer.BadParameter("Name at least one target, a file with --from, or --local.")
    if not wanted:
        run(_here(json=json))
    who = Who(
        tuple(community or ()),
        v3_user,
        v3_auth,
        v3_priv,
        v3_context,
        v3_secrets,
        credentials,
        data,
    )
    try:
        access = who.access()
    except PlatenError as error:
        fail(error.problem)
    segment = Segment(
        file.stem if file else ", ".join(wanted),
        wanted,
        tuple(exclude or ()),
        port,
        timeout=timeout,
        max_hops=max_hops,
        versions=tuple(access.versions),
    )
    plan = SegmentPlan(segment, access.communities, access.users)
    linger = SLEEPERS if slow else 0.0
    run(_discover(plan, linger, fast=fast, local=local, show_all=show_all, json=json))


async def _discover(
    plan: SegmentPlan, linger: float, *, fast: bool, local: bool, show_all: bool, json: bool
) -> int:
    check_targets(plan.segment)
    random, lines = SystemRandom(), FindingLines()
    async with SnmpNetwork(random=random) as network:
        search = Search([plan], network, random=random, fast=fast, linger=linger)
        with ProgressLine(stderr) as line:
            ticker = asyncio.create_task(_tick(search, lines, line, json=json))
            try:
                await _follow(search, lines, line, json=json, show_all=show_all)
            finally:
                ticker.cancel()
    # A printer is told of again when there is more to say: what counts is what it came to.
    here = await found_here() if local else []
    return _show([*search.found, *here], plan.segment.name, lines, json=json)


async def _follow(
    search: Search, lines: FindingLines, line: ProgressLine, *, json: bool, show_all: bool
) -> None:
    told: set[str] = set()
    async with aclosing(search.items()) as items:
        async for item in items:
            if isinstance(item, SegmentProgress):
                line.show(Progress("addresses", item.asked, item.addresses, item.found))
            elif isinstance(item, Rejection):
                _show_rejection(item, line, json=json and show_all)
            elif json:
                lines.take(item)
            elif item.endpoint.address not in told:
                told.add(item.endpoint.address)
                name = item.identity.called
                line.print(f"  found    {item.endpoint}  {name}")


async def _tick(search: Search, lines: FindingLines, line: ProgressLine, *, json: bool) -> None:
    """Give out what is known, and a sign of life, while the search runs."""
    while True:
        await asyncio.sleep(_TICK)
        line.tick()
        if json:
            lines.release(search.settled)


async def _here(*, json: bool) -> int:
    return _show(await found_here(), "this computer", FindingLines(), json=json)


def _show(found: Sequence[Finding], where: str, lines: FindingLines, *, json: bool) -> int:
    if not found:
        stderr.print(f"No printer found in {where}.", markup=False)
        return 1
    if json:
        lines.finish(found)
    else:
        stdout.print(tables.findings(found))
    return 0


def _show_rejection(item: Rejection, line: ProgressLine, *, json: bool) -> None:
    if json:
        row = {"address": item.endpoint.address, "port": item.endpoint.port}
        say_line(to_json(row | {"rejected": item.reason}))
    else:
        line.print(f"  refused  {item.endpoint}  {item.reason}")
