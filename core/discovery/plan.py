"""From segments to lanes: what is asked where, each address once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from core.discovery.errors import TargetError
from core.discovery.interfaces import Interface, Interfaces, Path, by_path, system_interfaces
from core.discovery.pace import Pace, expected_seconds
from core.discovery.resolve import (
    Resolved,
    Resolver,
    Unresolved,
    parse_all,
    resolve,
    system_resolver,
)
from core.discovery.targets import check_targets
from core.discovery.targetset import TargetSet
from core.model.evidence import Rejection
from core.model.identity import Endpoint
from core.model.problem import BadInputError
from core.model.segment import Segment
from core.snmp.access import Access, Version
from core.snmp.v3.user import V3User


@dataclass(frozen=True, slots=True)
class SegmentPlan:
    """A segment, and the communities and users of SNMPv3 to try there, in order; neither is shown.

    Users are tried only where "3" is among the segment's versions.
    """

    segment: Segment
    communities: tuple[str, ...] = field(default=("public",), repr=False)
    users: tuple[V3User, ...] = field(default=(), repr=False)

    @property
    def access(self) -> Access:
        """With what an agent of the segment may be asked."""
        versions = tuple(Version(version) for version in self.segment.versions)
        access = Access(self.communities, versions, self.users)
        return replace(access, versions=tuple(v for v in versions if access.count(v)))

    @property
    def by_community(self) -> bool:
        """Whether any version that knows communities may be used."""
        return any(version is not Version.V3 for version in self.access.versions)


@dataclass(frozen=True, slots=True)
class Estimate:
    """How large a search is: endpoints to ask, and seconds if nobody answers."""

    addresses: int
    seconds: float


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


def check(plans: Sequence[SegmentPlan], *, users: bool = True) -> None:
    """Read all targets before anything is sent; ``users`` of version 3 must be there, too.

    Raises ``TargetError`` for the first bad one, and ``BadInputError`` (code ``no_community`` or
    ``no_v3_user``) for a segment that cannot be asked at all.
    """
    for plan in plans:
        check_targets(plan.segment)
        if plan.access.versions:
            continue
        if "3" in plan.segment.versions:
            if not users:
                continue
            raise BadInputError(
                "no_v3_user",
                f"There is no SNMPv3 user to ask the network {plan.segment.name} with.",
                "Give one, or allow another version of SNMP there.",
            )
        if not plan.communities:
            raise BadInputError(
                "no_community",
                f"There is no community to ask the network {plan.segment.name} with.",
                "Give one; most printers answer to the community that is called public.",
            )


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


async def estimate(
    plans: Sequence[SegmentPlan],
    pace: Pace = Pace.GENTLE,
    *,
    resolver: Resolver = system_resolver,
    interfaces: Interfaces = system_interfaces,
) -> Estimate:
    """Say beforehand how long a search takes, so that a person may think again.

    Raises as ``check`` does, but asks for no users: how many there are changes nothing.
    """
    check(plans, users=False)
    addresses = 0
    questions: Counter[Path] = Counter()
    for laid in await lay_out(plans, resolver, interfaces()):
        addresses += laid.addresses
        for path, targets in laid.lanes.items():
            rounds = len(laid.plan.communities) if laid.plan.by_community else 1
            questions[path] += len(targets) * rounds
    longest = max((plan.segment.timeout for plan in plans), default=0.0)
    return Estimate(addresses, expected_seconds(questions, pace, longest))


async def _resolved(
    plan: SegmentPlan, resolver: Resolver
) -> tuple[Resolved, tuple[Rejection, ...]]:
    segment = plan.segment
    targets, exclusions = parse_all(segment.targets, segment.exclusions)
    try:
        found = await resolve(targets, exclusions, port=segment.port, resolver=resolver)
    except TargetError as error:
        # An exclusion without an address: nothing may be asked, but other segments may go on.
        reason = f"network not searched: {error.problem.text}"
        where = Unresolved(error.text, segment.port, reason)
        return Resolved(TargetSet({})), (_rejection(where, segment.name),)
    return found, tuple(_rejection(name, segment.name) for name in found.unresolved)


def _rejection(name: Unresolved, segment: str) -> Rejection:
    return Rejection(Endpoint(name.host, name.port), name.reason, segment)
