"""How long exports take, and what they need, without the local channel between."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from core import queries
from core.channel.convert import QueryPage
from core.export import devices
from core.export.asking import device_rows
from core.export.delimited import DelimitedFile
from core.export.lines import LinesFile
from core.export.table import TableFile
from core.export.workbook import WorkbookFile
from core.model.jsonio import to_json
from core.model.query import QueryKind
from core.model.status import AgentStatus
from core.store import Store


class Here:
    """Answers as the agent does."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def query(
        self,
        kind: QueryKind,
        arguments: object | None = None,
        page_token: str = "",
        page_size: int = 0,
    ) -> QueryPage:
        """Give a page."""
        text = "{}" if arguments is None else to_json(arguments)
        return await queries.answer(self._store, _no_status, kind, text, page_token, page_size)


async def _no_status() -> AgentStatus:
    raise AssertionError("an export does not ask for it")


async def _write(store: Store, file: TableFile, *, origins: bool) -> int:
    rows = 0
    async for row in device_rows(Here(store), stale=True, origins=origins):
        file.row(row)
        rows += 1
    file.close()
    return rows


async def exports(store: Store, folder: Path) -> dict[str, Any]:
    """Write the device list in every kind of file."""
    columns = devices.columns()
    answer: dict[str, Any] = {}
    for name, origins in (("csv", True), ("csv", False), ("json", True), ("xlsx", True)):
        path = folder / f"devices.{name}"
        begun = time.perf_counter()
        if name == "xlsx":
            rows = await _write(store, WorkbookFile(path, columns, name="Devices"), origins=origins)
        else:
            with path.open("w", encoding="utf-8", newline="") as stream:
                make = DelimitedFile if name == "csv" else LinesFile
                rows = await _write(store, make(stream, columns), origins=origins)
        took = round(time.perf_counter() - begun, 2)
        size = round(path.stat().st_size / 1e6, 1)
        label = name if origins else f"{name} without origins"
        answer[label] = {"rows": rows, "seconds": took, "mb": size}
    return answer
