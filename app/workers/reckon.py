"""How large a search would be, before it starts: figured out here, nothing is asked of anybody.

Host names are counted and not resolved; this machine's own addresses are read from the system, for
a wire of ours is searched at another pace than what lies behind a router.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.model.action import DiscoverArguments
from core.model.problem import PlatenError
from core.model.segment import Segment

if TYPE_CHECKING:
    from core.discovery.interfaces import Interface


_SILENT = 4.0  # seconds in which announcements are heard and who is silent is asked otherwise


@dataclass(frozen=True, slots=True)
class Reckoned:
    """Addresses to ask, seconds if nobody answers, and host names that come on top.

    ``at_most`` says that a hop limit may leave some of them out. ``after`` are the seconds in
    which late answers are waited for; that is done once, however much is asked.
    """

    addresses: int
    seconds: float
    names: int = 0
    at_most: bool = False
    after: float = 0.0

    @property
    def whole(self) -> float:
        """Seconds from the beginning to the end."""
        return self.seconds + self.after


def together(parts: Sequence[Reckoned]) -> Reckoned:
    """Give the size of one search of all of them."""
    return Reckoned(
        sum(one.addresses for one in parts),
        sum(one.seconds for one in parts),
        sum(one.names for one in parts),
        any(one.at_most for one in parts),
        max((one.after for one in parts), default=0.0),
    )


def reckon(
    arguments: DiscoverArguments,
    approved: tuple[Segment, ...] = (),
    interfaces: Callable[[], Sequence[Interface]] | None = None,
) -> Reckoned | None:
    """Figure out a search; ``None`` where a target cannot be read (the agent will say why).

    Takes a moment for very large targets: call it off the window's thread.
    """
    # What a search needs is loaded when the panel opens, not for the window's first picture.
    from core.discovery.interfaces import system_interfaces  # noqa: PLC0415
    from core.discovery.pace import SLEEPERS, Pace  # noqa: PLC0415
    from core.discovery.plan import SegmentPlan, estimate  # noqa: PLC0415
    from core.discovery.targets import own_subnets  # noqa: PLC0415

    own = (interfaces or system_interfaces)()
    segments = arguments.segments or approved
    segments = segments or tuple(Segment(text, (text,)) for text in own_subnets(own))
    given = arguments.communities or ("?",)  # only how many they are counts
    pace = Pace.FAST if arguments.fast else Pace.GENTLE
    try:
        parts, names = _without_names(segments)
        plans = [SegmentPlan(part, given) for part in parts]
        found = asyncio.run(estimate(plans, pace, resolver=_nobody, interfaces=lambda: own))
    except PlatenError:
        return None
    limited = any(segment.max_hops is not None for segment in segments)
    after = _SILENT if arguments.fast else SLEEPERS + _SILENT
    return Reckoned(found.addresses, found.seconds, names, limited, after)


def _without_names(segments: tuple[Segment, ...]) -> tuple[list[Segment], int]:
    """Take the host names out, of targets and exclusions; gives how many targets they were."""
    from core.discovery.forms import Name  # noqa: PLC0415
    from core.discovery.targets import parse_exclusion, parse_target  # noqa: PLC0415

    parts, names = [], 0
    for segment in segments:
        targets = [t for t in segment.targets if not isinstance(parse_target(t), Name)]
        barred = [t for t in segment.exclusions if not isinstance(parse_exclusion(t), Name)]
        names += len(segment.targets) - len(targets)
        parts.append(replace(segment, targets=tuple(targets), exclusions=tuple(barred)))
    return parts, names


async def _nobody(_host: str) -> Sequence[str]:
    return ()
