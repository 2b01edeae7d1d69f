"""What the agent does by itself, made from the settings: the lanes of the schedule."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import time

from core.model.action import ActionKind
from core.model.device import Device
from core.schedule.lane import Lane
from core.schedule.timing import Every, Weekly
from core.settings import Settings

COLLECT, DISCOVER, CHECK_IN, RENEW, UPKEEP = "collect", "discover", "check-in", "renew", "upkeep"
_SEGMENT, _GROUP = f"{COLLECT} segment ", f"{COLLECT} group "
#: Upkeep at night, where nobody waits for the disk; made up for where the computer was asleep.
_UPKEEP_AT = time(3, 15)
_EVERY_DAY = frozenset(range(7))


def lanes(settings: Settings, installation: str) -> tuple[Lane, ...]:
    """Give the lanes; ``installation`` decides the phases, so that no two agents ask at once."""
    if not settings.schedule.enabled:
        return ()
    return tuple(_lanes(settings, installation))


def _lanes(settings: Settings, installation: str) -> Iterator[Lane]:
    schedule = settings.schedule

    def phase(name: str, within: int) -> int:
        digest = hashlib.sha256(f"{installation} {name}".encode()).digest()
        return int.from_bytes(digest[:4], "big") % max(within, 1)

    def reads(name: str, title: str, minutes: int) -> Lane:
        seconds = minutes * 60
        # The whole hour is the most common moment at which anything runs: nobody runs then.
        return Lane(name, title, ActionKind.COLLECT, Every(seconds, phase(name, seconds)))

    yield reads(COLLECT, "Read the devices", schedule.read_every)
    for segment in settings.discovery.segments:
        if segment.read_every is not None:
            title = f"Read the devices of {segment.name}"
            yield reads(_SEGMENT + segment.name, title, segment.read_every)
    for group in schedule.groups:
        yield reads(_GROUP + group.name, f"Read the group {group.name}", group.read_every)
    if schedule.search_days:
        at = Weekly(
            schedule.weekdays(), time.fromisoformat(schedule.search_at), phase(DISCOVER, 900)
        )
        yield Lane(DISCOVER, "Search for printers", ActionKind.DISCOVER, at)
    every = schedule.check_in_every * 60
    yield Lane(
        CHECK_IN,
        "Check in at the dealer's server",
        ActionKind.CHECK_IN,
        Every(every, phase(CHECK_IN, every)),
        catches_up=False,
        pausable=False,
        quiet=True,
    )
    # Looked at every day; at a moment of its own in 24 hours, so that no hub has a rush of them.
    at_any = Weekly(_EVERY_DAY, time(0), phase(RENEW, 24 * 3600))
    yield Lane(RENEW, "Renew the certificate", ActionKind.RENEW, at_any, pausable=False)
    daily = Weekly(_EVERY_DAY, _UPKEEP_AT, phase(UPKEEP, 3600))
    yield Lane(UPKEEP, "Tidy up", ActionKind.UPKEEP, daily, needs_network=False, pausable=False)


def chosen(lane: str, settings: Settings, managed: Sequence[Device]) -> tuple[str, ...]:
    """Give the keys of the devices that a lane reads: each device belongs to one lane only.

    A group is stronger than a segment; all the rest is the general lane's.
    """
    groups = {group.name: frozenset(group.devices) for group in settings.schedule.groups}
    grouped = frozenset().union(*groups.values())
    own = {s.name for s in settings.discovery.segments if s.read_every is not None}
    if lane.startswith(_GROUP):
        wanted = groups.get(lane.removeprefix(_GROUP), frozenset())
        return tuple(d.key for d in managed if d.key in wanted)
    rest = [device for device in managed if device.key not in grouped]
    if lane.startswith(_SEGMENT):
        name = lane.removeprefix(_SEGMENT)
        return tuple(d.key for d in rest if d.segment == name)
    return tuple(d.key for d in rest if d.segment not in own)
