"""The agent: actions in, events out. It alone owns the data folder."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from core import queries
from core.border import Border
from core.bus import EventBus, Subscription
from core.channel.convert import QueryPage
from core.host.clock import rfc3339
from core.host.lock import AgentLock
from core.host.paths import ensure_data_folder
from core.jobs import rules
from core.jobs.collect import collect, read_address
from core.jobs.compact import compact, is_due
from core.jobs.configure import (
    Mark,
    credential_names,
    delete_credentials,
    follow,
    learn,
    mark,
    set_credentials,
    set_settings,
)
from core.jobs.judging import review_if_due
from core.jobs.link import HubLink
from core.jobs.local_page import LocalPage, page_link
from core.jobs.manage import manage
from core.jobs.rescued import FIRST, RescueNote
from core.jobs.runner import ActionRunner, Emit
from core.jobs.support import SupportJobs
from core.jobs.telling import StatusTeller
from core.jobs.timetable import Timetable
from core.jobs.tools import Tools
from core.jobs.upkeep import upkeep
from core.model.action import (
    ActionKind,
    CancelArguments,
    CollectArguments,
    ConnectionTestArguments,
    DiscoverArguments,
    EnrolArguments,
    ManageArguments,
    NoArguments,
    Origin,
    ReadArguments,
    SetSettingsArguments,
    StopArguments,
)
from core.model.event import Delivery, EventKind, Finished, SettingsChanged
from core.model.jsonio import to_json
from core.model.plain import plain
from core.model.problem import BadInputError, Problem
from core.model.query import QueryKind
from core.model.status import AgentStatus, LogStatus
from core.secrets import Keeper, choose
from core.settings import Settings
from core.settings.shown import shown
from core.snmp.network import SnmpNetwork
from core.store.opening import open_store
from core.support.transitions import follow_transitions

_log = logging.getLogger(__name__)

#: Events after which something waits to be delivered.
_QUEUED = frozenset(
    {
        EventKind.READING_STORED,
        EventKind.ALERT_RAISED,
        EventKind.ALERT_CLEARED,
        EventKind.ALERT_ACKNOWLEDGED,
    }
)


class Agent:
    """One running agent. Make it with ``open``; it is an ``AgentPort`` for the local channel."""

    def __init__(
        self,
        tools: Tools,
        link: HubLink,
        bus: EventBus,
        stack: AsyncExitStack,
        version: str,
        rescue: RescueNote,
    ) -> None:
        self._tools = tools
        self._link = link
        self._bus = bus
        self._stack = stack
        self._version = version
        self._rescue = rescue
        self._started_at = self._now()
        self.problem: Problem | None = None
        self.stopping = asyncio.Event()
        self.fault: Problem | None = None  # why it ends, where it is to be started again
        self._support = SupportJobs(tools, link, version, self.status)
        self._teller = StatusTeller(self.status, partial(bus.publish, EventKind.AGENT_STATUS))
        self._timetable = Timetable(tools, self.do, self._teller.changed)
        self._runner = ActionRunner(bus, self._handlers(), self._now)
        self._runner.on_change = self._teller.changed
        self.ending = "it was told to end"
        self.page: LocalPage | None = None  # set by the host, once the page listens
        self.log: Callable[[], LogStatus] | None = None  # set by the host, where there is a file

    @classmethod
    async def open(
        cls, folder: Path, *, clock: Callable[[], datetime], random: Random, version: str
    ) -> Agent:
        """Take the data folder and start; raises ``PlatenError`` that names what is wrong."""
        async with AsyncExitStack() as stack:
            stack.enter_context(AgentLock.take(ensure_data_folder(folder)))
            seen = mark(folder)
            loaded = Settings.load(folder)
            wanted = loaded.settings.secrets.backend
            secrets = Keeper(await asyncio.to_thread(choose, folder, wanted))
            store, rescued = await open_store(folder, clock, random)
            stack.push_async_callback(store.close)
            network = await stack.enter_async_context(SnmpNetwork(random=random))
            border, flaw = Border.of(loaded.settings.privacy, folder)
            tools = Tools(folder, store, network, secrets, loaded.settings, clock, random, border)
            stack.push_async_callback(tools.ipp.close)
            bus = EventBus(lambda: rfc3339(clock()))
            await learn(tools)
            link = HubLink(tools, version, lambda body: _publish_delivery(bus, body))
            stack.push_async_callback(link.close)
            rescue = await RescueNote.open(tools, rescued)
            agent = cls(tools, link, bus, stack.pop_all(), version, rescue)
        told = follow_transitions(bus, await tools.store.alerts.offline())
        agent._stack.push_async_callback(asyncio.wait, [told])
        agent.problem = loaded.problem or secrets.chosen.problem or flaw
        agent.follow(seen)
        tools.store.on_damage(agent._damaged)
        await link.open()
        await agent._timetable.open()
        return agent

    def _damaged(self, problem: Problem) -> None:
        """End, to be started again: what is legible of a damaged store is saved at the start."""
        if self.fault is None:
            self.ending = "the store was found damaged, and what is legible is saved at a start"
            self.fault = Problem(
                "store_damaged", problem.text, "The agent starts again and saves what is legible."
            )
            _log.error("%s The agent ends; its next start saves what is legible.", problem.text)
            self.stopping.set()

    def follow(self, seen: Mark | None) -> None:
        """Put in force from now on what an editor writes into the settings."""

        def tell(keys: tuple[str, ...], flaw: Problem | None) -> None:
            self.problem = flaw
            self._timetable.changed()
            if keys:
                self._bus.publish(EventKind.SETTINGS_CHANGED, SettingsChanged(keys))
            self._teller.changed()

        task = asyncio.create_task(follow(self._tools, seen, tell), name="settings")

        async def end() -> None:
            task.cancel()
            await asyncio.wait([task])

        self._stack.push_async_callback(end)

    @property
    def border(self) -> Border:
        """What is hidden on the way out; logs pass it too."""
        return self._tools.border

    def _handlers(self) -> dict[ActionKind, Callable[[Any, Emit], Any]]:
        return {
            ActionKind.DISCOVER: self._discover,
            ActionKind.COLLECT: self._collect,
            ActionKind.READ: self._read,
            ActionKind.DELIVER: self._deliver,
            ActionKind.ENROL: self._enrol,
            ActionKind.MANAGE: self._manage,
            ActionKind.COMPACT: partial(compact, self._tools),
            ActionKind.CANCEL: self._cancel,
            ActionKind.SET_SETTINGS: self._set_settings,
            ActionKind.SET_CREDENTIALS: partial(set_credentials, self._tools),
            ActionKind.DELETE_CREDENTIALS: partial(delete_credentials, self._tools),
            ActionKind.CHECK_IN: self._check_in,
            ActionKind.RENEW: self._renew,
            ActionKind.UPKEEP: self._upkeep,
            ActionKind.PAUSE: self._timetable.pause,
            ActionKind.RESUME: self._timetable.resume,
            ActionKind.DISMISS: self._dismiss,
            ActionKind.STOP: self._stop,
            ActionKind.TEST_CONNECTION: self._test_connection,
            ActionKind.PAGE_LINK: self._page_link,
            ActionKind.PREPARE_BUNDLE: self._support.prepare,
            ActionKind.SEND_BUNDLE: self._support.send,
            ActionKind.SEND_LOGS: self._support.send_logs,
            **{kind: self._about_rules(handle) for kind, handle in rules.HANDLERS.items()},
        }

    def _about_rules(self, handle: Callable[..., Any]) -> Callable[[Any, Emit], Any]:
        return lambda arguments, emit: handle(self._tools, arguments, self._kicking(emit))

    def _say(self, kind: EventKind, body: Any) -> None:
        self._bus.publish(kind, body)

    def _now(self) -> str:
        return rfc3339(self._tools.clock())

    # The actions: each is a job, and a word to the hub link where something new waits.

    async def _discover(self, arguments: DiscoverArguments, emit: Emit) -> Finished:
        from core.jobs.discover import discover  # noqa: PLC0415 - twice a week alone

        return await discover(self._tools, arguments, self._kicking(emit))

    async def _collect(self, arguments: CollectArguments, emit: Emit) -> Finished:
        done = await collect(self._tools, arguments, self._kicking(emit))
        if await is_due(self._tools):  # an action of its own: nobody waits for it
            name = f"compact {self._now()}"
            self.unsubscribe(self.do(name, ActionKind.COMPACT, "{}", Origin.SCHEDULE))
        return done

    async def _read(self, arguments: ReadArguments, emit: Emit) -> Finished:
        return await read_address(self._tools, arguments, self._kicking(emit))

    def _kicking(self, emit: Emit) -> Emit:
        def both(kind: EventKind, body: Any) -> None:
            emit(kind, body)
            if kind in _QUEUED:
                self._link.kick()

        return both

    async def _deliver(self, _: NoArguments, emit: Emit) -> Finished:
        done = await self._link.deliver_now()
        emit(EventKind.DELIVERY, done)
        counts = {"delivered": done.delivered, "waiting": done.waiting}
        return Finished(counts, f"{done.delivered} delivered, {done.waiting} waiting")

    async def _check_in(self, _: NoArguments, __: Emit) -> Finished:
        return await self._link.check_in(self._timetable.status().away)

    async def _renew(self, _: NoArguments, __: Emit) -> Finished:
        return await self._link.renew()

    async def _test_connection(self, arguments: ConnectionTestArguments, emit: Emit) -> Finished:
        from core.jobs import connection  # noqa: PLC0415 - hardly ever

        async def ask_clock() -> float | None:
            await self._check_in(NoArguments(), emit)
            return self._link.status().clock_ahead

        return await connection.test_connection(self._tools, arguments, emit, ask_clock)

    async def _page_link(self, _: NoArguments, emit: Emit) -> Finished:
        return page_link(self.page, emit)

    async def _upkeep(self, _: NoArguments, emit: Emit) -> Finished:
        return await upkeep(self._tools, emit)

    async def _enrol(self, arguments: EnrolArguments, _: Emit) -> Finished:
        enrolled = await self._link.enrol(arguments)
        return Finished({}, f"Enrolled at {enrolled.hub_name} for {enrolled.customer}")

    async def _manage(self, arguments: ManageArguments, emit: Emit) -> Finished:
        return await manage(self._tools, arguments, emit)

    async def _set_settings(self, arguments: SetSettingsArguments, emit: Emit) -> Finished:
        done, self.problem = await set_settings(self._tools, arguments, emit)
        return done

    async def _cancel(self, arguments: CancelArguments, _: Emit) -> Finished:
        if not self._runner.cancel(arguments.action_id):
            raise BadInputError(
                "no_such_action", "No action with this id is running.", "It has ended by itself."
            )
        return Finished(text="Cancelling.")

    async def _dismiss(self, _: NoArguments, __: Emit) -> Finished:
        return await self._rescue.dismiss()

    async def _stop(self, arguments: StopArguments, _: Emit) -> Finished:
        self.ending = plain(arguments.reason, 200) or self.ending
        # After this action's own last event has gone out.
        asyncio.get_running_loop().call_later(0.05, self.stopping.set)
        return Finished(text="The agent is ending.")

    # The local channel's view.

    def do(self, action_id: str, kind: str, arguments: str, origin: Origin) -> Subscription:
        """Start an action; never raises."""
        return self._runner.do(action_id, kind, arguments, origin)

    def watch(self) -> Subscription:
        """All events from now on; the status comes first."""
        subscription = self._bus.subscribe()
        self._teller.changed()
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        """Stop a subscription; a running action goes on."""
        self._bus.unsubscribe(subscription)

    async def query(self, kind: str, arguments: str, token: str, size: int) -> QueryPage:
        """One page of a list."""
        if kind in {QueryKind.DEVICES, QueryKind.OCCURRENCES}:
            await review_if_due(self._tools, self._kicking(self._say))
        if kind == QueryKind.SETTINGS:
            return _page(tuple(shown(self._tools.settings)))
        if kind == QueryKind.CREDENTIALS:
            return _page(await credential_names(self._tools))
        return await queries.answer(self._tools.store, self.status, kind, arguments, token, size)

    async def status(self) -> AgentStatus:
        """How the agent is now."""
        store = self._tools.store
        hub = self._link.status()
        log = self.log() if self.log else None
        now = self._tools.clock()
        rescued = self._rescue.problem(now)
        problem = (
            self.fault
            or store.trouble
            or self.problem
            or self._rescue.problem(now, FIRST)
            or hub.problem
            or hub.certificate_problem
            or rescued
            or (log.problem if log else None)
        )
        state = "working" if self._runner.running else "attention" if problem else "idle"
        return AgentStatus(
            state=state,
            version=self._version,
            installation=store.installation,
            pid=os.getpid(),
            data_folder=str(self._tools.folder),
            started_at=self._started_at,
            devices=(await store.devices("", 1)).total,
            waiting=await store.waiting(),
            hub=hub,
            running=self._runner.running,
            segments=self._tools.settings.discovery.as_segments(),
            last_scan=await store.fact("last_scan"),
            last_collection=await store.fact("last_collection"),
            problem=problem,
            secrets=self._tools.secrets.chosen.status(),
            schedule=self._timetable.status(),
            page=self.page.status() if self.page else None,
            log=log,
            rescued=rescued,
        )

    async def close(self) -> None:
        """Cancel what runs, end the streams, close the store, free the folder."""
        await self._timetable.close(self.ending)
        await self._runner.close()
        await self._teller.finish()
        self._bus.close()
        await self._stack.aclose()


def _page(rows: Sequence[object]) -> QueryPage:
    return QueryPage(tuple(map(to_json, rows)), "", len(rows))


def _publish_delivery(bus: EventBus, body: Delivery) -> None:
    bus.publish(EventKind.DELIVERY, body)
