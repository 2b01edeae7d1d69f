"""What comes back during a sweep: whose answer it is, and which version to believe."""

from __future__ import annotations

import asyncio
import errno
from dataclasses import dataclass

from core.discovery.pace import Clock
from core.discovery.probe import Questions
from core.discovery.sockaddr import Address, SixBook
from core.discovery.targetset import TargetSet
from core.model.identity import Endpoint
from core.snmp.access import Version
from core.snmp.errors import SnmpDecodeError
from core.snmp.message import Message, Pdu, PduKind, decode
from core.snmp.types import VarBind
from core.snmp.v3.wire import open_frame

# That an engine is there is all that its introduction says; users are tried later.
_INTRODUCED = Message(Version.V3, b"", Pdu(PduKind.RESPONSE, 0, 0, 0, ()))
_HINTS = {errno.EACCES: "a broadcast address of this machine's network, or its firewall"}


@dataclass(frozen=True, slots=True)
class Answer:
    """An address at which an SNMP agent answers (an error is an answer, too).

    ``endpoint`` is what was asked. Version 3 means that an engine introduced itself: no user has
    been tried yet, ``community_index`` is 0. ``answered_from`` is where the answer came from, if
    that was another address or port.
    """

    endpoint: Endpoint
    version: Version
    community_index: int
    varbinds: tuple[VarBind, ...]
    answered_from: Endpoint | None = None


@dataclass(slots=True)
class Tally:
    """How far a sweep is. ``strays`` came from nowhere that was asked."""

    asked: int = 0
    answered: int = 0
    datagrams: int = 0
    octets_out: int = 0
    octets_in: int = 0
    strays: int = 0


@dataclass(slots=True)
class Refused:
    """Addresses to which this machine cannot send: the first of them, how many, and why."""

    endpoint: Endpoint
    count: int
    reason: str
    last: Address


class Inbox:
    """Takes what a wire delivers.

    ``settled`` has one octet for each target, by number: 1 for those that need no more asking.

    An answer in another version than ``best`` is kept back for ``hold`` seconds.
    """

    def __init__(
        self, targets: TargetSet, questions: Questions, best: Version, hold: float, clock: Clock
    ) -> None:
        self.queue: asyncio.Queue[Answer | None] = asyncio.Queue()
        self.settled = bytearray(len(targets))
        self.silent = len(targets)
        self.tally = Tally()
        self.community = 0
        self.refused_by: dict[int, Refused] = {}
        self.garbled: dict[int, str] = {}
        self.doubtful: list[int] = []
        self.six = SixBook(targets)
        self._targets = targets
        self._questions = questions
        self._best = best
        self._asks_v3 = questions.speaks(Version.V3)
        self._hold = hold
        self._clock = clock
        self._answered: set[int] = set()
        self._held: dict[int, tuple[float, Answer]] = {}

    @property
    def expects(self) -> bool:
        """Whether there is anybody left who might give a word, or a better one."""
        return self.silent > 0 or bool(self._held)

    def arrived(self, data: bytes, source: Address) -> None:
        """Take a datagram."""
        self.tally.octets_in += len(data)
        number = self._number(source)
        try:
            message = decode(data)
        except SnmpDecodeError as error:
            introduced = _introduced(data)
            if introduced is not None and self._asks_v3:
                self._take_from(number, introduced, _INTRODUCED, source)
            elif number is not None:
                self.garbled[number] = error.reason
            return
        self._take_from(number, message.pdu.request_id, message, source)

    def _take_from(
        self, number: int | None, request_id: int, message: Message, source: Address
    ) -> None:
        other = number is None
        if number is None:
            number = self._questions.number(request_id, len(self._targets))
        if number is None or message.pdu.kind is not PduKind.RESPONSE:
            self.tally.strays += 1
            return
        self._take(number, message, Endpoint(source[0], source[1]) if other else None)

    def absent(self, host: str, port: int) -> None:
        """Nobody is at that address, or listens at that port: it need not be asked again."""
        number = self._number((host, port))
        if number is not None:
            self._settle(number)

    def refused(self, address: Address, error: OSError) -> None:
        """Take note of a datagram that the system did not send."""
        self.tally.datagrams -= 1
        self.note(address, error)

    def note(self, address: Address, error: OSError) -> None:
        """Count an address that cannot be asked."""
        code = error.errno or 0
        seen = self.refused_by.get(code)
        if seen is not None:
            seen.count += seen.last != address  # one for each version comes here
            seen.last = address
            return
        hint = f" ({_HINTS[code]})" if code in _HINTS else ""
        reason = f"{error.strerror or error}{hint}"
        self.refused_by[code] = Refused(Endpoint(address[0], address[1]), 1, reason, address)

    def release(self, now: float) -> None:
        """Let go what was kept back long enough; call it often, with the time in seconds."""
        if not self._held:
            return
        for number in [n for n, (until, _) in self._held.items() if until <= now]:
            self.queue.put_nowait(self._held.pop(number)[1])

    def end(self) -> None:
        """No more will come."""
        self.queue.put_nowait(None)

    def _settle(self, number: int) -> None:
        if not self.settled[number]:
            self.settled[number] = 1
            self.silent -= 1

    def _number(self, source: Address) -> int | None:
        if len(source) == 4:
            return self.six.find(source)
        return self._targets.find(Endpoint(source[0], source[1]))

    def _take(self, number: int, message: Message, source: Endpoint | None) -> None:
        best = message.version is self._best
        if number in self._answered:
            if not best or self._held.pop(number, None) is None:
                return
        else:
            self._answered.add(number)
            self._settle(number)
            self.garbled.pop(number, None)
            self.tally.answered += 1
        answer = self._answer(number, message, source)
        if best:
            self.queue.put_nowait(answer)
        else:
            # The better version may be unknown there, or its datagram was lost: ask once more.
            self._held[number] = (self._clock.now() + self._hold, answer)
            self.doubtful.append(number)

    def _answer(self, number: int, message: Message, source: Endpoint | None) -> Answer:
        endpoint = self._targets.at(number)
        index = 0
        if message.version is not Version.V3:
            index = self._questions.community_index(message.community, self.community)
        return Answer(endpoint, message.version, index, message.pdu.varbinds, source)


def _introduced(data: bytes) -> int | None:
    """Give the message id where an engine of SNMPv3 says who it is (and does not just echo)."""
    try:
        frame = open_frame(data)
    except SnmpDecodeError:
        return None
    return frame.message_id if frame.stamp.engine_id else None
