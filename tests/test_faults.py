"""Each fault in a real agent: what was lost, what a person saw. The table is printed at the end,
and written to the file that PLATEN_FAULT_TABLE names.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.store.connection import NAME
from tests.support.damage import spoil
from tests.support.fault_table import FaultTable
from tests.support.need import ROOT, missing, need
from tests.support.simulated import simulated
from tests.support.site import Site, site
from tests.support.supervisor import Supervisor, supervised

NETWORK = "127.61.3.0/26"
PRINTERS = 12
_PATIENCE = 30.0
TABLE = FaultTable()

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="127/8 and mounts are Linux's")


@pytest.fixture(scope="module", autouse=True)
def table() -> Iterator[None]:
    yield
    TABLE.tell()


@pytest.fixture(scope="module")
def printers() -> Iterator[None]:
    with simulated(NETWORK, PRINTERS, port=1161):
        yield


@pytest.fixture(scope="module")
def enrolled(tmp_path_factory: pytest.TempPathFactory, printers: None) -> Site:
    """A site with a hub whose agent is enrolled and knows its printers; neither runs."""
    with site(tmp_path_factory.mktemp("site")) as made:
        made.start_hub()
        made.start_agent()
        made.enrol()
        found = made.platen("scan", NETWORK, "--port", "1161", "--fast")
        assert found.returncode == 0, found.stderr
        assert made.agent is not None
        assert made.hub is not None
        made.agent.end()
        made.hub.end()
        return made


@pytest.fixture
def here(tmp_path: Path, enrolled: Site) -> Iterator[Site]:
    """A copy of it, whose hub runs."""
    shutil.copytree(enrolled.folder, tmp_path, dirs_exist_ok=True)
    with site(tmp_path) as made:
        made.uplink, made.enrolment = enrolled.uplink, enrolled.enrolment
        made.start_hub()
        yield made


def kept(here: Site) -> Any:
    command = ("-m", "app", "agent", "--data", str(here.agent_data))
    return supervised(command, here.folder / "agent.log")


def status(here: Site) -> dict[str, Any]:
    done = here.platen("status", "--json")
    return dict(json.loads(done.stdout)) if done.returncode == 0 else {}


def until(condition: Any, what: str) -> Any:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited in vain for {what}")


def runs_again(here: Site, agent: Supervisor) -> None:
    """See that the agent is up, reads, and that all it has read reaches the hub once."""
    done = here.platen("collect")
    assert done.returncode == 0, done.stderr
    here.wait_until_delivered()
    at_hub = here.hub_keys()
    assert len(set(at_hub)) == len(at_hub)
    assert agent.ends[-1:] != [0]


def test_power_loss(here: Site) -> None:
    dice = random.Random(6)
    with kept(here) as agent, here.collecting():
        for _ in range(3):
            time.sleep(dice.uniform(0.05, 0.6))  # the moment is the point
            agent.kill()
        assert set(agent.ends) == {-signal.SIGKILL}
        here.platen("collect")
    here.start_agent()
    here.wait_until_delivered()
    at_hub = here.hub_keys()
    assert len(at_hub) == len(set(at_hub)) == here.agent_stored() > 0
    lost = "nothing"
    seen = "`Last away`: it ended without saying why"
    TABLE.note("power cut, kill -9 at random", lost=lost, seen=seen)


def with_small_disk(tmp_path: Path) -> dict[str, Any]:
    disk = tmp_path / "disk"
    disk.mkdir()
    unshare = [need("unshare"), "--mount"]
    if os.geteuid() != 0:
        unshare += ["--user", "--map-root-user"]
    mount = f"mount -t tmpfs -o size=16m,mode=700 tmpfs '{disk}'"
    if subprocess.run([*unshare, "sh", "-c", mount], check=False, capture_output=True).returncode:
        missing("no file system may be mounted here, not even in a namespace")
    script = f'{mount} && exec "$0" -m tests.support.faults_script "$@"'
    command = [*unshare, "sh", "-c", script, sys.executable, str(disk), NETWORK]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"PLATEN_SECRETS": "file"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_a_full_disk_and_one_that_may_not_be_written(tmp_path: Path, printers: None) -> None:
    told = with_small_disk(tmp_path)
    assert told["full"].startswith("platen: There is no room left on the disk"), told
    assert (told["said"], told["said_after"]) == ("store_full", None)
    assert told["kept"], "what waited is gone"
    assert told["alive"], "the agent ended"
    assert (told["after_room"], told["grew"], told["ended"]) == (0, True, 0)
    lost = "what was read while it was full"
    seen = "`Attention`: there is no room left on the disk; goes on by itself once there is"
    TABLE.note("disk full while it runs", lost=lost, seen=seen)
    assert told["read_only"] != 0
    assert "Read-only file system" in told["read_only_said"][-1], told
    assert told["whole"]
    lost = "nothing"
    seen = "the agent says so and ends; its host tries again until it can be written"
    TABLE.note("disk that cannot be written, at the start", lost=lost, seen=seen)


def outbox_keys(here: Site) -> set[str]:
    with sqlite3.connect(here.agent_data / NAME) as db:
        found = {str(row[0]) for row in db.execute("SELECT key FROM outbox WHERE kind = 'reading'")}
    db.close()
    return found


def fill_outbox(here: Site) -> set[str]:
    """Read everything while the hub is away; gives what then waits."""
    assert here.hub is not None
    here.hub.end()
    with kept(here):
        assert here.platen("collect").returncode == 0
        assert here.platen("collect").returncode == 0
    waiting = outbox_keys(here)
    assert len(waiting) >= 2 * PRINTERS
    return waiting


def test_a_database_damaged_before_the_start(here: Site) -> None:
    waiting = fill_outbox(here)
    spoil(here.agent_data / NAME, "outbox")
    with sqlite3.connect(here.agent_data / NAME) as db, pytest.raises(sqlite3.DatabaseError):
        db.execute("SELECT * FROM outbox").fetchall()
    db.close()
    (here.agent_data / "store.damaged").touch()
    here.start_hub()
    with kept(here) as agent:
        told = status(here)["problem"]
        assert told["code"] == "store_rescued"
        runs_again(here, agent)
    (aside,) = here.agent_data.glob("damaged-*")
    assert (aside / NAME).is_file()
    arrived = set(here.hub_keys()) & waiting
    assert len(arrived) >= len(waiting) // 2
    gone = len(waiting) - len(arrived)
    lost = f"{gone} of {len(waiting)} undelivered readings: those on the damaged page"
    seen = "`Attention`: the store was damaged, where it is kept, how much was legible"
    TABLE.note("database damaged before the start", lost=lost, seen=seen)


def test_a_database_that_is_garbage(here: Site) -> None:
    (here.agent_data / NAME).write_bytes(b"no database " * 5000)
    with kept(here) as agent:
        assert status(here)["problem"]["code"] == "store_rescued"
        assert here.platen("scan", NETWORK, "--port", "1161", "--fast").returncode == 0
        runs_again(here, agent)
    lost = "everything in it; printers are found again"
    seen = "`Attention`: the same, with 0 devices; the file is kept"
    TABLE.note("database overwritten with garbage", lost=lost, seen=seen)


def test_a_database_damaged_while_it_runs(here: Site) -> None:
    waiting = fill_outbox(here)
    with kept(here) as agent:
        spoil(here.agent_data / NAME, "evidence")
        # A search goes through the spoilt page; the agent finds out, ends, and is started again.
        for _ in range(5):
            here.platen("scan", NETWORK, "--port", "1161", "--fast")
            if agent.ends:
                break
        until(lambda: agent.ends, "the agent to end")
        assert agent.ends == [75]
        agent.wait_until_ready()
        told = until(lambda: status(here), "its status")
        assert told["problem"]["code"] == "store_rescued"
        assert "is damaged" in (here.folder / "agent.log").read_text()
        here.start_hub()
        runs_again(here, agent)
    assert waiting <= set(here.hub_keys())
    lost = "the damaged page alone (here: how printers were found; the next search tells again)"
    seen = "the agent ends with status 75 and is started again; then as above"
    TABLE.note("database damaged while it runs", lost=lost, seen=seen)


@pytest.mark.parametrize("moment", ["before the start", "while it runs"])
def test_damaged_settings(here: Site, moment: str) -> None:
    path = here.agent_data / "settings.toml"
    good = path.read_text() if path.exists() else ""
    assert NETWORK in good
    if moment == "before the start":
        path.write_text(good + "\n[discovery\n\x00")
    with kept(here) as agent:
        if moment == "while it runs":
            path.write_text(good + "\n[discovery\n")
        told = until(lambda: status(here)["problem"], "word of the damaged settings")
        assert told["code"].startswith("bad_settings"), told
        segments = status(here)["segments"]
        assert [s["targets"] for s in segments] == [[NETWORK]]  # the last good ones are in force
        path.write_text(good)
        until(lambda: status(here)["problem"] is None, "word that all is well")
        runs_again(here, agent)
    lost = "nothing: the last good ones stay in force"
    seen = "`Attention`: key and line"
    TABLE.note(f"settings damaged {moment}", lost=lost, seen=seen)
