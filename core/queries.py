"""Answers queries: lists and history in pages, straight from the store."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from core.channel.convert import QueryPage
from core.model.jsonio import from_json, to_json
from core.model.problem import BadInputError
from core.model.query import QueryKind, ReadingsArguments
from core.model.status import AgentStatus
from core.store.store import Store

_LARGEST_PAGE = 1000
_USUAL_PAGE = 200


async def answer(
    store: Store,
    status: Callable[[], Awaitable[AgentStatus]],
    kind: str,
    arguments: str,
    token: str,
    size: int,
) -> QueryPage:
    """Give one page; raises ``BadInputError`` for a query that does not exist."""
    limit = min(size or _USUAL_PAGE, _LARGEST_PAGE)
    try:
        known = QueryKind(kind)
    except ValueError:
        raise BadInputError(
            "unknown_query", f"There is no query {kind[:40]!r}.", "Update this program."
        ) from None
    if known is QueryKind.STATUS:
        return QueryPage((to_json(await status()),), "", 1)
    if known is QueryKind.DEVICES:
        devices = await store.devices(token, limit)
        return QueryPage(tuple(map(to_json, devices.items)), devices.next, devices.total)
    wanted = from_json(arguments or "{}", ReadingsArguments)
    readings = await store.readings(wanted.device, token, limit)
    return QueryPage(tuple(map(to_json, readings.items)), readings.next, readings.total)
