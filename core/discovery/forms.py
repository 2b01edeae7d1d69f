"""The forms of a target, parsed: each knows its spans and prints itself canonically."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TypeAlias

from core.discovery.addresses import text_of
from core.discovery.spans import Span


@dataclass(frozen=True, slots=True)
class Octet:
    """One octet of a pattern: a span of values; ``star`` when it was written as ``*``."""

    first: int
    last: int
    star: bool = False

    def __str__(self) -> str:
        if self.star:
            return "*"
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    @property
    def size(self) -> int:
        """How many values it has."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Pattern:
    """Four octets: an address, ``10.0.0.1-10``, ``10.0.*.5``.

    Stars at the end stand for the network that they cover: ``10.0.0.*`` is ``10.0.0.0/24``.
    """

    octets: tuple[Octet, Octet, Octet, Octet]
    port: int | None = None

    def __str__(self) -> str:
        return _with_port(".".join(map(str, self.octets)), self.port)

    @property
    def scatter(self) -> int:
        """How many spans there are at most."""
        heads, _ = self._parts()
        return prod(octet.size for octet in heads)

    def spans(self, *, whole: bool) -> Iterator[Span]:
        """Every span; ``whole`` with the first and last address of each network."""
        heads, stars = self._parts()
        shift = 8 * (4 - len(heads))
        low, high = self.octets[3].first, self.octets[3].last
        if stars:
            edge = 0 if whole else 1
            low, high = edge, (1 << shift) - 1 - edge
        for values in product(*(range(o.first, o.last + 1) for o in heads)):
            base = int.from_bytes(bytes(values), "big") << shift
            yield base + low, base + high

    def _parts(self) -> tuple[tuple[Octet, ...], int]:
        stars = 0
        while stars < 4 and self.octets[3 - stars].star:
            stars += 1
        return self.octets[: 4 - max(stars, 1)], stars


@dataclass(frozen=True, slots=True)
class Range:
    """``10.0.0.1-10.0.3.20``: from one address to another, both included."""

    first: int
    last: int
    port: int | None = None

    def __str__(self) -> str:
        return _with_port(f"{text_of(self.first)}-{text_of(self.last)}", self.port)

    def spans(self, *, whole: bool) -> Iterator[Span]:
        """Give the one span (``whole`` makes no difference)."""
        del whole
        yield self.first, self.last


@dataclass(frozen=True, slots=True)
class Network:
    """``10.0.0.0/24``; its first and last address are no hosts if it is wider than a /31."""

    base: int
    prefix: int
    port: int | None = None

    def __str__(self) -> str:
        return _with_port(f"{text_of(self.base)}/{self.prefix}", self.port)

    def spans(self, *, whole: bool) -> Iterator[Span]:
        """Give the one span; ``whole`` with network and broadcast address."""
        edge = 0 if whole or self.prefix > 30 else 1
        yield self.base + edge, self.base + (1 << 32 - self.prefix) - 1 - edge


@dataclass(frozen=True, slots=True)
class Six:
    """One IPv6 address in canonical form, with ``%zone`` if it is link-local."""

    address: str
    port: int | None = None

    def __str__(self) -> str:
        return self.address if self.port is None else f"[{self.address}]:{self.port}"


@dataclass(frozen=True, slots=True)
class Name:
    """A host name, lower case, to be resolved when the search begins."""

    host: str
    port: int | None = None

    def __str__(self) -> str:
        return _with_port(self.host, self.port)


Four: TypeAlias = Pattern | Range | Network
Target: TypeAlias = Four | Six | Name


def _with_port(text: str, port: int | None) -> str:
    return text if port is None else f"{text}:{port}"
