"""Answers queries: lists and history in pages, straight from the store."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from core.channel.convert import QueryPage
from core.histories import history
from core.host.clock import parse_rfc3339, rfc3339
from core.model.jsonio import from_json, to_json
from core.model.problem import BadInputError
from core.model.query import HistoryArguments, OccurrencesArguments, QueryKind, ReadingsArguments
from core.model.status import AgentStatus
from core.store.store import Store
from core.telemetry.rules.book import book

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
    if known is QueryKind.HISTORY:
        return await history(store.history, from_json(arguments or "{}", HistoryArguments), token)
    if known is QueryKind.RULES:
        rules = book(await store.alerts.rules())
        return QueryPage(tuple(map(to_json, rules)), "", len(rules))
    if known is QueryKind.OCCURRENCES:
        return await _alerts(
            store, from_json(arguments or "{}", OccurrencesArguments), token, limit
        )
    wanted = from_json(arguments or "{}", ReadingsArguments)
    readings = await store.readings(wanted.device, token, limit)
    return QueryPage(tuple(map(to_json, readings.items)), readings.next, readings.total)


async def _alerts(store: Store, wanted: OccurrencesArguments, token: str, limit: int) -> QueryPage:
    try:
        since = None if wanted.since is None else rfc3339(parse_rfc3339(wanted.since))
    except ValueError:
        raise BadInputError("bad_time", "That is not a time.", "Give it as RFC 3339.") from None
    alerts = await store.alerts.page(
        device=wanted.device, since=since, only_open=wanted.only_open, before=token, limit=limit
    )
    return QueryPage(tuple(map(to_json, alerts.items)), alerts.next, alerts.total)
