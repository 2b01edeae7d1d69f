"""One address that a person names, for a reading."""

from __future__ import annotations

from itertools import islice

from core.discovery.forms import Name
from core.discovery.resolve import Resolver, resolve, system_resolver
from core.discovery.targets import parse_target
from core.model.identity import Endpoint
from core.model.problem import BadInputError, PlatenError


async def resolve_single(text: str, port: int, resolver: Resolver = system_resolver) -> Endpoint:
    """Give the one endpoint that ``text`` means; ``port`` where it names none.

    Raises ``TargetError`` for what is no target, ``BadInputError`` (``bad_address``) for several
    addresses, ``PlatenError`` (``unknown_host``) for a name that gives none. Of a name with several
    addresses the first is taken: it is one printer.
    """
    target = parse_target(text)
    found = await resolve([target], port=port, resolver=resolver)
    if found.unresolved:
        raise PlatenError(
            "unknown_host",
            f"{text[:80]!r} cannot be read: {found.unresolved[0].reason}.",
            "Check the spelling, or use the printer's address.",
        )
    endpoints = list(islice(found.targets, 2))
    if len(endpoints) > 1 and not isinstance(target, Name):
        raise BadInputError(
            "bad_address",
            f"{text[:80]!r} is more than one address.",
            "Give one address or host name; a search takes ranges and networks.",
        )
    return endpoints[0]
