"""What rules fired, in the database; judged in the transaction that stores what they judge."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.model.device import Device
from core.model.jsonio import from_json, to_json
from core.model.occurrence import Cleared, DeliveredOccurrence, Judge, Occurrence, Seen, Told
from core.model.problem import BadInputError
from core.store import devices, memory, outbox, rules
from core.store.errors import StoreError
from core.store.types import Page


@dataclass(frozen=True, slots=True)
class Keeping:
    """A judge with what is needed to keep what it says: a source of keys, and the time."""

    judge: Judge
    make_key: Callable[[], str]
    now: str


def judge(connection: sqlite3.Connection, row: int, what: str, keeping: Keeping | None) -> Told:
    """Have a device judged as it is stored now, and keep what was said, for the hub too.

    ``what`` is "found", "seen", "moved" or "missed". Without a judge nothing is said.
    """
    if keeping is None:
        return Told()
    device = devices.device(connection, row)
    judged = keeping.judge(Seen(device, what, memory.load(connection, row)))
    memory.save(connection, row, judged)
    cleared = [c for item in judged.cleared for c in _clear(connection, row, item)]
    raised = _raise(connection, row, device, judged.raised, keeping)
    for item in (*cleared, *raised):
        _queue(connection, device, item, keeping.make_key, keeping.now)
    return Told(tuple(raised), tuple(cleared))


def _raise(
    connection: sqlite3.Connection,
    row: int,
    device: Device,
    items: Sequence[Occurrence],
    keeping: Keeping,
) -> list[Occurrence]:
    skips = rules.skipped(connection, row) if items else frozenset()
    told = []
    for item in items:
        skipped = item.rule in skips
        kept = replace(item, key=keeping.make_key(), device=device.key, skipped=skipped)
        connection.execute(
            "INSERT INTO occurrence (key, device, rule, subject, raised_at, lasts, open, body) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (kept.key, row, kept.rule, kept.subject, kept.raised_at, kept.lasting, kept.open,
             to_json(kept)),
        )  # fmt: skip
        if skipped:
            rules.use_skip(connection, row, item.rule)
            skips -= {item.rule}
        else:
            told.append(kept)
    return told


def _clear(connection: sqlite3.Connection, row: int, item: Cleared) -> list[Occurrence]:
    found = connection.execute(
        "SELECT id, body FROM occurrence WHERE lasts = 1 AND device = ? AND rule = ? "
        "AND subject = ?",
        (row, item.rule, item.subject),
    ).fetchall()
    return [o for one in found if not (o := _end(connection, one, item.at)).skipped]


def _end(connection: sqlite3.Connection, row: sqlite3.Row, at: str) -> Occurrence:
    ended = replace(from_json(row["body"], Occurrence), cleared_at=at)
    connection.execute(
        "UPDATE occurrence SET lasts = 0, open = 0, body = ? WHERE id = ?",
        (to_json(ended), row["id"]),
    )
    return ended


def _queue(
    connection: sqlite3.Connection,
    device: Device,
    item: Occurrence,
    make_key: Callable[[], str],
    now: str,
) -> None:
    body = to_json(DeliveredOccurrence(device, item))
    outbox.add(
        connection,
        key=make_key(),
        kind="occurrence",
        device=device.key,
        body=body,
        at=now,
    )


def end_of_rule(
    connection: sqlite3.Connection, rule: str, make_key: Callable[[], str], now: str
) -> Told:
    """Clear what stands of a rule that is no more; nobody is asked."""
    found = connection.execute(
        "SELECT id, device, body FROM occurrence WHERE lasts = 1 AND rule = ?", (rule,)
    ).fetchall()
    ended = []
    for row in found:
        item = _end(connection, row, now)
        if not item.skipped:
            _queue(connection, devices.device(connection, row["device"]), item, make_key, now)
            ended.append(item)
    return Told(cleared=tuple(ended))


def acknowledge(
    connection: sqlite3.Connection, keys: Iterable[str], make_key: Callable[[], str], now: str
) -> tuple[Occurrence, ...]:
    """Note that somebody has seen these alerts; raises ``StoreError`` (``unknown_alert``)."""
    done = []
    for key in keys:
        row = connection.execute(
            "SELECT id, device, body FROM occurrence WHERE key = ?", (key,)
        ).fetchone()
        if row is None:
            raise StoreError(
                "unknown_alert", f"There is no alert {key[:60]!r}.", "See `platen alerts --all`."
            )
        item = from_json(row["body"], Occurrence)
        if item.acknowledged_at is None:
            item = replace(item, acknowledged_at=now)
            connection.execute(
                "UPDATE occurrence SET open = 0, body = ? WHERE id = ?", (to_json(item), row["id"])
            )
            _queue(connection, devices.device(connection, row["device"]), item, make_key, now)
        done.append(item)
    return tuple(done)


def page(
    connection: sqlite3.Connection,
    *,
    device: str | None,
    since: str | None,
    only_open: bool,
    before: str,
    limit: int,
) -> Page[Occurrence]:
    """Give alerts, newest first; at least one where there are any. ``before`` is the ``next`` of
    the page before. Raises ``BadInputError`` (``bad_page``).
    """
    limit = max(limit, 1)
    where, values = _where(connection, device, since, only_open=only_open)
    # Made of our own words alone; what is asked for goes in as values.
    total = connection.execute(f"SELECT count(*) FROM occurrence WHERE {where}", values)  # noqa: S608
    query = f"SELECT id, body FROM occurrence WHERE {where} AND id < ? ORDER BY id DESC LIMIT ?"  # noqa: S608
    rows = connection.execute(query, (*values, _place(before), limit + 1)).fetchall()
    shown = rows[:limit]
    more = len(rows) > limit
    items = tuple(from_json(row["body"], Occurrence) for row in shown)
    return Page(items, str(shown[-1]["id"]) if more else "", total.fetchone()[0])


def _where(
    connection: sqlite3.Connection, device: str | None, since: str | None, *, only_open: bool
) -> tuple[str, tuple[Any, ...]]:
    parts: list[str] = ["1"]
    values: list[Any] = []
    if device is not None:
        parts.append("device = ?")
        values.append(devices.known_row(connection, device))
    if since is not None:
        parts.append("raised_at >= ?")
        values.append(since)
    if only_open:
        parts.append("open = 1")
    return " AND ".join(parts), tuple(values)


def _place(before: str) -> int:
    if not before:
        return 2**62
    try:
        return int(before)
    except ValueError:
        raise BadInputError(
            "bad_page", f"Not a page of alerts: {before[:64]!r}.", "Start at the top."
        ) from None


def silent_devices(connection: sqlite3.Connection, before: str) -> tuple[int, ...]:
    """Give the rows of the devices that are not marked stale and gave nothing since a time.

    What gave nothing is: no reading, and for one that never gave any, first seen before that.
    """
    found = connection.execute(
        "SELECT device.id FROM device LEFT JOIN latest ON latest.device = device.id "
        "LEFT JOIN memory ON memory.device = device.id "
        "WHERE coalesce(latest.taken_at, device.first_seen) < ? AND coalesce(memory.stale, 0) = 0 "
        "ORDER BY device.id",
        (before,),
    )
    return tuple(int(row) for (row,) in found)


def absorb(connection: sqlite3.Connection, old: int, row: int) -> None:
    """Give a device the alerts of a record that turned out to be it.

    What stands of the record is over where the device has a memory of its own: nobody would ever
    clear it, and the next judgement raises it again if it holds.
    """
    if not memory.absorb(connection, old, row):
        seen = connection.execute("SELECT last_seen FROM device WHERE id = ?", (old,)).fetchone()[0]
        for found in connection.execute(
            "SELECT id, body FROM occurrence WHERE lasts = 1 AND device = ?", (old,)
        ).fetchall():
            _end(connection, found, seen)
    connection.execute("UPDATE occurrence SET device = ? WHERE device = ?", (row, old))
    rules.absorb(connection, old, row)


def forget_before(connection: sqlite3.Connection, before: str, limit: int) -> int:
    """Take alerts out that were over and seen to before a time; at most ``limit``.

    What stands or is open stays, however old. Gives how many went.
    """
    return connection.execute(
        "DELETE FROM occurrence WHERE id IN (SELECT id FROM occurrence "
        "WHERE raised_at < ? AND open = 0 AND lasts = 0 AND max(raised_at, "
        "coalesce(json_extract(body, '$.cleared_at'), raised_at), "
        "coalesce(json_extract(body, '$.acknowledged_at'), raised_at)) < ? LIMIT ?)",
        (before, before, limit),
    ).rowcount
