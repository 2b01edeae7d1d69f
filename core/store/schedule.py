"""The schedule in the database: how far each lane is, its runs, the pause."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from functools import partial

from core.host.clock import parse_rfc3339, rfc3339
from core.model.jsonio import from_json, to_json
from core.model.schedule import Pause, RunRecord
from core.schedule.lane import LaneState
from core.store import facts
from core.store.thread import DatabaseThread
from core.store.types import Page

#: How many records are kept: a year of hourly runs and their like; the oldest go first.
KEPT = 20_000
_PAUSE, _ALIVE, _ENDED = "schedule_pause", "schedule_alive", "schedule_ended"


class ScheduleStore:
    """What ``core.schedule.log.RunLog`` asks for. Every method raises ``StoreError``."""

    def __init__(self, writer: DatabaseThread, reader: DatabaseThread) -> None:
        self._writer = writer
        self._reader = reader

    async def states(self) -> dict[str, LaneState]:
        """Give the state of every lane that has one."""
        return await self._reader.run(_states)

    async def latest(self) -> dict[str, RunRecord]:
        """Give the last record of every lane."""
        return await self._reader.run(_latest)

    async def save(self, lane: str, state: LaneState, *records: RunRecord) -> None:
        """Keep a state and its records; one of the same lane and time takes the other's place."""
        await self._writer.run(partial(_save, lane=lane, state=state, records=records))

    async def unfinished(self) -> tuple[RunRecord, ...]:
        """Give the records of runs that never ended."""
        return await self._reader.run(_unfinished)

    async def runs(self, before: str = "", limit: int = 100) -> Page[RunRecord]:
        """Give the records of all lanes, newest first: those planned before a time,
        or, with the ``next`` of a page, those that follow it.
        """
        return await self._reader.run(partial(_runs, before=before, limit=max(limit, 1)))

    async def pause(self) -> Pause | None:
        """Give the pause."""
        text = await self._reader.run(lambda db: facts.fact(db, _PAUSE))
        return from_json(text, Pause) if text else None

    async def set_pause(self, pause: Pause | None) -> None:
        """Keep a pause, or take it away."""
        text = "" if pause is None else to_json(pause)
        await self._writer.run(lambda db: facts.set_fact(db, _PAUSE, text))

    async def alive(self) -> str | None:
        """Give when the agent was last known to run."""
        return await self._reader.run(lambda db: facts.fact(db, _ALIVE))

    async def set_alive(self, at: str, ended: str = "") -> None:
        """Note that the agent runs; ``ended`` is why it is about to end."""

        def work(db: sqlite3.Connection) -> None:
            facts.set_fact(db, _ALIVE, at)
            facts.set_fact(db, _ENDED, ended)

        await self._writer.run(work)

    async def ended(self) -> str:
        """Give why the agent ended last time."""
        return await self._reader.run(lambda db: facts.fact(db, _ENDED) or "")


def _states(db: sqlite3.Connection) -> dict[str, LaneState]:
    rows = db.execute("SELECT name, handled, owed FROM schedule_lane")
    return {r["name"]: LaneState(parse_rfc3339(r["handled"]), bool(r["owed"])) for r in rows}


def _latest(db: sqlite3.Connection) -> dict[str, RunRecord]:
    rows = db.execute(
        "SELECT lane, max(planned), body FROM schedule_run GROUP BY lane"  # body: of that row
    )
    return {r["lane"]: from_json(r["body"], RunRecord) for r in rows}


def _unfinished(db: sqlite3.Connection) -> tuple[RunRecord, ...]:
    rows = db.execute("SELECT body FROM schedule_run WHERE outcome = 'running' ORDER BY lane")
    return tuple(from_json(r["body"], RunRecord) for r in rows)


def _save(
    db: sqlite3.Connection, *, lane: str, state: LaneState, records: Iterable[RunRecord]
) -> None:
    db.execute(
        "INSERT OR REPLACE INTO schedule_lane (name, handled, owed) VALUES (?, ?, ?)",
        (lane, rfc3339(state.handled), int(state.owed)),
    )
    for record in records:
        db.execute(
            "INSERT OR REPLACE INTO schedule_run (lane, planned, outcome, body) "
            "VALUES (?, ?, ?, ?)",
            (record.lane, record.planned, record.outcome.value, to_json(record)),
        )
    db.execute(
        "DELETE FROM schedule_run WHERE planned < "
        "(SELECT planned FROM schedule_run ORDER BY planned DESC LIMIT 1 OFFSET ?)",
        (KEPT,),
    )


def _runs(db: sqlite3.Connection, *, before: str, limit: int) -> Page[RunRecord]:
    planned, _, lane = before.partition("|")
    rows = db.execute(
        "SELECT planned, lane, body FROM schedule_run WHERE (planned, lane) < (?, ?) "
        "ORDER BY planned DESC, lane DESC LIMIT ?",
        (planned or "~", lane, limit + 1),
    ).fetchall()
    total = db.execute("SELECT count(*) FROM schedule_run").fetchone()[0]
    shown = rows[:limit]
    following = f"{shown[-1]['planned']}|{shown[-1]['lane']}" if len(rows) > limit else ""
    return Page(tuple(from_json(r["body"], RunRecord) for r in shown), following, total)
