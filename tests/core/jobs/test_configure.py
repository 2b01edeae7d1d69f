"""Settings and credentials by actions, and settings by an editor, on a whole agent."""

from __future__ import annotations

import asyncio

import pytest

from core.jobs import configure
from core.model.action import (
    ActionKind,
    DeleteCredentialsArguments,
    Origin,
    SetCredentialsArguments,
    SetSettingsArguments,
)
from core.model.event import EventKind, SettingsChanged
from core.model.jsonio import from_json, to_json
from core.model.problem import Problem
from core.model.setting import CredentialName, Setting
from core.model.status import AgentStatus
from core.settings import Settings
from tests.support.whole_agent import agent_on

CANARY = "c4n4ry-value"


async def do(agent, kind, arguments, origin=Origin.CONSOLE):
    events = [e async for e in agent.do("a", kind.value, to_json(arguments), origin)]
    return events, events[-1]


async def put(agent, origin=Origin.CONSOLE, **values):
    wanted = {name.replace("__", "."): value for name, value in values.items()}
    return await do(agent, ActionKind.SET_SETTINGS, SetSettingsArguments(wanted), origin)


def code(event):
    return from_json(event.body, Problem).code


async def value(agent, path):
    page = await agent.query("settings", "", "", 0)
    return {row.path: row for row in (from_json(i, Setting) for i in page.items)}[path].value


async def test_what_is_set_is_in_force_kept_and_told(tmp_path):
    async with agent_on(tmp_path) as agent:
        events, last = await put(agent, collection__retries=5, privacy__macs="mask")
        assert last.kind is EventKind.ACTION_FINISHED
        told = [e for e in events if e.kind is EventKind.SETTINGS_CHANGED]
        assert from_json(told[0].body, SettingsChanged).keys == (
            "collection.retries",
            "privacy.macs",
        )
        assert await value(agent, "collection.retries") == 5
        assert "00:1b" not in agent.border.text("00:1b:78:aa:bb:cc")
    assert Settings.load(tmp_path).settings.collection.retries == 5
    async with agent_on(tmp_path) as agent:
        await put(agent, collection__retries=None)
        assert await value(agent, "collection.retries") == 2


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"collection__retries": 99}, "bad_settings"),
        ({"collection__retries": "many"}, "bad_settings"),
        ({"nothing__here": 1}, "unknown_setting"),
        ({"discovery__segments": [{"name": "a", "targets": []}]}, "bad_settings"),
    ],
)
async def test_what_is_wrong_changes_nothing(tmp_path, wanted, expected):
    async with agent_on(tmp_path) as agent:
        _, last = await put(agent, **wanted)
        assert code(last) == expected
    assert not (tmp_path / "settings.toml").exists()


async def test_what_is_another_by_now_is_not_overwritten(tmp_path):
    path = "collection.retries"

    async def set_to(value, seen):
        wanted = SetSettingsArguments({path: value}, {path: seen})
        return await do(agent, ActionKind.SET_SETTINGS, wanted)

    async with agent_on(tmp_path) as agent:
        _, last = await set_to(5, 2)
        assert last.kind is EventKind.ACTION_FINISHED
        _, last = await set_to(7, 2)
        assert code(last) == "setting_changed"
        assert await value(agent, path) == 5
        (tmp_path / "settings.toml").write_text("version = 1\n[collection]\nretries = 9\n")
        _, last = await set_to(7, 5)
        assert code(last) == "setting_changed"
        _, last = await set_to(7, 9)
        assert last.kind is EventKind.ACTION_FINISHED
        assert await value(agent, path) == 7


async def test_the_hub_sets_its_own_keys_and_privacy_only_towards_more(tmp_path):
    hub = Origin.HUB
    row = {"name": "ward", "macs": "show"}
    async with agent_on(tmp_path) as agent:
        for allowed in (
            {"collection__retries": 1},
            {"privacy__macs": "mask"},
            {"privacy__macs": "omit"},
            {"privacy__hidden": ["10.0.0.1"]},
            {"privacy__hidden": ["10.0.0.1", "10.0.0.2"]},
            {"privacy__segments": [{**row, "macs": "omit"}]},
        ):
            _, last = await put(agent, hub, **allowed)
            assert last.kind is EventKind.ACTION_FINISHED, allowed
        for refused in (
            {"discovery__segments": [{"name": "a", "targets": ["10.0.0.0/8"], "versions": ["3"]}]},
            {"secrets__backend": "file"},
            {"privacy__macs": "mask"},
            {"privacy__macs": None},
            {"privacy__hidden": ["10.0.0.2"]},
            {"privacy__segments": [row]},
            {"privacy__macs": "show", "collection__retries": 3},
        ):
            _, last = await put(agent, hub, **refused)
            assert code(last) == "setting_refused", refused
        assert await value(agent, "collection.retries") == 1
        _, last = await put(agent, privacy__macs="show")  # a person here may
        assert last.kind is EventKind.ACTION_FINISHED


