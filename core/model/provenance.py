"""Where a value came from: no number is shown without it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Source(StrEnum):
    """The way a value or a piece of evidence reached us."""

    SNMP = "snmp"
    DNS_SD = "dns-sd"
    WS_DISCOVERY = "ws-discovery"
    IPP = "ipp"
    USB = "usb"
    WEB = "web"
    SCRIPT = "script"


class Confidence(StrEnum):
    """How far a value may be trusted."""

    STANDARD = "standard"  # a published standard says what it means
    PROFILE = "profile"  # vendor knowledge, confirmed
    DOUBTFUL = "doubtful"  # sources disagree, or the value is implausible
    SCRIPT = "script"  # a dealer's script set it


@dataclass(frozen=True, slots=True)
class Provenance:
    """The origin of one value.

    ``refs`` are the places asked (dotted OIDs, IPP attribute names, URL and selector); ``raw`` the
    values found there as text, in the same order; ``rule`` names the rule or profile applied.
    ``learned_at`` (RFC 3339 in UTC) is when the places were asked, where that was not on the visit
    itself but on the earlier one that learned what does not change.
    """

    source: Source
    refs: tuple[str, ...]
    raw: tuple[str, ...]
    rule: str
    confidence: Confidence = Confidence.STANDARD
    learned_at: str | None = None

    @property
    def lineage(self) -> str:
        """Name what is counted: source, rule and first place. Two numbers of another lineage are
        not compared, however alike they are.
        """
        return f"{self.source.value}|{self.rule}|{self.refs[0] if self.refs else ''}"


@dataclass(frozen=True, slots=True)
class Observation(Generic[T_co]):
    """One value together with its provenance."""

    value: T_co
    provenance: Provenance
