"""What the hub keeps and how it is asked. Synchronous: the service calls it from a thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from core.model.jsonio import from_json, to_json
from core.model.outbox import DeliveredReading
from core.model.problem import BadInputError
from hub import schema
from hub.database import READS
from hub.errors import EnrolmentRefusedError, NotOursError


def rfc3339(moment: dt.datetime) -> str:
    """Write a time in UTC with microseconds, so that texts sort as times do."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True, slots=True)
class Applicant:
    """An agent that enrols, and the serial number of the certificate made for it."""

    installation: str
    hostname: str
    version: str
    certificate_serial: str


@dataclass(frozen=True, slots=True)
class Item:
    """One delivered item."""

    key: str
    kind: str
    device: str
    body: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: keys that the hub has now, and what it will never take, and why."""

    stored: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


class HubStore:
    """The hub's data."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = engine.execution_options(**{READS: True})

    def add_code(
        self, secret_hash: str, customer: str, now: dt.datetime, valid: dt.timedelta
    ) -> None:
        """Keep a new one-time code for a customer, who is made where not known."""
        with self._engine.begin() as db:
            db.execute(
                insert(schema.code).values(
                    secret_hash=secret_hash,
                    customer_id=_customer_id(db, customer),
                    created_at=rfc3339(now),
                    expires_at=rfc3339(now + valid),
                )
            )

    def enrol(self, secret_hash: str, applicant: Applicant, now: dt.datetime) -> str:
        """Use a code up and keep the agent, in one transaction; gives the customer's name.

        Raises ``EnrolmentRefusedError`` that says whether it is unknown, used or expired. An
        installation that enrols again takes its new certificate and, with it, its new customer.
        """
        with self._engine.begin() as db:
            customer_id = _use_code(db, secret_hash, applicant.installation, rfc3339(now))
            values = {
                "customer_id": customer_id,
                "hostname": applicant.hostname[:255],
                "version": applicant.version[:40],
                "certificate_serial": applicant.certificate_serial,
                "enrolled_at": rfc3339(now),
                "revoked_at": None,
            }
            table = schema.agent
            mine = table.c.id == applicant.installation
            if not db.execute(update(table).where(mine).values(**values)).rowcount:
                db.execute(insert(table).values(id=applicant.installation, **values))
            row = db.execute(
                select(schema.customer.c.name).where(schema.customer.c.id == customer_id)
            ).one()
            return str(row.name)

    def check_agent(self, installation: str, certificate_serial: str) -> None:
        """Raise ``NotOursError`` unless this certificate is the present one of an agent here."""
        with self._reader.connect() as db:
            row = db.execute(
                select(schema.agent).where(schema.agent.c.id == installation)
            ).one_or_none()
        if row is None:
            raise NotOursError(
                "agent_unknown", "This hub does not know this agent.", "Enrol with a new code."
            )
        if row.revoked_at is not None or row.certificate_serial != certificate_serial:
            raise NotOursError(
                "agent_revoked",
                "The dealer has revoked this agent's certificate.",
                "Enrol again with a new code from the dealer.",
            )

    def seen(self, installation: str, version: str, waiting: int, now: dt.datetime) -> None:
        """Note that an agent checked in."""
        values = {"last_seen": rfc3339(now), "version": version[:40], "waiting": waiting}
        with self._engine.begin() as db:
            db.execute(
                update(schema.agent).where(schema.agent.c.id == installation).values(**values)
            )

    def take(self, installation: str, items: Sequence[Item], now: dt.datetime) -> Taken:
        """Store a batch in one transaction; a key that is there already is not stored again."""
        parsed, refused = _parsed(items)
        with self._engine.begin() as db:
            known = _known_keys(db, installation, [item.key for item, _ in parsed])
            for item, delivered in parsed:
                if item.key not in known:
                    known.add(item.key)
                    _store(db, installation, item, delivered, rfc3339(now))
        return Taken(tuple(item.key for item, _ in parsed), tuple(refused))

    def agents(self) -> list[dict[str, Any]]:
        """Every agent with its customer's name."""
        query = (
            select(schema.agent, schema.customer.c.name.label("customer"))
            .join(schema.customer)
            .order_by(schema.customer.c.name, schema.agent.c.hostname)
        )
        with self._reader.connect() as db:
            return [dict(row._mapping) for row in db.execute(query)]  # noqa: SLF001 - its name

    def devices(self) -> Iterator[tuple[str, str]]:
        """Every device: its agent's id and its body (JSON of ``DeliveredReading``)."""
        query = select(schema.device).order_by(schema.device.c.agent_id, schema.device.c.key)
        with self._reader.connect() as db:
            for row in db.execute(query):
                yield row.agent_id, row.body

    def readings(self, agent: str | None, device: str | None) -> Iterator[Any]:
        """Every reading, oldest first, of one agent or device where named."""
        table = schema.reading
        query = select(table).order_by(table.c.id)
        if agent is not None:
            query = query.where(table.c.agent_id == agent)
        if device is not None:
            query = query.where(table.c.device_key == device)
        with self._reader.connect() as db:
            yield from db.execute(query.execution_options(yield_per=200))


