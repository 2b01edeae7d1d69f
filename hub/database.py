"""The hub's database: opened, brought up to date, and asked from threads of its own."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from hub.errors import HubError

NAME = "hub.sqlite"
#: Execution option of connections that only read.
READS = "platen_reads"


def open_database(folder: Path) -> Engine:
    """Open the database of a hub's folder and migrate it; raises ``HubError``."""
    engine = create_engine(f"sqlite:///{folder / NAME}", connect_args={"timeout": 30})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    try:
        with engine.begin() as connection:
            config = Config()
            config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError:
        raise HubError(
            "hub_database_newer",
            f"The database in {folder} was written by a newer version of the hub.",
            "Install that version, or a newer one. Nothing was changed.",
        ) from None
    except DBAPIError as error:
        raise explain(error, folder) from None
    return engine


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


def explain(error: DBAPIError, folder: Path) -> HubError:
    """Name the cause of a database failure."""
    said = str(error.orig)
    if "full" in said:
        return HubError(
            "hub_disk_full", f"The hub's disk is full ({folder}).", "Make room. Nothing was lost."
        )
    if "readonly" in said or "unable to open" in said:
        return HubError(
            "hub_folder",
            f"The hub's folder {folder} cannot be written: {said}.",
            "See that it exists and that this user may write there.",
        )
    return HubError("hub_database", f"The hub's database failed: {said}.", "See the hub's log.")
