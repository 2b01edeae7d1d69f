"""One-time codes and the agents that they make."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from core.model.plain import plain
from hub import schema
from hub.errors import EnrolmentRefusedError
from hub.items import rfc3339


@dataclass(frozen=True, slots=True)
class Applicant:
    """An agent that enrols, the serial number of the certificate made for it, and the id that it
    gets where it is new to its customer.
    """

    installation: str
    hostname: str
    version: str
    certificate_serial: str
    new_id: str


def add_code(
    db: Connection, secret_hash: str, customer: str, now: dt.datetime, valid: dt.timedelta
) -> None:
    """Keep a new code for a customer, who is made where not known."""
    db.execute(
        insert(schema.code).values(
            secret_hash=secret_hash,
            customer_id=_customer_id(db, customer),
            created_at=rfc3339(now),
            expires_at=rfc3339(now + valid),
        )
    )


def _customer_id(db: Connection, name: str) -> int:
    table = schema.customer
    found = db.execute(select(table.c.id).where(table.c.name == name)).scalar_one_or_none()
    if found is None:
        found = db.execute(insert(table).values(name=name).returning(table.c.id)).scalar_one()
    return int(found)


def use_code(db: Connection, secret_hash: str, installation: str, now: dt.datetime) -> int:
    """Use a code up and give its customer; raises ``EnrolmentRefusedError``."""
    table, at = schema.code, rfc3339(now)
    fresh = (
        update(table)
        .where(table.c.secret_hash == secret_hash, table.c.used_at.is_(None))
        .where(table.c.expires_at > at)
        .values(used_at=at, used_by=installation)
    )
    # The update decides, not a look before it: of two at once, one finds the code unused.
    used = db.execute(fresh).rowcount == 1
    row = db.execute(select(table).where(table.c.secret_hash == secret_hash)).one_or_none()
    if used and row is not None:
        return int(row.customer_id)
    if row is None:
        code, text = "code_unknown", "This hub did not make this code"
    elif row.used_at is not None:
        code, text = "code_used", f"This code was used already, on {_said(row.used_at)}"
    else:
        code, text = "code_expired", f"This code expired on {_said(row.expires_at)}"
    raise EnrolmentRefusedError(code, f"{text}.", "Ask the dealer for a new code.")


def _said(at: str) -> str:
    return f"{at[:16].replace('T', ' ')} UTC"


def keep_agent(db: Connection, customer_id: int, applicant: Applicant, now: dt.datetime) -> str:
    """Keep an agent of a customer; gives the customer's name.

    An installation that this customer has already takes its new certificate: the old one is not
    good any more. One that enrolled for another customer is a new agent here, and stays what it
    was there.
    """
    values = {
        "hostname": plain(applicant.hostname, 255),
        "version": plain(applicant.version, 40),
        "certificate_serial": applicant.certificate_serial,
        "renewed_serial": None,
        "enrolled_at": rfc3339(now),
        "revoked_at": None,
    }
    table = schema.agent
    mine = (table.c.installation == applicant.installation) & (table.c.customer_id == customer_id)
    if not db.execute(update(table).where(mine).values(**values)).rowcount:
        own = {"installation": applicant.installation, "customer_id": customer_id}
        db.execute(insert(table).values(id=applicant.new_id, **own, **values))
    names = select(schema.customer.c.name).where(schema.customer.c.id == customer_id)
    return str(db.execute(names).scalar_one())
