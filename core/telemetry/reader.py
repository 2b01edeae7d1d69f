"""One visit to an agent: a reading for each printer behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from typing import Final, TypeVar

from core.model.identity import Endpoint
from core.model.provenance import Source
from core.model.reading import Cost, Reading
from core.snmp.errors import SnmpDeadlineError
from core.snmp.types import SnmpAgent
from core.telemetry.alerts import ALERTS, alerts_of
from core.telemetry.bounds import bounded
from core.telemetry.charsets import panel_charset, text_charset
from core.telemetry.errors import NotAPrinterError
from core.telemetry.evidence import judge
from core.telemetry.fetch import fetch_reading
from core.telemetry.got import Got
from core.telemetry.identity import identity_of
from core.telemetry.meters import meters_of
from core.telemetry.origins import of_parts
from core.telemetry.printers import PrinterRows, printer_rows
from core.telemetry.profile import Profile
from core.telemetry.profiles import ProfileSet
from core.telemetry.snapshot import Snapshot
from core.telemetry.status import status_of
from core.telemetry.supplies import SUPPLIES, supplies_of
from core.telemetry.trays import TRAYS, trays_of

#: Seconds that a whole visit may take. What is asked of the slowest printers seen takes ten.
LIMIT: Final = 60.0
T = TypeVar("T")


async def read_printers(
    agent: SnmpAgent,
    endpoint: Endpoint,
    taken_at: str,
    known: ProfileSet | None = None,
    limit: float = LIMIT,
) -> tuple[Reading, ...]:
    """Read every printer that the agent at ``endpoint`` speaks for, in order of device index.

    ``taken_at`` is RFC 3339 in UTC; ``known`` are the profiles to read with, by default those that
    come along; ``limit`` is how many seconds it may take. Each reading carries the cost of the
    whole visit, and a note on each part that the agent failed to answer. Raises
    ``core.snmp.errors.SnmpError`` when the agent fails altogether (``SnmpDeadlineError`` when it
    is not done in time), ``NotAPrinterError`` when it is none.
    """
    before, got = agent.cost, Got()
    profiles = None if known is None else known.profiles
    snapshot, matched = await in_time(fetch_reading(agent, profiles, got), endpoint, limit)
    cost = spent(before, agent.cost)
    readings = interpret(snapshot, matched, endpoint, taken_at, cost)
    notes = (*got.notes(), *(() if known is None else known.notes))
    return tuple(replace(each, notes=(*each.notes, *notes)) for each in readings)


async def in_time(work: Awaitable[T], endpoint: Endpoint, limit: float) -> T:
    """Await the work of one visit; raises ``SnmpDeadlineError`` after ``limit`` seconds."""
    try:
        async with asyncio.timeout(limit):
            return await work
    except TimeoutError:
        raise SnmpDeadlineError(endpoint, limit) from None


def interpret(
    snapshot: Snapshot,
    profiles: tuple[Profile, ...],
    endpoint: Endpoint,
    taken_at: str,
    cost: Cost | None = None,
) -> tuple[Reading, ...]:
    """Make sense of what was fetched; raises ``NotAPrinterError`` only."""
    every = printer_rows(snapshot)
    verdicts = [judge(snapshot, rows) for rows in every]
    if not any(verdict.is_printer for verdict in verdicts):
        raise NotAPrinterError(endpoint, verdicts[0].why)
    return tuple(
        bounded(
            replace(_reading(snapshot, rows, profiles, endpoint, taken_at), cost=cost),
            _left_out(snapshot, rows.index),
        )
        for rows, verdict in zip(every, verdicts, strict=True)
        if verdict.is_printer
    )


def spent(before: Cost, after: Cost) -> Cost:
    """Give the difference of two costs."""
    return Cost(
        requests=after.requests - before.requests,
        bytes_out=after.bytes_out - before.bytes_out,
        bytes_in=after.bytes_in - before.bytes_in,
        elapsed_ms=after.elapsed_ms - before.elapsed_ms,
    )


def _reading(
    snapshot: Snapshot,
    rows: PrinterRows,
    profiles: tuple[Profile, ...],
    endpoint: Endpoint,
    taken_at: str,
) -> Reading:
    charset = text_charset(snapshot, rows.index)
    who = identity_of(snapshot, rows, profiles, endpoint.address)
    alerts = alerts_of(snapshot, rows.index, charset)
    # What several printers share is not known to be true of one of them.
    own = profiles if rows.alone else ()
    meters = meters_of(snapshot, rows.index, own, alone=rows.alone)
    supplies = supplies_of(snapshot, rows.index, alerts, who.identity.model, charset, own)
    trays = trays_of(snapshot, rows.index, charset)
    status = status_of(snapshot, rows, alerts, panel_charset(snapshot, rows.index), own)
    return Reading(
        address=endpoint.address,
        port=endpoint.port,
        taken_at=taken_at,
        sources=(Source.SNMP,),
        identity=who.identity,
        meters={name: o.value for name, o in meters.meters.items()},
        engine_life=None if meters.engine_life is None else meters.engine_life.value,
        supplies=tuple(facts.supply for facts in supplies),
        trays=tuple(facts.tray for facts in trays),
        status=status.status,
        alerts=tuple(o.value for o in alerts.alerts),
        provenance=of_parts(who.provenance, meters, supplies, trays, status, alerts),
        notes=(*who.notes, *meters.notes),
        device_index=None if rows.alone else rows.index,
    )


def _left_out(snapshot: Snapshot, device: int) -> dict[str, int]:
    """Count the rows that were not even looked at."""
    lists = (("supplies", SUPPLIES), ("trays", TRAYS), ("alerts", ALERTS))
    return {name: rows.left_out(snapshot, device) for name, rows in lists}
