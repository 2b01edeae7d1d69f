"""The window closes, the agent goes on: through kills, with its hours passing in seconds."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from core.channel.client import AgentClient
from core.export.asking import pages
from core.host.clock import parse_rfc3339
from core.model.action import NoArguments
from core.model.problem import PlatenError
from core.model.query import HistoryArguments, QueryKind
from tests.support.need import ROOT
from tests.support.simulated import simulated
from tests.support.site import Site, platen_hub, site
from tests.support.supervisor import Supervisor, supervised
from tests.support.x11 import close_window, wait_for_window
from tests.support.xvfb import missing, screen

NETWORK = "127.61.2.0/28"
PRINTERS = 3
SPEED = 2400  # an hour in a second and a half
_PATIENCE = 30.0

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="127/8 is Linux's")


def until(condition: Callable[[], Any], what: str) -> Any:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited in vain for {what}")


def lines(here: Site, *arguments: str) -> list[dict[str, Any]]:
    done = here.platen(*arguments, "--json")
    return [json.loads(line) for line in done.stdout.splitlines()]


def asked(here: Site, kind: QueryKind, arguments: object = NoArguments()) -> list[Any]:
    """Ask the agent that runs for a list; nothing while none answers."""

    async def ask() -> list[Any]:
        client = await AgentClient.connect(here.agent_data)
        try:
            return [json.loads(item) async for item in pages(client, kind, arguments)]
        finally:
            await client.close()

    with contextlib.suppress(PlatenError):
        return asyncio.run(ask())
    return []


def totals(here: Site) -> list[int]:
    """Every total that was read of the first printer, in the order in which it was read."""
    devices = asked(here, QueryKind.DEVICES)
    if not devices:
        return []
    key = devices[0]["device"]["key"]
    wanted = HistoryArguments(key, ("meters.total",))
    told = asked(here, QueryKind.HISTORY, wanted)
    return [int(point["value"]) for series in told for point in series["points"]]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose agent knows its printers and its hub, and does not run."""
    with (
        simulated(NETWORK, PRINTERS, "--speed", str(SPEED), port=1161),
        site(tmp_path_factory.mktemp("site")) as made,
    ):
        made.start_hub()
        made.start_agent()
        made.enrol()
        found = made.platen("scan", NETWORK, "--port", "1161", "--fast")
        assert found.returncode == 0, found.stderr
        assert made.platen("collect").returncode == 0
        made.wait_until_delivered()
        assert made.agent is not None
        assert made.agent.end() == 0
        yield made


@pytest.fixture(scope="module")
def kept(here: Site) -> Iterator[Supervisor]:
    """The agent, kept by a supervisor, with hours of a second and a half."""
    hurried = ("-m", "tests.support.hurried", str(SPEED), str(time.time()))
    command = (*hurried, "agent", "--data", str(here.agent_data))
    with supervised(command, here.folder / "supervised.log") as made:
        yield made


def window(here: Site, display: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "app", "--data", str(here.agent_data)],
        cwd=ROOT,
        env=os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}")
def test_the_window_closes_and_history_goes_on(here: Site, kept: Supervisor) -> None:
    with screen() as shown:
        opened = window(here, shown.display)
        close_window(shown.display, wait_for_window(shown.display, "^Platen$"))
        assert opened.wait(_PATIENCE) == 0
        before = totals(here)
        until(lambda: len(totals(here)) >= len(before) + 3, "three readings with other counters")
        opened = window(here, shown.display)
        wait_for_window(shown.display, "^Platen$")
        after = totals(here)
        opened.terminate()
        opened.wait(_PATIENCE)
    assert after[: len(before)] == before
    assert after == sorted(after)
    assert after[-1] > before[-1]
    assert kept.ends == []


def test_killed_it_is_started_again_and_tells_why_it_was_away(here: Site, kept: Supervisor) -> None:
    known = len(totals(here))
    for _ in range(3):
        until(lambda before=known: len(totals(here)) > before, "a reading")
        kept.kill()
        known = len(totals(here))
    until(lambda: len(totals(here)) > known, "a reading after the last kill")
    assert kept.ends == [-9, -9, -9]
    assert kept.waits == [0.3, 0.6, 1.2]
    told = lines(here, "status")[0]["schedule"]["away"]
    assert "the agent was not running for" in told
    assert "ended without saying why, as in a power cut or a crash" in told
    assert told.split("until ")[-1] in " ".join(here.platen("status").stdout.split())

    def at_the_hub() -> str:
        listed = platen_hub("agents", "--json", "--data", str(here.hub_data)).stdout
        return str(json.loads(listed)["away"] or "")

    until(lambda: at_the_hub() == told, "the hub to hear why")
    check_runs(lines(here, "runs", "--limit", "10000"))
    device = asked(here, QueryKind.DEVICES)[0]["device"]["identity"]["serial"]
    (series,) = lines(here, "history", device, "--meter", "total")
    assert sum(volume["value"] or 0 for volume in series["volumes"]) > 0


def check_runs(runs: list[dict[str, Any]]) -> None:
    """None is doubled, none missed without a reason, none left open but the one under way."""
    reads = [run for run in runs if run["lane"] == "collect"]
    planned = [(run["lane"], run["planned"]) for run in runs]
    assert len(planned) == len(set(planned))
    done = [run for run in reads if run["outcome"] == "done"]
    assert len(done) >= 5
    for run in runs:
        if run["outcome"] in {"missed", "failed", "skipped"}:
            assert run["reason"], run
    assert sum(run["outcome"] == "running" for run in reads) <= 1
    hours = sorted(parse_rfc3339(run["planned"]) for run in reads if run["outcome"] != "missed")
    assert all(b > a for a, b in itertools.pairwise(hours))


def test_told_to_end_it_stays_ended(here: Site, kept: Supervisor) -> None:
    assert here.platen("agent", "--stop").returncode == 0
    until(lambda: kept.ends[-1:] == [0], "the agent to end")
    starts = kept.starts
    time.sleep(0.5)  # that nothing happens is the point
    assert kept.starts == starts


def test_what_was_delivered_is_at_the_hub_once(here: Site, kept: Supervisor) -> None:
    del kept
    at_hub = here.hub_keys()
    assert len(at_hub) == len(set(at_hub)) > PRINTERS
    here.start_agent()
    here.wait_until_delivered()
    assert len(here.hub_keys()) == here.agent_stored()
