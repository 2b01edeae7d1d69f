"""The settings of the schedule: when the agent does things by itself."""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints, field_validator

from core.settings.keys import CONSOLE, CONSOLE_AND_HUB, Text, Topic, key

#: An hour of the local clock, "HH:MM".
Hour = Annotated[str, StringConstraints(strict=True, pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Day(StrEnum):
    """A day of the week."""

    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"
    SATURDAY = "sat"
    SUNDAY = "sun"


class DeviceGroup(Topic):
    """Devices that are read more often, or less, than the others."""

    name: Text = Field(description="What you call this group. Each name can be used once.")
    devices: tuple[Text, ...] = Field(min_length=1, description="The printers of this group.")
    read_every: int = Field(
        strict=True, ge=5, le=10_080, description="How often these printers are read, in minutes."
    )


class Schedule(Topic):
    """When the agent reads, searches and delivers by itself, by this computer's clock."""

    enabled: bool = key(
        True,
        "Read, search and send without being asked. Off: only when somebody asks.",
        CONSOLE,
        strict=True,
    )
    read_every: int = key(
        60,
        "How often printers are read, in minutes. A network or a group can have its own interval.",
        CONSOLE_AND_HUB,
        strict=True,
        ge=5,
        le=10_080,
    )
    groups: tuple[DeviceGroup, ...] = key(
        (), "Groups of printers that are read more or less often than all others.", CONSOLE_AND_HUB
    )
    search_days: tuple[Day, ...] = key(
        (Day.TUESDAY, Day.THURSDAY),
        "On these days the networks are searched for new printers. None ticked: never.",
        CONSOLE_AND_HUB,
    )
    search_at: Hour = key(
        "10:30", "When that search starts, by this computer's clock (24 hours).", CONSOLE_AND_HUB
    )
    deliver_from: Hour | None = key(
        None,
        "From this time of day readings are sent to the dealer. Both times are needed; without "
        "them, readings are sent as soon as they are taken.",
        CONSOLE_AND_HUB,
    )
    deliver_until: Hour | None = key(
        None, "Until this time of day readings are sent to the dealer.", CONSOLE_AND_HUB
    )
    check_in_every: int = key(
        5,
        "How often the dealer's server is asked for new instructions, in minutes.",
        CONSOLE_AND_HUB, strict=True, ge=1, le=60,
    )  # fmt: skip
    outbox_megabytes: int = key(
        200,
        "How much may wait here while the dealer's server cannot be reached. Beyond that, the "
        "oldest readings that wait are thinned out. The history here stays whole.",
        CONSOLE_AND_HUB,
        strict=True,
        ge=1,
        le=100_000,
    )

    @field_validator("groups")
    @classmethod
    def _no_name_twice(cls, groups: tuple[DeviceGroup, ...]) -> tuple[DeviceGroup, ...]:
        names = [group.name for group in groups]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"two groups are named {name!r}")
        return groups

    def window(self) -> tuple[time, time] | None:
        """Give the hours between which is delivered; ``None``: always."""
        if self.deliver_from is None or self.deliver_until is None:
            return None
        return time.fromisoformat(self.deliver_from), time.fromisoformat(self.deliver_until)

    def weekdays(self) -> frozenset[int]:
        """Give the days on which is searched (0: Monday)."""
        return frozenset(list(Day).index(day) for day in self.search_days)
