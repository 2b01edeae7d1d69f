"""A file of an export: under its name there is the whole of it, or what was there before."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from core.export.delimited import DelimitedFile
from core.export.lines import LinesFile
from core.export.table import Column, TableFile
from core.model.problem import PlatenError


class Format(StrEnum):
    """The kinds of file."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


def format_of(target: Path) -> Format:
    """Give the kind of file by its name; CSV where the name says nothing."""
    by_name = {"json": Format.JSON, "jsonl": Format.JSON, "xlsx": Format.XLSX}
    return by_name.get(target.suffix[1:].lower(), Format.CSV)


def text_file(stream: TextIO, kind: Format, columns: tuple[Column, ...], *, bom: bool) -> TableFile:
    """Give a file of text: CSV or JSON lines."""
    if kind is Format.JSON:
        return LinesFile(stream, columns)
    return DelimitedFile(stream, columns, mark=bom)


@contextmanager
def opened(
    target: Path, kind: Format, columns: tuple[Column, ...], name: str, *, bom: bool
) -> Iterator[TableFile]:
    """Give a file to write to, which the caller closes. ``name`` is that of the sheet.

    Raises ``PlatenError`` (``export_failed``).
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if kind is Format.XLSX:
            # Slow to import, and wanted for this kind alone.
            from core.export.workbook import WorkbookFile  # noqa: PLC0415

            with TemporaryDirectory(dir=part.parent, ignore_cleanup_errors=True) as work:
                yield WorkbookFile(part, columns, name=name, work=Path(work))
        else:
            with part.open("x", encoding="utf-8", newline="") as stream:
                yield text_file(stream, kind, columns, bom=bom)
        part.replace(target)
    except OSError as error:
        raise PlatenError(
            "export_failed",
            f"{target} cannot be written: {error.strerror or error}.",
            "Choose another folder, or make room.",
        ) from None
    finally:
        part.unlink(missing_ok=True)
