"""What a finding says of its distance."""

from __future__ import annotations

from dataclasses import replace

from core.discovery.hops.atlas import Atlas
from core.discovery.hops.distance import Distance, How
from core.discovery.hops.question import Question
from core.discovery.plan import SegmentPlan
from core.model.evidence import Finding
from core.model.provenance import Confidence, Provenance, Source
from core.snmp.access import Version

HOPS = "hops"  # the key of the provenance


def question_for(plan: SegmentPlan, finding: Finding | None = None) -> Question:
    """Give the question for a segment, or for a printer in the words that it is known to answer."""
    patience = plan.segment.timeout
    if finding is None:
        if not plan.communities or not plan.by_community:
            return Question(Version.V3, patience=patience)
        return Question(community=plan.communities[0], patience=patience)
    version = Version.V2C if finding.version is None else Version(finding.version)
    if version is Version.V3:
        return Question(version, patience=patience)
    return Question(version, plan.communities[finding.community_index or 0], patience)


async def placed(finding: Finding, plan: SegmentPlan, atlas: Atlas) -> Finding:
    """Give the finding with its distance; it stays unknown where only a part of it was heard."""
    question = question_for(plan, finding)
    distance = await atlas.distance(finding.endpoint, question, plan.segment.max_hops)
    return replace(
        finding,
        hops=distance.hops if distance.exact else None,
        provenance={**finding.provenance, HOPS: _provenance(distance)},
    )


def _provenance(distance: Distance) -> Provenance:
    raw = () if distance.hops is None else (f"{'>=' * distance.at_least}{distance.hops}",)
    sure = distance.how in {How.PROBE, How.ROUTE} and distance.exact
    return Provenance(
        Source.SNMP,
        (distance.how.value,),
        raw,
        distance.detail,
        Confidence.STANDARD if sure else Confidence.DOUBTFUL,
    )
