"""What was saved of a damaged store is said over restarts, until it was seen or a month is over."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.agent import Agent
from core.model.action import ActionKind, Origin
from core.model.event import EventKind, Finished
from core.model.jsonio import from_json
from core.model.status import AgentStatus
from core.store.connection import NAME

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


async def opened(folder: Path, at: datetime = NOW) -> Agent:
    return await Agent.open(folder, clock=lambda: at, random=random.SystemRandom(), version="t")


async def status_of(folder: Path, at: datetime = NOW) -> AgentStatus:
    agent = await opened(folder, at)
    try:
        return await agent.status()
    finally:
        await agent.close()


async def damage(folder: Path) -> None:
    await (await opened(folder)).close()
    (folder / NAME).write_bytes(b"garbage" * 10_000)


async def test_it_outlives_restarts_and_a_month_ends_it(tmp_path: Path) -> None:
    await damage(tmp_path)
    first = await status_of(tmp_path)
    assert first.problem == first.rescued is not None
    assert first.problem.code == "store_rescued"
    again = await status_of(tmp_path, NOW + timedelta(days=2))
    assert again.problem == first.problem, "nothing else is wrong"
    assert (await status_of(tmp_path, NOW + timedelta(days=29))).rescued == first.rescued
    late = await status_of(tmp_path, NOW + timedelta(days=31))
    assert (late.problem, late.rescued) == (None, None)


async def test_a_change_of_settings_takes_it_not_away(tmp_path: Path) -> None:
    await damage(tmp_path)
    agent = await opened(tmp_path)
    try:
        arguments = '{"values": {"collection.retries": 2}}'
        stream = agent.do("s", ActionKind.SET_SETTINGS.value, arguments, Origin.CONSOLE)
        kinds = [event.kind async for event in stream]
        assert kinds[-1] is EventKind.ACTION_FINISHED
        assert (await agent.status()).problem == (await agent.status()).rescued is not None
    finally:
        await agent.close()


async def test_a_person_dismisses_it_and_nobody_else(tmp_path: Path) -> None:
    await damage(tmp_path)
    agent = await opened(tmp_path)
    try:
        refused = agent.do("h", ActionKind.DISMISS.value, "{}", Origin.HUB)
        assert [e.kind async for e in refused][-1] is EventKind.ACTION_FAILED
        said = []
        for name in ("a", "b"):
            stream = agent.do(name, ActionKind.DISMISS.value, "{}", Origin.CONSOLE)
            said.append(from_json([e async for e in stream][-1].body, Finished).text)
        assert said == ["The note is gone.", "There is no note."]
        assert (await agent.status()).problem is None
    finally:
        await agent.close()
    assert (await status_of(tmp_path)).rescued is None
