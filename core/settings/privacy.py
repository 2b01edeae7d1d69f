"""What stays in the building: the settings of the border."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import Field, field_validator

from core.model.action import Origin
from core.settings.keys import CONSOLE, Text, Topic, key

#: What becomes of a value on its way out: told as it is, told as a stand-in that is always the
#: same, or left out.
Treatment: TypeAlias = Literal["show", "mask", "omit"]
STRICTNESS: dict[Treatment, int] = {"show": 0, "mask": 1, "omit": 2}
KINDS = ("addresses", "macs", "hostnames", "locations")
_HUB = frozenset({Origin.HUB})
_HOW = "show, mask (a made-up value instead, always the same) or leave out."


def _kind(what: str) -> Treatment:
    found: Treatment = key(
        "show",
        f"{what} at the dealer and in logs: {_HOW}",
        CONSOLE,
        tightened_by=_HUB,
    )
    return found


class SegmentPrivacy(Topic):
    """What stays in the building of one segment, where that differs."""

    name: Text = Field(description="Which network this exception is for.")
    addresses: Treatment | None = Field(default=None, description="For this network alone.")
    macs: Treatment | None = Field(default=None, description="For this network alone.")
    hostnames: Treatment | None = Field(default=None, description="For this network alone.")
    locations: Treatment | None = Field(default=None, description="For this network alone.")


class Privacy(Topic):
    """What stays in the building."""

    addresses: Treatment = _kind("Addresses (IPv4, IPv6)")
    macs: Treatment = _kind("MAC addresses")
    hostnames: Treatment = _kind("Host names and the names of printers")
    locations: Treatment = _kind("Locations")
    segments: tuple[SegmentPrivacy, ...] = key(
        (), "Networks with other privacy settings than those above.", CONSOLE, tightened_by=_HUB
    )
    hidden: tuple[Text, ...] = key(
        (),
        "Single addresses, ranges or networks that are always replaced by a made-up value, "
        "whatever is set above.",
        CONSOLE,
        tightened_by=_HUB,
    )

    @field_validator("segments")
    @classmethod
    def _no_name_twice(cls, segments: tuple[SegmentPrivacy, ...]) -> tuple[SegmentPrivacy, ...]:
        names = [segment.name for segment in segments]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"two networks are named {name!r}")
        return segments

    def treatment(self, kind: str, segment: str | None) -> Treatment:
        """Give how a kind leaves the building from a segment (``None``: from none that differs)."""
        everywhere: Treatment = getattr(self, kind)
        for own in self.segments:
            if own.name == segment:
                special: Treatment | None = getattr(own, kind)
                return special or everywhere
        return everywhere

    def strictest(self, kind: str) -> Treatment:
        """Give the strictest of all segments, for what belongs to none."""
        names = (None, *(own.name for own in self.segments))
        return max((self.treatment(kind, name) for name in names), key=STRICTNESS.__getitem__)

    def looser_than(self, other: Privacy) -> str | None:
        """Name what would leave the building that does not with ``other``; ``None``: nothing."""
        if gone := set(other.hidden) - set(self.hidden):
            return f"privacy.hidden without {min(gone)!r}"
        for kind in KINDS:
            for segment in (None, *(own.name for own in (*self.segments, *other.segments))):
                now, then = other.treatment(kind, segment), self.treatment(kind, segment)
                if STRICTNESS[then] < STRICTNESS[now]:
                    where = "" if segment is None else f" of {segment!r}"
                    return f"{kind}{where} from {now} to {then}"
        return None


#: Everything masked: what counts while it is not known what was to be hidden.
CLOSED = Privacy(addresses="mask", macs="mask", hostnames="mask", locations="mask")
