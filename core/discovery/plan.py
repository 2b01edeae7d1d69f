"""From segments to lanes: what is asked where, each address once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.discovery.errors import TargetError
from core.discovery.interfaces import Interface, Path, by_path
from core.discovery.resolve import Resolved, Resolver, Unresolved, parse_all, resolve
from core.discovery.targets import check_targets
from core.discovery.targetset import TargetSet
from core.model.evidence import Rejection
from core.model.identity import Endpoint
from core.model.segment import Segment


@dataclass(frozen=True, slots=True)
class SegmentPlan:
    """A segment and the communities to try there, in order; they are never shown."""

    segment: Segment
    communities: tuple[str, ...] = field(default=("public",), repr=False)


@dataclass(frozen=True, slots=True)
class Laid:
    """One segment laid out: its targets by path, and what of it cannot be asked."""

    plan: SegmentPlan
    lanes: dict[Path, TargetSet]
    rejections: tuple[Rejection, ...] = ()

    @property
    def addresses(self) -> int:
        """How many endpoints there are to ask."""
        return sum(len(targets) for targets in self.lanes.values())


def check(plans: Sequence[SegmentPlan]) -> None:
    """Read all targets before anything is sent; raises ``TargetError`` for the first bad one."""
    for plan in plans:
        check_targets(plan.segment)


async def lay_out(
    plans: Sequence[SegmentPlan], resolver: Resolver, interfaces: Sequence[Interface]
) -> list[Laid]:
    """Resolve names, take out exclusions, split by path; an address that several segments hold is
    asked in the first of them.
    """
    taken = TargetSet({})
    laid: list[Laid] = []
    for plan in plans:
        found, rejections = await _resolved(plan, resolver)
        targets = found.targets.minus(taken)
        taken = taken.plus(targets)
        laid.append(Laid(plan, by_path(targets, interfaces), rejections))
    return laid


async def _resolved(
    plan: SegmentPlan, resolver: Resolver
) -> tuple[Resolved, tuple[Rejection, ...]]:
    segment = plan.segment
    targets, exclusions = parse_all(segment.targets, segment.exclusions)
    try:
        found = await resolve(targets, exclusions, port=segment.port, resolver=resolver)
    except TargetError as error:
        # An exclusion without an address: nothing may be asked, but other segments may go on.
        reason = f"segment not searched: {error.problem.text}"
        where = Unresolved(error.text, segment.port, reason)
        return Resolved(TargetSet({})), (_rejection(where, segment.name),)
    return found, tuple(_rejection(name, segment.name) for name in found.unresolved)


def _rejection(name: Unresolved, segment: str) -> Rejection:
    return Rejection(Endpoint(name.host, name.port), name.reason, segment)
