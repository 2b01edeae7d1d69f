"""Queries: lists and history that a face may page through."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class QueryKind(StrEnum):
    """Every query there is, with the dataclass of its items."""

    STATUS = "status"  # AgentStatus, one item
    DEVICES = "devices"  # DeviceSummary, by key
    SETTINGS = "settings"  # core.model.setting.Setting, in the order of the settings
    CREDENTIALS = "credentials"  # core.model.setting.CredentialName, by name; never a value
    OCCURRENCES = "occurrences"  # core.model.occurrence.Occurrence, newest first
    RULES = "rules"  # core.model.rule.Rule, the built-in ones first, one page
    READINGS = "readings"  # Reading, newest first; ReadingsArguments


@dataclass(frozen=True, slots=True)
class ReadingsArguments:
    """Which device's readings."""

    device: str


@dataclass(frozen=True, slots=True)
class OccurrencesArguments:
    """Which alerts: of one device (key), raised since a time (RFC 3339), only those that are open,
    that is neither over, nor acknowledged, nor passed over.
    """

    device: str | None = None
    since: str | None = None
    only_open: bool = False
