"""The line to one agent: single tries, counted and told to whoever traces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self, TypeAlias

from core.model.identity import Endpoint
from core.model.reading import Cost
from core.snmp.deny import denied_prefix
from core.snmp.errors import SnmpDecodeError, SnmpError, SnmpMalformedError, status_name
from core.snmp.exchange import Exchange, Quirk
from core.snmp.icmp import NetworkError
from core.snmp.message import encode_request, read_pairs
from core.snmp.question import Answer, Question, Voice
from core.snmp.request import Reply, Route
from core.snmp.transport import Transport, named
from core.snmp.types import VarBind
from core.snmp.v3.errors import V3Error
from core.snmp.v3.reports import Report
from core.snmp.v3.talk import Talk

Outcome: TypeAlias = Answer | NetworkError | SnmpDecodeError | V3Error | None


class Asking:
    """A question under way for as long as its ``with`` block runs; its tries share one id.

    With version 3 it may take several steps, each with an id of its own.
    """

    __slots__ = ("_datagram", "_transport", "question", "request", "talk", "voice")

    def __init__(
        self, transport: Transport, route: Route, voice: Voice, question: Question
    ) -> None:
        self._transport = transport
        self.voice = voice
        self.question = question
        self.talk = None if voice.session is None else Talk(voice.session, question)
        self.request = transport.begin(route, self.talk)
        self._datagram = b""
        if self.talk is None:
            self._datagram = encode_request(
                voice.version,
                voice.community,
                question.kind,
                self.request.id,
                question.oids,
                max_repetitions=question.repetitions,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._transport.end(self.request)

    def datagram(self) -> bytes:
        """Give what to send now."""
        return self._datagram if self.talk is None else self.talk.datagram(self.request.id)

    def after(self, report: Report) -> V3Error | None:
        """Act on a report; gives what it means, or ``None`` where the next step is to be sent."""
        assert self.talk is not None  # noqa: S101 - nobody else hears reports
        if not self.talk.goes_on(report):
            return self.talk.refusal(report)
        # What is late for this step must not be taken for a word on the next.
        self._transport.end(self.request)
        self.request = self._transport.begin(self.request.route, self.talk)
        return None


@dataclass(slots=True)
class _Spent:
    requests: int = 0
    bytes_out: int = 0
    bytes_in: int = 0
    seconds: float = 0.0
    under_way: int = 0
    since: float = 0.0


class Line:
    """Sends single tries. ``quirks`` is what was learned, ``answered`` whether it ever spoke."""

    def __init__(
        self,
        transport: Transport,
        endpoint: Endpoint,
        clock: Callable[[], float],
        trace: Callable[[Exchange], None] | None,
    ) -> None:
        self.endpoint = endpoint
        self.clock = clock
        self.quirks: set[Quirk] = set()
        self.answered = False
        self._transport = transport
        self._trace = trace
        self._spent = _Spent()
        self._route: Route | None = None

    @property
    def cost(self) -> Cost:
        """What was spent so far; the time is that in which a request was under way."""
        spent = self._spent
        return Cost(spent.requests, spent.bytes_out, spent.bytes_in, 1000 * spent.seconds)

    def asking(self, voice: Voice, question: Question) -> Asking:
        """Begin a question, for a ``with`` block."""
        if self._route is None:
            self._route = self._transport.route(self.endpoint)
        return Asking(self._transport, self._route, voice, question)

    async def attempt(self, asking: Asking, wait: float, number: int = 1) -> Outcome:
        """Send once and wait (seconds); ``None`` is silence. ``number`` is told to the trace.

        Raises ``SnmpUnreachableError`` and ``SnmpNoResourcesError`` when it cannot be sent.
        """
        while True:
            outcome = await self._step(asking, wait, number)
            if not isinstance(outcome, Report):
                return outcome
            refusal = asking.after(outcome)
            if refusal is not None:
                return refusal

    async def _step(self, asking: Asking, wait: float, number: int) -> Outcome | Report:
        spent, started = self._spent, self.clock()
        datagram = asking.datagram()
        if spent.under_way == 0:
            spent.since = started
        spent.under_way += 1
        spent.requests += 1
        spent.bytes_out += len(datagram)
        try:
            reply = await asking.request.attempt(datagram, wait, asking.question.room)
        finally:
            now = self.clock()
            spent.under_way -= 1
            if spent.under_way == 0:
                spent.seconds += now - spent.since
        size = reply.size if isinstance(reply, Reply | Report) else 0
        spent.bytes_in += size
        outcome = self._read(reply) if isinstance(reply, Reply) else reply
        if self._trace is not None:
            self._trace(_told(asking, outcome, len(datagram), size, now - started, number))
        return outcome

    def failure(
        self, outcome: NetworkError | SnmpDecodeError | V3Error | None, asking: Asking
    ) -> SnmpError | None:
        """Name what came instead of an answer; silence after nothing unusable has no name."""
        if isinstance(outcome, V3Error):
            return outcome
        if isinstance(outcome, NetworkError):
            return named(outcome, self.endpoint)
        if outcome is None and asking.talk is not None and (failure := asking.talk.failure()):
            return failure
        reason = asking.request.garbage if outcome is None else outcome.reason
        if reason is None:
            return None
        self.quirks.add(Quirk.MALFORMED)
        return SnmpMalformedError(self.endpoint, reason)

    def _read(self, reply: Reply) -> Answer | SnmpDecodeError:
        self.answered = True
        if reply.quirk is not None:
            self.quirks.add(reply.quirk)
        envelope = reply.envelope
        try:
            pairs = read_pairs(reply.data, envelope)
        except SnmpDecodeError as error:
            return error
        return Answer(envelope.error_status, envelope.error_index, pairs, reply.size)


def _told(
    asking: Asking, outcome: Outcome | Report, sent: int, size: int, elapsed: float, number: int
) -> Exchange:
    varbinds: tuple[VarBind, ...] = ()
    error: str | None = None
    if isinstance(outcome, Answer):
        varbinds = tuple(
            VarBind(oid, value) for oid, value in outcome.pairs if denied_prefix(oid) is None
        )
        error = status_name(outcome.status) if outcome.status else None
    elif outcome is None:
        error = "timeout"
    elif isinstance(outcome, Report):
        error = outcome.name
    else:
        error = outcome.problem.code if isinstance(outcome, V3Error) else outcome.reason
    return Exchange(
        version=asking.voice.version,
        kind=asking.question.kind,
        oids=asking.question.oids,
        varbinds=varbinds,
        error=error,
        bytes_out=sent,
        bytes_in=size,
        elapsed=elapsed,
        attempt=number,
        max_repetitions=asking.question.repetitions,
    )
