"""Brings a database to the version of this program, one numbered step a transaction."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from core.store.errors import StoreError, corrupt

_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
# Written into the file's header: "PLTN". Another program's database is left alone.
APPLICATION = 0x504C544E


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: from the version below ``number`` to ``number``."""

    number: int
    sql: str


@cache
def migrations() -> tuple[Migration, ...]:
    """Read the steps that this program brings, in order."""
    found = sorted(
        (
            Migration(int(match[1]), file.read_text(encoding="utf-8"))
            for file in (resources.files("core.store") / "migrations").iterdir()
            if (match := _NAME.fullmatch(file.name))
        ),
        key=lambda step: step.number,
    )
    if [step.number for step in found] != list(range(1, len(found) + 1)):
        raise RuntimeError("the migrations are not numbered 1, 2, 3 ... without gaps")
    return tuple(found)


def check(connection: sqlite3.Connection, path: Path, steps: Sequence[Migration]) -> None:
    """Refuse a database that this program must not touch; changes nothing.

    Raises ``StoreError``: ``store_newer``, or ``store_corrupt`` for another program's file.
    """
    version = _pragma(connection, "user_version")
    application = _pragma(connection, "application_id")
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    fresh = version == 0 and application == 0 and tables == 0
    if not fresh and application != APPLICATION:
        raise corrupt(path)
    if version > len(steps):
        raise StoreError(
            "store_newer",
            f"The store {path} has version {version}; this Platen knows versions up to "
            f"{len(steps)}.",
            "Nothing in it was changed. Install the newer Platen that wrote it, or choose another "
            "data folder.",
        )


def upgrade(connection: sqlite3.Connection, steps: Sequence[Migration]) -> None:
    """Apply the missing steps, each whole or not at all.

    Foreign keys must be off: a step may have to build a table anew.
    """
    for step in steps[_pragma(connection, "user_version") :]:
        script = (
            f"BEGIN IMMEDIATE;\n{step.sql}\n"
            f"PRAGMA application_id = {APPLICATION};\n"
            f"PRAGMA user_version = {step.number};\nCOMMIT;"
        )
        try:
            connection.executescript(script)
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
