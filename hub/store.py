"""What the hub keeps and how it is asked. Synchronous: the service calls it from a thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, Select, insert, select, tuple_, update
from sqlalchemy.exc import IntegrityError

from hub import alerts, bundles, certificates, codes, schema
from hub.bundles import Kept, Stored
from hub.codes import Applicant
from hub.database import READS
from hub.errors import HubInputError, NotOursError
from hub.items import GoodItem, Item, Refused, rfc3339, sort_out

T = TypeVar("T")
_PAGE = 200


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: keys that the hub has now, and what it will never take, and why."""

    stored: tuple[str, ...]
    refused: tuple[Refused, ...]


class HubStore:
    """The hub's data. Each method that writes is one transaction, done when it returns."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = engine.execution_options(**{READS: True})

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    def _write(self, work: Callable[[Connection], T]) -> T:
        try:
            with self._engine.begin() as db:
                return work(db)
        except IntegrityError:
            # Another process has stored the same at the same moment: now it can be seen.
            with self._engine.begin() as db:
                return work(db)

    def add_code(
        self, secret_hash: str, customer: str, now: dt.datetime, valid: dt.timedelta
    ) -> None:
        """Keep a new one-time code for a customer, who is made where not known."""
        self._write(lambda db: codes.add_code(db, secret_hash, customer, now, valid))

    def enrol(self, secret_hash: str, applicant: Applicant, now: dt.datetime) -> str:
        """Use a code up and keep the agent, in one transaction; gives the customer's name.

        Raises ``EnrolmentRefusedError`` that says whether it is unknown, used or expired.
        """

        def work(db: Connection) -> str:
            customer_id = codes.use_code(db, secret_hash, applicant.installation, now)
            return codes.keep_agent(db, customer_id, applicant, now)

        return self._write(work)

    def agent_of(self, installation: str, certificate_serial: str) -> str:
        """Give the id of the agent that this certificate is the present one of, or the one made to
        renew it, which is the present one from now on.

        Raises ``NotOursError``: ``agent_unknown``, ``agent_replaced``, ``agent_revoked``.
        """
        table = schema.agent
        query = select(table).where(table.c.installation == installation)
        with self._reader.connect() as db:
            rows = db.execute(query).all()
        row = next((r for r in rows if certificate_serial in certificates.serials_of(r)), None)
        if row is not None and row.revoked_at is None:
            if row.certificate_serial != certificate_serial:
                self._write(lambda db: certificates.use(db, row.id, certificate_serial))
            return str(row.id)
        if row is not None:
            code, text = "agent_revoked", "The dealer has revoked this agent's certificate."
        elif rows:
            code = "agent_replaced"
            text = "This installation was enrolled again since, perhaps on another machine."
        else:
            code, text = "agent_unknown", "This hub does not know this agent."
        raise NotOursError(code, text, "Enrol again with a new code from the dealer.")

    def revoke(self, agent: str, now: dt.datetime) -> None:
        """Take an agent's certificate back; raises ``HubInputError`` for an agent not known."""
        table = schema.agent
        mine = table.c.id == agent
        fresh = update(table).where(mine, table.c.revoked_at.is_(None))
        with self._engine.begin() as db:
            db.execute(fresh.values(revoked_at=rfc3339(now)))
            if db.execute(select(table.c.id).where(mine)).one_or_none() is None:
                raise HubInputError(
                    "no_such_agent", "There is no agent with this id.", "See `platen-hub agents`."
                )

    def renew(self, agent: str, certificate_serial: str) -> None:
        """Let a new certificate of an agent count from its first use on."""
        self._write(lambda db: certificates.promise(db, agent, certificate_serial))

    def seen(
        self, agent: str, version: str, waiting: int, now: dt.datetime, away: str = ""
    ) -> None:
        """Note that an agent checked in."""
        values = {"last_seen": rfc3339(now), "version": version, "waiting": waiting}
        if away:
            values["away"] = away
        with self._engine.begin() as db:
            db.execute(update(schema.agent).where(schema.agent.c.id == agent).values(**values))

    def take(self, agent: str, items: Sequence[Item], now: dt.datetime) -> Taken:
        """Store a batch in one transaction; a key that is there already is not stored again."""
        good, refused = sort_out(items)

        def work(db: Connection) -> None:
            known = _known_keys(db, agent, [item.key for item in good])
            for item in good:
                if item.subject:
                    alerts.store(db, agent, item, rfc3339(now))
                elif item.key not in known:
                    known.add(item.key)
                    _store(db, agent, item, rfc3339(now))
            mine = schema.agent.c.id == agent
            db.execute(update(schema.agent).where(mine).values(last_seen=rfc3339(now)))

        self._write(work)
        return Taken(tuple(item.key for item in good), tuple(refused))

    def agents(self) -> list[dict[str, Any]]:
        """Every agent with its customer's name."""
        query = (
            select(schema.agent, schema.customer.c.name.label("customer"))
            .join(schema.customer)
            .order_by(schema.customer.c.name, schema.agent.c.hostname, schema.agent.c.id)
        )
        with self._reader.connect() as db:
            return [dict(row) for row in db.execute(query).mappings()]

    def devices(self) -> Iterator[Row[Any]]:
        """Every device with its last reading, by agent and key; rows of ``schema.device``."""
        table = schema.device
        place = tuple_(table.c.agent_id, table.c.key)
        query = select(table).order_by(table.c.agent_id, table.c.key)
        return self._paged(
            query, lambda q, row: q.where(place > tuple_(row.agent_id, row.key)) if row else q
        )

    def readings(self, agent: str | None, device: str | None) -> Iterator[Row[Any]]:
        """Every reading, oldest first, of one agent or device where named; rows of
        ``schema.reading``.
        """
        table = schema.reading
        query = select(table).order_by(table.c.id)
        if agent is not None:
            query = query.where(table.c.agent_id == agent)
        if device is not None:
            query = query.where(table.c.device_key == device)
        return self._paged(query, lambda q, row: q.where(table.c.id > row.id) if row else q)

    def alerts(self, *, only_open: bool) -> Iterator[Row[Any]]:
        """Every alert in the order in which they came; rows of ``schema.occurrence``."""
        table = schema.occurrence
        return self._paged(
            alerts.listed(only_open=only_open),
            lambda q, row: q.where(table.c.id > row.id) if row else q,
        )

    def known_bundle(self, agent: str, reference: str, sha256: str) -> Kept | None:
        """Give the bundle where the hub has it already; see ``hub.bundles.known``."""
        with self._reader.connect() as db:
            return bundles.known(db, agent, reference, sha256)

    def keep_bundle(self, agent: str, new: Kept) -> Stored:
        """Keep a bundle; see ``hub.bundles.store``."""
        return self._write(lambda db: bundles.store(db, agent, new))

    def bundles(self) -> list[dict[str, Any]]:
        """Every bundle with its customer and machine, oldest first."""
        with self._reader.connect() as db:
            return [dict(row) for row in db.execute(bundles.listed()).mappings()]

    def _paged(
        self, query: Select[Any], after: Callable[[Select[Any], Row[Any] | None], Select[Any]]
    ) -> Iterator[Row[Any]]:
        # Page by page: a reader that takes its time does not hold a transaction open.
        last: Row[Any] | None = None
        while True:
            with self._reader.connect() as db:
                rows = db.execute(after(query, last).limit(_PAGE)).all()
            yield from rows
            if len(rows) < _PAGE:
                return
            last = rows[-1]


def _known_keys(db: Connection, agent: str, keys: list[str]) -> set[str]:
    table = schema.reading
    query = select(table.c.key).where(table.c.agent_id == agent, table.c.key.in_(keys))
    return set(db.execute(query).scalars())


def _store(db: Connection, agent: str, item: GoodItem, now: str) -> None:
    table = schema.device
    mine = (table.c.agent_id == agent) & (table.c.key == item.device)
    there = db.execute(select(table.c.taken_at).where(mine)).scalar_one_or_none()
    values = {"body": item.body, "taken_at": item.taken_at, "updated_at": now}
    if there is None:
        db.execute(insert(table).values(agent_id=agent, key=item.device, **values))
    elif there <= item.taken_at or there > now:
        # An old reading that comes late does not make a device old again; and one from a clock
        # that ran ahead does not hold its place.
        db.execute(update(table).where(mine).values(**values))
    db.execute(
        insert(schema.reading).values(
            agent_id=agent,
            key=item.key,
            device_key=item.device,
            taken_at=item.taken_at,
            received_at=now,
            body=item.body,
        )
    )
