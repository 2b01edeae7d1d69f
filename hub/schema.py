"""The hub's tables. Times are RFC 3339 texts in UTC; bodies are the JSON of ``core.model``."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

#: 500 readings a second pass 2³¹ in seven weeks. SQLite numbers rows only where it says INTEGER.
LongId = BigInteger().with_variant(Integer(), "sqlite")

customer = Table(
    "customer",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
)

#: One-time codes; the secret itself is never kept.
code = Table(
    "code",
    metadata,
    Column("secret_hash", String(64), primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id"), nullable=False),
    Column("created_at", String(40), nullable=False),
    Column("expires_at", String(40), nullable=False),
    Column("used_at", String(40)),
    Column("used_by", String(36)),
)

#: One row an installation and customer: what an installation delivered for one customer is never
#: another's, whatever code it enrols with afterwards.
agent = Table(
    "agent",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("installation", String(36), nullable=False),
    Column("customer_id", Integer, ForeignKey("customer.id"), nullable=False),
    Column("hostname", String(255), nullable=False),
    Column("version", String(40), nullable=False),
    Column("certificate_serial", String(64), nullable=False, unique=True),
    # Of a certificate that was made to renew the present one, and was not used yet.
    Column("renewed_serial", String(64)),
    Column("enrolled_at", String(40), nullable=False),
    Column("last_seen", String(40)),
    Column("waiting", Integer),
    Column("away", String(300)),
    Column("revoked_at", String(40)),
    UniqueConstraint("installation", "customer_id", name="agent_once"),
)

#: Devices under their agent: the same key at two agents is two devices.
device = Table(
    "device",
    metadata,
    Column("agent_id", String(36), ForeignKey("agent.id"), primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("body", Text, nullable=False),
    Column("taken_at", String(40), nullable=False),
    Column("updated_at", String(40), nullable=False),
)

reading = Table(
    "reading",
    metadata,
    Column("id", LongId, primary_key=True),
    Column("agent_id", String(36), nullable=False),
    Column("key", String(80), nullable=False),
    Column("device_key", String(80), nullable=False),
    Column("taken_at", String(40), nullable=False),
    Column("received_at", String(40), nullable=False),
    Column("body", Text, nullable=False),
    # What makes delivery exactly once.
    UniqueConstraint("agent_id", "key", name="reading_once"),
    ForeignKeyConstraint(
        ["agent_id", "device_key"], ["device.agent_id", "device.key"], name="reading_of_device"
    ),
    Index("reading_by_device", "agent_id", "device_key", "id"),
)

#: Alerts as they are now; ``key`` is the alert's own.
occurrence = Table(
    "occurrence",
    metadata,
    Column("id", LongId, primary_key=True),
    Column("agent_id", String(36), ForeignKey("agent.id"), nullable=False),
    Column("key", String(80), nullable=False),
    Column("device_key", String(80), nullable=False),
    Column("raised_at", String(40), nullable=False),
    Column("open", Boolean, nullable=False),
    Column("received_at", String(40), nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("agent_id", "key", name="occurrence_once"),
)

#: Bundles for support; ``file`` is the name of one in the hub's folder of bundles.
bundle = Table(
    "bundle",
    metadata,
    Column("id", LongId, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id"), nullable=False),
    Column("agent_id", String(36), ForeignKey("agent.id"), nullable=False),
    Column("reference", String(7), nullable=False),
    Column("received_at", String(40), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("file", String(80), nullable=False),
    Column("manifest", Text, nullable=False),
    UniqueConstraint("customer_id", "reference", name="bundle_once"),
)
