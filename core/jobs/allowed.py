"""Which versions of SNMP may be used where: the one place that asks for a person's permission.

Version 3 is used only where it stands among a segment's versions. Only a person at the console can
put it there: settings of segments are changed from nowhere else (``core.settings.topics``), and
naming a segment in a search is the console's alone (``core.actions.check_discover``).
"""

from __future__ import annotations

from collections.abc import Iterable

from core.discovery.plan import SegmentPlan
from core.model.problem import RefusedError
from core.model.segment import Segment
from core.secrets import CredentialSet
from core.snmp.access import Access

V3 = "3"


def not_allowed(segment: str) -> RefusedError:
    """Make the refusal of version 3 in a segment (code ``v3_not_allowed``)."""
    return RefusedError(
        "v3_not_allowed",
        f"SNMPv3 has not been allowed in the network {segment}: a person at this machine has to "
        "allow it there before a user and passwords are sent into it.",
        "Allow SNMPv3 for this network in the settings, at this machine.",
    )


def plan_for(segment: Segment, found: CredentialSet) -> SegmentPlan:
    """Give what a segment may be asked with out of a set of credentials.

    Raises ``RefusedError`` where the set has nothing but users of version 3 and that is not
    allowed here. Users beside communities are left out without a word: the set may serve several
    segments.
    """
    if V3 in segment.versions:
        return SegmentPlan(segment, found.communities, found.users)
    if found.users and not found.communities:
        raise not_allowed(segment.name)
    return SegmentPlan(segment, found.communities)


def access_for(segment: Segment | None, found: CredentialSet, version: str | None) -> Access:
    """Give with what a device of a segment may be asked that is known to answer to ``version``.

    A device of no segment is asked by community. Raises ``RefusedError`` where only version 3
    would do, or is what the device answered to, and is not allowed (any more).
    """
    where = segment or Segment("default", ())
    if version == V3 and V3 not in where.versions:
        raise not_allowed(where.name)
    return plan_for(where, found).access


def check_named(name: str, segments: Iterable[Segment]) -> None:
    """Look whether a person may use the users of a named set without naming a segment.

    Raises ``RefusedError`` where the set belongs to segments and none of them allows version 3.
    """
    used = [segment for segment in segments if segment.credentials == name]
    if used and not any(V3 in segment.versions for segment in used):
        raise not_allowed(used[0].name)
