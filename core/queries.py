"""Answers queries: lists and history in pages, straight from the store."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from core.channel.convert import QueryPage
from core.histories import history
from core.host.clock import parse_rfc3339, rfc3339
from core.model.jsonio import from_json, to_json
from core.model.problem import BadInputError
from core.model.query import HistoryArguments, OccurrencesArguments, QueryKind, ReadingsArguments
from core.model.status import AgentStatus
from core.store.store import Store
from core.store.types import Page
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
    return await _ANSWERS[known](store, arguments or "{}", token, limit)


def _page(found: Page[Any]) -> QueryPage:
    return QueryPage(tuple(map(to_json, found.items)), found.next, found.total)


async def _devices(store: Store, _: str, token: str, limit: int) -> QueryPage:
    return _page(await store.devices(token, limit))


async def _history(store: Store, arguments: str, token: str, _: int) -> QueryPage:
    return await history(store.history, from_json(arguments, HistoryArguments), token)


async def _rules(store: Store, *_: object) -> QueryPage:
    rules = book(await store.alerts.rules())
    return QueryPage(tuple(map(to_json, rules)), "", len(rules))


async def _runs(store: Store, _: str, token: str, limit: int) -> QueryPage:
    return _page(await store.schedule.runs(token, limit))


async def _readings(store: Store, arguments: str, token: str, limit: int) -> QueryPage:
    wanted = from_json(arguments, ReadingsArguments)
    return _page(await store.readings(wanted.device, token, limit))


async def _alerts(store: Store, arguments: str, token: str, limit: int) -> QueryPage:
    wanted = from_json(arguments, OccurrencesArguments)
    try:
        since = None if wanted.since is None else rfc3339(parse_rfc3339(wanted.since))
    except ValueError:
        raise BadInputError("bad_time", "That is not a time.", "Give it as RFC 3339.") from None
    alerts = await store.alerts.page(
        device=wanted.device, since=since, only_open=wanted.only_open, before=token, limit=limit
    )
    return _page(alerts)


_ANSWERS: dict[QueryKind, Callable[[Store, str, str, int], Awaitable[QueryPage]]] = {
    QueryKind.DEVICES: _devices,
    QueryKind.HISTORY: _history,
    QueryKind.OCCURRENCES: _alerts,
    QueryKind.READINGS: _readings,
    QueryKind.RULES: _rules,
    QueryKind.RUNS: _runs,
}
