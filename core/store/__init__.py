"""The agent's database (SQLite): devices, readings, outbox."""

from __future__ import annotations

from core.store.errors import StoreError
from core.store.store import Store
from core.store.types import Counts, Page, SavedDevice, SavedReading

__all__ = ["Counts", "Page", "SavedDevice", "SavedReading", "Store", "StoreError"]
