"""Asking every address of a set whether an SNMP agent is there.

Rounds: each round asks all who are silent yet, in every version at once, so that printers of v1
only, of v2c only and of v3 only are all found; rounds go on until one finds nothing new, two at
least and five at most. Each community has its rounds; a later one is asked of those only who stayed
silent.

What is kept grows with the answers, never with the addresses.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from random import Random

from core.discovery.answers import Answer, Inbox, Refused, Tally
from core.discovery.interfaces import Path
from core.discovery.pace import Clock, Pacer
from core.discovery.probe import Probe, Questions
from core.discovery.sockaddr import Numbered, silent_four, six_address
from core.discovery.targetset import TargetSet
from core.discovery.wire import Datagram, Wire
from core.model.identity import Endpoint
from core.snmp.access import Version

_BATCH = 128  # addresses sent to before others on the loop get their turn
_FIRST_PAUSE, _LONGEST_PAUSE = 0.001, 0.02
_TICK = 0.02


@dataclass(frozen=True, slots=True)
class Patience:
    """Times in seconds. An address is asked again after ``timeout``; after the last round answers
    are waited for that long and ``linger`` longer (printers asleep need up to 20).
    """

    timeout: float = 1.0
    linger: float = 0.0
    least_rounds: int = 2
    most_rounds: int = 5


class Sweep:
    """One sweep over ``targets``, all of which lie on one path; it is run once.

    ``ttl`` is the time to live of what it sends (``None``: the system's own).
    """

    def __init__(
        self,
        targets: TargetSet,
        communities: Sequence[str],
        *,
        path: Path,
        pacer: Pacer,
        clock: Clock,
        random: Random,
        patience: Patience | None = None,
        versions: Sequence[Version] = (Version.V2C, Version.V1),
        ttl: int | None = None,
    ) -> None:
        self.targets = targets
        self.patience = patience or Patience()
        self._path = path
        self._ttl = ttl
        self._pacer = pacer
        self._clock = clock
        self._questions = Questions(versions, communities, random)
        hold = self.patience.timeout / 2
        self._inbox = Inbox(targets, self._questions, versions[0], hold, clock)

    @property
    def tally(self) -> Tally:
        """How far it is."""
        return self._inbox.tally

    @property
    def refused(self) -> tuple[Refused, ...]:
        """To which addresses this machine could not send in the last round, by reason."""
        return tuple(self._inbox.refused_by.values())

    @property
    def garbled(self) -> Iterator[tuple[Endpoint, str]]:
        """Addresses that answered with something else than SNMP v1 or v2c, and what was wrong."""
        return ((self.targets.at(number), why) for number, why in self._inbox.garbled.items())

    async def answers(self) -> AsyncGenerator[Answer, None]:
        """Sweep; gives each address that answers, once, as it does. Closing the iterator stops all
        at once. Raises ``SnmpNoResourcesError`` when no socket can be opened.
        """
        task = asyncio.create_task(self._run())
        task.add_done_callback(lambda _: self._inbox.end())
        try:
            while (answer := await self._inbox.queue.get()) is not None:
                yield answer
            await task
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _run(self) -> None:
        wire = Wire(self._path, self._inbox, six=bool(self.targets.six), ttl=self._ttl)
        try:
            for index, probes in enumerate(self._questions.probes):
                self._inbox.community = index
                await self._rounds(wire, probes)
            await self._listen(wire, self._clock.now() + self.patience.linger)
            self._inbox.release(float("inf"))
        finally:
            wire.close()

    async def _rounds(self, wire: Wire, probes: Sequence[Probe]) -> None:
        patience = self.patience
        for number in range(1, patience.most_rounds + 1):
            known = self.tally.answered
            began = self._clock.now()
            if not await self._round(wire, probes):
                return
            ended = self._clock.now()
            if number < patience.least_rounds:
                # The next round passes over the settled: it comes to the others sooner.
                skipped = (1 - self._inbox.silent / len(self.targets)) * (ended - began)
                await self._listen(wire, max(ended, began + patience.timeout + skipped))
                continue
            await self._listen(wire, ended + patience.timeout)
            if self.tally.answered == known:
                return

    async def _round(self, wire: Wire, probes: Sequence[Probe]) -> bool:
        """Ask all who are silent; gives whether any datagram left this machine."""
        inbox = self._inbox
        sent_before = self.tally.datagrams
        inbox.refused_by.clear()
        for endpoint, error in inbox.six.unusable:
            inbox.note((endpoint.address, endpoint.port), error)
        await self._ask(wire, probes, silent_four(self.targets, inbox.settled), six=False)
        await self._ask(wire, probes, inbox.six.silent(inbox.settled), six=True)
        self.tally.asked = len(self.targets)
        return self.tally.datagrams > sent_before

    async def _ask(
        self,
        wire: Wire,
        probes: Sequence[Probe],
        silent: Iterator[Numbered],
        *,
        six: bool,
    ) -> None:
        while batch := list(islice(silent, _BATCH)):
            while batch:
                allowed = await self._pacer.take(len(batch))
                await self._ask_batch(wire, probes, batch[:allowed], six=six)
                self.tally.asked = max(self.tally.asked, batch[allowed - 1][0] + 1)
                del batch[:allowed]
                await asyncio.sleep(0)  # those who read get their turn
                self._settle(wire)

    async def _ask_batch(
        self, wire: Wire, probes: Sequence[Probe], batch: Sequence[Numbered], *, six: bool
    ) -> None:
        """Ask each in every version, in one version after the other."""
        settled = self._inbox.settled
        for probe in probes:
            # Who said meanwhile that nothing listens needs no second version.
            silent = [one for one in batch if not settled[one[0]]]
            await self._send(wire, self._questions.datagrams(probe, silent), six=six)
            wire.take_errors()

    async def _send(self, wire: Wire, datagrams: list[Datagram], *, six: bool) -> None:
        pause = _FIRST_PAUSE
        while datagrams:
            sent = self._hand_over(wire, datagrams, six=six)
            if sent == len(datagrams):
                return
            datagrams = datagrams[sent:]
            wire.take_errors()
            pause = _FIRST_PAUSE if sent else min(2 * pause, _LONGEST_PAUSE)
            await self._clock.sleep(pause)

    def _hand_over(self, wire: Wire, datagrams: list[Datagram], *, six: bool) -> int:
        sent = wire.send(datagrams, six=six)
        self.tally.datagrams += sent
        self.tally.octets_out += sent * len(datagrams[0][0])  # all of one community: of one length
        return sent

    def _settle(self, wire: Wire) -> None:
        """Let kept answers go, and ask those once more whose better version is in doubt."""
        inbox = self._inbox
        inbox.release(self._clock.now())
        while inbox.doubtful:
            number = inbox.doubtful.pop()
            endpoint = self.targets.at(number)
            six = ":" in endpoint.address
            address = six_address(endpoint) if six else (endpoint.address, endpoint.port)
            probe = self._questions.better(inbox.community)
            if probe is None:
                continue
            # One that finds the buffer full is not worth waiting for.
            datagrams = self._questions.datagrams(probe, [(number, address)])
            self._hand_over(wire, datagrams, six=six)

    async def _listen(self, wire: Wire, until: float) -> None:
        """Wait for answers, but not where nobody is left to give one."""
        while self._inbox.expects:
            self._settle(wire)
            now = self._clock.now()
            if now >= until:
                return
            await self._clock.sleep(min(_TICK, until - now))
