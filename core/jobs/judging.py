"""Judging what is stored by the rules, and telling what that makes known."""

from __future__ import annotations

from datetime import timedelta

from core.host.clock import parse_rfc3339, rfc3339
from core.jobs.runner import Emit
from core.jobs.tools import Tools
from core.model.event import EventKind
from core.model.occurrence import Judge, Told
from core.model.reading import Reading
from core.model.rule import Rule
from core.telemetry.rules.book import book
from core.telemetry.rules.judge import judging
from core.telemetry.rules.memory import Limits

_REVIEWED = "last_review"
_EVERY = timedelta(days=1)


async def rules_now(tools: Tools) -> tuple[Rule, ...]:
    """Give the rules as they stand."""
    return book(await tools.store.alerts.rules())


async def judge_of(tools: Tools, at: str, reading: Reading | None = None) -> Judge:
    """Give the judge of one visit at the time ``at``, for the store."""
    first_search = await tools.store.fact("last_scan") is None
    rules = await rules_now(tools)
    return judging(rules, at, _limits(tools), reading, first_search=first_search)


def tell_alerts(told: Told, emit: Emit) -> None:
    """Say what was raised and cleared."""
    for item in told.cleared:
        emit(EventKind.ALERT_CLEARED, item)
    for item in told.raised:
        emit(EventKind.ALERT_RAISED, item)


async def review(tools: Tools, emit: Emit) -> Told:
    """Look for devices that gave no reading for too long: for once a day."""
    now = tools.clock()
    limits = _limits(tools)
    judge = judging(await rules_now(tools), rfc3339(now), limits)
    before = rfc3339(now - timedelta(days=limits.stale_after))
    told = await tools.store.alerts.review(judge, before)
    await tools.store.set_fact(_REVIEWED, rfc3339(now))
    tell_alerts(told, emit)
    return told


async def review_if_due(tools: Tools, emit: Emit) -> None:
    """Review where the last time is a day ago, or lies ahead by a clock that was set back."""
    last = await tools.store.fact(_REVIEWED)
    if last is None or not timedelta(0) <= tools.clock() - parse_rfc3339(last) < _EVERY:
        await review(tools, emit)


def _limits(tools: Tools) -> Limits:
    collection = tools.settings.collection
    return Limits(collection.offline_after, collection.stale_after)
