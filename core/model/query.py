"""Queries: lists and history that a face may page through."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.model.history import Bucket


class QueryKind(StrEnum):
    """Every query there is, with the dataclass of its items."""

    STATUS = "status"  # AgentStatus, one item
    DEVICES = "devices"  # DeviceSummary, by key
    SETTINGS = "settings"  # core.model.setting.Setting, in the order of the settings
    CREDENTIALS = "credentials"  # core.model.setting.CredentialName, by name; never a value
    OCCURRENCES = "occurrences"  # core.model.occurrence.Occurrence, newest first
    RULES = "rules"  # core.model.rule.Rule, the built-in ones first, one page
    RUNS = "runs"  # core.model.schedule.RunRecord, newest first
    READINGS = "readings"  # Reading, newest first; ReadingsArguments
    HISTORY = "history"  # core.model.history.Series, by path; HistoryArguments


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


@dataclass(frozen=True, slots=True)
class HistoryArguments:
    """Which values of which device (key), and when (RFC 3339; ``None``: from the first reading, to
    the last).

    ``paths`` are whole ones ("meters.total") or their beginnings ("meters", "supplies[1.1]");
    without any, all. ``zone`` is an IANA name: where the days, weeks and months are those of. Weeks
    begin on ``week`` (0: Monday, as ISO 8601 has it, to 6: Sunday).
    """

    device: str
    paths: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    bucket: Bucket = Bucket.RAW
    zone: str = "UTC"
    week: int = 0
