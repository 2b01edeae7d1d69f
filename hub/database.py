"""The hub's database: opened, brought up to date, and asked from threads of its own.

What is particular to SQLite stands here; the rest of the hub speaks SQL that PostgreSQL has too.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError

from hub.errors import HubError
from hub.failure import explain

NAME = "hub.sqlite"
#: The newest migration: ``hub/migrations/versions``.
HEAD = "0005"
#: Execution option of connections that only read.
READS = "platen_reads"
_BUSY = 30.0


def open_database(folder: Path, busy: float = _BUSY) -> Engine:
    """Open the database of a hub's folder and bring it up to date; raises ``HubError``.

    ``busy`` is how long, in seconds, to wait for another process that writes.
    """
    path = folder / NAME
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"timeout": busy}, hide_parameters=True
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    try:
        _make_private(path)
        with engine.execution_options(**{READS: True}).connect() as connection:
            found = _version(connection)
        if found != HEAD:
            _migrate(engine, folder)
    except OSError as error:
        raise explain(error, folder) from None
    except DBAPIError as error:
        raise explain(error, folder) from None
    return engine


def _make_private(path: Path) -> None:
    # Customers' data: nobody but the owner. The files that SQLite puts beside it follow suit.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _version(connection: Connection) -> str:
    """Give the migration that the database is at, "" for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _migrate(engine: Engine, folder: Path) -> None:
    # Only here: it takes as long to load as everything else that a command needs.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError:
        raise HubError(
            "hub_database_newer",
            f"The database in {folder} was written by a newer version of the hub.",
            "Install that version, or a newer one. Nothing was changed.",
        ) from None


def _prepare(connection: sqlite3.Connection, _: Any) -> None:
    # SQLAlchemy's transactions, not the driver's: see _begin.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin(connection: Any) -> None:
    # Taking the write lock at once makes writing transactions serial: a code that two processes
    # try at one moment is used by one of them. Readers don't wait for writers.
    reads = connection.get_execution_options().get(READS, False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
