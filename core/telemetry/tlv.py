"""Records in one octet string: an id, a type and a length, each one octet, then the value.

Brother's maintenance, counter and next-care objects (BROTHER-MIB brInfoMaintenance, brInfoCounter,
brInfoNextCare) are such strings, ended by the octet ff. What follows the mark, or a last record
that is cut short, is left out: some firmware sends fewer octets than it announces.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_END: Final = 0xFF
_HEAD: Final = 3
_LONGEST_NUMBER: Final = 8
_PAIR: Final = 2


@dataclass(frozen=True, slots=True)
class Record:
    """One record; ``octets`` is its value."""

    id: int
    type: int
    octets: bytes

    def number(self) -> int | None:
        """Give the value as an unsigned big-endian number of at most eight octets."""
        if not 0 < len(self.octets) <= _LONGEST_NUMBER:
            return None
        return int.from_bytes(self.octets, "big")

    def ratio(self) -> tuple[int, int] | None:
        """Give a value of two octets as what is left and what there is when full."""
        if len(self.octets) != _PAIR:
            return None
        left, full = self.octets
        return (left, full) if full > 0 and left <= full else None


def parse_records(octets: bytes) -> dict[int, Record]:
    """Read every whole record, by id; the first one of an id counts. Never raises."""
    found: dict[int, Record] = {}
    at = 0
    while at + _HEAD <= len(octets) and octets[at] != _END:
        end = at + _HEAD + octets[at + 2]
        if end > len(octets):
            break
        record = Record(octets[at], octets[at + 1], octets[at + _HEAD : end])
        found.setdefault(record.id, record)
        at = end
    return found
