"""From the targets as written to the set of endpoints: names resolved, exclusions taken out."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from core.discovery.addresses import number_of
from core.discovery.errors import TargetError
from core.discovery.forms import Name, Six, Target
from core.discovery.ports import check_port
from core.discovery.spans import Span, merge
from core.discovery.targets import parse_exclusion, parse_target
from core.discovery.targetset import TargetSet
from core.model.identity import Endpoint

# Gives the addresses of a host name as texts; raises ``OSError`` (``socket.gaierror``).
Resolver: TypeAlias = Callable[[str], Awaitable[Sequence[str]]]

_RESOLVE_TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A host name that gave no address, and why."""

    host: str
    port: int
    reason: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """The endpoints to ask, and the names that gave none."""

    targets: TargetSet
    unresolved: tuple[Unresolved, ...] = ()


async def system_resolver(host: str) -> Sequence[str]:
    """Ask the operating system (hosts file, DNS, mDNS as it is set up)."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, None, type=socket.SOCK_DGRAM)
    return [str(address[0]) for *_, address in found]


async def resolve(
    targets: Sequence[Target],
    exclusions: Sequence[Target] = (),
    *,
    port: int = 161,
    resolver: Resolver = system_resolver,
) -> Resolved:
    """Give what is to be asked; ``port`` is for the targets that name none.

    A name that gives no address is in ``unresolved``; one among the exclusions is a
    ``TargetError``, since it cannot be said what is to be left out. An exclusion without a port
    leaves out every port of its addresses. Of a host with IPv4 and IPv6 addresses only the IPv4
    ones are asked, so that it is not found twice.
    """
    check_port(port, f"port {port}")
    names = [t.host for t in (*targets, *exclusions) if isinstance(t, Name)]
    known = await _look_up(list(dict.fromkeys(names)), resolver)
    wanted = _Collected()
    unresolved: list[Unresolved] = []
    for target in targets:
        problem = wanted.add(target, known, whole=False)
        if problem is not None:
            unresolved.append(Unresolved(str(Name(problem[0])), target.port or port, problem[1]))
    barred = _Collected()
    for target in exclusions:
        problem = barred.add(target, known, whole=True)
        if problem is not None:
            raise TargetError(problem[0], f"{problem[1]}, so it cannot be left out", _REMEDY)
    return Resolved(wanted.minus(barred, port), tuple(unresolved))


_REMEDY = "Give the address in its place, or mend the name."
_Known: TypeAlias = dict[str, "tuple[str, ...] | str"]


@dataclass(slots=True)
class _Collected:
    four: dict[int | None, list[Span]] = field(default_factory=dict)
    six: dict[int | None, list[str]] = field(default_factory=dict)

    def add(self, target: Target, known: _Known, *, whole: bool) -> tuple[str, str] | None:
        """Take a target in; gives (name, reason) where a name is not known."""
        if isinstance(target, Name):
            found = known[target.host]
            if isinstance(found, str):
                return target.host, found
            fours = [address for address in found if ":" not in address]
            for address in found if whole or not fours else fours:
                self._add_address(address, target.port)
        elif isinstance(target, Six):
            self._add_address(target.address, target.port)
        else:
            self.four.setdefault(target.port, []).extend(target.spans(whole=whole))
        return None

    def _add_address(self, address: str, port: int | None) -> None:
        if ":" in address:
            self.six.setdefault(port, []).append(address)
        else:
            number = number_of(address)
            self.four.setdefault(port, []).append((number, number))

    def minus(self, barred: _Collected, default: int) -> TargetSet:
        """Give the set, with what ``barred`` holds taken out of it."""
        anywhere = merge(barred.four.pop(None, ()))
        anywhere_six = barred.six.pop(None, ())
        left = self._set(default).without(anywhere, anywhere_six)
        return left.minus(barred._set(default))

    def _set(self, default: int) -> TargetSet:
        four: dict[int, list[Span]] = {}
        for port, spans in self.four.items():
            four.setdefault(port or default, []).extend(spans)
        six = (Endpoint(a, port or default) for port, found in self.six.items() for a in found)
        return TargetSet(four, six)


async def _look_up(names: Sequence[str], resolver: Resolver) -> _Known:
    found = await asyncio.gather(*(_one(name, resolver) for name in names))
    return dict(zip(names, found, strict=True))


async def _one(name: str, resolver: Resolver) -> tuple[str, ...] | str:
    try:
        async with asyncio.timeout(_RESOLVE_TIMEOUT):
            answers = await resolver(name)
    except TimeoutError:
        return f"its name was not resolved within {_RESOLVE_TIMEOUT:g} s"
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return f"its name is not resolved ({reason})"
    usable = [text for text in map(_usable, answers) if text is not None]
    return tuple(dict.fromkeys(usable)) or "its name gives no address that can be asked"


def _usable(address: str) -> str | None:
    try:
        return str(parse_target(address))
    except TargetError:
        return None


def parse_all(texts: Sequence[str], exclusions: Sequence[str]) -> tuple[list[Target], list[Target]]:
    """Read the texts of a segment; raises ``TargetError`` for the first bad one."""
    return [parse_target(t) for t in texts], [parse_exclusion(t) for t in exclusions]
