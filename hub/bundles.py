"""Bundles in the hub's database: which there are, whose, and which have to go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select

from hub import schema
from hub.errors import HubInputError

#: What one customer's agents may keep here; the oldest go first.
MOST_KEPT, MOST_BYTES = 50, 1_000_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """A bundle as the hub keeps it; ``received_at`` as in ``hub.items.rfc3339``."""

    reference: str
    size: int
    sha256: str
    manifest: str
    file: str
    received_at: str


@dataclass(frozen=True, slots=True)
class Stored:
    """The one that counts (it may have been here before), and files that are nobody's now."""

    bundle: Kept
    unneeded: tuple[str, ...] = ()


def known(db: Connection, agent: str, reference: str, sha256: str) -> Kept | None:
    """Give the bundle that an agent sent before; raises ``HubInputError``
    (``bundle_reference_taken``) where another one of its customer has the reference.
    """
    table = schema.bundle
    whose = table.c.customer_id == _customer_of(db, agent)
    row = db.execute(select(table).where(whose, table.c.reference == reference)).one_or_none()
    if row is None:
        return None
    if row.agent_id != agent or row.sha256 != sha256:
        raise HubInputError(
            "bundle_reference_taken",
            f"Another bundle has the reference number {reference}.",
            "Make a new bundle: it gets a number of its own.",
        )
    return _kept(row)


def store(db: Connection, agent: str, new: Kept) -> Stored:
    """Keep a bundle once, and say which files its customer's limits make unneeded."""
    if (before := known(db, agent, new.reference, new.sha256)) is not None:
        return Stored(before, (new.file,))
    customer = _customer_of(db, agent)
    values = {name: getattr(new, name) for name in Kept.__slots__}
    db.execute(insert(schema.bundle).values(agent_id=agent, customer_id=customer, **values))
    table = schema.bundle
    rows = db.execute(
        select(table).where(table.c.customer_id == customer).order_by(table.c.id.desc())
    ).all()
    size, gone = 0, []
    for number, row in enumerate(rows):
        size += row.size
        if number and (number >= MOST_KEPT or size > MOST_BYTES):
            gone.append(row)
    db.execute(delete(table).where(table.c.id.in_([row.id for row in gone])))
    return Stored(new, tuple(row.file for row in gone))


def listed() -> Select[Any]:
    """Ask for all of them, with customer and machine, oldest first."""
    table = schema.bundle
    return (
        select(
            table,
            schema.customer.c.name.label("customer"),
            schema.agent.c.hostname,
        )
        .join(schema.agent, schema.agent.c.id == table.c.agent_id)
        .join(schema.customer, schema.customer.c.id == table.c.customer_id)
        .order_by(table.c.id)
    )


def _customer_of(db: Connection, agent: str) -> int:
    table = schema.agent
    return int(db.execute(select(table.c.customer_id).where(table.c.id == agent)).scalar_one())


def _kept(row: Row[Any]) -> Kept:
    return Kept(**{name: getattr(row, name) for name in Kept.__slots__})
