"""The hub's tables. Times are RFC 3339 texts in UTC; bodies are the JSON of ``core.model``."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

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

#: One row an installation; it belongs to the customer of its code.
agent = Table(
    "agent",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id"), nullable=False),
    Column("hostname", String(255), nullable=False),
    Column("version", String(40), nullable=False),
    Column("certificate_serial", String(64), nullable=False),
    Column("enrolled_at", String(40), nullable=False),
    Column("last_seen", String(40)),
    Column("waiting", Integer),
    Column("revoked_at", String(40)),
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
    Column("id", Integer, primary_key=True),
    Column("agent_id", String(36), nullable=False),
    Column("key", String(80), nullable=False),
    Column("device_key", String(80), nullable=False),
    Column("taken_at", String(40), nullable=False),
    Column("received_at", String(40), nullable=False),
    Column("body", Text, nullable=False),
    # What makes delivery exactly once.
    UniqueConstraint("agent_id", "key", name="reading_once"),
    ForeignKeyConstraint(["agent_id", "device_key"], ["device.agent_id", "device.key"]),
)
