"""The hub's migrations (Alembic)."""
