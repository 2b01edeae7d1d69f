"""Certificates that were renewed and not used yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("agent", sa.Column("renewed_serial", sa.String(64)))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("agent", "renewed_serial")
