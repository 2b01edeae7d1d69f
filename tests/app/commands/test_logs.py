"""``platen logs``, with a real agent and a real hub, with a hub that is away, and with neither."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from zipfile import ZipFile

from core.channel.client import AgentClient
from core.model.action import ActionKind, NoArguments, SendBundleArguments
from core.model.bundle import BundleReady
from core.model.event import Event, EventKind, Progress
from core.model.jsonio import from_json
from hub.database import open_database
from hub.store import HubStore
from tests.support.site import Site, platen, site


def do(made: Site, kind: ActionKind, arguments: object) -> list[Event]:
    async def go() -> list[Event]:
        client = await AgentClient.connect(made.agent_data)
        try:
            return [event async for event in client.do(kind, arguments)]
        finally:
            await client.close()

    return asyncio.run(go())


def bundles_at(made: Site) -> list[str]:
    store = HubStore(open_database(made.hub_data))
    try:
        return [row["reference"] for row in store.bundles()]
    finally:
        store.close()


def test_logs_from_the_first_start_to_a_hub_that_is_away(tmp_path: Path) -> None:
    with site(tmp_path) as made:
        made.start_hub()
        made.start_agent()
        # No hub yet: it is kept, and said where and what to do.
        refused = made.platen("logs", "send", "--yes")
        assert refused.returncode == 3
        (kept,) = (made.agent_data / "bundles").glob("*.zip")
        assert str(kept) in refused.stderr
        assert kept.stem.removeprefix("platen-") in refused.stderr
        made.enrol()
        # Nobody can be asked: nothing is sent.
        assert made.platen("logs", "send").returncode == 2
        assert bundles_at(made) == []
        sent = json.loads(made.platen("logs", "send", "--yes", "--json").stdout)
        assert bundles_at(made) == [sent["reference"]]
        assert sent["hub_name"] == "Dealer"
        # Progress in bytes, and a second time changes nothing.
        made_events = do(made, ActionKind.PREPARE_BUNDLE, NoArguments())
        ready = next(e for e in made_events if e.kind is EventKind.BUNDLE_READY)
        bundle = from_json(ready.body, BundleReady)
        for _ in range(2):
            events = do(made, ActionKind.SEND_BUNDLE, SendBundleArguments(bundle.reference))
            assert events[-1].kind is EventKind.ACTION_FINISHED
            assert bundles_at(made) == [sent["reference"], bundle.reference]
        steps = [e for e in events if e.kind is EventKind.ACTION_PROGRESS]
        assert not steps or from_json(steps[-1].body, Progress).unit == "bytes"
        # The hub is away: said, kept, and sent when it is back.
        assert made.hub is not None
        made.hub.end()
        away = made.platen("logs", "send", "--yes")
        assert away.returncode == 1
        assert "It is kept here" in away.stderr
        shown = made.platen("logs", "show", "-n", "5")
        assert "send_bundle failed" in shown.stdout
        assert len(shown.stdout.splitlines()) == 5
        assert made.agent is not None
        made.agent.end()
        # No agent either: of what lies on the disk.
        done = made.platen("logs", "bundle", "--output", str(tmp_path / "b.zip"), "--json")
        assert done.returncode == 0, done.stderr
        with ZipFile(tmp_path / "b.zip") as saved:
            assert {"logs/agent.log", "host.json"} <= set(saved.namelist())
        again = made.platen("logs", "bundle", "--output", str(tmp_path / "b.zip"))
        assert again.returncode == 1
        assert len(list((made.agent_data / "bundles").glob("*.zip"))) == 3


def test_where_nothing_ever_ran_that_is_said(tmp_path: Path) -> None:
    folder = str(tmp_path / "none")
    for words in (("logs", "show"), ("logs", "bundle")):
        done = platen(*words, "--data", folder)
        assert done.returncode == 1
        assert done.stderr
