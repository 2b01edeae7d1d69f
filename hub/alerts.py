"""Alerts that agents deliver, in the hub's database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from hub import schema
from hub.items import GoodItem


def store(db: Connection, agent: str, item: GoodItem, now: str) -> None:
    """Store an alert as it is now; one key is one alert, however often it is delivered.

    One that is over is not open again by an older item that comes late.
    """
    table = schema.occurrence
    mine = (table.c.agent_id == agent) & (table.c.key == item.subject)
    there = db.execute(select(table.c.open).where(mine)).scalar_one_or_none()
    values = {"open": item.open, "received_at": now, "body": item.body}
    if there is None:
        db.execute(
            insert(table).values(
                agent_id=agent,
                key=item.subject,
                device_key=item.device,
                raised_at=item.taken_at,
                **values,
            )
        )
    elif there or not item.open:
        db.execute(update(table).where(mine).values(**values))


def listed(*, only_open: bool) -> Select[Any]:
    """Give the query for alerts, in the order in which they came."""
    query = select(schema.occurrence).order_by(schema.occurrence.c.id)
    return query.where(schema.occurrence.c.open) if only_open else query
