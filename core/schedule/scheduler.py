"""The scheduler: starts every lane when it is due, and keeps account of each run."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo

from core.host.clock import parse_rfc3339, rfc3339
from core.model.problem import PlatenError
from core.model.schedule import LaneStatus, Outcome, Pause, RunRecord, ScheduleStatus
from core.schedule.away import Away
from core.schedule.clocks import Clocks
from core.schedule.decide import Anchor, Circumstances, Hold, Miss, Run, Skip, Wait, decide
from core.schedule.lane import Lane, LaneState
from core.schedule.log import RunLog
from core.schedule.ran import Ran

_log = logging.getLogger(__name__)

_HELD_NAP = 15.0
_ALIVE_EVERY = 300.0  # seconds between two notes that the agent lives: each is a write to the disk

Perform = Callable[[Lane, str], Awaitable[Ran]]


@dataclass(frozen=True, slots=True)
class Around:
    """What is passed in. ``offline`` says why there is no network, or "" where there is one;
    ``settle`` gives seconds to wait once it is back, so that a site's agents do not all come at
    once.
    """

    clocks: Clocks
    zone: Callable[[], tzinfo]
    sleep: Callable[[float], Awaitable[object]]
    offline: Callable[[], str]
    settle: Callable[[], float]
    longest_nap: float = 60.0  # so soon it notices that the clock was set


class Scheduler:
    """Runs lanes; ``perform`` does one run of a lane, ``tell`` hears that the status changed."""

    def __init__(
        self,
        lanes: Callable[[], Sequence[Lane]],
        log: RunLog,
        around: Around,
        perform: Perform,
        tell: Callable[[], None],
    ) -> None:
        self._lanes = lanes
        self._log = log
        self._around = around
        self._perform = perform
        self._tell = tell
        self._states: dict[str, LaneState] = {}
        self._last: dict[str, RunRecord] = {}
        self._outcomes: dict[str, Outcome] = {}
        self._holds: dict[str, str] = {}
        self._unkept: dict[str, RunRecord] = {}
        self._pause: Pause | None = None
        self._away = Away(around.clocks, around.offline, around.settle, around.zone)
        self.running: dict[str, asyncio.Task[None]] = {}
        self._wake = asyncio.Event()
        self._alive_at = float("-inf")

    async def open(self) -> None:
        """Take up where the last agent left off; raises ``PlatenError``."""
        self._states = await self._log.states()
        self._last = await self._log.latest()
        self._outcomes = {name: record.outcome for name, record in self._last.items()}
        self._pause = await self._log.pause()
        self._away.started(await self._log.alive(), await self._log.ended())
        for record in await self._log.unfinished():
            await self._cut_off(record)
        await self._note_alive()

    async def run(self) -> None:
        """Go on until cancelled. Nothing that a lane does ends it."""
        while True:
            nap = await self.turn()
            self._wake.clear()
            sleeping = asyncio.ensure_future(self._around.sleep(nap))
            waking = asyncio.ensure_future(self._wake.wait())
            try:
                await asyncio.wait({sleeping, waking}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                sleeping.cancel()
                waking.cancel()

    async def turn(self) -> float:
        """Do what is due now, and give the seconds until something may be due again."""
        before = self.status()
        try:
            nap = await self._turn()
        except PlatenError as error:
            self._not_kept(error.problem.text)
            nap = self._around.longest_nap
        if self.status() != before:
            self._tell()
        return nap

    def _not_kept(self, text: str) -> None:
        why = f"the schedule could not be kept: {text}"
        if self._away.why != why:  # said once, however long it lasts
            _log.error("%s", why)
        self._away.why = why

    async def _turn(self) -> float:
        now = self._now()
        if set_by := self._away.look():
            self._shift(set_by)
        await self._end_pause(now)
        await self._note_alive()
        await self._keep_late()
        around = Circumstances(self._around.zone(), self._paused(), self._away.offline)
        nap = self._around.longest_nap
        for lane in self._lanes():
            nap = min(nap, await self._step(lane, now, around))
        if not self._holds:
            self._away.seen()
        return max(nap, 0.05)

    def _shift(self, seconds: float) -> None:
        """Go on by a clock that was set: what was dealt with lies as long ago as before.

        Otherwise a clock put right after it had shown the wrong year would miss a year of runs.
        """
        _log.warning("%s; the schedule goes on from there", self._away.why)
        by = timedelta(seconds=round(seconds))
        self._states = {
            name: replace(state, handled=state.handled + by) for name, state in self._states.items()
        }

    async def _note_alive(self) -> None:
        awake = self._around.clocks.awake()
        if awake - self._alive_at >= _ALIVE_EVERY:
            await self._log.set_alive(rfc3339(self._now()))
            self._alive_at = awake

    async def _step(self, lane: Lane, now: datetime, around: Circumstances) -> float:
        """Do what one lane needs; gives the seconds until it may need something again."""
        state = self._states.get(lane.name)
        decision = decide(lane, state, now, around)
        self._holds.pop(lane.name, None)
        if isinstance(decision, Wait):
            return (decision.until - now).total_seconds()
        if isinstance(decision, Hold):
            self._holds[lane.name] = decision.why
            return _HELD_NAP
        if isinstance(decision, Anchor):
            await self._keep(lane, LaneState(decision.at))
        elif isinstance(decision, Skip):
            await self._leave_out(lane, decision.planned, decision.count, decision.why)
        elif isinstance(decision, Miss):
            record = self._missed(lane, decision.planned, decision.count)
            await self._keep(lane, LaneState(decision.planned), record)
        elif lane.name in self.running:
            still = "the run before it was still going on"
            await self._leave_out(lane, decision.planned, decision.missed + 1, still)
        else:
            await self._start(lane, decision, now)
        return 0.0

    async def _start(self, lane: Lane, run: Run, now: datetime) -> None:
        begun = RunRecord(
            lane.name,
            rfc3339(run.planned),
            Outcome.RUNNING,
            self._away.why if run.late or run.missed else "",
            started=rfc3339(now),
            late=run.late,
        )
        missed = []
        if run.missed:
            # One second before: the record of the run itself stands at its own planned time.
            gone = self._missed(lane, run.planned - timedelta(seconds=1), run.missed)
            missed.append(gone)
        await self._keep(lane, LaneState(run.planned), *missed, begun)
        self.running[lane.name] = asyncio.create_task(
            self._go(lane, begun), name=f"schedule {lane.name}"
        )

    async def _go(self, lane: Lane, begun: RunRecord) -> None:
        ended = begun
        try:
            ran = await self._perform(lane, begun.planned)
            ended = replace(
                begun,
                outcome=ran.outcome,
                reason=ran.reason or begun.reason,
                ended=rfc3339(self._now()),
                counts=dict(ran.counts),
            )
            await self._keep(lane, self._states[lane.name], ended)
        except PlatenError as error:
            _log.error("a run of %s cannot be kept yet: %s", lane.name, error.problem.text)
            self._unkept[lane.name] = self._last[lane.name] = ended
        finally:
            self.running.pop(lane.name, None)
            self._tell()

    async def _keep_late(self) -> None:
        """Keep the ends of runs that could not be kept when they came: the disk was full."""
        for name, record in list(self._unkept.items()):
            await self._log.save(name, self._states[name], record)
            self._unkept.pop(name, None)

    async def _keep(self, lane: Lane, state: LaneState, *records: RunRecord) -> None:
        if not lane.quiet or self._news(lane, records):
            await self._log.save(lane.name, state, *records)
        self._states[lane.name] = state
        if records:
            self._last[lane.name] = records[-1]
            if records[-1].outcome is not Outcome.RUNNING:
                self._outcomes[lane.name] = records[-1].outcome

    def _news(self, lane: Lane, records: Sequence[RunRecord]) -> bool:
        """Say whether a quiet lane has failed, or works again."""
        if not records or records[-1].outcome not in {Outcome.DONE, Outcome.FAILED}:
            return False
        return self._outcomes.get(lane.name, Outcome.DONE) is not records[-1].outcome

    async def _leave_out(self, lane: Lane, planned: datetime, count: int, why: str) -> None:
        record = RunRecord(lane.name, rfc3339(planned), Outcome.SKIPPED, why, count=count)
        owed = lane.catches_up and lane.name not in self.running
        await self._keep(lane, LaneState(planned, owed), record)

    def _missed(self, lane: Lane, planned: datetime, count: int) -> RunRecord:
        return RunRecord(
            lane.name, rfc3339(planned), Outcome.MISSED, self._away.why, count=count, late=True
        )

    async def _cut_off(self, record: RunRecord) -> None:
        """Note that a run was cut off by the end of the agent, and that it is owed."""
        state = self._states.get(record.lane)
        ended = replace(record, outcome=Outcome.FAILED, reason="the agent ended during it")
        if state is not None:
            state = replace(state, owed=True)
            self._states[record.lane] = state
            await self._log.save(record.lane, state, ended)
            self._last[record.lane] = ended

    # --- pauses ---------------------------------------------------------------------------------

    async def pause(self, until: datetime | None, reason: str) -> Pause:
        """Rest until then (``None``: until it is ended); raises ``PlatenError``."""
        made = Pause(rfc3339(self._now()), None if until is None else rfc3339(until), reason)
        await self._log.set_pause(made)
        self._pause = made
        self.wake()
        self._tell()
        return made

    async def resume(self) -> None:
        """End the pause; what was skipped meanwhile is made up for, once."""
        await self._log.set_pause(None)
        self._pause = None
        self.wake()
        self._tell()

    async def _end_pause(self, now: datetime) -> None:
        pause = self._pause
        if pause is None or pause.until is None:
            return
        # A pause that begins after now was made while the clock was wrong: it is over.
        if parse_rfc3339(pause.until) <= now or parse_rfc3339(pause.since) > now + timedelta(
            days=1
        ):
            await self._log.set_pause(None)
            self._pause = None

    def _paused(self) -> str:
        if self._pause is None:
            return ""
        until = f" until {self._pause.until}" if self._pause.until else ""
        return f"paused{until}: {self._pause.reason}"

    # --- telling --------------------------------------------------------------------------------

    def wake(self) -> None:
        """Look at once: settings or the pause changed."""
        self._wake.set()

    def status(self) -> ScheduleStatus:
        """Give the schedule as it stands."""
        zone, now = self._around.zone(), self._now()
        lanes = tuple(
            LaneStatus(
                lane.name,
                lane.title,
                self._last.get(lane.name),
                self._next(lane, now, zone),
                self._holds.get(lane.name, ""),
            )
            for lane in self._lanes()
        )
        return ScheduleStatus(lanes, self._pause, str(zone), self._away.told)

    def _next(self, lane: Lane, now: datetime, zone: tzinfo) -> str | None:
        state = self._states.get(lane.name)
        if lane.pausable and self._pause is not None and self._pause.until is None:
            return None
        after = now if state is None else max(now, min(state.handled, now + lane.timing.gap))
        if lane.pausable and self._pause is not None and self._pause.until is not None:
            after = max(after, parse_rfc3339(self._pause.until))
        return rfc3339(lane.timing.following(after, zone))

    def _now(self) -> datetime:
        return self._around.clocks.wall().astimezone(UTC)

    async def close(self, why: str = "") -> None:
        """End what runs; ``why`` the agent ends is told to the next one."""
        for task in list(self.running.values()):
            task.cancel()
        await asyncio.gather(*self.running.values(), return_exceptions=True)
        try:
            await self._log.set_alive(rfc3339(self._now()), why)
        except PlatenError as error:  # a full disk keeps nobody from ending
            _log.error("why the agent ends cannot be kept: %s", error.problem.text)
