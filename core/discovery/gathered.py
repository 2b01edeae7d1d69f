"""What a search has come to so far, and what of it has been told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

from core.discovery.combine import combine
from core.discovery.scope import Scope
from core.discovery.sightings import Sighting
from core.discovery.usable import in_order
from core.model.evidence import Finding, Rejection
from core.model.jsonio import to_json

# Whoever announces more than any printer or print server has, or more than any network holds, is
# not listened to any longer: nobody on the wire may make us grow without end.
_MOST_HERE = 64
_MOST = 4_000


@dataclass(slots=True)
class Gathered:
    """Evidence as it comes in, by address. ``asked`` are addresses where a door was open and IPP
    gave nothing, with the reason.
    """

    scope: Scope
    asked: dict[str, str] = field(default_factory=dict)
    _found: dict[str, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    _seen: dict[str, dict[str, Sighting]] = field(default_factory=lambda: defaultdict(dict))
    _refused: dict[str, str] = field(default_factory=dict)
    _told: set[bytes] = field(default_factory=set)
    _count: int = 0

    def saw(self, sighting: Sighting) -> Sighting | None:
        """Take a sighting; gives what of it lies in scope, ``None`` for nothing, or nothing new."""
        inside = self.scope.inside(sighting)
        if inside is None or self._count >= _MOST:
            return None
        text, kept = inside.canonical(), False
        for address in inside.addresses:
            here = self._seen[address]
            if text not in here and len(here) < _MOST_HERE:
                here[text] = inside
                kept = True
        self._count += kept
        return inside if kept else None

    def found(self, finding: Finding) -> list[Finding]:
        """Take a finding of SNMP; gives what to tell of it: with what is known of it besides."""
        address = finding.endpoint.address
        self._found[address].append(finding)
        # Of several printers behind one address it is told in the end what belongs to which.
        if finding.device_index is None and self._seen.get(address):
            return self.around(address)
        return self._news([finding])

    def refused(self, rejection: Rejection) -> None:
        """Take note of what SNMP said at an address where it knows of no printer."""
        if self.scope.place(rejection.endpoint.address) is not None:
            self._refused.setdefault(rejection.endpoint.address, rejection.reason)

    def announced(self) -> list[str]:
        """Give the addresses that were seen otherwise than by SNMP."""
        return [address for address, seen in self._seen.items() if seen]

    def paths(self, address: str) -> list[str]:
        """Give the places of IPP that were announced at an address, in order."""
        seen = self._seen.get(address, {}).values()
        return sorted({one.service_path for one in seen if one.service_path})

    def around(self, address: str) -> list[Finding]:
        """Combine what is known of one address; gives the findings that are news."""
        found = self._found.get(address, [])
        if any(one.device_index is not None for one in found):
            return []
        result = combine(found, self._seen.get(address, {}).values(), self.scope)
        return self._news(one for one in result if isinstance(one, Finding))

    def everything(self) -> tuple[Finding | Rejection, ...]:
        """Combine all that is known, when the sweep is through."""
        found = [one for here in self._found.values() for one in here]
        seen = {text: one for here in self._seen.values() for text, one in here.items()}
        return combine(found, seen.values(), self.scope, refused=self._refused)

    def shut(self, found: Iterable[Finding]) -> list[Rejection]:
        """Give the addresses where a door of IPP was open, no printer behind it, and nothing else
        speaks for one.
        """
        known = {one.endpoint.address for one in found} | set(self._found)
        known |= {address for address, seen in self._seen.items() if seen}
        rejections = []
        for address, reason in sorted(self.asked.items(), key=lambda one: in_order(one[0])):
            place = self.scope.place(address)
            if address not in known and place is not None:
                why = f"takes connections as a printer does, but: {reason}"
                rejections.append(Rejection(place[1], why, place[0]))
        return rejections

    def news(self, findings: Iterable[Finding]) -> list[Finding]:
        """Give those that have not been told in just these words, and count them as told."""
        return self._news(findings)

    def _news(self, findings: Iterable[Finding]) -> list[Finding]:
        fresh = []
        for finding in findings:
            mark = blake2b(to_json(finding).encode(), digest_size=16).digest()
            if mark not in self._told:
                self._told.add(mark)
                fresh.append(finding)
        return fresh
