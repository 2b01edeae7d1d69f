"""Queries: lists and history that a face may page through."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class QueryKind(StrEnum):
    """Every query there is, with the dataclass of its items."""

    STATUS = "status"  # AgentStatus, one item
    DEVICES = "devices"  # DeviceSummary, by key
    READINGS = "readings"  # Reading, newest first; ReadingsArguments


@dataclass(frozen=True, slots=True)
class ReadingsArguments:
    """Which device's readings."""

    device: str
