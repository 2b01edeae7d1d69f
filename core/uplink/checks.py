"""The connection test: the way to the hub, step by step, each with its cause and remedy."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass

from cryptography import x509

from core.model.connection import ConnectionStep, StepName, StepResult
from core.model.problem import PlatenError, Problem
from core.pki.certificates import BACKDATE, check_time
from core.pki.errors import PkiError
from core.pki.pem import load_certificate
from core.schedule.clocks import spell
from core.uplink.address import HubAddress
from core.uplink.connection import Enrolment
from core.uplink.looking import Seen, connect, look_for_proxy, resolve, shake_hands

_TITLES = {
    StepName.PROXY: "Proxy settings",
    StepName.DNS: "Name of the hub",
    StepName.TCP: "Connection",
    StepName.TLS: "Encryption",
    StepName.CERTIFICATE: "Certificates",
    StepName.CLOCK: "Clock",
}
_SOON = dt.timedelta(days=14)
_CLOCK_ODD = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Around:
    """What is passed in: the clock; the system's proxies (scheme to URL); what asks the hub by how
    many seconds this computer's clock is ahead (``None``: there is nobody to ask); a clock for
    durations, in seconds.
    """

    clock: Callable[[], dt.datetime]
    proxies: Mapping[str, str]
    ask_clock: Callable[[], Awaitable[float | None]]
    monotonic: Callable[[], float] = time.monotonic


class ConnectionTest:
    """One test. ``where`` is ``None`` where no hub is known, ``enrolment`` where there is none."""

    def __init__(
        self, where: HubAddress | None, enrolment: Enrolment | None, around: Around
    ) -> None:
        self._where = where
        self._enrolment = enrolment
        self._around = around
        self._addresses: list[str] = []
        self._open = ""
        self._shown: x509.Certificate | None = None
        self._early: Problem | None = None
        self._broken = "" if where else "No hub is known: enter its address, or enrol first."

    async def steps(self) -> AsyncIterator[ConnectionStep]:
        """Give each step as it ends; never raises a ``PlatenError``."""
        looks: dict[StepName, Callable[[], Awaitable[Seen]]] = {
            StepName.PROXY: self._proxy,
            StepName.DNS: self._dns,
            StepName.TCP: self._tcp,
            StepName.TLS: self._tls,
            StepName.CERTIFICATE: self._certificate,
            StepName.CLOCK: self._clock,
        }
        for name, look in looks.items():
            yield await self._step(name, look)

    async def _step(self, name: StepName, look: Callable[[], Awaitable[Seen]]) -> ConnectionStep:
        begin = self._around.monotonic()
        # What needs no line is looked at whatever failed before.
        if self._broken and name not in (StepName.PROXY, StepName.CERTIFICATE):
            seen = Seen(StepResult.SKIPPED, self._broken)
        else:
            try:
                seen = await look()
            except PlatenError as error:
                seen = Seen(StepResult.FAILED, error.problem.text, error.problem.remedy)
        if seen.result is StepResult.FAILED and not self._broken:
            self._broken = f'Not tried, because "{_TITLES[name]}" failed.'
        took = round((self._around.monotonic() - begin) * 1000, 1)
        return ConnectionStep(name, _TITLES[name], seen.result, seen.cause, seen.remedy, took)

    async def _proxy(self) -> Seen:
        return look_for_proxy(self._around.proxies)

    async def _dns(self) -> Seen:
        assert self._where is not None  # noqa: S101 - else the step is skipped
        seen, self._addresses = await resolve(self._where)
        return seen

    async def _tcp(self) -> Seen:
        assert self._where is not None  # noqa: S101
        seen, self._open = await connect(self._where, self._addresses)
        return seen

    async def _tls(self) -> Seen:
        assert self._where is not None  # noqa: S101
        authority = self._enrolment.authority if self._enrolment else None
        seen, self._shown = await shake_hands(self._where, self._open, authority)
        return seen

    async def _certificate(self) -> Seen:
        now = self._around.clock()
        said = []
        if self._shown is not None:
            try:
                check_time(self._shown, now, "The certificate of the hub", "tell the dealer.")
            except PkiError as error:
                if error.problem.code != "clock_wrong":
                    raise
                # Said where a person looks for it: at the clock.
                self._early = error.problem
                return Seen(StepResult.SKIPPED, "This shows when the clock is right.")
            said.append(f"The hub's is valid until {_day(self._shown)}.")
        if self._enrolment is None:
            said.append("This computer has none yet: it gets one when you enrol.")
            result = StepResult.OK if self._shown is not None else StepResult.SKIPPED
            return Seen(result, " ".join(said))
        mine = load_certificate(self._enrolment.certificate.encode())
        check_time(mine, now, "This agent's certificate", "enrol again with a new code.")
        if mine.not_valid_after_utc - now < _SOON:
            return Seen(
                StepResult.WARNING,
                f"This agent's certificate lapses soon, on {_day(mine)}.",
                "It is renewed by itself while the hub can be reached. If not, enrol again.",
            )
        return Seen(StepResult.OK, " ".join([*said, f"This agent's is until {_day(mine)}."]))

    async def _clock(self) -> Seen:
        if self._early is not None:
            return Seen(StepResult.FAILED, self._early.text, self._early.remedy)
        ahead = await self._around.ask_clock()
        if ahead is None:
            return Seen(StepResult.SKIPPED, "The hub tells its clock once you are enrolled.")
        apart = abs(ahead)
        if apart < _CLOCK_ODD:
            return Seen(StepResult.OK, "This computer's clock and the hub's agree.")
        worst = apart > BACKDATE.total_seconds()
        return Seen(
            StepResult.FAILED if worst else StepResult.WARNING,
            f"This computer's clock is {spell(apart)} {'ahead of' if ahead > 0 else 'behind'} "
            "the hub's.",
            "Set the one that is wrong, and look at its time zone too.",
        )


def _day(certificate: x509.Certificate) -> str:
    return f"{certificate.not_valid_after_utc:%Y-%m-%d}"
