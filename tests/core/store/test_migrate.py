from __future__ import annotations

import re
import sqlite3
from importlib import resources
from pathlib import Path

import pytest

from core.store import connection as files
from core.store.errors import StoreError
from core.store.migrate import APPLICATION, Migration, migrations, upgrade

FIRST = Migration(1, "CREATE TABLE a (x INTEGER) STRICT;")
SECOND = Migration(2, "ALTER TABLE a ADD COLUMN y INTEGER; INSERT INTO a VALUES (1, 2);")
BROKEN = Migration(2, "INSERT INTO a VALUES (1); INSERT INTO nowhere VALUES (1);")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def test_the_steps_are_read_from_the_package_in_order() -> None:
    steps = migrations()
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    folder = resources.files("core.store") / "migrations"
    assert len(steps) == len([f for f in folder.iterdir() if f.name.endswith(".sql")])


def test_an_old_database_gets_the_missing_steps_only(tmp_path: Path) -> None:
    path = tmp_path / files.NAME
    files.open_writer(path, 1, [FIRST]).close()
    db = files.open_writer(path, 1, [FIRST, SECOND])
    assert _version(db) == 2
    assert [tuple(row) for row in db.execute("SELECT * FROM a")] == [(1, 2)]
    db.close()
    files.open_writer(path, 1, [FIRST, SECOND]).close()


def test_a_step_that_fails_leaves_the_version_before_it(tmp_path: Path) -> None:
    path = tmp_path / files.NAME
    files.open_writer(path, 1, [FIRST]).close()
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        files.open_writer(path, 1, [FIRST, BROKEN])
    db = files.open_writer(path, 1, [FIRST])
    assert _version(db) == 1
    assert db.execute("SELECT count(*) FROM a").fetchone()[0] == 0
    db.close()


def test_a_newer_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / files.NAME
    files.open_writer(path, 1, [FIRST, SECOND]).close()
    before = path.read_bytes()
    with pytest.raises(StoreError) as caught:
        files.open_writer(path, 1, [FIRST])
    problem = caught.value.problem
    assert problem.code == "store_newer"
    assert "version 2" in problem.text
    assert "up to 1" in problem.text
    assert str(path) in problem.text
    assert problem.remedy
    assert path.read_bytes() == before


@pytest.mark.parametrize("mark", ["CREATE TABLE b (x)", "PRAGMA user_version = 1"])
def test_another_program_s_database_is_refused_and_left_alone(tmp_path: Path, mark: str) -> None:
    path = tmp_path / files.NAME
    other = sqlite3.connect(path)
    other.execute(mark)
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError) as caught:
        files.open_writer(path, 1)
    assert caught.value.problem.code == "store_corrupt"
    assert path.read_bytes() == before


def test_the_schema_is_strict_and_marked() -> None:
    db = sqlite3.connect(":memory:", isolation_level=None)
    upgrade(db, migrations())
    assert db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
    for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE type = 'table'"):
        assert re.search(r"\) STRICT", sql) or sql.startswith("CREATE TABLE sqlite_"), sql
    db.close()


def test_every_commit_reaches_the_disk(tmp_path: Path) -> None:
    db = files.open_writer(tmp_path / files.NAME, 1)
    settings = {
        name: db.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "fullfsync")
    }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "fullfsync": 1}
    db.close()


def test_the_file_and_its_log_are_the_owner_s_only(tmp_path: Path) -> None:
    path = tmp_path / files.NAME
    path.touch(0o644)
    db = files.open_writer(path, 1)
    modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    db.close()
    assert set(modes) >= {"store.sqlite", "store.sqlite-wal"}
    assert set(modes.values()) == {0o600}
