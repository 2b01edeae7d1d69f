"""One question on its way: each request, the redirects it meets, and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from typing import Final

from core.ipp.answer import IppAnswer, IppExchange
from core.ipp.attributes import Attributes
from core.ipp.codec import Limits, decode
from core.ipp.errors import (
    IppDecodeError,
    IppError,
    IppHttpStatusError,
    IppMalformedError,
    IppNoPrinterError,
    IppRedirectError,
    IppStatusError,
)
from core.ipp.policy import IppPolicy
from core.ipp.question import question
from core.ipp.status import is_success, status_name
from core.ipp.target import IppTarget
from core.ipp.types import GroupTag, Message
from core.ipp.wire import HttpReply, Wire
from core.model.reading import Cost

Trace = Callable[[IppExchange], None]

# Every printer has it (RFC 8011 section 5.4.11): asked for where it is not known yet whether a
# printer is there, since the attributes that are wanted may all be absent.
_PROOF: Final = "printer-state"


class Asking:
    """The requests of one question for ``names``; ``spent`` when there may be no more of them."""

    def __init__(
        self,
        wire: Wire,
        names: Sequence[str],
        policy: IppPolicy,
        clock: Callable[[], float],
        trace: Trace | None,
    ) -> None:
        self._wire = wire
        self._names = tuple(dict.fromkeys(names))
        self._policy = policy
        self._clock = clock
        self._trace = trace
        self._ids = count(1)
        self._began = clock()
        self._requests = self._out = self._in = 0

    @property
    def spent(self) -> bool:
        """Whether this question has had all its requests."""
        return self._requests >= self._policy.requests

    async def ask(self, target: IppTarget, version: tuple[int, int], *, known: bool) -> IppAnswer:
        """Ask there in that version; ``known`` if a printer has answered there before.

        Follows a redirect that stays at the address. Raises ``IppError``.
        """
        while True:
            reply, message = await self._exchange(target, version, known)
            if message is not None:
                return self._answer(target, reply, message, known)
            onward = target.redirected(reply.location or "")
            # There is no code between 300 and 399 by which we would not ask in the same way again.
            if onward is None or onward == target or self.spent:
                raise IppRedirectError(target, reply.location or "")
            target = onward

    async def _exchange(
        self, target: IppTarget, version: tuple[int, int], known: bool
    ) -> tuple[HttpReply, Message | None]:
        """Post once; the message is ``None`` for a redirect."""
        names = self._names if known or _PROOF in self._names else (*self._names, _PROOF)
        body = question(version, next(self._ids), target.uri, names)
        self._requests += 1
        self._out += len(body)
        began, before, result = self._clock(), self._in, "abandoned"
        message: Message | None = None
        try:
            reply = await self._wire.post(target, body, self._policy)
            self._in += len(reply.body)
            message = _read(target, reply, self._policy.octets)
            result = "redirect" if message is None else status_name(message.code)
        except IppError as error:
            result = error.problem.code
            raise
        finally:
            if self._trace is not None:
                elapsed, got = self._clock() - began, self._in - before
                told = _told(message, names)
                self._trace(
                    IppExchange(target, version, names, result, len(body), got, elapsed, told)
                )
        return reply, message

    def _answer(
        self, target: IppTarget, reply: HttpReply, message: Message, known: bool
    ) -> IppAnswer:
        if not is_success(message.code):
            raise IppStatusError(target, message.code)
        group = message.group(GroupTag.PRINTER)
        if not known and (group is None or not group.attributes):
            raise IppNoPrinterError(target)
        attributes = Attributes({} if group is None else group.attributes)
        elapsed = (self._clock() - self._began) * 1000
        return IppAnswer(
            target=target,
            version=message.version,
            status=message.code,
            # Some printers send everything that they have, whatever they are asked for.
            attributes=attributes.only(self._names),
            tls=reply.tls,
            cost=Cost(self._requests, self._out, self._in, elapsed),
        )


def _told(message: Message | None, names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Write the attributes that were asked for; what else came is nobody's business."""
    group = None if message is None else message.group(GroupTag.PRINTER)
    if group is None:
        return ()
    attributes = Attributes(group.attributes).only(names)
    return tuple((name, attributes.raw(name) or "") for name in attributes)


def _read(target: IppTarget, reply: HttpReply, octets: int) -> Message | None:
    """Read what came; HTTP pairs answer and question, so that the request id decides nothing."""
    if 300 <= reply.status <= 399:
        return None
    if reply.status != 200:
        raise IppHttpStatusError(target, reply.status)
    try:
        return decode(reply.body, Limits(octets=octets))
    except IppDecodeError as error:
        kind = (reply.content_type or "").partition(";")[0].strip().lower()
        page = kind.startswith("text/")
        reason = f"it sent a page ({kind[:40]})" if page else error.reason
        raise IppMalformedError(target, reason) from None
