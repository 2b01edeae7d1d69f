from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from core.discovery.combine import combine
from core.model.evidence import Evidence, Finding
from core.model.provenance import Source
from tests.support.evidence import dns_sd, ipp, scope_of, snmp, wsd

SCOPE = scope_of("127.30.0.0/29", exclude=("127.30.0.6",))
EVERY = st.sampled_from([f"127.30.0.{n}" for n in (1, 2, 3, 6, 9)])
INSIDE = st.sampled_from(["127.30.0.1", "127.30.0.2", "127.30.0.3"])
UUIDS = st.sampled_from([f"4509a320-00a0-008f-00b6-00000000000{n}" for n in (1, 2, 3)])
SERIALS = st.sampled_from(["S100", "T200", "U300"])


def maybe(strategy):
    return st.none() | strategy


def _given(**fields):
    return {name: value for name, value in fields.items() if value is not None}


FINDINGS = st.builds(
    lambda address, row, **fields: snmp(address, row, **_given(**fields)),
    INSIDE,
    maybe(st.integers(1, 2)),
    serial=maybe(SERIALS),
    mac=maybe(st.sampled_from(["00:17:c8:00:00:01", "00:17:c8:00:00:02"])),
    uuid=maybe(UUIDS),
    model=maybe(st.sampled_from(["M1", "M2"])),
    vendor=maybe(st.sampled_from(["HP", "Epson"])),
)
ANNOUNCED = st.builds(
    lambda addresses, name, service, uuid: dns_sd(
        *addresses, name=name, service=service, **_given(UUID=uuid)
    ),
    st.lists(EVERY, min_size=1, max_size=2, unique=True),
    st.sampled_from(["one", "two"]),
    st.sampled_from(["_ipp._tcp", "_pdl-datastream._tcp", "_uscan._tcp"]),
    maybe(UUIDS),
)
ANSWERED = st.builds(
    lambda address, path, **fields: ipp(address, path, **_given(**fields)),
    EVERY,
    st.sampled_from(["/ipp/print", "/printers/one"]),
    serial=maybe(SERIALS),
    uuid=maybe(UUIDS),
    model=maybe(st.sampled_from(["HP M1", "M3"])),
)
WORDS = st.builds(lambda address, uuid: wsd(address, uuid=uuid), EVERY, UUIDS)
SIGHTINGS = st.one_of(ANNOUNCED, ANSWERED, WORDS)
EVIDENCE = st.tuples(st.lists(FINDINGS, max_size=4), st.lists(SIGHTINGS, max_size=7))


@given(EVIDENCE, st.randoms(use_true_random=False), st.booleans())
@settings(max_examples=300)
def test_the_order_of_evidence_does_not_matter_and_repetition_neither(evidence, random, through):
    findings, sightings = evidence
    refused = {"127.30.0.2": "a switch"} if through else None
    first = combine(findings, sightings, SCOPE, refused=refused)
    findings, sightings = findings + findings[:1], sightings + sightings[:2]
    random.shuffle(findings)
    random.shuffle(sightings)
    assert combine(findings, sightings, SCOPE, refused=refused) == first


@given(EVIDENCE)
@settings(max_examples=300)
def test_nothing_is_lost_and_nothing_is_mixed(evidence):
    findings, sightings = evidence
    found = combine(findings, sightings, SCOPE)
    text = repr(found)
    assert "127.30.0.6" not in text
    assert "127.30.0.9" not in text
    kept = [one for sight in sightings if (one := SCOPE.inside(sight))]
    assert bool(found) == bool(findings or kept)
    printers = [one for one in found if isinstance(one, Finding)]
    for source in Source:
        said = {one.source for one in kept if one.source is source and one.prints}
        heard = {e.source for one in printers for e in one.evidence if e.source is source}
        assert said <= heard
    assert all(isinstance(e, Evidence) and e.detail for one in printers for e in one.evidence)
    # Every serial, MAC and row that SNMP told is still there, each in a finding of its own.
    for name in ("serial", "mac"):
        told = {getattr(one.identity, name) for one in findings} - {None}
        assert told <= {getattr(one.identity, name) for one in printers}
    rows = {(one.endpoint, one.device_index) for one in findings}
    for endpoint in {endpoint for endpoint, _ in rows}:
        indexes = {index for at, index in rows if at == endpoint}
        near = [one for one in printers if any(e.source is Source.SNMP for e in one.evidence)]
        assert len(near) >= len(indexes)


@given(st.lists(ANNOUNCED, max_size=6))
def test_two_uuids_of_printers_are_two_printers(sightings):
    found = combine([], sightings, SCOPE)
    kept = [one for sight in sightings if (one := SCOPE.inside(sight)) and one.prints]
    uuids = {one.identity.uuid for one in kept} - {None}
    printers = [one for one in found if isinstance(one, Finding)]
    assert len(printers) >= len(uuids)
    assert uuids <= {one.identity.uuid for one in printers}
