"""``platen page`` and what ``platen status`` says of the page, on a real agent."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.opening import HANDOVER, address_for_browser
from core.model.page import PageLink
from tests.support.paged import free_ports, taken
from tests.support.site import Server, platen


@pytest.fixture
def ports() -> int:
    return free_ports(20)[0]


@pytest.fixture
def agent(tmp_path: Path, ports: int) -> Iterator[str]:
    command = ["-m", "app", "agent", "--data", str(tmp_path), "--page-port", str(ports)]
    with taken(ports):
        server = Server(command, tmp_path / "process.log")
        assert server.ready.startswith("agent ready"), (tmp_path / "process.log").read_text()
        yield str(tmp_path)
        assert server.end() == 0


def test_a_taken_port_is_said_everywhere(agent: str, ports: int, tmp_path: Path) -> None:
    told = json.loads(platen("status", "--json", "--data", agent).stdout)["page"]
    assert told["port"] == ports + 1
    why = f"The local page is at port {ports + 1}: port {ports} is taken by"
    assert told["problem"]["text"].startswith(why)
    plainly = " ".join(platen("status", "--data", agent).stdout.split())
    assert f"http://127.0.0.1:{ports + 1}" in plainly
    assert f"port {ports} is taken by" in plainly
    linked = platen("page", "--print", "--data", agent)
    assert re.fullmatch(rf"http://127\.0\.0\.1:{ports + 1}/#[\w-]{{43}}\n", linked.stdout)
    assert why in linked.stderr
    assert why in (tmp_path / "process.log").read_text()
    code = platen("page", "--code", "--data", agent)
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}\n", code.stdout)
    both = json.loads(platen("page", "--json", "--data", agent).stdout)
    assert both["code"] == code.stdout.strip()


def test_without_an_agent_it_says_so(tmp_path: Path) -> None:
    done = platen("page", "--data", str(tmp_path))
    assert done.returncode == 1
    assert "No agent is running" in done.stderr


LINK = PageLink("http://127.0.0.1:1301/#x&y", "C", 60.0, 600.0)


def test_the_link_is_handed_over_where_others_cannot_read_it(tmp_path: Path) -> None:
    address = address_for_browser(LINK, tmp_path, handed_over=True)
    assert address == (tmp_path / HANDOVER).as_uri()
    assert "#x" not in address
    assert "/#x&amp;y" in (tmp_path / HANDOVER).read_text()
    if os.name == "posix":
        assert (tmp_path / HANDOVER).stat().st_mode & 0o777 == 0o600
    assert address_for_browser(LINK, tmp_path, handed_over=False) == LINK.url


def test_a_services_folder_is_left_alone(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("PLATEN_DATA", str(tmp_path / "own"))
    monkeypatch.setattr("app.opening.data_folder", lambda: tmp_path / "own")
    address = address_for_browser(LINK, tmp_path / "missing", handed_over=True)
    assert address == (tmp_path / "own" / HANDOVER).as_uri()
