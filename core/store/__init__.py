"""The agent's database (SQLite): devices, readings, outbox."""
