"""``platen-hub``: what it prints, how it ends, and never a traceback."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from core.pki.code import parse_code
from hub.cli import app
from hub.database import NAME
from tests.support.hub_data import filled

LISTS = ("agents", "devices", "readings")
COMMANDS = ("serve", "code", *LISTS, "revoke")
MORE = {
    "code": ["--customer", "C"],
    "serve": ["--listen", "127.0.0.1:0", "--enrol-listen", "127.0.0.1:0"],
    "revoke": ["some-agent"],
}


def run(*arguments: str, data: Path) -> Result:
    result = CliRunner().invoke(app, [*arguments, "--data", str(data)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def command(name: str, data: Path) -> Result:
    return run(name, *MORE.get(name, []), data=data)


def said(result: Result, status: int) -> str:
    """What was said on standard error, in two lines: the problem and what to do."""
    assert result.exit_code == status, result.output
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert lines[0].startswith("platen-hub: ")
    assert len(lines) == 2
    assert lines[1].startswith("            ")
    return result.stderr


@pytest.fixture
def data(tmp_path: Path) -> Path:
    assert run("init", "--name", "Dealer", data=tmp_path / "hub").exit_code == 0
    return tmp_path / "hub"


def rows(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_new_hub_is_made_and_said(tmp_path: Path) -> None:
    result = run("init", "--name", "Büro & Co", "--host", "Hub.Example.com", data=tmp_path / "h")
    assert result.exit_code == 0
    assert 'hub "Büro & Co" made in' in result.stdout
    assert "hub.example.com, localhost, 127.0.0.1" in result.stdout.replace("\n", " ")


def test_a_second_one_in_the_same_folder_is_refused(data: Path) -> None:
    before = {path.name: path.read_bytes() for path in data.iterdir()}
    assert "already" in said(run("init", data=data), 3)
    assert {path.name: path.read_bytes() for path in data.iterdir()} == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["init", "--host", "https://x"], "no host name"),
        (["init", "--name", ""], "The hub's name"),
        (["init", "--name", "a\nb"], "The hub's name"),
        (["code", "--customer", "C", "--valid", "soon"], "no length of time"),
        (["code", "--customer", "C", "--valid", "31d"], "no length of time"),
        (["code", "--customer", " "], "The customer's name"),
        (["code", "--customer", "x" * 201], "The customer's name"),
        (["serve", "--listen", "nonsense"], "not HOST:PORT"),
        (["serve", "--public-host", "a b"], "not HOST:PORT"),
        (["revoke", "nobody"], "no agent with this id"),
    ],
)
def test_bad_arguments_end_with_status_2(data: Path, arguments: list[str], words: str) -> None:
    where = data.parent / "new" if arguments[0] == "init" else data
    assert words in said(run(*arguments, data=where), 2)


def test_an_unknown_option_or_command_ends_with_status_2(data: Path) -> None:
    for arguments in (["agents", "--tea"], ["tea"], ["code"], ["revoke"]):
        assert CliRunner().invoke(app, [*arguments, "--data", str(data)]).exit_code == 2


@pytest.mark.parametrize("name", COMMANDS)
def test_without_a_hub_every_command_says_how_to_make_one(tmp_path: Path, name: str) -> None:
    assert "platen-hub init" in said(command(name, tmp_path), 1)


def test_a_code_is_printed_and_good(data: Path) -> None:
    shown = run("code", "--customer", "C", data=data)
    assert shown.exit_code == 0
    parse_code(shown.stdout.strip())
    (row,) = rows(run("code", "--customer", " Dental [bold] é ", "--json", data=data))
    assert sorted(row) == ["code", "customer", "expires_at"]
    assert row["customer"] == "Dental [bold] é"
    assert row["expires_at"].endswith("Z")
    parse_code(row["code"])


def test_an_empty_hub_has_empty_lists(data: Path) -> None:
    for name in LISTS:
        assert rows(run(name, "--json", data=data)) == []
        assert run(name, data=data).exit_code == 0


def test_the_lists_as_json(data: Path) -> None:
    agent = filled(data)
    (listed,) = rows(run("agents", "--json", data=data))
    assert sorted(listed) == sorted(
        ["id", "installation", "customer", "hostname", "version", "enrolled_at", "last_seen",
         "waiting", "revoked_at", "away"]
    )  # fmt: skip
    assert (listed["id"], listed["customer"]) == (agent, "Customer")
    devices = rows(run("devices", "--json", data=data))
    assert [(row["agent"], row["device"]["key"]) for row in devices] == [
        (agent, "d0"),
        (agent, "d1"),
    ]
    assert sorted(devices[0]) == ["agent", "device", "reading"]
    readings = rows(run("readings", "--json", data=data))
    assert [row["key"] for row in readings] == ["k0", "k1", "k2"]
    assert sorted(readings[0]) == ["agent", "device", "key", "reading", "received_at"]
    assert readings[0]["reading"]["meters"] == {"total": 100}
    assert readings[0]["reading"]["identity"]["vendor"] is None
    only = rows(run("readings", "--json", "--device", "d1", "--agent", agent, data=data))
    assert [row["device"] for row in only] == ["d1"]
    assert rows(run("readings", "--json", "--agent", "nobody", data=data)) == []


def test_the_lists_as_tables(data: Path) -> None:
    agent = filled(data)
    assert agent in run("agents", data=data).stdout.replace("\n", "").replace(" ", "")
    (first, second) = run("devices", data=data).stdout.split("\n")[3:5]
    for word in ("agent-1", "10.0.0.1", "102", "idle", "not known", "2026-01-01T00:00:02Z"):
        assert word in first
    assert "101" in second
    assert "100" in run("readings", data=data).stdout


def test_a_revoked_agent_is_shown_so(data: Path) -> None:
    agent = filled(data)
    assert run("revoke", agent, data=data).exit_code == 0
    assert "revoked" in run("agents", data=data).stdout
    assert rows(run("agents", "--json", data=data))[0]["revoked_at"].startswith("20")


@pytest.mark.parametrize("name", ["serve", "code"])
@pytest.mark.parametrize("file", ["authority.key", "authority.pem", "server.key", "server.pem"])
def test_a_key_file_that_cannot_be_used_is_named(data: Path, name: str, file: str) -> None:
    (data / file).write_bytes(b"junk")
    words = said(command(name, data), 1)
    assert str(data / file) in words
    assert "backup" in words


@pytest.mark.parametrize("file", ["authority.key", "server.key"])
def test_a_key_of_another_hub_is_named(data: Path, tmp_path: Path, file: str) -> None:
    assert run("init", data=tmp_path / "other").exit_code == 0
    shutil.copy(tmp_path / "other" / file, data / file)
    assert f"{data / file} cannot be used: it does not belong to" in said(command("serve", data), 1)


def _newer(data: Path) -> None:
    with closing(sqlite3.connect(data / NAME)) as db, db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")


def _junk(data: Path) -> None:
    (data / NAME).write_bytes(b"junk" * 1000)


def _folder(data: Path) -> None:
    (data / NAME).unlink()
    (data / NAME).mkdir()


def _torn(data: Path) -> None:
    with closing(sqlite3.connect(data / NAME)) as db, db:
        db.execute("PRAGMA foreign_keys = OFF")
        for table in ("reading", "device", "code", "agent"):
            db.execute(f"DROP TABLE {table}")


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(
    ("spoil", "words"),
    [(_newer, "newer version"), (_junk, "damaged"), (_folder, "cannot be written")],
)
def test_a_database_that_cannot_be_used_is_named(
    data: Path, name: str, spoil: Callable[[Path], None], words: str
) -> None:
    spoil(data)
    assert words in said(command(name, data), 1)


@pytest.mark.parametrize("name", ["code", *LISTS, "revoke"])
def test_a_database_without_its_tables_is_no_traceback(data: Path, name: str) -> None:
    _torn(data)
    assert "no such table" in said(command(name, data), 1)
