"""Which certificates of an agent count.

A renewed one may be lost on its way: so the present one is good until the new one is used.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, update

from hub import schema


def serials_of(row: Row[Any]) -> tuple[str, ...]:
    """Give the serial numbers (hexadecimal) that count for a row of ``schema.agent``."""
    renewed = row.renewed_serial
    return (row.certificate_serial,) if renewed is None else (row.certificate_serial, renewed)


def promise(db: Connection, agent: str, serial: str) -> None:
    """Let a certificate count; one that was promised before and never used does not any more."""
    table = schema.agent
    db.execute(update(table).where(table.c.id == agent).values(renewed_serial=serial))


def use(db: Connection, agent: str, serial: str) -> None:
    """Make the promised certificate the present one: the old one is not good any more."""
    table = schema.agent
    promised = (table.c.id == agent) & (table.c.renewed_serial == serial)
    db.execute(update(table).where(promised).values(certificate_serial=serial, renewed_serial=None))