def _customer_id(db: Connection, name: str) -> int:
    table = schema.customer
    found = db.execute(select(table.c.id).where(table.c.name == name)).scalar_one_or_none()
    if found is None:
        found = db.execute(insert(table).values(name=name).returning(table.c.id)).scalar_one()
    return int(found)


def _use_code(db: Connection, secret_hash: str, installation: str, now: str) -> int:
    table = schema.code
    fresh = (
        update(table)
        .where(table.c.secret_hash == secret_hash, table.c.used_at.is_(None))
        .where(table.c.expires_at > now)
        .values(used_at=now, used_by=installation)
    )
    # The update decides, not a look before it: of two at once, one finds the code unused.
    used = db.execute(fresh).rowcount == 1
    row = db.execute(select(table).where(table.c.secret_hash == secret_hash)).one_or_none()
    if used and row is not None:
        return int(row.customer_id)
    if row is None:
        code, text = "code_unknown", "This hub did not make this code"
    elif row.used_at is not None:
        code, text = "code_used", f"This code was used already, at {row.used_at[:19]}Z"
    else:
        code, text = "code_expired", f"This code expired at {row.expires_at[:19]}Z"
    raise EnrolmentRefusedError(code, f"{text}.", "Ask the dealer for a new code.")


def _parsed(
    items: Sequence[Item],
) -> tuple[list[tuple[Item, DeliveredReading]], list[tuple[str, str]]]:
    good: list[tuple[Item, DeliveredReading]] = []
    refused: list[tuple[str, str]] = []
    for item in items:
        reason = _flaw(item)
        if reason:
            refused.append((item.key, reason))
            continue
        try:
            good.append((item, from_json(item.body, DeliveredReading)))
        except BadInputError as error:
            refused.append((item.key, error.problem.text))
    return good, refused


def _flaw(item: Item) -> str:
    if item.kind != "reading":
        return f"this hub does not know items of kind {item.kind[:40]!r}"
    if not 0 < len(item.key) <= 80 or not 0 < len(item.device) <= 80:
        return "the key of the item or of its device is empty or too long"
    return ""


def _known_keys(db: Connection, installation: str, keys: list[str]) -> set[str]:
    table = schema.reading
    query = select(table.c.key).where(table.c.agent_id == installation, table.c.key.in_(keys))
    return set(db.execute(query).scalars())


def _store(
    db: Connection, installation: str, item: Item, delivered: DeliveredReading, now: str
) -> None:
    taken_at = delivered.reading.taken_at[:40]
    table = schema.device
    mine = (table.c.agent_id == installation) & (table.c.key == item.device)
    there = db.execute(select(table.c.taken_at).where(mine)).scalar_one_or_none()
    values = {"body": to_json(delivered), "taken_at": taken_at, "updated_at": now}
    if there is None:
        db.execute(insert(table).values(agent_id=installation, key=item.device, **values))
    elif there <= taken_at:  # an old reading that comes late does not make a device old again
        db.execute(update(table).where(mine).values(**values))
    db.execute(
        insert(schema.reading).values(
            agent_id=installation,
            key=item.key,
            device_key=item.device,
            taken_at=taken_at,
            received_at=now,
            body=item.body,
        )
    )
