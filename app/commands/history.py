"""``platen history DEVICE``: volumes, levels and their changes, from the running agent."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from app.commands import history_tables
from app.commands.common import DataOption, JsonOption, data_folder, run, say_line, stderr, stdout
from app.commands.times import moment, usual_start
from core.channel.client import AgentClient
from core.export import histories
from core.export.asking import pages
from core.export.delimited import DelimitedFile
from core.host.clock import now
from core.host.zone import local_zone, zone_name
from core.model.device import Device, DeviceSummary
from core.model.history import Bucket, Series
from core.model.jsonio import from_json, to_json
from core.model.problem import BadInputError
from core.model.query import HistoryArguments, QueryKind

_USUAL_PATHS = ("meters", "supplies")

MeterOption = Annotated[
    list[str] | None,
    typer.Option("--meter", help='A meter ("total", "color"), or any value by its path.'),
]
ByOption = Annotated[Bucket, typer.Option("--by", help="Each change, or by day, week or month.")]
FromOption = Annotated[str | None, typer.Option("--from", help="From this day or time on.")]
ToOption = Annotated[str | None, typer.Option("--to", help="Until this day or time.")]


def history(
    device: Annotated[str, typer.Argument(help="A device's key, serial number or address.")],
    meter: MeterOption = None,
    by: ByOption = Bucket.DAY,
    since: FromOption = None,
    until: ToOption = None,
    data: DataOption = None,
    json: JsonOption = False,
    csv: Annotated[bool, typer.Option("--csv", help="Comma-separated values.")] = False,
) -> None:
    """Show how a device's meters and supplies became what they are."""

    async def show() -> int:
        client = await AgentClient.connect(data_folder(data))
        try:
            summary = await find(client, device)
            chosen = summary.device
            wanted = arguments(meter, by, since, until, device=chosen.key)
            items = [item async for item in pages(client, QueryKind.HISTORY, wanted)]
        finally:
            await client.close()
        found = [from_json(item, Series) for item in items]
        if not any(map(_tells, found)):
            stderr.print("Nothing was read in that time.")
            return 1
        if json:
            for series in found:
                say_line(to_json(series))
        elif csv:
            _as_csv(chosen, found, by)
        else:
            _as_text(summary, found, everything=bool(meter))
        return 0

    run(show())


def arguments(
    meter: list[str] | None, by: Bucket, since: str | None, until: str | None, *, device: str = ""
) -> HistoryArguments:
    """Give the query for what the options ask; raises ``BadInputError``."""
    paths = tuple(_path(name) for name in meter or ()) or _USUAL_PATHS
    return HistoryArguments(
        device=device,
        paths=paths,
        since=moment(since) if since else usual_start(by, now()),
        until=moment(until) if until else None,
        bucket=by,
        zone=zone_name(),
    )


def _path(name: str) -> str:
    plain = name.isidentifier() and name not in {"meters", "supplies", "status", "engine_life"}
    return f"meters.{name}" if plain else name


async def find(client: AgentClient, name: str) -> DeviceSummary:
    """Give the device that a person names; raises ``BadInputError`` for none, or for several."""
    found = []
    async for summary in client.devices():
        device = summary.device
        if device.key == name:
            return summary
        if name.casefold() in (
            (device.identity.serial or "").casefold(),
            device.endpoint.address.casefold(),
            str(device.endpoint).casefold(),
        ):
            found.append(summary)
    if len(found) == 1:
        return found[0]
    how_many = "several devices are" if found else "no device is"
    raise BadInputError(
        "unknown_device", f"{how_many.capitalize()} called {name[:60]!r}.", "See `platen devices`."
    )


def _tells(series: Series) -> bool:
    known = any(volume.value is not None for volume in series.volumes)
    return known or bool(series.points or series.suspect)


def _as_csv(device: Device, found: list[Series], by: Bucket) -> None:
    sys.stdout.reconfigure(newline="")  # type: ignore[union-attr] # the line ends are CSV's own
    file = DelimitedFile(sys.stdout, histories.columns(by))
    for series in found:
        for row in histories.rows(device, series, local_zone()):
            file.row(row)
    sys.stdout.flush()


def _as_text(summary: DeviceSummary, found: list[Series], *, everything: bool) -> None:
    zone = local_zone()
    names = history_tables.supply_names(summary)
    if not everything:
        found = [series for series in found if history_tables.is_usual(series)]
    for table in (
        history_tables.volumes(found, zone),
        history_tables.levels(found, names, zone),
        history_tables.points(found, names, zone),
    ):
        if table is not None:
            stdout.print(table)
    for line in history_tables.remarks(found, names, zone):
        stdout.print(line)