async def until(condition):
    for _ in range(500):
        if await condition():
            return
        await asyncio.sleep(0.02)
    pytest.fail("it did not come")


async def test_an_editors_change_is_followed_and_a_wrong_one_changes_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(configure.follow, "__defaults__", (0.02,))

    async def status():
        return from_json((await agent.query("status", "", "", 0)).items[0], AgentStatus)

    async def problem():
        return (await status()).problem is not None

    async with agent_on(tmp_path) as agent:
        file = tmp_path / "settings.toml"
        file.write_text("version = 1\n[collection]\nretries = 7\n")
        await until(lambda: _is(agent, 7))
        file.write_text("version = 1\n[collection]\nretries = 'x'\nmore = 1\n")
        await until(problem)
        _, last = await put(agent, collection__timeout=3)
        assert "line 3: mend it first" in from_json(last.body, Problem).text
        assert "more = 1" in file.read_text()
        told = (await status()).problem
        assert "line 3" in told.text
        assert await _is(agent, 7)
        file.write_text("version = 1\n[collection]\nretries = 8\n")
        await until(lambda: _is(agent, 8))
        assert not await problem()


async def _is(agent, number):
    return await value(agent, "collection.retries") == number


async def test_credentials_are_kept_named_and_forgotten(tmp_path):
    given = {
        "communities": [CANARY],
        "users": [{"name": "u", "auth": "sha256", "auth_password": CANARY}],
        "logins": [{"user": "admin", "password": CANARY}],
    }
    async with agent_on(tmp_path) as agent:
        arguments = SetCredentialsArguments("hall", given)
        assert CANARY not in repr(arguments)
        events, last = await do(agent, ActionKind.SET_CREDENTIALS, arguments)
        assert last.kind is EventKind.ACTION_FINISHED
        page = await agent.query("credentials", "", "", 0)
        rows = [from_json(item, CredentialName) for item in page.items]
        assert CredentialName("hall", 1, 1, 1) in rows
        assert CANARY not in str(events) + str(page)
        assert (await agent._tools.secrets.get("hall")).communities == (CANARY,)
        for _ in range(2):
            arguments = DeleteCredentialsArguments("hall")
            _, last = await do(agent, ActionKind.DELETE_CREDENTIALS, arguments)
        assert code(last) == "secret_missing"
        now = from_json((await agent.query("status", "", "", 0)).items[0], AgentStatus)
        assert now.secrets is not None
        assert now.secrets.kind == "file"


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"communities": CANARY},
        {"communities": [""]},
        {"users": [{"name": "u", "auth": CANARY, "auth_password": CANARY}]},
        {"users": [{"name": "u", "auth": "md5", "auth_password": CANARY[:5]}]},
        {"logins": [{"user": CANARY}]},
    ],
)
async def test_wrong_credentials_are_refused_and_not_told(tmp_path, given):
    async with agent_on(tmp_path) as agent:
        arguments = SetCredentialsArguments("hall", given)
        events, last = await do(agent, ActionKind.SET_CREDENTIALS, arguments)
        assert last.kind is EventKind.ACTION_FAILED
        assert CANARY[:5] not in str(events)


@pytest.mark.parametrize("origin", [Origin.HUB, Origin.SCHEDULE])
async def test_nobody_else_enters_or_removes_credentials(tmp_path, origin):
    async with agent_on(tmp_path) as agent:
        for kind, arguments in (
            (ActionKind.SET_CREDENTIALS, SetCredentialsArguments("a", {"communities": ["b"]})),
            (ActionKind.DELETE_CREDENTIALS, DeleteCredentialsArguments("a")),
        ):
            _, last = await do(agent, kind, arguments, origin)
            assert code(last) == "origin_refused"
