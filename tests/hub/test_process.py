"""The hub's commands as processes of their own: statuses, streams, and nothing secret said."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import insert
from typer.testing import CliRunner

from core.model.problem import PlatenError
from core.pki.code import parse_code
from core.uplink.connection import NAME
from core.uplink.enrolment import enrol
from hub import schema
from hub.cli import app
from hub.database import open_database
from tests.support.hub import Hub, applicant, now, running_hub
from tests.support.hub_data import filled
from tests.support.need import ROOT
from tests.support.outbox import item


def run(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hub", *arguments, "--data", str(data)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_the_statuses_of_real_processes(tmp_path: Path) -> None:
    data = tmp_path / "hub"
    Hub(data).make()
    refused = run("init", data=data)
    assert refused.returncode == 3
    assert len(refused.stderr.splitlines()) == 2
    done = run("code", "--customer", "Café", "--json", data=data)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["customer"] == "Café"


def test_a_port_that_is_taken_ends_the_second_hub_with_words(tmp_path: Path) -> None:
    with running_hub(tmp_path / "1") as hub:
        Hub(tmp_path / "2").make()
        free = ("--listen", "127.0.0.1:0", "--enrol-listen", hub.enrolment)
        done = run("serve", *free, data=tmp_path / "2")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"cannot listen at {hub.enrolment}" in done.stderr
    assert len(done.stderr.splitlines()) == 2


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hub with 100,000 readings."""
    hub = Hub(tmp_path_factory.mktemp("many"))
    hub.make()
    agent = filled(hub.folder)
    body = item(0).body
    rows = [
        {"agent_id": agent, "key": f"n{n}", "device_key": "d0", "taken_at": "t", "received_at": "r",
         "body": body}
        for n in range(100_000)
    ]  # fmt: skip
    engine = open_database(hub.folder)
    with engine.begin() as db:
        db.execute(insert(schema.reading), rows)
    engine.dispose()
    return hub.folder


def test_a_long_list_is_whole(many: Path) -> None:
    lines = run("readings", "--json", data=many).stdout.splitlines()
    assert len(lines) == 100_003
    assert json.loads(lines[-1])["key"] == "n99999"


def test_a_reader_that_goes_away_is_no_failure(many: Path) -> None:
    command = f'"{sys.executable}" -m hub readings --json --data "{many}" | head -n 1'
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    assert json.loads(done.stdout)["key"] == "k0"


async def test_nothing_secret_is_said_anywhere(tmp_path: Path) -> None:
    """Codes used, refused, misspelt; then every file and every line is searched."""
    data, spoken = tmp_path / "hub", []
    with running_hub(data) as hub:
        codes = [hub.code(), hub.code()]
        made = await enrol(hub.enrolment, codes[0], tmp_path / "agent", applicant(), now)
        spoken += [repr(made), str(made)]
        for code in (codes[0], codes[1][:-1] + "!", codes[1][:20]):
            with pytest.raises(PlatenError) as caught:
                await enrol(hub.enrolment, code, tmp_path / "late", applicant(), now)
            spoken += [repr(caught.value), str(caught.value.problem)]
        for name in ("agents", "devices", "readings"):
            listed = CliRunner().invoke(app, [name, "--json", "--data", str(data)])
            spoken.append(listed.output)
        hub.end()
        spoken.append(hub.log.read_text())
    secrets = [parse_code(code).secret for code in codes]
    key_files = [data / "authority.key", data / "server.key", tmp_path / "agent" / NAME]
    for pem in (*(path.read_text() for path in key_files[:2]), made.key):
        secrets += re.findall(r"[A-Za-z0-9+/=]{60,}", pem)
    check_unsaid("\n".join(spoken), secrets)
    check_unwritten(tmp_path, secrets, key_files)


def check_unsaid(said: str, secrets: list[str]) -> None:
    assert len(secrets) >= 5
    assert "code_used" in said
    assert "PRIVATE" not in said
    for secret in secrets:
        assert secret not in said.replace("-", "")


def check_unwritten(folder: Path, secrets: list[str], key_files: list[Path]) -> None:
    """The codes themselves are in no file, and each key is in its own file only."""
    others = [path for path in folder.rglob("*") if path.is_file() and path not in key_files]
    assert len(others) > 4
    for path in others:
        content = path.read_bytes()
        for secret in secrets:
            assert secret.encode() not in content, path
