"""The database: made, migrated, refused with words; and SQL that PostgreSQL has too."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

import hub
from core.model.problem import PlatenError, Problem
from hub import schema
from hub.database import HEAD, NAME, open_database
from hub.failure import explain

HUB = Path(hub.__file__).parent


def refusal(folder: Path, busy: float = 0.05) -> Problem:
    with pytest.raises(PlatenError) as caught:
        open_database(folder, busy)
    problem = caught.value.problem
    assert str(folder) in problem.text
    assert problem.remedy
    return problem


def test_a_new_one_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    open_database(tmp_path).dispose()
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600
    open_database(tmp_path).dispose()


def test_the_migrations_make_what_the_code_knows(tmp_path: Path) -> None:
    engine = open_database(tmp_path)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == HEAD
        assert compare_metadata(context, schema.metadata) == []
    engine.dispose()
    config = Config()
    config.set_main_option("script_location", str(HUB / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_the_schema_is_one_that_postgresql_takes() -> None:
    dialect = postgresql.dialect()
    tables = schema.metadata.sorted_tables
    said = "".join(str(CreateTable(table).compile(dialect=dialect)) for table in tables)
    assert said.count("CREATE TABLE") == 7
    # 500 readings a second pass 2**31 in seven weeks.
    assert "id BIGSERIAL NOT NULL" in said


def test_no_sql_of_one_database_stands_outside_its_module() -> None:
    for path in HUB.glob("*.py"):
        if path.name not in ("database.py", "failure.py"):
            source = path.read_text(encoding="utf-8")
            for word in ("sqlite", "exec_driver_sql", "PRAGMA", "dialects", "import text"):
                assert word not in source.replace('"sqlite"', ""), (path.name, word)


def test_a_database_of_a_newer_hub_is_left_alone(tmp_path: Path) -> None:
    open_database(tmp_path).dispose()
    with closing(sqlite3.connect(tmp_path / NAME)) as db, db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    before = (tmp_path / NAME).read_bytes()
    problem = refusal(tmp_path)
    assert problem.code == "hub_database_newer"
    assert "Nothing was changed" in problem.remedy
    assert (tmp_path / NAME).read_bytes() == before


@pytest.mark.parametrize("junk", [b"not a database " * 400, b"SQLite format 3\0" + b"\xff" * 4080])
def test_a_damaged_one_is_named_and_left_alone(tmp_path: Path, junk: bytes) -> None:
    (tmp_path / NAME).write_bytes(junk)
    assert refusal(tmp_path).code == "hub_database_damaged"
    assert (tmp_path / NAME).read_bytes() == junk


def test_one_that_another_program_holds_is_named(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / NAME, isolation_level=None)) as db:
        db.execute("CREATE TABLE other (x)")
        db.execute("BEGIN EXCLUSIVE")
        assert refusal(tmp_path).code == "hub_database_locked"


def test_no_folder_and_a_folder_in_its_place(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none").code == "hub_folder"
    (tmp_path / NAME).mkdir()
    assert refusal(tmp_path).code == "hub_folder"


def test_what_a_failing_disk_says_is_not_invented(tmp_path: Path) -> None:
    assert explain(OSError(28, "No space left on device"), tmp_path).problem.code == "hub_disk_full"
    assert explain(OSError(30, "Read-only file system"), tmp_path).problem.code == "hub_folder"


def test_a_command_does_not_load_what_only_a_migration_needs(tmp_path: Path) -> None:
    """It is half of the time that a command takes."""
    open_database(tmp_path).dispose()
    script = (
        "import sys, pathlib; from hub.database import open_database;"
        "import hub.cli; open_database(pathlib.Path(sys.argv[1])).dispose();"
        "print([m for m in ('alembic', 'grpc', 'mako') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_the_way_back_is_there_too(tmp_path: Path) -> None:
    engine = open_database(tmp_path)
    config = Config()
    config.set_main_option("script_location", str(HUB / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    engine.dispose()
    open_database(tmp_path).dispose()
