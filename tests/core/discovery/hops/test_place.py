from __future__ import annotations

from typing import cast

import pytest

from core.discovery.combine import combine
from core.discovery.hops.atlas import Atlas
from core.discovery.hops.distance import Distance, How
from core.discovery.hops.place import placed, question_for
from core.discovery.hops.question import Question
from core.discovery.interfaces import Path
from core.discovery.plan import Laid, SegmentPlan
from core.discovery.resolve import parse_all, resolve
from core.discovery.scope import Scope
from core.model.evidence import Finding
from core.model.identity import Endpoint, Identity
from core.model.provenance import Confidence, Provenance, Source
from core.model.segment import Segment
from core.snmp.access import Version

PLAN = SegmentPlan(Segment("office", ("10.0.0.5",), timeout=0.5, max_hops=4), ("one", "two"))
ORIGIN = Provenance(Source.SNMP, ("1.3",), ("x",), "standard")
FOUND = Finding(
    Endpoint("10.0.0.5"),
    Identity(),
    (),
    version="1",
    community_index=1,
    provenance={"identity.serial": ORIGIN},
)


class Far:
    def __init__(self, distance: Distance) -> None:
        self.told = distance
        self.asked: list[tuple[Endpoint, Question, int | None]] = []

    async def distance(
        self, endpoint: Endpoint, question: Question, max_hops: int | None
    ) -> Distance:
        self.asked.append((endpoint, question, max_hops))
        return self.told


@pytest.mark.parametrize(
    ("told", "hops", "raw", "confidence"),
    [
        (Distance(3, How.PROBE, "why"), 3, ("3",), Confidence.STANDARD),
        (Distance(0, How.ROUTE, "why"), 0, ("0",), Confidence.STANDARD),
        (Distance(3, How.TTL, "why"), 3, ("3",), Confidence.DOUBTFUL),
        (Distance(1, How.ROUTE, "why", at_least=True), None, (">=1",), Confidence.DOUBTFUL),
        (Distance(None, How.UNKNOWN, "why"), None, (), Confidence.DOUBTFUL),
    ],
)
async def test_a_finding_says_how_far_it_is_and_how_that_is_known(
    told: Distance, hops: int | None, raw: tuple[str, ...], confidence: Confidence
) -> None:
    atlas = Far(told)
    found = await placed(FOUND, PLAN, cast("Atlas", atlas))
    assert found.hops == hops
    assert found.provenance == {
        "identity.serial": ORIGIN,
        "hops": Provenance(Source.SNMP, (told.how.value,), raw, "why", confidence),
    }
    assert atlas.asked == [(FOUND.endpoint, Question(Version.V1, "two", 0.5), 4)]


def test_an_unknown_printer_is_asked_as_the_sweep_begins() -> None:
    assert question_for(PLAN) == Question(Version.V2C, "one", 0.5)


async def test_the_distance_outlives_the_joining_of_evidence() -> None:
    targets = (await resolve(*parse_all(("10.0.0.5",), ()), port=161)).targets
    scope = Scope([Laid(PLAN, {Path.ROUTED: targets})])
    far = await placed(FOUND, PLAN, cast("Atlas", Far(Distance(3, How.PROBE, "why"))))
    (joined,) = combine([far], (), scope)
    assert isinstance(joined, Finding)
    assert joined.hops == 3
    assert joined.provenance["hops"].rule == "why"
