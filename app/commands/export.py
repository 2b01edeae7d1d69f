"""``platen export``: the device list, or histories, as a file."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from app.commands.common import DataOption, JsonOption, data_folder, run, stderr
from app.commands.history import ByOption, FromOption, MeterOption, ToOption, arguments, find
from core.channel.client import AgentClient
from core.export import devices, histories
from core.export.asking import device_rows, history_rows
from core.export.files import Format, opened, text_file
from core.export.table import Cell, Column, TableFile
from core.model.history import Bucket
from core.model.problem import BadInputError


def export(
    file: Annotated[
        Path | None, typer.Argument(help="Where to; without it, standard output.")
    ] = None,
    format_: Annotated[
        Format | None, typer.Option("--format", help="Otherwise by the file's name; CSV.")
    ] = None,
    json: JsonOption = False,
    csv: Annotated[bool, typer.Option("--csv", help="Comma-separated values.")] = False,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="A workbook, to this file.")] = None,
    all_: Annotated[
        bool, typer.Option("--all", help="Also devices that gave nothing for weeks.")
    ] = False,
    origins: Annotated[
        bool, typer.Option("--origins/--no-origins", help="With where the values came from.")
    ] = True,
    bom: Annotated[
        bool, typer.Option("--bom", help="CSV that Excel takes for UTF-8 at once.")
    ] = False,
    history: Annotated[
        list[str] | None, typer.Option(help="The history of this device instead; several may be.")
    ] = None,
    meter: MeterOption = None,
    by: ByOption = Bucket.DAY,
    since: FromOption = None,
    until: ToOption = None,
    data: DataOption = None,
) -> None:
    """Write the device list, or the history of some devices, as CSV, XLSX or JSON lines."""

    async def go() -> int:
        target = xlsx or file
        kind = _format(target, format_, json=json, csv=csv, xlsx=xlsx is not None)
        client = await AgentClient.connect(data_folder(data))
        try:
            if history:
                keys = [(await find(client, name)).device.key for name in history]
                rows = history_rows(client, keys, arguments(meter, by, since, until))
                columns, name = histories.columns(by), "History"
            else:
                rows = device_rows(client, stale=all_, origins=origins)
                columns, name = devices.columns(), "Devices"
            with _opened(target, kind, columns, name, bom=bom) as made:
                count = await _fill(made, rows)
        finally:
            await client.close()
        stderr.print(f"{count} rows written" + (f" to {target}" if target else ""))
        return 0 if count else 1

    run(go())


def _format(
    target: Path | None, named: Format | None, *, json: bool, csv: bool, xlsx: bool
) -> Format:
    asked = {
        kind
        for kind, wanted in ((Format.JSON, json), (Format.CSV, csv), (Format.XLSX, xlsx))
        if wanted
    } | ({named} if named else set())
    if len(asked) > 1:
        raise BadInputError("two_formats", "Two kinds of file were asked for.", "Choose one.")
    ending = target.suffix[1:].lower() if target else ""
    by_name = {"json": Format.JSON, "jsonl": Format.JSON, "xlsx": Format.XLSX}
    kind = asked.pop() if asked else by_name.get(ending, Format.CSV)
    if kind is Format.XLSX and target is None:
        raise BadInputError("no_file", "A workbook needs a file.", "Use --xlsx FILE.")
    return kind


async def _fill(made: TableFile, rows: AsyncIterator[tuple[Cell, ...]]) -> int:
    count = 0
    async for row in rows:
        made.row(row)
        count += 1
    made.close()
    return count


@contextmanager
def _opened(
    target: Path | None, kind: Format, columns: tuple[Column, ...], name: str, *, bom: bool
) -> Iterator[TableFile]:
    """Give a file to write to. Under its name there is the whole of it, or what was there before.

    Raises ``PlatenError`` (``export_failed``).
    """
    if target is None:
        sys.stdout.reconfigure(newline="", encoding="utf-8")  # type: ignore[union-attr]
        yield text_file(sys.stdout, kind, columns, bom=bom)
        sys.stdout.flush()
        return
    with opened(target, kind, columns, name, bom=bom) as made:
        yield made
