"""Customers, codes, agents, devices, readings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "customer",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(200), nullable=False, unique=True),
    )
    op.create_table(
        "code",
        sa.Column("secret_hash", sa.String(64), primary_key=True),
        sa.Column("customer_id", sa.Integer, sa.ForeignKey("customer.id"), nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
        sa.Column("expires_at", sa.String(40), nullable=False),
        sa.Column("used_at", sa.String(40)),
        sa.Column("used_by", sa.String(36)),
    )
    op.create_table(
        "agent",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("installation", sa.String(36), nullable=False),
        sa.Column("customer_id", sa.Integer, sa.ForeignKey("customer.id"), nullable=False),
        sa.Column("hostname", sa.String(255), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("certificate_serial", sa.String(64), nullable=False, unique=True),
        sa.Column("enrolled_at", sa.String(40), nullable=False),
        sa.Column("last_seen", sa.String(40)),
        sa.Column("waiting", sa.Integer),
        sa.Column("revoked_at", sa.String(40)),
        sa.UniqueConstraint("installation", "customer_id", name="agent_once"),
    )
    _device_tables()


def _device_tables() -> None:
    op.create_table(
        "device",
        sa.Column("agent_id", sa.String(36), sa.ForeignKey("agent.id"), primary_key=True),
        sa.Column("key", sa.String(80), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("taken_at", sa.String(40), nullable=False),
        sa.Column("updated_at", sa.String(40), nullable=False),
    )
    op.create_table(
        "reading",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("agent_id", sa.String(36), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("device_key", sa.String(80), nullable=False),
        sa.Column("taken_at", sa.String(40), nullable=False),
        sa.Column("received_at", sa.String(40), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.UniqueConstraint("agent_id", "key", name="reading_once"),
        sa.ForeignKeyConstraint(
            ["agent_id", "device_key"], ["device.agent_id", "device.key"], name="reading_of_device"
        ),
    )
    op.create_index("reading_by_device", "reading", ["agent_id", "device_key", "id"])


def downgrade() -> None:
    """Drop everything, children first."""
    for name in ("reading", "device", "agent", "code", "customer"):
        op.drop_table(name)
