"""The agent's link to its hub: enrolment, the delivery loop, and how it stands."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import socket
from collections.abc import Callable
from datetime import timedelta

from core.border import BorderedOutbox
from core.host.clock import rfc3339
from core.host.zone import local_zone
from core.jobs.tools import Tools
from core.model.action import EnrolArguments
from core.model.bundle import BundleReady, BundleSent
from core.model.event import Delivery, Finished
from core.model.jsonio import from_json, to_json
from core.model.problem import PlatenError, Problem, RefusedError
from core.model.status import HubStatus
from core.schedule.window import Window
from core.uplink import connection, renewal
from core.uplink.bundles import send_bundle
from core.uplink.connection import Enrolment, check_lapse
from core.uplink.delivery import Deliverer, Surroundings
from core.uplink.enrolment import Applicant, enrol
from core.uplink.standing import certificate_problem

_DAY = "%Y-%m-%d"
_RENEWAL_FAILED = "renewal_failed"


class HubLink:
    """Delivers in the background while enrolled; keeps everything and waits while not."""

    def __init__(self, tools: Tools, version: str, tell: Callable[[Delivery], None]) -> None:
        self._tools = tools
        self._version = version
        self._tell = tell
        self._deliverer: Deliverer | None = None
        self._loop: asyncio.Task[None] | None = None
        self._status = HubStatus(enrolled=False)
        self._enrolment: Enrolment | None = None
        self._renewal_failed: Problem | None = None
        self._changing = asyncio.Lock()  # an enrolment and a renewal write the same file

    async def open(self) -> None:
        """Read the enrolment and begin to deliver. A damaged one is the status's problem: the
        agent goes on collecting.
        """
        try:
            enrolment = connection.load(self._tools.folder)
        except PlatenError as error:
            self._status = HubStatus(enrolled=False, problem=error.problem)
            return
        if enrolment is not None:
            await self._begin(enrolment)

    async def _begin(self, enrolment: Enrolment) -> None:
        tools = self._tools
        self._enrolment = enrolment
        self._status = HubStatus(
            True,
            enrolment.uplink_address,
            enrolment.hub_name,
            enrolment.customer,
            await tools.store.fact("last_delivery"),
        )
        self._renewal_failed = _known(await tools.store.fact(_RENEWAL_FAILED))
        around = Surroundings(tools.clock, tools.random, closed_for=self._closed_for)
        outbox = BorderedOutbox(tools.store, lambda: tools.border)
        self._deliverer = Deliverer(outbox, enrolment, around, self._hear)
        self._loop = asyncio.create_task(self._deliverer.run(), name="delivery")

    def _hear(self, said: Delivery) -> None:
        last = rfc3339(self._tools.clock()) if said.delivered else self._status.last_delivery
        self._status = dataclasses.replace(self._status, problem=said.problem, last_delivery=last)
        self._tell(said)

    def _closed_for(self) -> float:
        """For how many seconds nothing is delivered unasked: the hours of delivery are set."""
        hours = self._tools.settings.schedule.window()
        if hours is None:
            return 0.0
        now = self._tools.clock()
        return (Window(*hours).opens(now, local_zone()) - now).total_seconds()

    def kick(self) -> None:
        """Say that something waits."""
        if self._deliverer is not None:
            self._deliverer.kick()

    async def deliver_now(self) -> Delivery:
        """Deliver everything that waits; raises ``PlatenError``."""
        if self._deliverer is None:
            raise self._no_hub()
        done = await self._deliverer.deliver_all()
        self._hear(done)
        return done

    async def send_bundle(
        self, bundle: BundleReady, manifest: str, sent: Callable[[int], None]
    ) -> BundleSent:
        """Send a bundle to the hub; raises ``PlatenError``."""
        if self._enrolment is None:
            raise self._no_hub()
        check_lapse(self._enrolment, self._tools.clock())
        return await send_bundle(bundle, manifest, self._enrolment, sent)

    def _no_hub(self) -> PlatenError:
        if (flaw := self._status.problem) is not None:
            return PlatenError(flaw.code, flaw.text, flaw.remedy)
        return RefusedError(
            "not_enrolled",
            "This installation is not enrolled at a hub.",
            "Enrol it with a code from the dealer: platen enrol.",
        )

    async def enrol(self, arguments: EnrolArguments) -> Enrolment:
        """Enrol, and deliver there from now on; raises ``PlatenError``."""
        here = self._tools.border.hostname(socket.gethostname())
        applicant = Applicant(self._tools.store.installation, here, self._version)
        async with self._changing:
            enrolment = await enrol(
                arguments.hub, arguments.code, self._tools.folder, applicant, self._tools.clock
            )
            await self.close()
            await self._renewed(None)
            await self._begin(enrolment)
        return enrolment

    async def _renewed(self, failed: Problem | None) -> None:
        """Remember how the last renewal ended, over a restart too."""
        self._renewal_failed = failed
        with contextlib.suppress(PlatenError):  # what it is about has happened, or is told
            await self._tools.store.set_fact(_RENEWAL_FAILED, to_json(failed) if failed else "")

    async def renew(self) -> Finished:
        """Renew the certificate where two thirds of its life are over; raises ``PlatenError``."""
        async with self._changing:
            deliverer, mine = self._deliverer, self._enrolment
            if deliverer is None or mine is None:
                if self._status.problem is not None:
                    raise self._no_hub()
                return Finished(text="Not enrolled at a hub.")
            check_lapse(mine, self._tools.clock())
            if self._tools.clock() < renewal.renews(mine):
                return Finished(
                    text=f"The certificate is good until {renewal.lapses(mine):{_DAY}}."
                )
            try:
                self._enrolment = made = await deliverer.renew(self._tools.folder)
            except PlatenError as error:
                await self._renewed(error.problem)
                raise
            await self._renewed(None)
        until = f"{renewal.lapses(made):{_DAY}}"
        return Finished({"renewed": 1}, f"The certificate was renewed and is good until {until}.")

    async def check_in(self, away: str) -> Finished:
        """Say that we live, and why we were away last; compare the clocks.

        Raises ``PlatenError``.
        """
        if self._deliverer is None:
            return Finished(text="Not enrolled at a hub.")
        hub_time = await self._deliverer.check_in(self._version, away)
        now = self._tools.clock()
        ahead = (now - hub_time).total_seconds()
        self._status = dataclasses.replace(
            self._status, last_check_in=rfc3339(now), clock_ahead=round(ahead, 1)
        )
        return Finished(text="Checked in.")

    def status(self) -> HubStatus:
        """How it stands."""
        mine, now = self._enrolment, self._tools.clock()
        if mine is None:
            return self._status
        closed = self._closed_for()
        return dataclasses.replace(
            self._status,
            delivers_from=rfc3339(now + timedelta(seconds=closed)) if closed else None,
            certificate_ends=rfc3339(renewal.lapses(mine)),
            certificate_problem=certificate_problem(mine, self._renewal_failed, now),
        )

    async def close(self) -> None:
        """End the delivery loop."""
        if self._loop is not None:
            self._loop.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._loop
            self._loop = None
        if self._deliverer is not None:
            await self._deliverer.close()
            self._deliverer = None


def _known(failed: str | None) -> Problem | None:
    with contextlib.suppress(PlatenError):
        return from_json(failed, Problem) if failed else None
    return None
