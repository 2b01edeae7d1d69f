"""``platen discover``: search by itself, without an agent."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from random import SystemRandom
from typing import Annotated

import typer

from app.commands import tables
from app.commands.common import (
    CommunityOption,
    DataOption,
    FileOption,
    HopsOption,
    JsonOption,
    PortOption,
    all_targets,
    fail,
    run,
    say_line,
    stderr,
    stdout,
)
from app.commands.progress import ProgressLine
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
from core.discovery.plan import SegmentPlan
from core.discovery.targets import check_targets
from core.jobs.discover import SLEEPERS
from core.jobs.local import found_here
from core.model.event import Progress, SegmentProgress
from core.model.evidence import Finding, Rejection
from core.model.jsonio import to_builtins, to_json
from core.model.problem import PlatenError
from core.model.segment import Segment
from core.snmp.network import SnmpNetwork


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
    timeout: Annotated[float, typer.Option(min=0.05, max=60, help="Seconds a round.")] = 1.0,
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
    random = SystemRandom()
    async with SnmpNetwork(random=random) as network:
        search = Search([plan], network, random=random, fast=fast, linger=linger)
        with ProgressLine(stderr) as line:
            async with aclosing(search.items()) as items:
                async for item in items:
                    if isinstance(item, SegmentProgress):
                        line.show(Progress("addresses", item.asked, item.addresses, item.found))
                    elif isinstance(item, Rejection):
                        _show_rejection(item, line, json=json and show_all)
    # A printer is told of again when there is more to say: what counts is what it came to.
    here = await found_here() if local else []
    return await _show([*search.found, *here], plan.segment.name, json=json)


async def _here(*, json: bool) -> int:
    return await _show(await found_here(), "this computer", json=json)


async def _show(found: Sequence[Finding], where: str, *, json: bool) -> int:
    if not found:
        stderr.print(f"No printer found in {where}.", markup=False)
        return 1
    if json:
        for finding in found:
            say_line(to_json(finding_json(finding)))
    else:
        stdout.print(tables.findings(found))
    return 0


def _show_rejection(item: Rejection, line: ProgressLine, *, json: bool) -> None:
    if json:
        row = {"address": item.endpoint.address, "port": item.endpoint.port}
        say_line(to_json(row | {"rejected": item.reason}))
    else:
        line.print(f"  refused  {item.endpoint}  {item.reason}")


def finding_json(finding: Finding) -> dict[str, object]:
    """Give the contract's object for one finding."""
    identity = to_builtins(finding.identity)
    del identity["firmware"]
    row: dict[str, object] = {
        "address": finding.endpoint.address,
        "port": finding.endpoint.port,
        "evidence": to_builtins(finding.evidence),
        **identity,
        "hops": finding.hops,
    }
    origin = finding.provenance.get("hops")
    if origin is not None:
        row["hops_by"] = f"{origin.refs[0]}: {origin.rule}"
    if finding.device_index is not None:
        row["device_index"] = finding.device_index
    return row
