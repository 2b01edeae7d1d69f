"""The border: what the customer has hidden is replaced on its way out, to the hub and the log.

The store keeps what is true; nothing inside the building is masked. A stand-in is the same for one
address as long as the installation lives, so that the dealer can tell two printers apart.
"""

from __future__ import annotations

import hashlib
import logging
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace

from core.discovery.addresses import number_of
from core.discovery.errors import TargetError
from core.discovery.forms import Name, Six
from core.discovery.spans import Span, merge
from core.discovery.targets import parse_exclusion
from core.model.outbox import OutboxItem
from core.model.problem import Problem
from core.store.store import Store

# What looks like an IPv4 or IPv6 address and is not a part of a longer one, or of an OID.
_FOUR = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d]|\.\d)")
_SIX = re.compile(r"(?<![\w:.])[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}(?:%\w+)?(?![\w:])")


class Border:
    """Replaces hidden addresses in texts."""

    def __init__(self, hidden: Sequence[str], installation: str) -> None:
        """Raise ``TargetError`` for a form that is none."""
        self._hides = _matcher(hidden)
        self._installation = installation

    @classmethod
    def of(cls, hidden: Sequence[str], installation: str) -> tuple[Border, Problem | None]:
        """Make the border, and say what is wrong with it: an unreadable one hides everything."""
        try:
            return cls(hidden, installation), None
        except TargetError as error:
            closed = cls((), installation)
            closed._hides = lambda _: True
            return closed, replace(error.problem, code="bad_settings")

    def text(self, text: str) -> str:
        """Give a text with a stand-in for every hidden address."""
        if self._hides is None:
            return text
        return _SIX.sub(self._replaced, _FOUR.sub(self._replaced, text))

    def _replaced(self, found: re.Match[str]) -> str:
        address = found[0]
        assert self._hides is not None  # noqa: S101 - text() looked
        return self.stand_in(address) if self._hides(address) else address

    def stand_in(self, address: str) -> str:
        """Give the stand-in of one address."""
        digest = hashlib.sha256(f"{self._installation} {address}".encode()).hexdigest()
        return f"hidden-{digest[:8]}"

    def item(self, item: OutboxItem) -> OutboxItem:
        """Give an item as the hub may see it."""
        return item if self._hides is None else replace(item, body=self.text(item.body))


def _matcher(hidden: Sequence[str]) -> Callable[[str], bool] | None:
    if not hidden:
        return None
    spans: list[Span] = []
    six: set[str] = set()
    for text in hidden:
        target = parse_exclusion(text)
        if isinstance(target, Name):
            raise TargetError(text, "it is a name", "Hide the address that the name stands for.")
        if isinstance(target, Six):
            six.add(target.address)
        else:
            spans.extend(target.spans(whole=True))
    merged = merge(spans)

    def hides(address: str) -> bool:
        if ":" in address:
            return address.lower() in six
        try:
            number = number_of(address)
        except OSError:  # digits and dots that are no address
            return False
        place = bisect_right(merged, (number, 2**32)) - 1
        return place >= 0 and merged[place][1] >= number

    return hides


class BorderedOutbox:
    """The outbox as the hub may see it (``core.uplink.sending.OutboxSource``)."""

    def __init__(self, store: Store, border: Callable[[], Border]) -> None:
        self._store = store
        self._border = border

    async def outbox(self, limit: int, max_bytes: int) -> tuple[OutboxItem, ...]:
        """Give waiting items, oldest first, with stand-ins for what is hidden now."""
        border = self._border()
        return tuple(map(border.item, await self._store.outbox(limit, max_bytes)))

    async def acknowledge(self, keys: Sequence[str]) -> None:
        """Forget these items."""
        await self._store.acknowledge(keys)

    async def refuse(self, key: str, reason: str) -> None:
        """Set an item aside."""
        await self._store.refuse(key, reason)

    async def waiting(self) -> int:
        """How many items wait."""
        return await self._store.waiting()


class BorderFilter(logging.Filter):
    """Puts stand-ins into log records, their tracebacks included."""

    def __init__(self, border: Callable[[], Border]) -> None:
        super().__init__()
        self._border = border

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; nothing is dropped."""
        border = self._border()
        record.msg, record.args = border.text(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = border.text(logging.Formatter().formatException(record.exc_info))
        return True
