"""A set of endpoints to ask: exact, without repetition, and never held one by one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from core.discovery.addresses import number_of, text_of
from core.discovery.spans import Span, Spans, count, intersect, merge, subtract
from core.model.identity import Endpoint


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring IPv4 addresses (as numbers, both ends included) asked at one port."""

    port: int
    first: int
    last: int


class TargetSet:
    """Endpoints: blocks of IPv4 addresses by port, then IPv6 addresses.

    Members are numbered from 0 in the order of iteration; ``at`` and ``find`` go from number to
    endpoint and back in logarithmic time.
    """

    __slots__ = ("_groups", "_places", "_starts", "blocks", "six")

    def __init__(self, four: Mapping[int, Iterable[Span]], six: Iterable[Endpoint] = ()) -> None:
        self._groups = {port: merge(spans) for port, spans in sorted(four.items())}
        self.blocks = tuple(
            Block(port, *span) for port, spans in self._groups.items() for span in spans
        )
        self.six = tuple(sorted(set(six), key=lambda e: (e.port, e.address)))
        sizes = (block.last - block.first + 1 for block in self.blocks)
        self._starts = [0, *accumulate(sizes)]
        self._places = {e: n for n, e in enumerate(self.six, self._starts[-1])}

    def __len__(self) -> int:
        return self._starts[-1] + len(self.six)

    def __iter__(self) -> Iterator[Endpoint]:
        for block in self.blocks:
            for number in range(block.first, block.last + 1):
                yield Endpoint(text_of(number), block.port)
        yield from self.six

    def __contains__(self, endpoint: object) -> bool:
        return isinstance(endpoint, Endpoint) and self.find(endpoint) is not None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TargetSet):
            return NotImplemented
        return self.blocks == other.blocks and self.six == other.six

    def __hash__(self) -> int:
        return hash((self.blocks, self.six))

    def at(self, number: int) -> Endpoint:
        """Give the member with this number; raises ``IndexError``."""
        if not 0 <= number < len(self):
            raise IndexError(number)
        if number >= self._starts[-1]:
            return self.six[number - self._starts[-1]]
        place = bisect_right(self._starts, number) - 1
        block = self.blocks[place]
        return Endpoint(text_of(block.first + number - self._starts[place]), block.port)

    def find(self, endpoint: Endpoint) -> int | None:
        """Give the number of a member, or ``None`` where it is not one."""
        if ":" in endpoint.address:
            return self._places.get(endpoint)
        try:
            address = number_of(endpoint.address)
        except OSError:
            return None
        place = bisect_right(self.blocks, (endpoint.port, address), key=_order) - 1
        if place < 0 or self.blocks[place].port != endpoint.port:
            return None
        block = self.blocks[place]
        return self._starts[place] + address - block.first if address <= block.last else None

    def ports(self) -> tuple[int, ...]:
        """Every port that is asked somewhere."""
        return tuple(sorted({*self._groups, *(endpoint.port for endpoint in self.six)}))

    def minus(self, other: TargetSet) -> TargetSet:
        """Give the members that are not in ``other``."""
        four = {p: subtract(s, other._groups.get(p, ())) for p, s in self._groups.items()}
        return TargetSet(four, set(self.six) - set(other.six))

    def plus(self, other: TargetSet) -> TargetSet:
        """Give the members of either."""
        ports = {*self._groups, *other._groups}
        four = {p: (*self._groups.get(p, ()), *other._groups.get(p, ())) for p in ports}
        return TargetSet(four, (*self.six, *other.six))

    def inside(self, spans: Spans) -> TargetSet:
        """Give the IPv4 members whose address is in ``spans``."""
        return TargetSet({p: intersect(s, spans) for p, s in self._groups.items()})

    def without(self, spans: Spans, six: Iterable[str] = ()) -> TargetSet:
        """Give the members whose address is neither in ``spans`` nor in ``six``, at any port."""
        barred = set(six)
        four = {p: subtract(s, spans) for p, s in self._groups.items()}
        return TargetSet(four, (e for e in self.six if e.address not in barred))


def addresses(targets: TargetSet) -> int:
    """How many different IPv4 and IPv6 addresses there are, whatever the port."""
    spans = merge((block.first, block.last) for block in targets.blocks)
    return count(spans) + len({endpoint.address for endpoint in targets.six})


def _order(block: Block) -> tuple[int, int]:
    return block.port, block.first
