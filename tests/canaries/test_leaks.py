"""A leak planted where a search learns its credentials is caught; without the net it is found."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from core.channel.client import AgentClient
from core.model.action import ActionKind, DiscoverArguments, SetCredentialsArguments
from core.model.event import EventKind
from core.settings import Settings
from tests.support.canaries import search
from tests.support.canary_values import SECRETS, WHOLE_SET
from tests.support.site import Server

_LEAKS = {
    "communities": ["community of a set"],
    "passwords": ["v3 authentication", "v3 privacy"],
    "logins": ["web user", "web password"],
}
_SEGMENT = (
    'version = 1\n[[discovery.segments]]\nname = "a"\ntargets = ["127.77.9.1"]\nport = 1161\n'
    'versions = ["3", "2c"]\ncredentials = "all"\n'
)


async def _said(folder: Path, *, disarmed: bool) -> dict[str, bytes]:
    """Search an approved segment that has the whole set; give all that the agent wrote."""
    data, log = folder / "data", folder / "agent.log"
    Settings.model_validate(tomllib.loads(_SEGMENT)).save(data)
    with pytest.MonkeyPatch.context() as patch:
        if disarmed:
            patch.setitem(os.environ, "PLATEN_DISARMED", "1")
        agent = Server(["-m", "tests.support.leaking_agent", "agent", "--data", str(data)], log)
    try:
        assert agent.ready.startswith("agent ready"), log.read_text()
        client = await AgentClient.connect(data)
        kept = await _done(
            client, ActionKind.SET_CREDENTIALS, SetCredentialsArguments("all", dict(WHOLE_SET))
        )
        assert kept is EventKind.ACTION_FINISHED
        await _done(client, ActionKind.DISCOVER, DiscoverArguments(fast=True))
        await client.close()
    finally:
        agent.process.kill()
        agent.process.wait(10)
        assert agent.process.stdout is not None
        agent.process.stdout.close()
    return {"log": log.read_bytes(), "file": (data / "logs" / "agent.log").read_bytes()}


async def _done(client: AgentClient, kind: ActionKind, arguments: object) -> EventKind:
    last = EventKind.ACTION_STARTED
    async for event in client.do(kind, arguments):
        last = event.kind
    return last


async def test_what_takes_known_secrets_out_stops_a_leak(tmp_path: Path) -> None:
    """All kinds of leak in one agent with the net, and in one without it."""
    places = [tmp_path / name for name in ("found", "stopped")]
    for place in places:
        place.mkdir()
    found = await _said(places[0], disarmed=True)
    stopped = await _said(places[1], disarmed=False)
    for what, names in _LEAKS.items():
        secrets = {SECRETS[name] for name in names}
        assert {(hit.place, hit.value) for hit in search(found, secrets)} == {
            (place, secret) for place in ("log", "file") for secret in secrets
        }
        for text in stopped.values():
            assert f"tried {what}".encode() in text
    assert not search(stopped, SECRETS.values())
